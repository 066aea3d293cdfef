"""What changed on a desk since its dashboard was written: from when on, and beside its tickets?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import msgspec

from tkt.frozen import dataclass
from tkt.kpis.facts import Measured
from tkt.kpis.window import Window
from tkt.reports.material import Material
from tkt.site.writing import Output, fingerprint

_STATE = "tickets"
_ALSO = ("customers", "improvements", "knowledge", "reviews")
"""Folders of a desk whose files a weekly review tells of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What became other since the last run: from when on, and by what."""

    since: datetime | None  # the first moment of a ticket that changed; None: no ticket did
    besides: str  # a fingerprint of what stands on no ticket

    def stands(self, week: Window, stood: str | None) -> bool:
        """Whether the page of a week that is over is as it would be made."""
        is_before = self.since is None or week.end <= self.since
        return stood is not None and is_before and stood.partition(".")[0] == self.besides


def changed(output: Output, material: Material) -> Changed:
    """Compares with what the last run noted, and notes what is now."""
    now = {each.id: _state(each) for each in material.ground.facts}
    before: Mapping[str, list[int]] = output.remembered.get(_STATE, {})
    output.remember(_STATE, now)
    moved = [state[1] for name, state in now.items() if before.get(name) != state]
    moved += [state[1] for name, state in before.items() if now.get(name) != state]
    since = datetime.fromtimestamp(min(moved), UTC) if moved else None
    return Changed(since=since, besides=fingerprint(sorted(_files(material.desk.root)), _releases(material)))


def _state(facts: Measured) -> list[int]:
    """What a ticket's facts are, in a number, and the second at which it came."""
    return [crc32(msgspec.msgpack.encode(facts)), int(facts.started_at.timestamp())]


def _releases(material: Material) -> list[str]:
    return [f"{it.name} {it.at.isoformat()}" for it in material.ground.more.releases]


def _files(root: Path) -> Iterator[tuple[str, int, int]]:
    for folder in _ALSO:
        for place, _folders, names in os.walk(root / folder):
            for name in names:
                found = os.lstat(f"{place}/{name}")
                yield f"{place}/{name}", found.st_mtime_ns, found.st_size
