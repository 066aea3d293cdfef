"""docs/kpi.md K3: acknowledged breaches are counted by their cause, and stay breaches."""

from __future__ import annotations

from kpi_desk import population, ticket, verdict

from tkt.kpis.attainment import attainment
from tkt.kpis.causes import causes_grid
from tkt.kpis.life import Life
from tkt.sla import Outcome


def late(ticket_id: str, cause: str | None) -> tuple[Life, Outcome]:
    one = ticket(ticket_id, "2026-10-05T09:00")
    breach = verdict("resolution", "breached", breached_at="2026-10-06T09:00")
    people = population([one], "2026-10-01T00:00", "2026-11-01T00:00", verdicts={ticket_id: [breach]})
    life = people.lives[0]
    outcome = life.cycles[0]
    return life, type(outcome)(
        clock=outcome.clock,
        state=outcome.state,
        start_at=outcome.start_at,
        breached_at=outcome.breached_at,
        cause=cause,
    )


def test_breaches_are_summed_by_their_cause() -> None:
    grid = causes_grid([late("A", "overload"), late("B", "overload"), late("C", "no-owner"), late("D", None)])
    values = {figure.key: figure.value for figure in grid.rows[0].figures}
    assert values["acknowledged", "n"] == 3
    assert (values["acknowledged", "overload"], values["acknowledged", "no-owner"]) == (2, 1)
    assert ("acknowledged", "other") not in values


def test_a_cause_of_another_program_is_counted_as_other() -> None:
    grid = causes_grid([late("A", ""), late("B", "weather")])
    values = {figure.key: figure.value for figure in grid.rows[0].figures}
    assert (values["acknowledged", "n"], values["acknowledged", "other"]) == (2, 2)


def test_a_report_without_any_has_no_line_of_them() -> None:
    found = attainment(population([], "2026-10-01T00:00", "2026-11-01T00:00"))
    assert "acknowledged" not in found.json()
    assert causes_grid([late("A", None)]).rows == ()
