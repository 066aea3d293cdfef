"""`tkt outbox`: which notices wait to be told, and what do they say?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from tkt.columns import Columns
from tkt.commands.common import Session
from tkt.commands.naming import named
from tkt.commands.options import LimitOption, QueryArgument
from tkt.commands.signature import paged, reads
from tkt.desk import UNREADABLE
from tkt.errors import NotFound, Problem
from tkt.frozen import dataclass
from tkt.i18n import N_, msg, msgn
from tkt.late import late
from tkt.model import Ticket
from tkt.notices import CUSTOMER, Notice, notices_of, up_to_date

_NOTICE = late(r"[0-9a-hjkmnp-tv-z]{6}")

MOST_READ = 200
"""So many tickets are read for a count that stands beside something else."""

ToOption = Annotated[
    str,
    typer.Option(
        "--to", metavar="PERSON", help=N_("Only those to PERSON; or to: customer."), show_default=False
    ),
]
AllOption = Annotated[
    bool,
    typer.Option(
        "--all", help=N_("Also those that were sent, came back, or are void as their clock has ended.")
    ),
]
NoticeArgument = Annotated[
    str, typer.Argument(metavar="NOTICE|ID", help=N_("A notice by its id, or a ticket: all that it owes."))
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A notice and its ticket."""

    notice: Notice
    ticket: Ticket

    def to_json(self) -> dict[str, Any]:
        """As docs/json.md has it."""
        it = self.notice
        return {
            "notice": it.id,
            "id": self.ticket.id,
            "title": self.ticket.title,
            "state": it.state,
            "since": it.since,
            "queued_at": it.queued_at,
            "not_before": it.not_before,
            "to": it.to,
            "channel": it.channel,
            "about": dict(it.about),
            "message": it.message,
            "canned": it.canned,
        }


@paged
@reads
def list_notices(
    session: Session,
    query: QueryArgument = None,
    to: ToOption = "",
    all_: AllOption = False,
    limit: LimitOption = 0,
) -> int:
    """List the notices that wait, oldest first."""
    problems: list[Problem] = []
    wanted = _recipient(session, to) if to else None
    found = [
        it
        for it in _waiting(session, " ".join(query or ()), problems, is_all=all_)
        if wanted in (None, it.notice.to)
    ]
    found.sort(key=lambda it: (it.notice.queued_at, it.ticket.id, it.notice.id))
    shown = found[:limit] if limit > 0 else found
    if session.json:
        session.answer([it.to_json() for it in shown])
    elif shown:
        from tkt.render.outbox_table import print_notices

        rows = [(it.ticket.id, it.ticket.title, it.notice) for it in shown]
        print_notices(rows, session.told_config, session.now, session.screen)
    else:
        session.note(msg("no notice waits"))
    _tell_senders(session, shown)
    return session.report(problems)


@paged
@reads
def show(session: Session, notice: NoticeArgument) -> int:
    """Show a notice, or all that a ticket owes, as they are to be sent."""
    problems: list[Problem] = []
    found = list(_meant(session, notice, problems))
    if session.json:
        session.answer([{**it.to_json(), "letter": _letter_json(session, it)} for it in found])
    else:
        for place, it in enumerate(found):
            session.say(*([""] if place else []))
            _print_letter(session, it)
    return session.report(problems)


def _waiting(session: Session, asked: str, problems: list[Problem], *, is_all: bool) -> Iterator[Waiting]:
    """The notices of the tickets that match: those that are owed, or all."""
    query = session.query(asked)
    looked_at = session.desk.rows(session.desk.statuses_of(query), session.now)
    problems.extend(looked_at.problems)
    for row in looked_at.rows:
        if (is_all or row.owed) and query.matches(row.lookup):
            for notice, ticket in _read(session, row, problems):
                if is_all or notice.is_owed:
                    yield Waiting(notice=notice, ticket=ticket)


def _read(session: Session, row: Columns, problems: list[Problem]) -> Iterator[tuple[Notice, Ticket]]:
    try:
        ticket = row.ticket
    except UNREADABLE as error:
        problems.extend(error.problems)
        return
    every = notices_of(ticket, session.desk.config, session.now)
    yield from ((it, ticket) for it in up_to_date(every, row.verdicts))


def count_for(session: Session, person: str) -> tuple[int, bool]:
    """How many notices wait for somebody, and whether there may be more: at most so many tickets are read."""
    rows = [row for row in session.desk.rows(None, session.now).rows if row.owed]
    told = [it for row in rows[:MOST_READ] for it, _ticket in _read(session, row, [])]
    return sum(it.is_owed and it.to == person for it in told), len(rows) > MOST_READ


def _meant(session: Session, wish: str, problems: list[Problem]) -> Iterator[Waiting]:
    """The notices of that id, else those that the ticket owes. Errors: NotFound, Ambiguous."""
    named_so = _of_id(session, wish, problems, is_all=False)
    if named_so:
        yield from named_so
        return
    try:
        ticket = session.desk.ticket(named(session, wish, is_told=False))
    except NotFound:
        told = _of_id(session, wish, [], is_all=True)  # one that was sent, came back or was withheld
        if not told:
            raise
        yield from told
        return
    verdicts = session.desk.verdicts(ticket, now=session.now)
    every = tuple(up_to_date(notices_of(ticket, session.desk.config, session.now), verdicts))
    owed = [it for it in every if it.is_owed]
    if not owed:
        raise NotFound(
            msg("{id} owes no notice", id=ticket.id), hint=msg("tkt outbox list --all {id}", id=ticket.id)
        )
    yield from (Waiting(notice=it, ticket=ticket) for it in owed)


def _of_id(session: Session, wish: str, problems: list[Problem], *, is_all: bool) -> list[Waiting]:
    """The notices of that id: one, as ids are; none where it cannot be one."""
    notice_id = wish.strip().lower()
    if not _NOTICE.fullmatch(notice_id):
        return []
    return [it for it in _waiting(session, "", problems, is_all=is_all) if it.notice.id == notice_id]


def _recipient(session: Session, wish: str) -> str:
    """`customer`, `me` or a person. Errors: NotFound."""
    if wish == CUSTOMER:
        return CUSTOMER
    return session.me if wish == "me" else session.desk.person_named(wish)


def _print_letter(session: Session, it: Waiting) -> None:
    from tkt.render.outbox_table import letter_lines

    found = _letter(session, it)
    for line in letter_lines(it.notice, found, session.told_config, session.now, session.screen):
        session.screen.print(line)


def _letter(session: Session, it: Waiting) -> Any:
    from tkt.render.letters import letter

    verdicts = session.desk.verdicts(it.ticket, now=session.now)
    return letter(it.notice, it.ticket, verdicts, session.desk.config, session.now)


def _letter_json(session: Session, it: Waiting) -> dict[str, Any]:
    found = _letter(session, it)
    return {
        "to": found.to,
        "address": found.address,
        "language": found.language,
        "subject": found.subject,
        "text": found.text,
    }


def _tell_senders(session: Session, shown: list[Waiting]) -> None:
    """A desk whose channels have no sender keeps its notices until somebody reads them here."""
    channels = session.desk.config.channels.channels
    silent = sum(not _has_sender(session, it.notice.channel) for it in shown if it.notice.is_owed)
    if silent and not any(channel.sender for channel in channels.values()):
        session.note(msg("no channel of config/channels.yaml has a sender: nothing of it is delivered"))
    elif silent:
        session.note(
            msgn(
                "{count} of them goes by a channel without a sender",
                "{count} of them go by channels without a sender",
                silent,
            )
        )


def _has_sender(session: Session, channel: str | None) -> bool:
    declared = session.desk.config.channels.channels.get(channel or "")
    return declared is not None and declared.sender
