"""What does a ticket's own history say of it: how often reopened, what it needs now, who touched it last?"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from tkt.fields import stored_text
from tkt.guards import Situation, needs_of
from tkt.guards.disposal import is_restoring
from tkt.guards.talk import resolved_at, unanswered_messages, was_told
from tkt.guards.triage import is_given
from tkt.model import Event, Ticket
from tkt.schema import Configuration, StatusDecl
from tkt.workflow import missing_to_leave


def searched_text(ticket: Ticket) -> str:
    """Everything that words in a query look at, one to a line."""
    said = (str(event.get("text", "")) for event in ticket.effective if event.did in ("message", "note"))
    return "\n".join(
        (ticket.id, *former_ids(ticket), ticket.external_id or "", stored_text(ticket.values), *said)
    )


def former_ids(ticket: Ticket) -> tuple[str, ...]:
    """The ids that it had before it was renumbered; another ticket may have kept one."""
    return tuple(str(event.get("was")) for event in ticket.events if event.did == "renumbered")


def reopens(ticket: Ticket, finished: Container[str]) -> int:
    """Moves from a status of the categories resolved and closed to one of neither.

    To bring back what was put away as spam or as a duplicate is none.
    """
    passed = [(status, event) for _at, status, event in ticket.status_changes]
    return sum(
        before in finished and after not in finished and not is_restoring(ticket, move)
        for (before, _), (after, move) in pairwise(passed)
    )


def reassignments(ticket: Ticket) -> int:
    """How often the owner became somebody else after the first assignment (docs/kpi.md K16).

    To take the owner off is no reassignment, to give the ticket to another one afterwards is.
    """
    owners = list(_owners(ticket))
    return sum(before != after for before, after in pairwise(owners))


def _owners(ticket: Ticket) -> Iterator[str]:
    """Every owner in turn, the one before the first recorded change included."""
    changes = [event for event in ticket.effective if event.did == "set" and event.get("field") == "owner"]
    if changes and changes[0].get("from"):
        yield str(changes[0].get("from"))
    yield from (str(event.get("to")) for event in changes if event.get("to"))


def last_touched(ticket: Ticket) -> datetime:
    """The last event by a person of the desk, machines left out; before the first one its receipt."""
    touches = (event.at for event in reversed(ticket.effective) if event.role == "agent" and not event.auto)
    return next(touches, ticket.received_at)


def entered(ticket: Ticket) -> datetime:
    """When it came into its status."""
    changes = ticket.status_changes
    return changes[-1][0] if changes else ticket.received_at


def resolved(ticket: Ticket, config: Configuration) -> datetime | None:
    """When it was last resolved; None while it is not."""
    return resolved_at(ticket, config.finished) if ticket.status in config.finished else None


def closed(ticket: Ticket, config: Configuration) -> datetime | None:
    """When it was last closed; None while it is not."""
    return resolved_at(ticket, config.closed) if ticket.status in config.closed else None


def told(ticket: Ticket, config: Configuration) -> bool | None:
    """Whether a public message stands at or after the resolve.

    None while it is not resolved, and where it came from a log without messages, so that nobody knows.
    """
    if ticket.status not in config.finished:
        return None
    return was_told(ticket, config.finished) or (None if _lacks_messages(ticket) else False)


def satisfaction(ticket: Ticket) -> float | int | None:
    """The score of the latest answer to a satisfaction survey."""
    rated = [e for e in ticket.effective if e.did == "rated" and e.get("kind", "csat") == "csat"]
    score = rated[-1].get("score") if rated else None
    return score if isinstance(score, (int, float)) else None


def missing(ticket: Ticket, config: Configuration) -> tuple[str, ...]:
    """The fields that are not given: those that its form needs, and of a new ticket all that guard its leaving."""
    situation = Situation(ticket=ticket, config=config)
    wanted = needs_of(config, ticket.get("type"), ticket.get("category"))
    needed = [name for name in wanted if not is_given(situation, name)]
    if config.status_category(ticket.status) != "new":
        return tuple(needed)
    guarding = [
        each for each in missing_to_leave(ticket, config) if each.give and each.guard != "needed_fields"
    ]
    return tuple(dict.fromkeys([*(each.names[0] for each in guarding), *needed]))


def needs(ticket: Ticket, config: Configuration) -> tuple[str, ...]:
    """What somebody must do now: `reply`, `triage`, `owner`, `next-action`, `words`.

    A finished ticket needs a reply and triage when the customer wrote after its end, a resolved one
    also the reply that was owed before; spam, duplicates and merged tickets need nothing.
    """
    if _is_out(ticket):
        return ()
    messages = unanswered_messages(ticket)
    if ticket.status in config.finished:
        return _needs_after_the_end(ticket, config, messages)
    declared = config.workflow.statuses.get(ticket.status)
    asked = {
        "reply": bool(messages),
        "triage": declared is not None and declared.category == "new",
        "owner": ticket.owner is None,
        "next-action": _asks_for_next_action(declared) and not ticket.get("next_action"),
        "words": _is_wordless(ticket),
    }
    return tuple(name for name, is_asked in asked.items() if is_asked)


def _needs_after_the_end(ticket: Ticket, config: Configuration, messages: Sequence[Event]) -> tuple[str, ...]:
    ended = closed(ticket, config) or resolved(ticket, config)
    if not messages or ended is None:
        return ()
    if messages[-1].at > ended:
        return ("reply", "triage")
    return () if ticket.status in config.closed else ("reply",)


def _is_out(ticket: Ticket) -> bool:
    """Whether it was disposed of as spam, test or duplicate, or merged into another ticket."""
    last = next(
        (e.did for e in reversed(ticket.effective) if e.did in ("disposed", "restored", "merged")), ""
    )
    return last == "disposed" or (last == "merged" and _was_absorbed(ticket))


def _was_absorbed(ticket: Ticket) -> bool:
    merged = [event for event in ticket.effective if event.did == "merged"]
    return merged[-1].get("into") not in (None, ticket.id)


def _asks_for_next_action(declared: StatusDecl | None) -> bool:
    guards = declared.enter if declared else []
    return any((each if isinstance(each, str) else each.guard) == "next_action" for each in guards)


def _is_wordless(ticket: Ticket) -> bool:
    """Whether nobody's words are on record, although they could be."""
    is_silent = not any(event.did in ("message", "note") for event in ticket.effective)
    return is_silent and not _lacks_messages(ticket)


def _lacks_messages(ticket: Ticket) -> bool:
    """Whether the source it was imported from never recorded who said what."""
    return any(e.did == "imported" and "messages" in (e.get("lacks") or ()) for e in ticket.effective)
