"""How does a plain function become a command with the options that every command has?

A command is a function whose first parameter is a `Session`; its own parameters follow. `reads`
and `writes` mark it and add the common options; `mounted` turns it into what typer registers, with
all help texts in the reader's language.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from copy import copy
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


def reads(function: Command) -> Command:
    """Mark a command that only reads."""
    function.__dict__["tkt_options"] = _EVERY
    return function


def writes(function: Command) -> Command:
    """Mark a command that changes tickets."""
    function.__dict__["tkt_options"] = {**_EVERY, **_WRITING}
    return function


def mounted(function: Command, translate: Callable[[str], str], *, here: bool = False) -> Command:
    """What typer registers for `function`: its own options and the common ones, helps translated.

    `here`: as if `--here` were always given.
    """
    common: dict[str, tuple[Any, Any]] | None = function.__dict__.get("tkt_options")
    hints = get_type_hints(function, include_extras=True)
    own = list(inspect.signature(function).parameters.values())
    if common is None:
        return _translated(function, own, hints, translate)

    def command(**given: Any) -> int:
        door: Door = given.pop("context").obj
        chosen = Common(**{name: given.pop(name) for name in common})
        chosen = replace(chosen, here=chosen.here or here)
        session = Session(door=door, common=chosen)
        return session.run(lambda: function(session, **given))

    parameters = [p.replace(kind=p.KEYWORD_ONLY) for p in own[1:]]
    parameters += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in common.items()
    ]
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    hints = {**hints, **{name: kind for name, (kind, _default) in common.items()}, "context": typer.Context}
    return _translated(command, [context, *parameters], hints, translate)


def _translated(
    function: Command,
    parameters: list[inspect.Parameter],
    hints: dict[str, Any],
    translate: Callable[[str], str],
) -> Command:
    """`function` under a signature whose help texts are in the reader's language."""

    def command(*args: Any, **given: Any) -> int | None:
        return function(*args, **given)

    shown = [_translated_parameter(p.replace(annotation=hints[p.name]), translate) for p in parameters]
    command.__dict__["__signature__"] = inspect.Signature(shown)
    command.__annotations__ = {p.name: p.annotation for p in shown}
    command.__name__ = function.__name__
    return command


def _translated_parameter(parameter: inspect.Parameter, translate: Callable[[str], str]) -> inspect.Parameter:
    if hasattr(parameter.default, "help"):
        return parameter.replace(default=_with_help(parameter.default, translate))
    metadata = getattr(parameter.annotation, "__metadata__", ())
    if not metadata:
        return parameter
    infos = tuple(_with_help(info, translate) if hasattr(info, "help") else info for info in metadata)
    return parameter.replace(annotation=Annotated[(parameter.annotation.__origin__, *infos)])


def _with_help(info: Any, translate: Callable[[str], str]) -> Any:
    mine = copy(info)
    mine.help = translate(info.help) if info.help else info.help
    return mine
