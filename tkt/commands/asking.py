"""What does `tkt new` ask on a terminal, and in which order?

Channel, who, the customer's own words; then, each to be skipped with Enter, what triage wants to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from shutil import get_terminal_size

import typer

from tkt.actions.vocabulary import choices, meant
from tkt.commands.common import Session
from tkt.commands.writing import keep_typed
from tkt.errors import EXIT_INTERRUPTED, TktError
from tkt.i18n import _, current_language, msg, render
from tkt.model import Value
from tkt.render import words as names
from tkt.render.text import width, wrap
from tkt.render.values import with_text
from tkt.schema import Configuration
from tkt.store.codec.plain import yaml_text

OPTIONAL = ("type", "category", "impact", "urgency")


@dataclass
class Answers:
    """What was given on the command line and, as it comes, what is typed."""

    values: dict[str, Value]
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The customer's words."""
        return "\n".join(self.words)

    def filled(self) -> dict[str, Value]:
        """The values that there are; what was skipped with Enter is none."""
        return {name: value for name, value in self.values.items() if value not in ("", None)}


class GivenUp(TktError):
    """Ctrl-C or Ctrl-D: nothing is recorded, and what was typed is not lost."""

    code = "interrupted"
    exit_code = EXIT_INTERRUPTED

    def __init__(self) -> None:
        super().__init__(msg("nothing was recorded"))


def ask_for_ticket(session: Session, given: Answers) -> None:
    """Ask for what is missing in `given`. Enter skips all but channel and words. Errors: GivenUp."""
    try:
        _ask_all(session, given)
    except (typer.Abort, KeyboardInterrupt, EOFError):
        typer.echo(err=True)
        gone = GivenUp()
        if given.filled() or given.words:
            keep_typed(session, "new.yaml", _as_yaml(given).encode(), gone)
        raise gone from None


def _as_yaml(given: Answers) -> str:
    return yaml_text({**given.filled(), **({"text": given.text} if given.words else {})})


def _ask_all(session: Session, given: Answers) -> None:
    config = session.desk.config
    found = given.values
    if "channel" not in found:
        found["channel"] = _ask_among(
            config, "channel", found, default=next(iter(config.channels.channels), "phone")
        )
    if "contact" not in found and "customer" not in found:
        found["contact"] = _ask(_("Who asks? (name <mail>, mail, phone)"))
    if not given.words:
        _ask_words(given.words)
    for name in OPTIONAL:
        if name not in found:
            found[name] = _ask_among(config, name, found)
    if "asks" not in found:
        found["asks"] = _ask(_("What do they want?"))


def _ask(question: str) -> str:
    return str(typer.prompt(question, default="", show_default=False)).strip()


def _ask_words(lines: list[str]) -> None:
    """The customer's words, a line at a time into `lines`."""
    typer.echo(_("The customer's own words; an empty line ends them:"))
    while True:
        line = str(typer.prompt("", default="", show_default=False, prompt_suffix="> "))
        if not line.strip() and lines:
            return
        if line.strip():
            lines.append(line)


def _ask_among(config: Configuration, name: str, values: Mapping[str, Value], default: str = "") -> str:
    """Ask until the answer is one of those that the field knows, or is skipped."""
    known = choices(config, name, values)
    question = _question(names.field_name(config, name), _listed(known or {}), default)
    while True:
        answer = str(typer.prompt(question, default=default, show_default=bool(default))).strip()
        if not answer or known is None:
            return answer
        found = meant(answer, known)
        if found is not None:
            return found
        typer.echo(render(msg("{answer} is none of: {names}", answer=answer, names=tuple(known))))


def _question(label: str, known: str, default: str) -> str:
    """`channel (phone, email)`; where that is too wide, what is known stands on lines of its own above."""
    columns = get_terminal_size((80, 24)).columns
    question = f"{label} ({known})" if known else label
    if width(f"{question} [{default}]: ") < columns:
        return question
    return "\n".join((*wrap(with_text(label, known), columns), label))


def _listed(known: Mapping[str, Sequence[str]]) -> str:
    if current_language() == "en":
        return ", ".join(known)
    return "\uff0c".join(f"{_first(labels)} {key}".strip() for key, labels in known.items())


def _first(labels: Iterable[str]) -> str:
    return next((label for label in labels if not label.isascii()), "")
