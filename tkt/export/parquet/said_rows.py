"""What happened on a ticket, what was said, and what was answered to surveys? One row each.

Addresses of customers are in none of them, and words only where they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tkt.clocks.history import History
from tkt.effort import minutes_of
from tkt.export.parquet.tables import Row
from tkt.kpis.facts import GROUPABLE
from tkt.kpis.ratings import rating_of
from tkt.kpis.story import Story
from tkt.model import Event, Value

_OF_THE_DESK = ("agent", "system")


def event_rows(history: History, kinds: Mapping[str, str], *, with_text: bool) -> Iterator[Row]:
    """Every event up to the instant of the history, those that were taken back too (`counts` false)."""
    counted = {event.id for event in history.events}
    for place, event in enumerate(history.ticket.events):
        if event.at > history.now:
            continue
        field, before, after = _change(event, kinds, with_text)
        is_link = event.did in ("linked", "unlinked")
        yield "events", (
            history.ticket.id, event.id, event.did, _author(event), event.role, event.via, field, before, after,
            _word(event.get("relation")), _word(event.get("to")) if is_link else None, _word(event.get("clock")),
            event.at, event.recorded_at, place, minutes_of(event) or None,
            event.auto, event.forced, event.id in counted,
        )  # fmt: skip


def message_rows(history: History, story: Story, *, with_text: bool) -> Iterator[Row]:
    """What was said, to customers, vendors and colleagues, and by them."""
    counted = {event.id for event in history.events}
    asked = set(story.asked)
    for event in history.ticket.events:
        if event.did != "message" or event.at > history.now:
            continue
        text = str(event.get("text") or "")
        counts = event.id in counted
        is_open = counts and event.is_customer_message and event.at in asked
        yield "messages", (
            history.ticket.id, event.id, _author(event), event.role, _word(event.get("to")), event.via,
            _word(event.get("sent_by")), _word(event.get("canned")), text if with_text and text else None,
            event.at, len(text), event.auto, event.is_public_message, event.is_agent_message, is_open, counts,
            _several(event.get("articles")),
        )  # fmt: skip


def rating_rows(ticket: str, history: History, *, with_text: bool) -> Iterator[Row]:
    """The answers that give a score of their scale."""
    for place, event in enumerate(history.of_kind("rated")):
        it = rating_of(event)
        if it is not None:
            comment = it.comment if with_text else None
            yield "ratings", (
                ticket, event.id, it.survey, it.kind, it.label, comment,
                it.at, place, it.best, it.score, it.is_positive,
            )  # fmt: skip


def _author(event: Event) -> str | None:
    """The person, rule or machine of the desk; nobody else is named."""
    return event.by if event.role in _OF_THE_DESK else None


def _change(
    event: Event, kinds: Mapping[str, str], with_text: bool
) -> tuple[str | None, str | None, str | None]:
    """What a move or a `set` changed; values that hold addresses or, where these are left out, words are not told."""
    if event.did == "moved":
        return "status", _word(event.get("from")), _word(event.get("to"))
    if event.did != "set":
        return None, None, None
    field = str(event.get("field"))
    kind = kinds.get(field)
    if kind not in GROUPABLE or (kind == "text" and not with_text):
        return field, None, None
    return field, _told(event, "from", "remove"), _told(event, "to", "add")


def _told(event: Event, key: str, members: str) -> str | None:
    value = event.get(key)
    return _word(event.get(members) if value is None else value)


def _word(value: Value) -> str | None:
    if isinstance(value, (list, tuple)):
        return ",".join(map(str, value))
    if isinstance(value, Mapping):
        return None
    return None if value is None else str(value)


def _several(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else [str(value)]
