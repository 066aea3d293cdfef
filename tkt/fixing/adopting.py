"""Which hand edits and hand `git mv`s lack their events, and who made them, when?

A commit says who and when; what is not committed is done now, by whoever asks. Every event says that
it was recorded only now (docs/sla.md S5).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from tkt.actions import Actor
from tkt.actions.actor import ClockShift
from tkt.actions.adopting import BY_HAND, DIRECTORY, adopt, belated, left_out
from tkt.errors import GitError, Problem
from tkt.fixing.past import Edition, Past
from tkt.fixing.state import Found, Held, State, Step, clock_problem
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.model import Event, Ticket, Value
from tkt.repair import weaver_for
from tkt.repair.misplaced import was_moved_by_a_command
from tkt.schema import Configuration
from tkt.store.gitrepo import Made

NAME = "adopt"
_WITH_DIRECTORY = frozenset({"waiting", "resolution"})
"""Keys that a move takes along: of a ticket that was moved by hand they count from that move on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A ticket, and what of it lacks an event: against its own events, or only since it was last judged."""

    held: Held
    contradicting: frozenset[str]
    edited: frozenset[str]

    @property
    def facets(self) -> frozenset[str]:
        return self.contradicting | self.edited


def plan(state: State) -> Iterator[Found]:
    """One step for each commit that edited a ticket by hand, in order; the last for what is not committed."""
    cases = [case for held in state.single if (case := _case(state, held)).facets]
    tickets = {case.held.source: case.held.before for case in cases}
    past = Past(state.desk, state.repo, tickets) if state.repo else None
    for case in cases:
        if _is_of_a_merge(state, case):
            yield _left_to_repair(case)
            continue
        try:
            steps = tuple(_recorded(state, case, past))
        except ClockShift as error:
            yield clock_problem(error, case.held)
        except NoHistory as error:
            yield replace(error.problem, path=case.held.source)
        else:
            yield from steps


def _is_of_a_merge(state: State, case: _Case) -> bool:
    """Whether a command moved the file here, and only a merge or rebase made its events lead elsewhere."""
    held = case.held
    if state.repo is None or DIRECTORY not in case.contradicting or held.source in state.uncommitted:
        return False
    return was_moved_by_a_command(weaver_for(state.desk, state.repo), held.source, held.ticket)


def _left_to_repair(case: _Case) -> Problem:
    return Problem(
        code="status",
        path=case.held.source,
        message=msg("a merge or rebase left it in this directory; nobody moved it by hand"),
        hint=msg("tkt repair"),
    )


class NoHistory(GitError):
    """Who edited a ticket cannot be found out here."""

    code = "no-history"


def _case(state: State, held: Held) -> _Case:
    ticket, config = held.ticket, state.desk.config
    contradicting = left_out(ticket, config)
    edited = left_out(ticket, config, before=state.earlier.get(held.source)) - contradicting
    if DIRECTORY in contradicting:
        contradicting |= _WITH_DIRECTORY
    return _Case(held=held, contradicting=contradicting, edited=edited - contradicting)


def _recorded(state: State, case: _Case, past: Past | None) -> Iterator[Step]:
    """Errors: ClockShift, NoHistory."""
    now = case.held.ticket
    events: list[Event] = []
    for edit in _edits(state, case, past) if past else ():
        commit = edit.edition.commit
        taken = now.with_events(*events)
        stood = edit.edition.ticket.with_events(*events)
        before = edit.earlier.ticket.with_events(*events) if edit.earlier else None
        author = belated(stood, _author(state, commit), at=commit.authored_at, taken=taken)
        found = _added(stood, adopt(stood, author, state.desk.config, before=before, only=edit.facets))
        if found:
            events += found
            yield _step(case, events, found, commit=commit)
    stood = now.with_events(*events)
    author = belated(stood, _myself(state))
    before = state.earlier.get(case.held.source)
    found = _added(stood, adopt(stood, author, state.desk.config, before=before, only=case.facets))
    if found:
        events += found
        yield _step(case, events, found, is_uncommitted=case.held.source in state.uncommitted)


def _step(
    case: _Case,
    events: Collection[Event],
    added: tuple[Event, ...],
    *,
    commit: Made | None = None,
    is_uncommitted: bool = False,
) -> Step:
    return Step(
        fixer=NAME,
        source=case.held.source,
        ticket=case.held.ticket.with_events(*events),
        events=added,
        commit=commit,
        is_uncommitted=is_uncommitted,
    )


def _added(before: Ticket, after: Ticket) -> tuple[Event, ...]:
    known = {event.id for event in before.events}
    return tuple(event for event in after.events if event.id not in known)


def _author(state: State, commit: Made) -> Actor:
    """Who made a commit, as a person of the desk where it is one."""
    name, mail = commit.author
    people = state.desk.config.persons.values()
    by = next((person.id for person in people if person.has_mail(mail)), mail or name)
    return replace(_myself(state), by=by, auto=state.desk.is_bot(by))


def _myself(state: State) -> Actor:
    actor = state.actor
    return replace(actor, at=None, reason=actor.reason or BY_HAND)


# --- which commits ---


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    """What a commit made of a ticket, what it was before, and what of it lacks an event."""

    edition: Edition
    earlier: Edition | None
    facets: frozenset[str]


def _edits(state: State, case: _Case, past: Past) -> list[_Edit]:
    """The editions since each facet was last in order, the earliest first. Errors: NoHistory."""
    found: dict[tuple[int, int], _Edit] = {}
    for facet in sorted(case.facets):
        for edition, earlier in _line(state, case, past, facet):
            key = (edition.place, earlier.place if earlier else -1)
            known = found.get(key)
            facets = frozenset({facet}) | (known.facets if known else frozenset())
            found[key] = _Edit(edition=edition, earlier=earlier, facets=facets)
    return sorted(found.values(), key=lambda edit: -edit.edition.place)


def _line(state: State, case: _Case, past: Past, facet: str) -> Iterator[tuple[Edition, Edition | None]]:
    def is_settled(ticket: Ticket, edition: Edition) -> bool:
        if facet in case.edited:
            return edition.commit.sha not in state.since
        return facet not in _lacking(ticket, state.desk.config)

    for edition, earlier in past.back(case.held.source, is_settled, lambda it: _value(it, facet)):
        if earlier is None and past.is_cut_off(edition):
            raise NoHistory(
                msg("this clone lacks the history that says who changed {id}", id=case.held.ticket.id),
                hint=msg("git fetch --unshallow"),
            )
        yield edition, earlier


def _lacking(ticket: Ticket, config: Configuration) -> frozenset[str]:
    found = left_out(ticket, config)
    return found | _WITH_DIRECTORY if DIRECTORY in found else found


def _value(ticket: Ticket, facet: str) -> Value:
    return ticket.status if facet == DIRECTORY else ticket.get(facet)
