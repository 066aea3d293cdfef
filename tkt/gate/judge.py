"""By whose configuration are tickets judged, and which tickets does that look at?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from tkt.columns import Columns
from tkt.comparison import repository_of
from tkt.desk import Desk
from tkt.errors import ConfigError, Problem, add_hint
from tkt.frozen import dataclass
from tkt.gate.fetching import base_of
from tkt.i18n import msg
from tkt.schema import Configuration
from tkt.schema.configuration import FILES
from tkt.store.gitrepo import GitRepo
from tkt.store.snapshots import Snapshot

WORK = "work"
"""In place of a revision: the configuration that lies on the disk."""


@dataclass(frozen=True, slots=True)
class Judge:
    """`here` is the desk as it lies; `desk` the same folder, under the configuration that judges.

    `is_chosen`: somebody named the configuration, which then judges every state of the desk.
    """

    here: Desk
    desk: Desk
    is_chosen: bool = False

    def rows(
        self, closed_since: datetime | None, now: datetime
    ) -> tuple[tuple[Columns, ...], tuple[Problem, ...]]:
        """The tickets received by `now` that are not closed, or closed since then; in order of their ids.

        Through the index where the desk's own configuration judges; what another says is kept nowhere.
        """
        if closed_since is not None:
            self.here.refuse_left_out()
        reached = None if closed_since is not None else self._open_statuses
        found, problems = self._found(reached, now)
        wanted = (row for row in found if self._is_judged(row, closed_since, now))
        return tuple(sorted(wanted, key=lambda row: row.id)), problems

    @property
    def _open_statuses(self) -> list[str]:
        return [name for name in self.here.config.workflow.statuses if name not in self.desk.config.closed]

    def _found(
        self, statuses: list[str] | None, now: datetime
    ) -> tuple[Iterable[Columns], tuple[Problem, ...]]:
        if self.desk is self.here:
            looked_at = self.here.rows(statuses, now)
            return looked_at.rows, looked_at.problems
        reading = self.here.read(statuses)
        return (self.desk.columns(ticket, now) for ticket in reading.tickets), reading.problems

    def _is_judged(self, row: Columns, closed_since: datetime | None, now: datetime) -> bool:
        if row.summary.received_at > now:
            return False
        if row.status not in self.desk.config.closed:
            return True
        return closed_since is not None and row.summary.entered_at >= closed_since


def judge_of(desk: Desk, config_from: str | None) -> Judge:
    """Who judges: the desk's own configuration, or the one of a revision.

    Errors: ConfigError, NotFound where that revision has none; GitError.
    """
    if config_from is None or config_from == WORK:
        return Judge(desk, desk, is_chosen=config_from is not None)
    repo = repository_of(desk)
    return Judge(desk, under(desk, configuration_of(repo, config_from)), is_chosen=True)


def configuration_of(repo: GitRepo, rev: str) -> Configuration:
    """The configuration of a revision. Errors: ConfigError, with another way to judge; NotFound; GitError."""
    sha = base_of(repo, rev)
    try:
        return Snapshot(repo, sha).config
    except ConfigError as error:
        hint = msg(
            "so it is in {rev}; judge by another configuration: --config-from REV, or --config-from work",
            rev=rev,
        )
        add_hint(error, hint)
        raise


def under(desk: Desk, config: Configuration) -> Desk:
    """The same desk under another configuration; itself, where that says the same."""
    if tuple(_parts(config)) == tuple(_parts(desk.config)):
        return desk
    other = Desk(desk.root, config)
    other.is_live = desk.is_live
    return other


def _parts(config: Configuration) -> Iterator[object]:
    """Everything that a configuration says, without where it says it."""
    yield from (getattr(config, name) for name in FILES)
    yield config.calendars
