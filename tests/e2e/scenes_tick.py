"""Scenes of the gallery: the time rules and the outbox say no, and `check` doubts who is told."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import bad, nothing, replaced
from helpers import DeskAtWork

TKT, PEOPLE, SLA = "tkt.yaml", "config/people.yaml", "config/sla.yaml"


def detached(desk: DeskAtWork) -> None:
    desk.git("checkout", "-q", "--detach")


def scheduled(desk: DeskAtWork) -> None:
    desk.write(".github/workflows/tkt.yml", "jobs: {tick: {steps: [{run: tkt tick}]}}\n")


def rota(text: str) -> Callable[[DeskAtWork], object]:
    return replaced(PEOPLE, "\nassign:\n", f"\non_call:\n  support: {text}\nassign:\n")


def nobody_leads(desk: DeskAtWork) -> None:
    replaced(PEOPLE, '    lead: "li.wei"\n', "")(desk)


SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "a round too often": (nothing, ("tick", "--every", "1s")),
    "rounds that write nothing": (nothing, ("tick", "--every", "60s", "--dry-run")),
    "rounds at one time": (nothing, ("tick", "--every", "60s", "--now", "2026-11-16T05:00:00Z")),
    "a round every which way": (nothing, ("tick", "--every", "often")),
    "what fell due on no branch": (detached, ("tick", "--now", "2026-11-16T05:00:00Z")),
    "a file that the time cannot read": (bad("id: [\n"), ("tick", "--dry-run")),
    "a ticket that owes nothing": (nothing, ("outbox", "show", "AAAA1")),
    "notices to a stranger": (nothing, ("outbox", "list", "--to", "li.wie")),
    "minutes that a forge misses": (scheduled, ("check",)),
    "minutes that a machine misses": (
        replaced(TKT, "\nattachments:", "\ntick: {every: 20m}\nattachments:"),
        ("check",),
    ),
    "a pace that is none": (
        replaced(TKT, "\nattachments:", "\ntick: {every: 1 fortnight}\nattachments:"),
        ("check",),
    ),
    "a rota of nobody": (rota("{start: 2026-11-16T09:00, people: []}"), ("check",)),
    "a rota with a stranger": (rota("{start: 2026-11-16T09:00, people: [li.wie]}"), ("check",)),
    "a rota that never turns": (rota("{start: soon, every: 0d, people: [li.wei]}"), ("check",)),
    "a level that nobody has": (
        replaced(PEOPLE, '    lead: "li.wei"\n', '    lead: "li.wei"\n    levels: {director: zhao.min}\n'),
        ("check",),
    ),
    "ladders that tell nobody": (nobody_leads, ("check",)),
    "a ladder that tells a stranger": (replaced(SLA, "due escalate lead", "due escalate leed"), ("check",)),
}
