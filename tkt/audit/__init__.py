"""Was the history of this desk changed as it may be, between two states (docs/audit.md)?

Gathers what `tkt.audits` judges. A range is judged by the configuration that it started from: what it
changes there is told, and what would be found by its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from tkt.actions.actor import TOLERANCE
from tkt.audit.gathering import Gathered, gathered
from tkt.audit.placing import placed
from tkt.audit.ranges import Asked, asked_range, commits_between
from tkt.audits import Finding, Level, Manner, RangeCase, audit_range, audit_ticket
from tkt.audits.outcome import Audited, in_order
from tkt.comparison import Comparison, compare, repository_of
from tkt.desk import Desk
from tkt.errors import ConfigError, NotFound, add_hint
from tkt.frozen import dataclass
from tkt.i18n import N_, msg
from tkt.schema import Configuration
from tkt.sla import ServiceLevels
from tkt.store.snapshots import Snapshot

OF_THE_CONFIGURATION = ("configuration", "people", "programs")
WORK = "work"
"""In place of a revision: the configuration that lies on the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How strictly somebody wants it judged. `config_from`: a revision, `work`, None for the older end."""

    tolerance: timedelta = TOLERANCE
    strict: bool = False
    require_signed: bool = False
    config_from: str | None = None


def audit(desk: Desk, text: str, wishes: Wishes, now: datetime) -> Audited:
    """Everything that a reviewer of the range `text` (empty: what HEAD has over its base) should know.

    Errors: GitError for ends that are not there, or not in this clone; ConfigError where the
    configuration that judges cannot be read.
    """
    repo = repository_of(desk)
    asked = asked_range(desk, repo, text)
    commits = commits_between(repo, asked.span)
    comparison = compare(desk, asked.span, repo=repo)
    manner, judged_by = _judge(comparison, wishes, now)
    range_ = gathered(comparison, commits)
    case = range_.range_case(manner)
    found = [*_judged(case), *_by_its_own(range_, case, wishes, now)]
    return _outcome(asked, range_, judged_by, manner, found)


def _outcome(asked: Asked, range_: Gathered, judged_by: str, manner: Manner, found: list[Finding]) -> Audited:
    tickets = range_.comparison.tickets
    known = {pair.id: pair.after or pair.before for pair in tickets}
    return Audited(
        words=asked.words,
        old=asked.span.old,
        new=asked.span.new,
        judged_by=judged_by,
        zone=manner.zone,
        tickets=len(tickets),
        titles={name: ticket.title for name, ticket in known.items() if ticket is not None},
        signatures=Counter(commit.signature for commit in range_.commits),
        findings=in_order(placed(found, range_.comparison)),
    )


def _judged(case: RangeCase) -> Iterator[Finding]:
    for ticket in case.tickets:
        yield from audit_ticket(ticket)
    yield from audit_range(case)


def _judge(comparison: Comparison, wishes: Wishes, now: datetime) -> tuple[Manner, str]:
    """Who judges, and by the configuration of which commit (or `work`).

    Where the older end was no desk yet, by the newer one's own. Errors: ConfigError, GitError, NotFound.
    """
    try:
        config, judged_by = _configuration(comparison, wishes.config_from)
        return _manner(config, wishes, now), judged_by
    except ConfigError as error:
        add_hint(error, msg("judge by another configuration: --config-from REV, or --config-from work"))
        raise


def _configuration(comparison: Comparison, config_from: str | None) -> tuple[Configuration, str]:
    if config_from == WORK:
        return comparison.desk.config, WORK
    repo, span = comparison.repo, comparison.range
    rev = repo.resolved(config_from) if config_from else span.old
    try:
        return Snapshot(repo, rev).config, rev
    except NotFound:
        if config_from or comparison.new_config is None:
            raise
        return comparison.new_config, span.new or WORK


def _manner(config: Configuration, wishes: Wishes, now: datetime) -> Manner:
    return Manner(
        config=config,
        levels=ServiceLevels.from_configuration(config),
        now=now,
        tolerance=wishes.tolerance,
        strict=wishes.strict,
        require_signed=wishes.require_signed,
    )


def _by_its_own(range_: Gathered, case: RangeCase, wishes: Wishes, now: datetime) -> Iterator[Finding]:
    """What the configuration that the range brings would find more, or less."""
    if case.ours is None or case.ours is case.manner.config:
        return
    base, own = _marks(case), _marks(range_.range_case(_manner(case.ours, wishes, now)))
    for here, there, told in (
        (base, own, N_("judged by the configuration that it brings, these would not be found: {rules}")),
        (own, base, N_("judged by the configuration that it brings, these would be found, too: {rules}")),
    ):
        rules = tuple(_counted(rule for mark, rule in here.items() if mark not in there))
        if rules:
            yield Finding(level=Level.NOTE, rule="configuration", message=msg(told, rules=rules))


def _marks(case: RangeCase) -> dict[tuple[object, ...], str]:
    """What is found, and by which rule; what is said of the configuration itself left out."""
    return {it.mark: it.rule for it in _judged(case) if it.rule not in OF_THE_CONFIGURATION}


def _counted(rules: Iterable[str]) -> Iterator[str]:
    """`author, stranger (3)`."""
    for rule, number in sorted(Counter(rules).items()):
        yield rule if number == 1 else f"{rule} ({number})"
