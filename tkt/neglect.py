"""What is neglected on a desk: which tickets lie, and which patrols and reviews are overdue? (docs/process.md)

Nothing here is a promise to a customer: service levels are `tkt.sla`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from tkt.actions.given import office
from tkt.columns import Columns
from tkt.durations import DAY, DurationError, parse_duration, working_days
from tkt.fields import instant_in, part_of
from tkt.frozen import dataclass
from tkt.model import Ticket
from tkt.query import Query
from tkt.schema import Configuration, NeglectDecl
from tkt.worktime import Calendar, CalendarNeverOpens, after_working_days, due_at

REVIEW = "review"
PATROL = "patrol"
WALL = "always"
"""In place of a calendar that the desk may have under this name: the clock on the wall."""
REVIEWS_OF = timedelta(days=90)
"""A review of what was resolved longer ago is asked for no more."""

USUAL: Mapping[str, NeglectDecl] = MappingProxyType(
    {
        "unassigned": NeglectDecl(when="status:open owner:none", since="unowned", after="30m"),
        "untouched": NeglectDecl(
            when="status:open -status:waiting -owner:none", since="touched", after="2 working days"
        ),
        "waiting": NeglectDecl(when="status:waiting", since="until"),
        "no-next-action": NeglectDecl(when="status:open needs:next-action", since="entered"),
    }
)
"""What counts on a desk whose config/reports.yaml has no `neglect`; `untold` takes its span from the workflow."""
_COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "unassigned": "tkt assign {id} PERSON",
        "untouched": 'tkt note {id} --text "…"',
        "waiting": "tkt start {id}",
        "no-next-action": 'tkt set {id} next_action="…"',
        "untold": 'tkt reply {id} --text "…"',
        REVIEW: """echo '{"do": "event", "id": "{id}", "event": {"did": "reviewed", "review": "…"}}' | tkt batch""",
    }
)
_WITHOUT_DATE = 'tkt set {id} waiting.until="…"'
_LOOK = "tkt show {id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """By what it is judged. `reviewed`: the tickets that a review on file names."""

    config: Configuration
    calendars: Mapping[str, Calendar]
    now: datetime
    reviewed: Container[str] = ()
    enforced_from: datetime | None = None  # of what was received earlier no review is asked (docs/sla.md P5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of neglect. `statuses`: those whose tickets `query` can match."""

    name: str
    said: NeglectDecl
    statuses: Container[str]
    query: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Neglected:
    """One ticket of a kind."""

    kind: str
    row: Columns
    since: datetime  # since when it is so
    due_at: datetime  # when it became neglect
    command: str  # what helps


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpatrolled:
    """A channel that was not looked at in time."""

    channel: str
    since: datetime  # the last patrol
    due_at: datetime


def kinds_of(config: Configuration) -> Mapping[str, NeglectDecl]:
    """What the desk calls neglect, in its order; its reviews among it."""
    declared = config.reports.neglect
    within = config.workflow.told.within
    untold = NeglectDecl(when="status:resolved told:no", since="resolved", after=within, calendar=WALL)
    found = {**USUAL, "untold": untold} if declared is None else dict(declared)
    review = config.reports.review
    if review.when is not None:
        found[REVIEW] = NeglectDecl(when=review.when, since="resolved", after=review.due)
    return found


def neglected(rows: Iterable[Columns], kinds: Iterable[Kind], ground: Ground) -> Iterator[Neglected]:
    """The neglected tickets, kind by kind, the longest first.

    Errors: those of reading a ticket, where its row does not tell enough.
    """
    present = [row for row in rows if row.summary.received_at <= ground.now]
    for kind in kinds:
        found = (it for row in present if (it := _judged(row, kind, ground)) is not None)
        yield from sorted(found, key=lambda it: (it.since, it.row.id))


def unpatrolled(patrols: Mapping[str, datetime], ground: Ground) -> Iterator[Unpatrolled]:
    """The channels of class `derived` whose last patrol is too long ago; of one without any nothing is said."""
    said = ground.config.reports.thresholds.get(PATROL)
    if not isinstance(said, Mapping) or "derived" not in said:
        return
    calendar = ground.calendars.get(str(said.get("calendar"))) or office(ground.config)
    for channel, last in sorted(patrols.items()):
        declared = ground.config.channels.channels.get(channel)
        if declared is None or declared.kind != "derived" or last > ground.now:
            continue
        due = after(str(said["derived"]), last, calendar)
        if due < ground.now:
            yield Unpatrolled(channel=channel, since=last, due_at=due)


def after(span: str, since: datetime, calendar: Calendar | None) -> datetime:
    """When `span` has passed: hours are open time, whole days those of the wall, working days the calendar's.

    By the wall without a calendar, and where it never opens. Errors: DurationError.
    """
    days, seconds = working_days(span), _open_seconds(span)
    try:
        if calendar is None:
            return since + timedelta(seconds=_wall_seconds(span))
        if days is not None:
            return after_working_days(calendar, since, days)
        if seconds is not None:
            return due_at(calendar, since, seconds)
    except CalendarNeverOpens:
        pass  # its fault is told by `tkt check`
    return since + timedelta(seconds=_wall_seconds(span))


def _open_seconds(span: str) -> int | None:
    """The seconds of a span of hours and minutes; None for one with days."""
    try:
        return parse_duration(span)
    except DurationError:
        return None


def _wall_seconds(span: str) -> int:
    """A span as it passes at the fastest. Errors: DurationError."""
    days = working_days(span)
    return parse_duration(span, days=True) if days is None else days * DAY


def _judged(row: Columns, kind: Kind, ground: Ground) -> Neglected | None:
    """Errors: as `neglected`."""
    if row.status not in kind.statuses:
        return None
    since = _SINCE[kind.said.since](row)
    if since is None or _is_soon(kind.said.after, since, ground.now) or not kind.query.matches(row.lookup):
        return None
    due = after(kind.said.after, since, _calendar(row, kind, ground))
    if due >= ground.now or (kind.name == REVIEW and not _awaits_review(row, since, ground)):
        return None
    return Neglected(kind=kind.name, row=row, since=since, due_at=due, command=_command(row, kind))


def _is_soon(span: str, since: datetime, now: datetime) -> bool:
    """Whether not even so much time has passed on the wall: no open time passes faster."""
    return _open_seconds(span) is not None and since + timedelta(seconds=_wall_seconds(span)) >= now


def _calendar(row: Columns, kind: Kind, ground: Ground) -> Calendar | None:
    """The one that is named, else by which the ticket's promise is counted, else Monday to Friday.

    None for the wall's.
    """
    if kind.said.calendar == WALL and WALL not in ground.calendars:
        return None
    named = [kind.said.calendar] if kind.said.calendar else []
    promised = () if named else (cycle.calendar for cycle in reversed(row.standings.cycles))
    found = (ground.calendars.get(name) for name in (*named, *promised) if name is not None)
    return next((it for it in found if it is not None), None) or office(ground.config)


def _awaits_review(row: Columns, resolved: datetime, ground: Ground) -> bool:
    """Whether it counts, was resolved lately, and nobody has looked into it."""
    if resolved < ground.now - REVIEWS_OF or row.id in ground.reviewed:
        return False
    if ground.enforced_from is not None and row.summary.received_at < ground.enforced_from:
        return False
    if part_of(row.values, "resolution", "code") in ground.config.workflow.uncounted:
        return False
    return not any(event.did == "reviewed" for event in row.ticket.effective)


def _command(row: Columns, kind: Kind) -> str:
    words = kind.said.do or _COMMANDS.get(kind.name, _LOOK)
    if kind.name == "waiting" and kind.said.do is None and _until(row) is None:
        words = _WITHOUT_DATE
    return words.replace("{id}", row.id)


def _until(row: Columns) -> datetime | None:
    return instant_in(part_of(row.values, "waiting", "until"), row.config)


def _waited(row: Columns) -> datetime:
    """Until when it was to wait; without a date since it waits."""
    return _until(row) or row.summary.entered_at


def _unowned(row: Columns) -> datetime | None:
    """Since when nobody owns it; the file is read only where somebody had a hand in it since its receipt."""
    if row.line.owner is not None:
        return None
    summary = row.summary
    return _unowned_since(row.ticket) if summary.touched_at > summary.received_at else summary.received_at


def _unowned_since(ticket: Ticket) -> datetime:
    taken = (e.at for e in reversed(ticket.effective) if e.did == "set" and e.get("field") == "owner")
    return next(taken, ticket.received_at)


_SINCE: Mapping[str, Callable[[Columns], datetime | None]] = MappingProxyType(
    {
        "received": lambda row: row.summary.received_at,
        "touched": lambda row: row.summary.touched_at,
        "entered": lambda row: row.summary.entered_at,
        "unowned": _unowned,
        "asked": lambda row: row.summary.asked_at,
        "until": _waited,
        "resolved": lambda row: row.summary.resolved_at,
    }
)
"""What `since` may say → since when it is so; None: it is not."""
