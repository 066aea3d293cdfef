"""How is a desk opened whose configuration may itself be in conflict?"""

from __future__ import annotations

from pathlib import Path

from tkt.desk import Desk
from tkt.errors import ConfigError, NotFound
from tkt.schema import Configuration
from tkt.store.config import find_desk, load_configuration
from tkt.store.gitrepo import GitRepo
from tkt.store.snapshots import Snapshot


def desk_to_repair(start: Path) -> Desk:
    """The desk around `start`, by its configuration on the disk, else as it was last committed.

    Errors: NotFound, ConfigError where none of them can be read.
    """
    root = find_desk(start)
    try:
        return Desk(root, load_configuration(root))
    except ConfigError:
        found = _committed(root)
        if found is None:
            raise
        return Desk(root, found)


def _committed(root: Path) -> Configuration | None:
    repo = GitRepo.of(root)
    if repo is None:
        return None
    meeting = repo.meeting()
    revs = [meeting.ours, meeting.theirs, meeting.base] if meeting else []
    for rev in filter(None, [*revs, repo.head()]):
        try:
            return Snapshot(repo, rev).config
        except (ConfigError, NotFound):
            continue
    return None
