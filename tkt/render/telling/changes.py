"""How is it told what became different: judged, moved, set, set aside, imported, taken back?"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from tkt.i18n import N_, Message, _, current_language, msg, render
from tkt.model import Event, Ticket, changes_members, values_at
from tkt.render import words
from tkt.render.telling.base import Teller, Told, listed, near, spent, told_with
from tkt.render.values import (
    LEVELS,
    because_text,
    enumerated,
    field_text,
    resolution_text,
    waiting_text,
    with_more,
    with_text,
)
from tkt.schema import Configuration, LevelDecl
from tkt.schema.base import words_in

REDACTED = "redacted"
"""In an event, or as the `because` of one: what it was is not told (docs/file-format.md, Redaction)."""
LACKING = {"messages": N_("without its messages")}


def triaged(event: Event, ticket: Ticket, config: Configuration) -> Told:
    """By which questions it was judged."""
    found = event.get("criteria")
    pairs = found.items() if isinstance(found, Mapping) else ((None, key) for key in listed(found))
    reasons = [_criterion(axis, str(key), event, ticket, config) for axis, key in pairs]
    return msg("triaged: {criteria}", criteria=enumerated(reasons)) if reasons else msg("triaged")


def _criterion(axis: str | None, key: str, event: Event, ticket: Ticket, config: Configuration) -> str:
    """The question as a statement; the level decides where several levels ask one of the same name."""
    found = [(field, name, level) for field, name, level in _levels(axis, config) if key in level.ask]
    if len(found) > 1:
        present = values_at(ticket, event.at)
        found = [each for each in found if present.get(each[0]) == each[1]] or found
    if not found:
        return key
    question = words_in(found[0][2].ask[key], current_language(), key)
    return _as_statement(re.split("[?\uff1f]", question)[0])


def _levels(axis: str | None, config: Configuration) -> Iterator[tuple[str, str, LevelDecl]]:
    for field in [axis] if axis in LEVELS else LEVELS if axis is None else ():
        yield from ((str(field), name, it) for name, it in getattr(config.taxonomy, str(field)).items())


def _as_statement(question: str) -> str:
    """`Core work stopped` goes on in a sentence as `core work stopped`; `API` stays."""
    begins_plainly = question[1:2].islower() or question[1:2] == " "
    return question[:1].lower() + question[1:] if begins_plainly else question


def moved(event: Event, ticket: Ticket, config: Configuration) -> Told:
    """From where to where, and what the move needed."""
    start, end = (words.status_name(config, str(event.get(key) or "")) for key in ("from", "to"))
    told = msg("{start} → {end}", start=start, end=end) if start else msg("→ {end}", end=end)
    waiting, resolution = event.get("waiting"), event.get("resolution")
    return told_with(
        told,
        [
            waiting_text(waiting, config.desk.zone, event.at) if waiting else None,
            resolution_text(resolution, config) if resolution else None,
            _next(event, config),
            _confirmed(event, ticket, config),
            msg("by itself, after the closing time") if event.get("auto_closed") else None,
            spent(event),
        ],
    )


def _next(event: Event, config: Configuration) -> Message | None:
    action = event.get("next_action")
    if not isinstance(action, Mapping) or not action.get("what"):
        return None
    if action.get("by"):
        return msg("next: {what}, by {when}", what=action["what"], when=near(action["by"], event, config))
    return msg("next: {what}", what=action["what"])


def _confirmed(event: Event, ticket: Ticket, config: Configuration) -> str | None:
    """How the customer confirmed; what shows it, unless that is a message of the ticket."""
    given = event.get("confirmed")
    if not given:
        return None
    confirmed = given if isinstance(given, Mapping) else {"how": given}
    how = words.channel_name(config, str(confirmed.get("how", "?")))
    evidence = str(confirmed.get("evidence") or "")
    shown = evidence if evidence and ticket.event(evidence) is None else None
    return with_text(render(msg("confirmed by {how}", how=how)), shown)


def changed(events: Sequence[Event], config: Configuration) -> str:
    """`impact one · urgency red → yellow · product removed`: all that one command set."""
    fields = {event.get("field") for event in events}
    return " · ".join(_change(event, config, fields) for event in events)


def set_(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """One field that was set."""
    return changed([event], config)


def _change(event: Event, config: Configuration, fields: Container[str]) -> str:
    """One change and why; that a team follows a category goes without saying beside the category."""
    because = str(event.get("because") or "")
    if because == REDACTED or event.get(REDACTED):
        return render(msg("{field} redacted", field=words.field_name(config, str(event.get("field")))))
    is_plain = because.startswith("category ") and "category" in fields
    return with_more(render(_difference(event, config)), "" if is_plain else because_text(because))


def _difference(event: Event, config: Configuration) -> Message:
    field = str(event.get("field"))
    label = words.field_name(config, field)
    if changes_members(event):
        return msg("{field} {value}", field=label, value=" ".join(_members(event, config)))
    old, new = (_value(event, key, config) for key in ("from", "to"))
    if not new:
        return msg("{field} removed", field=label)
    if not old:
        return msg("{field} {value}", field=label, value=new)
    return msg("{field} {old} → {new}", field=label, old=old, new=new)


def _members(event: Event, config: Configuration) -> Iterator[str]:
    field = str(event.get("field"))
    for sign, key in (("+", "add"), ("-", "remove")):
        yield from (f"{sign}{field_text(config, field, each)}" for each in listed(event.get(key)))


def _value(event: Event, key: str, config: Configuration) -> str:
    value = event.get(key)
    return "" if value is None else field_text(config, str(event.get("field")), value)


def disposed(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """It was no request at all."""
    kind = words.code_name(config, str(event.get("as", "?")))
    of = event.get("of")
    if of:
        return msg("put away as {kind} of {id}", kind=kind, id=of)
    return msg("put away as {kind}", kind=kind)


def restored(_event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """It was a request after all."""
    return msg("counts as a request again")


def renumbered(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """It got another id."""
    return msg("has another id, was {id}", id=event.get("was", "?"))


def imported(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """Where it came from."""
    lacking = listed(event.get("lacks"))
    source, row = event.get("source", "?"), event.get("row")
    told = msg("imported from {source}", source=source)
    if row is not None:
        told = msg("imported from {source}, row {row}", source=source, row=row)
    return told_with(told, [_(LACKING[name]) if name in LACKING else name for name in lacking])


CHANGES: Mapping[str, Teller] = {
    "triaged": triaged,
    "moved": moved,
    "set": set_,
    "disposed": disposed,
    "restored": restored,
    "renumbered": renumbered,
    "imported": imported,
}
