"""How does a plain function become a command with the options that every command has?

A command is a function whose first parameter is a `Session`; its own parameters follow. `reads`
and `writes` mark it and add the common options; `mounted` turns it into what typer registers. Help
texts are translated where they are shown (tkt.commands.helping).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, get_type_hints

import typer

from tkt.commands.common import Common, Door, Session
from tkt.i18n import N_

Command = Callable[..., int | None]

NowOption = Annotated[
    str, typer.Option("--now", metavar="TIME", help=N_("Judge as if it were TIME."), show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help=N_("Print one JSON object."))]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help=N_("Print no more than what was asked for."))
]
LangOption = Annotated[
    str, typer.Option("--lang", metavar="en|zh", help=N_("The language to print in."), show_default=False)
]
HereOption = Annotated[
    bool,
    typer.Option("--here", help=N_("Work on what is checked out, if git.branch names another branch.")),
]
AtOption = Annotated[
    str,
    typer.Option(
        "--at",
        metavar="TIME",
        help=N_("When it happened, if not now; more than 5 minutes ago needs --reason."),
        show_default=False,
    ),
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help=N_("Why; is recorded."), show_default=False)
]
NoCommitOption = Annotated[
    bool, typer.Option("--no-commit", help=N_("Change the files and leave the commit to you."))
]
AsOption = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="PERSON",
        help=N_("Who does it, if not you; a person of config/people.yaml."),
        show_default=False,
    ),
]

EachQueryOption = Annotated[
    str,
    typer.Option(
        "--query",
        metavar="QUERY",
        help=N_("All tickets that match, instead of ids; shows how many and asks."),
        show_default=False,
    ),
]
YesOption = Annotated[
    bool, typer.Option("--yes", help=N_("With --query: do not ask; needed without a terminal."))
]

NoPagerOption = Annotated[
    bool, typer.Option("--no-pager", help=N_("Print a long answer as it is, without a pager."))
]

_EVERY: dict[str, tuple[Any, Any]] = {
    "now": (NowOption, ""),
    "json": (JsonOption, False),
    "quiet": (QuietOption, False),
    "lang": (LangOption, ""),
    "here": (HereOption, False),
}
_WRITING: dict[str, tuple[Any, Any]] = {
    "at": (AtOption, ""),
    "reason": (ReasonOption, ""),
    "no_commit": (NoCommitOption, False),
    "by": (AsOption, ""),
}
_EACH: dict[str, tuple[Any, Any]] = {"query": (EachQueryOption, ""), "yes": (YesOption, False)}


def reads(function: Command) -> Command:
    """Mark a command that only reads."""
    function.__dict__["tkt_options"] = _EVERY
    return function


def paged(function: Command) -> Command:
    """Mark a command, marked as one that reads, whose answer may be longer than a terminal."""
    options = function.__dict__["tkt_options"]
    function.__dict__["tkt_options"] = {**options, "no_pager": (NoPagerOption, False)}
    return function


def writes(function: Command) -> Command:
    """Mark a command that changes tickets."""
    function.__dict__["tkt_options"] = {**_EVERY, **_WRITING}
    return function


def writes_each(function: Command) -> Command:
    """Mark a command that changes the tickets named by ids or by `--query`."""
    function.__dict__["tkt_options"] = {**_EVERY, **_WRITING, **_EACH}
    return function


def mounted(function: Command, *, here: bool = False) -> Command:
    """What typer registers for `function`: its own options and the common ones.

    `here`: as if `--here` were always given.
    """
    common: dict[str, tuple[Any, Any]] | None = function.__dict__.get("tkt_options")
    if common is None:
        return function

    def command(**given: Any) -> int:
        door: Door = given.pop("context").obj
        chosen = Common(**{name: given.pop(name) for name in common})
        chosen = replace(chosen, here=chosen.here or here)
        session = Session(door=door, common=chosen)
        return session.run(lambda: function(session, **given), is_long="no_pager" in common)

    hints = get_type_hints(function, include_extras=True)
    _, *own = inspect.signature(function).parameters.values()
    parameters = [
        _parameter("context", typer.Context),
        *(_parameter(each.name, hints[each.name], each.default) for each in own),
        *(_parameter(name, kind, default) for name, (kind, default) in common.items()),
    ]
    command.__dict__["__signature__"] = inspect.Signature(parameters)
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    command.__name__ = function.__name__
    return command


def _parameter(name: str, kind: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
