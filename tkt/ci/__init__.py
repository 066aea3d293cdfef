"""What does a forge run for a desk, from where does it get tkt, and how do these files come into its repository?"""

from __future__ import annotations

from tkt.ci.files import (
    FORGES,
    PRE_COMMIT,
    ROBOT_ID,
    ROBOTS,
    Facts,
    Robot,
    ci_files,
    quoted_scalar,
    robot_person,
)
from tkt.ci.package import installed_from
from tkt.ci.placing import Added, Wish, add_to_desk, repository_at_top, wanted_files

__all__ = [
    "FORGES",
    "PRE_COMMIT",
    "ROBOTS",
    "ROBOT_ID",
    "Added",
    "Facts",
    "Robot",
    "Wish",
    "add_to_desk",
    "ci_files",
    "installed_from",
    "quoted_scalar",
    "repository_at_top",
    "robot_person",
    "wanted_files",
]
