"""Is everything that was recorded still there, word for word?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.actions.personal import REDACTED
from tkt.audits.cases import TicketCase
from tkt.audits.finding import Finding, Level
from tkt.audits.naming import named, stamp
from tkt.checks import changes
from tkt.i18n import Message, msg
from tkt.model import IMMUTABLE, Event

_PUT_BACK = msg("put it back as it was, and take its effect back with an event corrected")


def append_only(case: TicketCase) -> Iterator[Finding]:
    """No event is gone, and none says something else (docs/file-format.md, Append-only)."""
    for event in changes.removed(case.before, case.after) if case.before else ():
        if event.did != "opened":
            yield _gone(case, event)
    for old, new in changes.altered(case.before, case.after) if case.before else ():
        if old.did != "opened" and not _is_about_words(old, new):
            yield _rewritten(case, old, new)


def redactions(case: TicketCase) -> Iterator[Finding]:
    """A redaction takes out words alone and says who, when and why; those that do are listed."""
    before = {event.id: event for event in case.before.events} if case.before else {}
    fine: dict[tuple[str, str], list[Event]] = {}
    for event in case.after.events:
        old = before.get(event.id)
        if event == old or not _is_about_words(event, old or event):
            continue
        fault = _redaction_fault(case, old, event)
        if fault is not None:
            yield _fault(event, fault, case)
        else:
            said = event.get(REDACTED)
            fine.setdefault((str(said["by"]), str(said["why"])), []).append(event)
    for (who, why), events in fine.items():
        yield _listed(case, who, why, events)


def immutable(case: TicketCase) -> Iterator[Finding]:
    """What a ticket began with stays: when it was received, and its opening."""
    if case.before is None or case.was_twice:
        return
    for name in IMMUTABLE:
        if name in case.before.values and case.before.get(name) != case.after.get(name):
            yield Finding(
                level=Level.ERROR,
                message=msg("{field} was changed, which never changes", field=name),
                key=(name,) if name in case.after.values else (),
                hint=msg("put it back as it was"),
                commit=case.changed_in("key", name),
            )
    old = case.before.opened
    new = case.after.event(old.id) if old else None
    if old is not None and new is None:
        yield _gone(case, old)
    elif old is not None and new is not None and new != old and not _is_about_words(old, new):
        yield _rewritten(case, old, new)


def _redaction_fault(case: TicketCase, old: Event | None, event: Event) -> Message | None:
    """What is wrong with what became of an event's words; None where nothing is."""
    if REDACTED not in event.data:
        return msg("{what} of {at} was redacted, and its words are back", **_of(case, event))
    lacking = changes.redaction_lacks(event)
    if lacking:
        return msg("{what} of {at} was redacted without saying {keys}", keys=lacking, **_of(case, event))
    touched = changes.differing_facts(old, event, case.manner.config) if old else ()
    if touched:
        return msg(
            "the redaction of {what} of {at} changed more than it took out: {keys}",
            keys=touched,
            **_of(case, event),
        )
    return None


def _listed(case: TicketCase, who: str, why: str, events: list[Event]) -> Finding:
    if len(events) == 1:
        told = msg("{who} redacted {what} of {at}: {why}", who=who, why=why, **_of(case, events[0]))
    else:
        told = msg("{who} redacted {count} events: {why}", who=who, count=len(events), why=why)
    origin = case.redactions.get(events[0].id)
    return Finding(
        level=Level.NOTE,
        message=told,
        event=events[0].id,
        commit=(origin.sha or None) if origin else None,
        person=who,
    )


def _is_about_words(old: Event, new: Event) -> bool:
    """Whether it is a redaction, or what became of one: `redactions` judges these."""
    return REDACTED in new.data or REDACTED in old.data


def _gone(case: TicketCase, event: Event) -> Finding:
    return _fault(event, msg("{what} of {at} is gone", **_of(case, event)), case)


def _rewritten(case: TicketCase, old: Event, new: Event) -> Finding:
    one, other = _keys(old), _keys(new)
    keys = tuple(key for key in dict.fromkeys((*one, *other)) if one.get(key) != other.get(key))
    return _fault(old, msg("{what} of {at} was rewritten: {keys}", keys=keys, **_of(case, old)), case)


def _keys(event: Event) -> dict[str, object]:
    shared = ("at", "by", "did", "role", "auto", "via", "forced", "reason", "recorded_at")
    return {**{key: getattr(event, key) for key in shared}, **event.data}


def _of(case: TicketCase, event: Event) -> dict[str, object]:
    return {"what": named(event), "at": stamp(event.at, case.manner.zone)}


def _fault(event: Event, told: Message, case: TicketCase) -> Finding:
    return Finding(
        level=Level.ERROR,
        message=told,
        event=event.id,
        hint=_PUT_BACK,
        commit=case.changed_in("event", event.id),
        person=event.by,
    )
