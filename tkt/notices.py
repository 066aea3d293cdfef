"""Which notices does a ticket owe: to its customer, to people of the desk?

A notice is the `queued` event that asks for it and what the sender records of it afterwards. What is owed is
read from the tickets alone, so that no runner that dies loses one (docs/tick.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from tkt.actions.actor import Pen
from tkt.clock import instant_text
from tkt.clocks.delivery import NOTICES, PROMPT
from tkt.clocks.verdict import Verdict
from tkt.fields.lookup import instant_in
from tkt.frozen import dataclass
from tkt.model import NOTHING, Event, Ticket, Value
from tkt.schema import Configuration

CUSTOMER = "customer"
"""In `to` of a notice: whoever asked; else the id of a person of the desk."""
MAIL = "email"
"""The channel by which people of the desk are told, where the desk has it and knows their address."""

State = Literal["queued", "sending", "possibly sent", "sent", "bounced", "withheld", "void"]
OWED: tuple[State, ...] = ("queued", "sending", "possibly sent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice and how far it has come."""

    id: str
    to: str  # `customer`, or a person's id
    channel: str | None  # None: nothing is known by which it could be sent
    state: State
    since: datetime  # when it came into that state
    queued_at: datetime
    not_before: datetime | None = None
    about: Mapping[str, Value] = field(default_factory=lambda: NOTHING)  # {clock, cycle, rung}, or {rule}
    message: str | None = None  # the message event that it delivers
    canned: str | None = None
    answer: str | None = None  # what the other side said

    @property
    def is_owed(self) -> bool:
        """Whether it was neither delivered nor refused, and there is still something to tell."""
        return self.state in OWED


def notices_of(ticket: Ticket, config: Configuration, now: datetime) -> tuple[Notice, ...]:
    """Every notice of a ticket, in the order in which they were queued."""
    later: dict[str, list[Event]] = {}
    for event in ticket.effective:
        if event.did in NOTICES and event.did != "queued":
            later.setdefault(str(event.get("notice")), []).append(event)
    queued = (event for event in ticket.effective if event.did == "queued")
    return tuple(_notice(event, later.get(_id_of(event), []), config, now) for event in queued)


def up_to_date(notices: Iterable[Notice], verdicts: Iterable[Verdict]) -> Iterator[Notice]:
    """The notices, `void` those that wait to tell of a clock that has ended meanwhile.

    `verdicts`: what the ticket's clocks say now.
    """
    ended = {(it.clock, it.cycle): it.ended_at for it in verdicts if it.ended_at is not None}
    for notice in notices:
        at = ended.get((str(notice.about.get("clock")), str(notice.about.get("cycle"))))
        if at is not None and notice.state == "queued":
            yield replace(notice, state="void", since=at)
        else:
            yield notice


def owes(ticket: Ticket) -> int:
    """How many of its notices were neither delivered nor refused."""
    ended = {str(event.get("notice")) for event in ticket.effective if event.did in ("sent", "bounced")}
    queued = (event for event in ticket.effective if event.did == "queued" and not is_withheld(event))
    return sum(_id_of(event) not in ended for event in queued)


def is_withheld(queued: Event) -> bool:
    """Whether a rule had somebody to tell and was not to (`tkt tick --no-notices`): this is never sent."""
    return queued.get("withheld") is True


def queue(
    ticket: Ticket,
    pen: Pen,
    config: Configuration,
    *,
    to: str,
    about: Mapping[str, Value] | None = None,
    message: str | None = None,
    canned: str | None = None,
    channel: str | None = None,
    not_before: datetime | None = None,
    withheld: bool = False,
) -> Ticket:
    """The ticket with a notice that waits to be sent; the notice is named by the event that asks for it.

    `to`: a person's id or `customer`; `about`: the rung or rule that led to it; `message`: the id of the
    message event that is to be delivered. Without `channel`: the customer's is the ticket's, a person's is
    mail where the desk knows their address. `withheld`: it is on record, and is not to be sent.
    """
    event = pen.event(
        "queued",
        message=message,
        canned=canned,
        channel=channel or channel_to(to, ticket, config),
        to=to,
        about=dict(about) if about else None,
        not_before=not_before and instant_text(not_before),
        withheld=withheld or None,
    )
    named = replace(event, data=MappingProxyType({"notice": event.id, **event.data}))
    return ticket.with_events(named)


def channel_to(to: str, ticket: Ticket, config: Configuration) -> str | None:
    """By which channel somebody is reached; None where nothing is known."""
    if to == CUSTOMER:
        found = ticket.get("channel")
        return None if found is None else str(found)
    person = config.persons.get(to)
    return MAIL if person is not None and person.email and MAIL in config.channels.channels else None


def _id_of(event: Event) -> str:
    return str(event.get("notice") or event.id)


def _notice(event: Event, later: list[Event], config: Configuration, now: datetime) -> Notice:
    last = later[-1] if later else event
    about = event.get("about")
    return Notice(
        id=_id_of(event),
        to=str(event.get("to") or CUSTOMER),
        channel=event.get("channel"),
        state=_state(last, now),
        since=last.recorded_at or last.at,
        queued_at=event.recorded_at or event.at,
        not_before=instant_in(event.get("not_before"), config),
        about=about if isinstance(about, Mapping) else NOTHING,
        message=event.get("message"),
        canned=event.get("canned"),
        answer=last.get("answer"),
    )


def _state(last: Event, now: datetime) -> State:
    """A delivery that was begun and not told of for ten minutes has died on the way, before it or after."""
    states: Mapping[str, State] = {"queued": "queued", "sent": "sent", "bounced": "bounced"}
    if last.did == "queued" and is_withheld(last):
        return "withheld"
    if last.did in states:
        return states[last.did]
    return "sending" if now - last.at <= PROMPT else "possibly sent"
