"""What does a canned reply say once its places are filled? (docs/tick.md, Words)

Only `{{ place }}` and `{% if place %}` mean something: a reply goes to customers without anybody reading it
before, so that nothing in it can run for long or say more than it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tkt.errors import TktError, did_you_mean
from tkt.i18n import _, language_named, msg, speaking
from tkt.render.text import clean
from tkt.render.times import WEEKDAYS, local

LONGEST = 4_000
"""Characters of a reply with its places filled."""
LONGEST_PLACE = 200
"""Characters that one place is filled with; what is longer ends with `…`."""
_ALLOWED = (nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And, nodes.Or)


class CannedError(TktError):
    """A canned reply cannot be used."""

    code: ClassVar[str] = "canned"


def canned(
    text: str, places: Mapping[str, object], *, language: str, zone: str, path: str, first_line: int = 1
) -> str:
    """`text` with its places filled by texts, numbers, dates and instants; these in words of `language`.

    `path` and `first_line` tell where it stands. Errors: CannedError for a place that is not known, what is
    neither a place nor a condition, and a reply that becomes too long.
    """
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError as error:
        fault = msg("the canned reply cannot be used: {fault}", fault=(error.message or "").rstrip("."))
        hint = msg("a place is written as {place}", place="{{ name }}")
        raise CannedError(fault, path=path, line=first_line + error.lineno - 1, hint=hint) from error
    for node in tree.iter_child_nodes():
        _must_be_plain(node, places, path, first_line)
    words = {name: _words(value, language, zone) for name, value in places.items()}
    said = environment.from_string(tree).render(words).strip()
    if len(said) > LONGEST:
        fault = msg("the canned reply has more than {limit} characters", limit=LONGEST)
        raise CannedError(fault, path=path)
    return said


def day_words(day: date, language: str) -> str:
    """`Sat 28 November`, `11月28日（周六）`: right whenever it is read."""
    with speaking(language_named(language) or "en"):
        weekday = _(WEEKDAYS[day.weekday()])
    if language_named(language) == "zh":
        return f"{day.month}月{day.day}日（{weekday}）"
    return f"{weekday} {day.day} {_MONTHS[day.month - 1]}"


def moment_words(at: datetime, language: str, zone: str) -> str:
    """`Sat 28 November 18:00 (UTC+8)`, `11月28日（周六）18:00`."""
    there = local(at, zone)
    said = f"{there:%H:%M}"
    if language_named(language) == "zh":
        return f"{day_words(there.date(), language)}{said}"
    return f"{day_words(there.date(), language)} {said} ({_offset(there)})"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def _must_be_plain(node: nodes.Node, places: Mapping[str, object], path: str, first_line: int) -> None:
    line = first_line + node.lineno - 1
    if isinstance(node, nodes.Name) and node.name not in places:
        raise CannedError(
            msg("{place} is no place that is known here", place=f"{{{{ {node.name} }}}}"),
            path=path,
            line=line,
            hint=did_you_mean(node.name, places) or msg("known are: {names}", names=tuple(places)),
        )
    if not isinstance(node, _ALLOWED):
        message = msg("only places such as {place} and conditions can stand in it", place="{{ name }}")
        raise CannedError(message, path=path, line=line)
    for child in node.iter_child_nodes():
        _must_be_plain(child, places, path, first_line)


def _words(value: object, language: str, zone: str) -> str:
    if isinstance(value, datetime):
        return moment_words(value, language, zone)
    if isinstance(value, date):
        return day_words(value, language)
    text = " ".join(clean(str(value)).split())
    return text if len(text) <= LONGEST_PLACE else f"{text[: LONGEST_PLACE - 1]}…"


def _offset(at: datetime) -> str:
    """`UTC+8`, `UTC-3:30`, `UTC`."""
    span = at.utcoffset()
    minutes = 0 if span is None else int(span.total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}{f':{rest:02}' if rest else ''}"
