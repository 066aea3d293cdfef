"""The door: what did the user ask for, and with which exit code do we leave?

`main(argv)` returns the exit code; it is the one place where exceptions become messages. Only the
module of the command that was asked for is imported.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import typer

from tkt import __version__, i18n
from tkt.commands import COMMANDS, GROUPS, CommandRef
from tkt.commands.common import Door
from tkt.commands.helping import Command, Group, is_plain_help, speak, usage_error
from tkt.commands.signature import mounted
from tkt.errors import EXIT_BUG, EXIT_ERROR, EXIT_INTERRUPTED, Bug, TktError, UsageError
from tkt.i18n import N_, msg
from tkt.late import late
from tkt.render.screen import AnswerLost, flushed, let_go, mend_streams, print_aside, settle_streams

_DENIED = late(r"""-(?:[\w.]{2,}[:：]|["“(（@]|[^\x00-\x7f]|[a-z0-9]\w{2,}$)""")
_DENIED_FIELD = late(r"-[\w.]{2,}[:：]")
_DENIED_TAG = late(r"-[^-]")
DENYING = ("list", "search", "next", "board", "tag", "sla", "report")
"""Commands whose words may begin with a `-` that denies them."""
HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


class SystemRefuses(TktError):
    """The operating system refuses something that nobody foresaw: a full disk, a folder without rights."""

    code = "system"

    def __init__(self, error: OSError) -> None:
        path = error.filename if isinstance(error.filename, str) else None
        super().__init__(msg("{fault}", fault=error.strerror), path=path)


def run() -> None:
    """The console script."""
    mend_streams()
    code = main()
    settle_streams()
    sys.exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command line and return its exit code; never raises."""
    args = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in _before_double_dash(args)
    try:
        i18n.activate(i18n.language_of(_option(args, "--lang"), os.environ.get("TKT_LANG")))
        with _started_in(args) as rest:
            return _carried_out(rest, as_json=as_json)
    except TktError as error:
        return _refused(error, as_json=as_json)


def _carried_out(args: list[str], *, as_json: bool) -> int:
    """The exit code of a command line, everything that can go wrong told."""
    try:
        i18n.activate_when_asked(_language(args))
        return flushed(_dispatch(args))
    except TktError as error:
        return _refused(error, as_json=as_json)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else EXIT_ERROR
    except typer.TyperException as error:
        if is_plain_help(error):
            print_aside(error.message)
            return EXIT_ERROR
        return _refused(usage_error(error), as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        let_go()  # `tkt list | head`: the reader has enough; nothing is wrong
        return 0
    except OverflowError:
        return _refused(UsageError(msg("a date or duration is too large to reckon with")), as_json=as_json)
    except Exception as error:
        if os.environ.get("TKT_DEBUG"):
            raise
        if isinstance(error, OSError) and error.strerror:
            return _refused(SystemRefuses(error), as_json=as_json)
        return _failed(error, as_json=as_json)


def _failed(error: Exception, *, as_json: bool) -> int:
    from tkt.render.errors import print_bug

    print_bug(error, as_json=as_json)
    return EXIT_BUG


def _refused(error: TktError, *, as_json: bool) -> int:
    from tkt.render.errors import print_error

    print_error(error, as_json=as_json)
    if isinstance(error, AnswerLost):
        let_go()
    return error.exit_code


@contextmanager
def _started_in(args: list[str]) -> Iterator[list[str]]:
    """The command line without its `-C DIR`, in that directory; several lead on from each other, as in git.

    Errors: UsageError where one is no directory.
    """
    directories, rest = _directories(args)
    if not directories:
        yield rest
        return
    before = os.open(".", os.O_RDONLY)
    try:
        for directory in directories:
            _go_to(directory)
        yield rest
    finally:
        os.fchdir(before)
        os.close(before)


def _directories(args: list[str]) -> tuple[list[str], list[str]]:
    """The values of `-C` before the command, and all the other words."""
    found: list[str] = []
    rest: list[str] = []
    left = list(args)
    while left and left[0].startswith("-") and left[0] != "--":
        word = left.pop(0)
        if word == "-C" and left:
            found.append(left.pop(0))
        elif word.startswith("-C") and word != "-C":
            found.append(word[2:])
        else:
            rest.append(word)
            if word == "--lang" and left:
                rest.append(left.pop(0))
    return found, rest + left


def _go_to(directory: str) -> None:
    try:
        os.chdir(directory)
    except (OSError, ValueError) as error:
        fault = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            msg("-C {directory}: {fault}", directory=directory, fault=fault), hint=msg("tkt -C DIR list")
        ) from error


def _dispatch(args: list[str]) -> int:
    args = _asking_for_help(args)
    name = _command_name(args)
    if name is not None and name not in COMMANDS and name not in GROUPS:
        outside = _outside_command(name)
        if outside is not None:
            return _run_outside(outside, args, name)
    app = typer.main.get_command(_app(name, args))
    if name in DENYING:
        args = _shielded(args, app)
    speak()
    try:
        with app.make_context("tkt", args) as context:
            return int(app.invoke(context) or 0)
    except typer.Exit as left:
        return left.exit_code


def _asking_for_help(args: list[str]) -> list[str]:
    """`tkt help COMMAND` is `tkt COMMAND --help`."""
    if _command_name(args) != "help":
        return args
    place = args.index("help")
    return [*args[:place], *args[place + 1 :], "--help"]


def _app(name: str | None, args: Sequence[str]) -> Any:
    """A typer application that knows the command asked for, or all of them for `--help`."""
    app = typer.Typer(
        cls=Group,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=HELP_OPTIONS,
        help=N_("A help desk that lives in git: tickets are YAML files, their status is a directory."),
    )
    app.callback(invoke_without_command=True)(_root)
    if name is not None and name in GROUPS:
        _mount_group(app, name, _subcommand(args, name))
    elif name is not None and name in COMMANDS:
        _mount(app, name, COMMANDS[name])
    else:
        _name_all(app)
    return app


def _mount(app: typer.Typer, name: str, ref: CommandRef) -> None:
    _register(app, name, ref)(mounted(ref.load(), here=ref.here))


def _register(app: typer.Typer, name: str, ref: CommandRef) -> Callable[[Any], Any]:
    return app.command(name, cls=Command, help=ref.help, short_help=ref.help, context_settings=HELP_OPTIONS)


def _mount_group(app: typer.Typer, name: str, only: str | None) -> None:
    commands, others = GROUPS[name].commands, GROUPS[name].others
    told = CommandRef(others, "mentioned", "").load()() if others and only is None else ""
    sub = _group(app, name, told)
    if only is not None and only in commands:
        _mount(sub, only, commands[only])
        return
    if only is not None and others:
        ref = CommandRef(others, "named", N_("A report of the desk's own: config/reports.yaml."))
        _register(sub, only, ref)(mounted(ref.load()(only)))
        return
    for each, ref in commands.items():
        _register(sub, each, ref)(_only_named)


def _name_all(app: typer.Typer) -> None:
    """Every command with its help and nothing behind it: enough for `tkt --help`, and no module is loaded."""
    for each, ref in COMMANDS.items():
        _register(app, each, ref)(_only_named)
    for each in GROUPS:
        _group(app, each)


def _group(app: typer.Typer, name: str, told: str = "") -> typer.Typer:
    """A noun; `told` stands below its commands in its help."""
    sub = typer.Typer(
        epilog=told or None,
        cls=Group,
        rich_markup_mode=None,
        add_completion=False,
        no_args_is_help=True,
        help=GROUPS[name].help,
        context_settings=HELP_OPTIONS,
    )
    sub.callback()(_nothing)
    app.add_typer(sub, name=name)
    return sub


def _nothing() -> None:
    """A callback keeps typer from folding a group of one command."""


def _only_named() -> None:
    """Stands for a command that was not asked for."""
    raise Bug("a command was carried out that had only been named")


def _root(
    context: typer.Context,
    directory: str = typer.Option(
        ".", "-C", metavar="DIR", help=N_("Run as if started in DIR."), show_default=False
    ),
    lang: str = typer.Option(
        "", "--lang", metavar="en|zh", help=N_("The language to print in."), show_default=False
    ),
    no_pager: bool = typer.Option(
        False, "--no-pager", help=N_("Print a long answer as it is, without a pager.")
    ),
    version: bool = typer.Option(False, "--version", help=N_("Print the version and exit.")),
) -> int:
    """Options that stand before every command."""
    if version:
        typer.echo(f"tkt {__version__}")
        raise typer.Exit
    context.obj = Door(directory=Path(directory), language=lang or None, no_pager=no_pager)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
    return 0


def _command_name(args: Sequence[str]) -> str | None:
    """The first word that is neither an option nor the value of one."""
    skip = False
    for arg in args:
        if skip:
            skip = False
        elif arg in ("-C", "--lang"):
            skip = True
        elif not arg.startswith("-"):
            return arg
    return None


def _subcommand(args: Sequence[str], group: str) -> str | None:
    after = args[args.index(group) + 1 :] if group in args else ()
    return next((word for word in after if not word.startswith("-")), None)


def _shielded(args: Sequence[str], app: Any) -> list[str]:
    """`-tag:beta`, `-发票` and `-"a b"` deny a condition; a leading space keeps them from being options.

    Left alone are the values of options, what follows `--`, and what begins as a short option does
    (`-n50`), unless it names a field (`-needs:answer`).
    """
    command, place = _command_in(args, app)
    takes = {
        name: not param.is_flag
        for param in command.params
        if hasattr(param, "is_flag")
        for name in param.opts
    }
    denied = _DENIED_TAG if command.name == "tag" else _DENIED
    found = list(args[:place])
    rest = iter(args[place:])
    for arg in rest:
        if arg == "--":
            return [*found, arg, *rest]
        short = arg[:2] in takes and not arg.startswith("--") and not _DENIED_FIELD.match(arg)
        found.append(f" {arg}" if not short and denied.match(arg) else arg)
        if _waits_for_value(arg, takes):
            found += list(islice(rest, 1))
    return found


def _waits_for_value(arg: str, takes: Mapping[str, bool]) -> bool:
    """Whether the next word is the value of this option: `--limit`, `-n`, `-qn`."""
    if arg.startswith("--"):
        return takes.get(arg, False)
    *flags, last = (f"-{letter}" for letter in arg[1:]) if arg.startswith("-") and len(arg) > 1 else ("",)
    return takes.get(last, False) and all(takes.get(flag) is False for flag in flags)


def _command_in(args: Sequence[str], app: Any) -> tuple[Any, int]:
    """The command that is asked for, and where its own words begin."""
    command, place = app, 0
    while hasattr(command, "commands"):
        place = next((each for each in range(place, len(args)) if args[each] in command.commands), -1) + 1
        if not place:
            return command, len(args)
        command = command.commands[args[place - 1]]
    return command, place


def _before_double_dash(args: Sequence[str]) -> Sequence[str]:
    return args[: args.index("--")] if "--" in args else args


def _language(args: Sequence[str]) -> Callable[[], str]:
    """`--lang`, `TKT_LANG`, the desk's language, the environment (docs/commands.md); looked up when called.

    Errors: UsageError where `--lang` names none that we have.
    """
    wish = _option(args, "--lang")
    if wish and i18n.language_named(wish) is None:
        raise UsageError(
            msg("no language {name}, expected en or zh", name=wish), hint=msg("tkt --lang zh list")
        )
    told = wish or os.environ.get("TKT_LANG")
    here = Path.cwd()
    return lambda: i18n.language_of(told or _desk_language(here))


def _desk_language(start: Path) -> str | None:
    from tkt.store.config import desk_language

    return desk_language(start)


def _option(args: Sequence[str], name: str) -> str | None:
    for place, arg in enumerate(_before_double_dash(args)):
        if arg == name and place + 1 < len(args):
            return args[place + 1]
        if name.startswith("--") and arg.startswith(f"{name}="):
            return arg.removeprefix(f"{name}=")
    return None


def _outside_command(name: str) -> str | None:
    """The executable `tkt-NAME` on PATH, as git has it."""
    from shutil import which

    return which(f"tkt-{name}") if name.replace("-", "").isalnum() else None


def _run_outside(program: str, args: Sequence[str], name: str) -> int:
    from tkt.store.config import find_desk

    desk = find_desk(Path())
    rest = list(args[args.index(name) + 1 :])
    return subprocess.run([program, *rest], env={**os.environ, "TKT_DESK": str(desk)}, check=False).returncode
