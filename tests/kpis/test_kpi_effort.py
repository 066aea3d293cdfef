"""docs/kpi.md K20: the time that people recorded."""

from __future__ import annotations

from kpi_desk import MINUTE, event, moved, population, ticket

from tkt.kpis.effort import effort
from tkt.kpis.figures import Kpi
from tkt.model import Ticket


def week(*tickets: Ticket) -> Kpi:
    return effort(population(tickets, "2026-10-05T00:00", "2026-10-12T00:00"))


def test_minutes_of_the_window_are_summed_and_those_of_tickets_resolved_in_it_compared() -> None:
    solved = ticket(
        "T1",
        "2026-10-03T09:00",
        event("2026-10-03T09:30", "note", spent=30),  # before the window, of a ticket resolved in it
        event("2026-10-05T09:30", "message", spent=5),
        moved("2026-10-05T10:00", "resolved", spent=10),
        event("2026-10-06T10:00", "note", spent=2),  # after its resolve
    )
    running = ticket("T2", "2026-10-05T09:00", event("2026-10-05T11:00", "spent", minutes=3))
    silent = ticket("T3", "2026-10-05T09:00", moved("2026-10-05T10:00", "resolved"))
    found = week(solved, running, silent)
    assert (found.value("tickets"), found.value("total_s")) == (2, 20 * MINUTE)
    assert (found.value("n"), found.value("median_s"), found.value("mean_s")) == (1, 45 * MINUTE, 45 * MINUTE)
    assert found.ids() == {"tickets": ["T1", "T2"], "n": ["T1"]}


def test_what_was_taken_back_took_no_time() -> None:
    note = event("2026-10-05T09:30", "note", spent=30)
    back = event("2026-10-05T09:40", "corrected", event=note.id)
    assert week(ticket("T1", "2026-10-05T09:00", note, back)).value("total_s") == 0
