"""Scenes of ratings, surveys, reviews and improvements."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import file, nothing
from helpers import DeskAtWork

Prepare = Callable[[DeskAtWork], object]
TABLE = "customer,score,date\nAcme,12,soon\n,7,2026-11-10\n"

ENDED = (
    "- {id: aaaa00, at: 2026-11-16T01:00:00Z, by: li.wei, did: set, field: state, from: open, to: dropped}\n"
)


def first(*argv: str) -> Prepare:
    """A command that was carried out before."""
    return lambda desk: desk.tkt(*argv)


SCENES: dict[str, tuple[Prepare, tuple[str, ...]]] = {
    "a rating that is none": (nothing, ("rate", "BBBB1", "great")),
    "more stars than there are": (nothing, ("rate", "BBBB1", "7")),
    "a scale that is too long": (nothing, ("rate", "BBBB1", "5", "--scale", "100")),
    "rate what is not solved": (nothing, ("rate", "AAAA1", "5")),
    "rate spam": (first("spam", "AAAA2"), ("rate", "AAAA2", "5")),
    "answers that cannot be read": (file("nps.csv", TABLE), ("nps", "import", "nps.csv")),
    "answers without a score": (
        file("nps.csv", "customer,date\nAcme,2026-11-10\n"),
        ("nps", "import", "nps.csv"),
    ),
    "a column that is not there": (file("nps.csv", TABLE), ("nps", "import", "nps.csv", "--map", "Q7=score")),
    "a column that means nothing": (
        file("nps.csv", TABLE),
        ("nps", "import", "nps.csv", "--map", "Q7=scroe"),
    ),
    "a review that cannot be read": (
        file("reviews/why.yaml", "title: Why\nstate: over\ndue: soon\n"),
        ("check",),
    ),
    "an improvement that names nothing": (
        file(
            "improvements/better.yaml",
            f"title: Better\nowner: nobody\nfrom: [why]\nstate: done\nevents:\n{ENDED}",
        ),
        ("check",),
    ),
}
