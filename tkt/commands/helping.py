"""How does typer speak the reader's language? Its own few words and complaints are English; here are ours."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain, repeat
from typing import Any

import typer
import typer.core

from tkt import i18n
from tkt.commands import COMMANDS, GROUPS
from tkt.errors import UsageError, did_you_mean
from tkt.i18n import N_, Message, _, msg, render
from tkt.render.text import width as columns_of
from tkt.render.text import wrap

TYPERS_WORDS = (
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("default: {default}"),
    N_("required"),
    N_("(dynamic)"),
    N_("Missing command."),
    N_("No such command {name!r}."),
)
"""What typer looks up by gettext, so that translators find it."""


def speak() -> None:
    """Let typer look its words up in our catalogue."""
    setattr(typer.core, "_", i18n._)  # noqa: B010 - a module attribute that typer does not declare


def _made_fit(formatter: Any) -> None:
    """Let the formatter of a help page count the columns of Chinese, and set our colon behind a heading."""
    names = vars(sys.modules[type(formatter).__module__])
    if not isinstance(names["wrap_text"], _Wrapping):
        names["wrap_text"] = _Wrapping(names["wrap_text"])
    formatter.write_heading = partial(_heading, formatter)


class _Wrapping:
    """Typer's way to break a text, but for one that is not ASCII, of which it would count characters."""

    def __init__(self, plain: Callable[..., str]) -> None:
        """`plain`: typer's own."""
        self.plain = plain

    def __call__(
        self,
        text: str,
        width: int = 78,
        initial_indent: str = "",
        subsequent_indent: str = "",
        preserve_paragraphs: bool = False,
    ) -> str:
        """The lines of `text`, at most so wide."""
        if (initial_indent + text).isascii():
            return self.plain(text, width, initial_indent, subsequent_indent, preserve_paragraphs)
        room = max(width - max(map(columns_of, (initial_indent, subsequent_indent))), 10)
        paragraphs = (" ".join(part.splitlines()) for part in text.split("\n\n"))
        lines = [line for part in paragraphs for line in (*wrap(part, room), "")][:-1]
        indents = chain((initial_indent,), repeat(subsequent_indent))
        return "\n".join(f"{indent}{line}".rstrip() for indent, line in zip(indents, lines, strict=False))


def _heading(formatter: Any, heading: str) -> None:
    told = render(msg("{heading}:", heading=heading))
    formatter.write(f"{' ' * formatter.current_indent}{told}\n")


class Command(typer.core.TyperCommand):
    """A command whose help is in the reader's language, which is asked for when the help is shown."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The page of `--help`."""
        _made_fit(formatter)
        _translate(self)
        _translate_option(self.get_help_option(ctx))
        super().format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line in the list of commands."""
        _translate(self)
        return super().get_short_help_str(limit)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _("Usage: "))


class Group(typer.core.TyperGroup):
    """The same for a command that has commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The page of `--help`."""
        _made_fit(formatter)
        _translate(self)
        _translate_option(self.get_help_option(ctx))
        super().format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line in the list of commands."""
        _translate(self)
        return super().get_short_help_str(limit)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _("Usage: "))


def _translate(command: Any) -> None:
    for each in (command, *command.params):
        each.help = _translated(each.help)
    command.short_help = _translated(command.short_help)


def _translated(told: str | None) -> str | None:
    return _(told) if told else None


def _translate_option(option: Any) -> None:
    """The option `--help`, which typer adds by itself."""
    if option is not None:
        option.help = _("Show this message and exit.")


_FAULTS = (
    (r"'(?P<value>.*)' is not a valid (?:int|integer|float)\.?", N_("{value} is not a number")),
    (r"(?P<value>.*) is not in the range (?P<range>.*)\.", N_("{value} is out of range, expected {range}")),
    (r"Option '(?P<option>.*)' requires an argument\.", N_("{option} needs a value")),
    (r"Option '(?P<option>.*)' requires (?P<count>\d+) arguments\.", N_("{option} needs {count} values")),
    (r"Option '(?P<option>.*)' does not take a value\.", N_("{option} takes no value")),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((?P<words>.*)\)",
        N_("nothing more was expected here: {words}"),
    ),
)
"""What typer says, and what we say instead."""


_ROOT: Mapping[str, str] = {"--lang": "--lang zh", "--no-pager": "--no-pager", "-C": "-C DIR"}
"""The options of tkt itself, as they are written."""
_INSTEAD: Mapping[tuple[str, str], str] = {
    ("report week", "--compare"): N_("the week stands beside the one before by itself; others: tkt report kpi --compare year"),
    ("report month", "--compare"): N_("the month stands beside the one before and a year ago by itself"),
    ("report week", "--by"): N_("a part of the desk, as a query: tkt report week team:tech"),
    ("report month", "--by"): N_("a part of the desk, as a query: tkt report month team:tech"),
}  # fmt: skip
"""Command and an option that it does not have → what does it."""


def is_plain_help(error: typer.TyperException) -> bool:
    """Whether it is no complaint but the help of a group that got no word at all."""
    return type(error).__name__ == "NoArgsIsHelpError"


def usage_error(error: typer.TyperException) -> UsageError:
    """Typer's complaint in our words; what it does not tell apart is passed on as it says it."""
    kind = type(error).__name__
    option = getattr(error, "option_name", None)
    param = getattr(error, "param", None)
    context = getattr(error, "ctx", None)
    usage = msg("{command} --help", command=context.command_path) if context is not None else None
    if kind == "NoSuchOption" and option:
        guess = _elsewhere(option, context) or did_you_mean(option, _option_names(context))
        return UsageError(msg("no such option: {name}", name=option), hint=guess or usage)
    if kind == "MissingParameter" and param is not None:
        return UsageError(msg("missing: {name}", name=_param_name(param)), hint=usage)
    if kind == "BadParameter" and param is not None:
        return UsageError(msg("{name}: {fault}", name=_param_name(param), fault=_fault(error)), hint=usage)
    if (
        kind == "UsageError"
        and context is not None
        and str(error).startswith(i18n._("No such command {name!r}.")[:7])
    ):
        name = next(iter(context.args or context._protected_args), "") or _last_word(str(error))
        return UsageError(
            msg("no such command: {name}", name=name),
            hint=did_you_mean(name, _known_commands(context)) or msg("tkt --help"),
        )
    return UsageError(msg("{fault}", fault=_fault(error)), hint=usage)


def _elsewhere(option: str, context: Any) -> Message | None:
    """How to get what an option means that this command does not have; None where we do not know."""
    if context is None:
        return None
    command = context.command_path.removeprefix("tkt ")
    if option in _ROOT:
        return msg("put it before the command: tkt {option} {command}", option=_ROOT[option], command=command)
    told = _INSTEAD.get((command, option))
    return msg(told) if told else None


def _fault(error: typer.TyperException) -> Message | str:
    """What typer says of a value, in our words where we know it."""
    choice = re.fullmatch(r"'(.*)' is not one of (.*)\.", error.message)
    if choice:
        names = tuple(re.findall(r"'([^']*)'", choice[2]))
        return msg("{value} is none of: {names}", value=choice[1], names=names)
    for pattern, told in _FAULTS:
        found = re.fullmatch(pattern, error.message, re.DOTALL)
        if found:
            return msg(told, **found.groupdict())
    return error.message


def _last_word(text: str) -> str:
    return text.split("'")[1] if "'" in text else text


def _option_names(context: Any) -> list[str]:
    return [name for param in context.command.params for name in param.opts] if context is not None else []


def _known_commands(context: Any) -> list[str]:
    name = context.info_name
    return list(GROUPS[name].commands) if name in GROUPS else [*COMMANDS, *GROUPS]


def _param_name(param: Any) -> str:
    return param.opts[0] if param.param_type_name == "option" else str(param.human_readable_name)
