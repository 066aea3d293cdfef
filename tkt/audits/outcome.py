"""What came of an audit: the findings, and what they were found in?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tkt.audits.commits import GOOD
from tkt.audits.finding import Finding, Level
from tkt.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """An audit of one range. `old` and `new` are shas, `new` None the working tree."""

    words: str  # how people call the range
    old: str
    new: str | None
    judged_by: str  # the commit whose configuration judged; `work`: what lies on the disk
    zone: str  # in which times are told
    tickets: int
    titles: Mapping[str, str]  # ticket → its title
    signatures: Mapping[str, int]  # git's letter → how many commits
    findings: tuple[Finding, ...]

    @property
    def commits(self) -> int:
        """How many commits were judged."""
        return sum(self.signatures.values())

    @property
    def signed(self) -> int:
        """How many of them have a signature that git calls good."""
        return sum(self.signatures.get(letter, 0) for letter in GOOD)

    def count(self, level: Level) -> int:
        """How many findings there are of one level."""
        return sum(finding.level is level for finding in self.findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Ticket by ticket, the one with the most serious finding first, and in it the most serious first.

    What is about no ticket comes last.
    """
    found = tuple(findings)
    worst: dict[str | None, int] = {}
    for it in found:
        worst[it.ticket] = min(worst.get(it.ticket, len(Level)), it.level.rank)

    def place(it: Finding) -> tuple[object, ...]:
        beginning = (it.ticket is None, worst[it.ticket], it.ticket or "")
        return (*beginning, it.level.rank, it.line or 0, it.path or "")

    return tuple(sorted(found, key=place))
