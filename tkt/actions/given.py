"""What may be given with a move, and what is filled in where nothing was?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from shlex import quote
from typing import Any

from tkt.actions.actor import Actor, Pen
from tkt.actions.values import BadValue, chosen, moment, must_be_filled, part_label
from tkt.actions.vocabulary import choices
from tkt.clock import instant_text
from tkt.durations import DurationError, parse_duration, working_days
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.model import Ticket, Value
from tkt.schema import Configuration
from tkt.worktime import Calendar, after_working_days

PureAction = Callable[[Ticket, Actor, Configuration], Ticket]
"""A ticket, who does it → the ticket as it is to be."""
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given with a move, as typed."""

    changes: Mapping[str, Value] = field(default_factory=dict)  # fields to set in the same command
    on: str | None = None  # waiting on customer, vendor or colleague
    what_for: str | None = None  # waiting for
    until: datetime | str | None = None  # an instant, a date, `3d`, `2 working days`
    code: str | None = None
    text: str | None = None
    cause: str | None = None
    next_what: str | None = None
    next_by: datetime | str | None = None
    next_due: datetime | None = None  # when a clock of the ticket is due; for the default next action
    reply: str | None = None  # said to the customer in the same command
    sent_by: str | None = None  # that reply was delivered already: by phone, wechat …
    asks_customer: bool = False
    canned: str | None = None
    articles: Sequence[str] = ()  # of the knowledge base, cited by that reply
    confirmed: str | None = None  # how the customer confirmed
    evidence: str | None = None
    auto_closed: bool = False
    spent: int | None = None  # minutes
    force: bool = False  # overrule the guards; needs the actor's reason
    calendar: Calendar | None = None  # by which `2 working days` are counted; None: Monday to Friday
    open_children: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Errors: Unfilled for the `…` of a hint that was not replaced."""
        for option, name in _OPTIONS:
            must_be_filled(getattr(self, name), f"{option} …")

    def options(self) -> str:
        """All of it as options of `tkt move`, so that a hint loses nothing that was typed."""
        sets = [("--set", f"{name}={'' if value is None else value}") for name, value in self.changes.items()]
        named = [(option, getattr(self, name)) for option, name in _OPTIONS]
        named.append(("--spent", f"{self.spent}m" if self.spent else None))
        return " ".join(f"{option} {quote(str(value))}" for option, value in (*sets, *named) if value)


_OPTIONS = (
    ("--on", "on"),
    ("--for", "what_for"),
    ("--until", "until"),
    ("--code", "code"),
    ("--text", "text"),
    ("--cause", "cause"),
    ("--next", "next_what"),
    ("--by-when", "next_by"),
    ("--reply", "reply"),
    ("--sent-by", "sent_by"),
    ("--confirmed", "confirmed"),
    ("--evidence", "evidence"),
)

NOTHING_GIVEN = Given()
MoveAction = Callable[[Ticket, Actor, Configuration, Given], Ticket]
"""The same with what is given to a move."""


def waiting_given(given: Given, pen: Pen, config: Configuration) -> dict[str, str] | None:
    """`waiting` of a move into a waiting status; `until` is the desk's default where none is given.

    Errors: BadValue, DurationError, UsageError for a bad instant.
    """
    on = _chosen(config, "waiting.on", given.on)
    defaults = {str(party): text for party, text in config.workflow.until.items()}
    wish = given.until or defaults.get(on or "")
    until = later_moment(wish, pen.at, config, given.calendar) if wish else None
    parts = {"on": on, "for": given.what_for, "until": until and instant_text(until)}
    return {key: value for key, value in parts.items() if value} or None


def resolution_given(ticket: Ticket, given: Given, config: Configuration) -> dict[str, str] | None:
    """`resolution` after a move into a finished status: what stood there, then what is given. Errors: BadValue."""
    parts = {
        "code": _chosen(config, "resolution.code", given.code),
        "text": given.text,
        "cause": _chosen(config, "resolution.cause", given.cause),
    }
    told = {key: value for key, value in parts.items() if value}
    return {**(ticket.get("resolution") or {}), **told} if told else None


def next_action_given(
    ticket: Ticket, given: Given, pen: Pen, config: Configuration, way: Sequence[str]
) -> Any:
    """`next_action` of a move: what is given, else the desk's default where the way asks for one.

    A next action that the ticket has already stays, but for one from before a wait or a resolve.
    """
    usual = config.workflow.next_action
    present = ticket.get("next_action")
    if given.next_what or given.next_by:
        by = later_moment(given.next_by, pen.at, config, given.calendar) if given.next_by else None
        what = given.next_what or (present or {}).get("what") or usual.what
        return _action(usual.who, what, by)
    is_fresh = config.status_category(way[0]) in ("new", "active")
    if not _asks_for_action(config, way) or (present and is_fresh):
        return None
    return _action(usual.who, usual.what, _usual_date(usual.by, given, pen))


def later_moment(
    given: datetime | str, start: datetime, config: Configuration, calendar: Calendar | None = None
) -> datetime:
    """The instant that is meant by `3d`, `2 working days`, a date or an instant, seen from `start`.

    Errors: BadValue where it is not after `start`, UsageError for text that is none of these.
    """
    found = _moment(given, start, config, calendar)
    if found <= start:
        raise BadValue(msg("{moment} is not in the future", moment=instant_text(found)))
    return found


def _moment(
    given: datetime | str, start: datetime, config: Configuration, calendar: Calendar | None
) -> datetime:
    if isinstance(given, datetime):
        return given
    days = working_days(given)
    if days is not None:
        return after_working_days(calendar or office(config), start, days)
    try:
        return start + timedelta(seconds=parse_duration(given, days=True))
    except DurationError:
        return moment(given, config, start)


def office(config: Configuration) -> Calendar:
    """Monday to Friday, for a desk that did not say by which calendar."""
    week = {day: ["00:00-24:00"] for day in _WEEKDAYS}
    return Calendar.from_mapping({"zone": config.desk.zone, "week": week})


def _usual_date(by: str, given: Given, pen: Pen) -> datetime | None:
    """The default's date: the next due instant, or a duration from now where the desk gives one."""
    try:
        return pen.at + timedelta(seconds=parse_duration(by, days=True))
    except DurationError:
        return given.next_due


def _asks_for_action(config: Configuration, way: Sequence[str]) -> bool:
    guards = [guard for status in way[1:] for guard in config.workflow.statuses[status].enter]
    return any((guard if isinstance(guard, str) else guard.guard) == "next_action" for guard in guards)


def _action(who: str, what: str, by: datetime | None) -> dict[str, str]:
    return {"who": who, "what": what, **({"by": instant_text(by)} if by else {})}


def _chosen(config: Configuration, name: str, word: str | None) -> str | None:
    return chosen(part_label(name), word, choices(config, name, {}) or {}) if word else None
