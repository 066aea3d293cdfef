"""What does plain `tkt list` show, and to whom?

An agent the tickets where the ball is with them, new messages of customers first; a lead the team's; anybody
else all that is open. Views of config/views.yaml of these names say what that means on this desk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from tkt.columns import Columns
from tkt.commands.asked import EVERYTHING
from tkt.commands.common import Session
from tkt.errors import GitError, Problem
from tkt.frozen import dataclass
from tkt.i18n import Message, msg, msgn
from tkt.model import Person
from tkt.schema import Configuration

OPEN = "status:open"
MINE = "owner:me status:open (-waiting_on:customer,vendor OR needs:reply)"
TEAM = "team:mine status:open"
POOL = "team:mine owner:none status:open"
WAITING = "owner:me status:open waiting_on:customer,vendor -needs:reply"
"""What the views mean where config/views.yaml does not say."""


@dataclass(frozen=True, kw_only=True)
class Plain:
    """What a plain list shows, in order, and how many more there are of other kinds, with what lists them."""

    rows: Sequence[Columns]
    problems: Sequence[Problem] = ()
    beside: Sequence[Message] = ()


def plain_list(session: Session) -> Plain:
    """The list for whoever types, and a note where nobody knows who that is."""
    person = note_unknown(session)
    if person is None or person.kind != "agent":
        return _by_due(session, OPEN)
    if session.desk.config.is_lead(person.id):
        return _leads(session)
    return _agents(session)


def view(config: Configuration, name: str, otherwise: str) -> str:
    """The query of a view that every desk has, as this one has it."""
    return config.views.views.get(name, otherwise).strip() or EVERYTHING


by_due: Callable[[Columns], float] = attrgetter("due_s")
"""Next due first; what is never due comes last. Of rows in order of their ids, as a desk gives them."""


def by_answer(row: Columns) -> tuple[bool, float]:
    """Unanswered customers first, then what is due next."""
    needs = row.lookup("needs")
    return (not (isinstance(needs, (tuple, list)) and "reply" in needs), by_due(row))


def _by_due(session: Session, asked: str) -> Plain:
    found = session.desk.matching(session.query(asked), session.now)
    return Plain(rows=sorted(found.rows, key=by_due), problems=found.problems)


def _leads(session: Session) -> Plain:
    """What the team has open; how much is open elsewhere."""
    team = view(session.desk.config, "team", TEAM)
    found = session.desk.matching(session.query(f"({team}) OR {OPEN}"), session.now)
    is_ours = session.query(team).matches
    rows = [row for row in found.rows if is_ours(row.lookup)]
    elsewhere = _elsewhere(len(found.rows) - len(rows))
    return Plain(
        rows=sorted(rows, key=by_due), problems=found.problems, beside=(elsewhere,) if elsewhere else ()
    )


def _elsewhere(count: int) -> Message | None:
    if not count:
        return None
    return msgn(
        "{count} open elsewhere: tkt list {query}",
        "{count} open elsewhere: tkt list {query}",
        count,
        query=OPEN,
    )


def _agents(session: Session) -> Plain:
    """Mine, where the ball is with me; how many wait for others, how many are free to be taken."""
    config = session.desk.config
    mine, waiting, pool = (
        view(config, name, text) for name, text in (("mine", MINE), ("waiting", WAITING), ("pool", POOL))
    )
    found = session.desk.matching(session.query(f"({mine}) OR ({waiting}) OR ({pool})"), session.now)
    is_mine = session.query(mine).matches
    rows = [row for row in found.rows if is_mine(row.lookup)]
    shown = {row.id for row in rows}
    others = [row for row in found.rows if row.id not in shown]
    waits, is_free = session.query(waiting).matches, session.query(pool).matches
    beside = (
        _waiting(sum(waits(row.lookup) for row in others), _called(config, "waiting", WAITING)),
        _free(sum(is_free(row.lookup) for row in others), _called(config, "pool", POOL)),
    )
    return Plain(
        rows=sorted(rows, key=by_answer),
        problems=found.problems,
        beside=tuple(told for told in beside if told is not None),
    )


def _called(config: Configuration, name: str, otherwise: str) -> str:
    return f"@{name}" if name in config.views.views else otherwise


def _waiting(count: int, query: str) -> Message | None:
    if not count:
        return None
    return msgn(
        "{count} waiting for others: tkt list {query}",
        "{count} waiting for others: tkt list {query}",
        count,
        query=query,
    )


def _free(count: int, query: str) -> Message | None:
    if not count:
        return None
    return msgn(
        "{count} free to take: tkt list {query}", "{count} free to take: tkt list {query}", count, query=query
    )


def note_unknown(session: Session) -> Person | None:
    """Who types; a note where nobody knows who that is."""
    try:
        person = session.desk.config.persons.get(session.me)
    except GitError as error:
        session.note(error.message)
        return None
    if person is None:
        session.note(*_unknown(session, session.me))
    return person


def _unknown(session: Session, me: str) -> tuple[Message, ...]:
    if "@" not in me:
        return (
            msg(
                "git was told no address of yours, so nothing here is known to be yours: "
                "git config --global user.email YOU@EXAMPLE.COM"
            ),
        )
    from tkt.render.people import person_line
    from tkt.store.gitquick import quick_identity

    identity = quick_identity(session.desk.root)
    line = person_line(identity[0] if identity else None, me)
    return (
        msg(
            "nobody in config/people.yaml has the address {mail}, so nothing here is known to be yours",
            mail=me,
        ),
        msg("to be known, add to `people:` there: {line}", line=line),
    )
