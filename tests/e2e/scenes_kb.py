"""Scenes of the knowledge base: no such article, a name that is taken, what may not be verified, bad tables."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import file, nothing
from helpers import DeskAtWork

_DRAFT = "---\ntitle: Reset\nvisibility: public\nstate: {state}\n{more}---\n\n{body}\n"


def article(body: str = "Press it.", state: str = "draft", more: str = "") -> Callable[[DeskAtWork], object]:
    return file("knowledge/reset.md", _DRAFT.format(body=body, state=state, more=more))


RETIRED = article(state="retired", more="retired: {at: 2026-11-01, by: li.wei, why: old, instead: reset-2}\n")

SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "an article that is not there": (article(), ("kb", "show", "rest")),
    "an article about nothing": (nothing, ("kb", "new")),
    "an article by the name of a page": (nothing, ("kb", "new", "Search", "--slug", "search")),
    "an article by a name that Windows keeps": (nothing, ("kb", "new", "Con", "--slug", "con")),
    "an article by a name that is none": (nothing, ("kb", "new", "x", "--slug", "A b")),
    "an article that is there already": (article(), ("kb", "new", "Reset")),
    "an article with keys that mean nothing": (
        article(state="verifed", more="kind: guied\nreview_by: 2026-02-30\n"),
        ("check",),
    ),
    "an article that names what is not there": (
        article(more="owner: nobody\napplies_to: [faults]\nsources: [261116-ZZZZ9]\nrelated: [rest]\n"),
        ("check",),
    ),
    "an article without an end to its keys": (file("knowledge/a.md", "---\ntitle: A\n"), ("kb", "list")),
    "verify an article with a leak": (
        article("Mail wei@acme.example, see …\n\n…"),
        ("kb", "verify", "reset"),
    ),
    "verify until yesterday": (article(), ("kb", "verify", "reset", "--review-by", "2026-01-01")),
    "verify until some day": (article(), ("kb", "verify", "reset", "--review-by", "soon")),
    "retire without a reason": (article(), ("kb", "retire", "reset", "--why", " ")),
    "retire twice": (RETIRED, ("kb", "retire", "reset", "--why", "x")),
    "cite a retired article": (RETIRED, ("reply", "AAAA1", "--text", "x", "--kb", "reset")),
    "cite an article that is not there": (article(), ("reply", "AAAA1", "--text", "x", "--kb", "rest")),
    "search articles for nothing": (nothing, ("kb", "search")),
    "votes without a date": (
        file("votes.csv", "slug,helpful\nreset,yes\n"),
        ("kb", "import-votes", "votes.csv"),
    ),
    "votes that are none": (
        file("votes.csv", "slug,helpful,date\nreset,maybe,2026-11-01\n,yes,soon\n"),
        ("kb", "import-votes", "votes.csv"),
    ),
    "votes of tomorrow": (
        file("votes.csv", "slug,helpful,date\nreset,yes,2026-11-17 09:00\n"),
        ("kb", "import-votes", "votes.csv"),
    ),
    "an article is wanted now and then": (
        lambda desk: desk.write(
            "config/reports.yaml",
            (desk.root / "config/reports.yaml")
            .read_text("utf-8")
            .replace("wanted: 3 solved of one product and category in 30 days", "wanted: now and then"),
        ),
        ("check",),
    ),
}
