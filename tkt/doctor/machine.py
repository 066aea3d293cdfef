"""Is everything installed that tkt needs, and does git know who works here?"""

from __future__ import annotations

import platform
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tkt import __version__
from tkt.clone import own_program
from tkt.doctor.finding import Finding, broken, fine, from_error, poor
from tkt.doctor.surroundings import Surroundings
from tkt.i18n import msg
from tkt.store.gitquick import quick_identity
from tkt.store.gitrepo.state import unknown_committer

NEEDED_GIT = (2, 31)
"""The first one that knows `git rev-parse --path-format`."""
FORECASTING_GIT = (2, 38)
"""The first one that knows `git merge-tree --write-tree`, by which `tkt sync --forecast` looks ahead."""

_INSTALL = msg("install it from https://git-scm.com/downloads")


def git(around: Surroundings) -> Finding:
    """Which git."""
    found = around.git
    if found is None:
        return broken(
            "git", msg("git is not installed, expected the program `git` on the search path"), _INSTALL
        )
    version = ".".join(map(str, found))
    if found < NEEDED_GIT:
        return broken(
            "git", msg("git {version} is too old, expected 2.31 or newer", version=version), _INSTALL
        )
    if found < FORECASTING_GIT:
        told = msg("git {version}: tkt sync --forecast needs 2.38 or newer", version=version)
        return poor("git", told, _INSTALL)
    return fine("git", msg("git {version}", version=version))


def program(_around: Surroundings) -> Finding:
    """Which tkt, run by what."""
    return fine(
        "tkt",
        msg(
            "tkt {version} with Python {python}: {program}",
            version=__version__,
            python=platform.python_version(),
            program=own_program(),
        ),
    )


def time_zones(around: Surroundings) -> Finding:
    """Whether the machine knows time zones."""
    zone = around.config.desk.zone if around.config else "Asia/Shanghai"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError):
        told = msg("no time zone data: {zone} is not known here", zone=zone)
        return broken("zones", told, msg("pip install tzdata"))
    return fine("zones", msg("time zone data is there: {zone}", zone=zone))


def committer(around: Surroundings) -> Finding | None:
    """Whom git takes the user for."""
    if around.git is None:
        return None
    unknown = unknown_committer(around.here)
    identity = quick_identity(around.here)
    if unknown is not None or identity is None:
        return from_error("identity", unknown) if unknown else None
    name, mail = identity
    return fine("identity", msg("git knows you as {name} <{mail}>", name=name, mail=mail))
