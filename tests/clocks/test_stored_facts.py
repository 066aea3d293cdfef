"""What verdicts take from the ticket, and what from the configuration of today (docs/sla.md S1, S4, P4)."""

from __future__ import annotations

from datetime import date

from sla_desk import CALENDARS, LUNCH, agent, at, customer, event, judge, levels, ticket


def test_a_role_is_stored_and_never_looked_up_later() -> None:
    # docs/sla.md S4: who left the desk has answered all the same, who joined it wrote as a customer then
    answered = ticket(customer("09:00"), event("10:00", "message", text="We look into it.", role="agent"))
    assert judge(answered, "12:00")["first_response"].state == "met"
    asked = ticket(customer("09:00"), event("10:00", "message", text="Any news?", role="customer"))
    assert judge(asked, "12:00")["first_response"].state == "breached"  # though `by` is a person of the desk


def test_visibility_and_machines_are_stored_too() -> None:
    # docs/sla.md S4
    for words in (event("10:00", "note", text="x"), agent("10:00", auto=True), agent("10:00", to="vendor")):
        assert judge(ticket(customer("09:00"), words), "12:00")["first_response"].state == "breached"


def test_holidays_and_exceptions_apply_to_the_past_as_well() -> None:
    # docs/sla.md P4
    it = ticket(customer("17:00"), agent("2025-09-16T09:30"), received="17:00", priority="P3")
    assert judge(it, "2025-09-20T10:00")["first_response"].elapsed_s == 3600 + 1800
    office = CALENDARS["office"]
    closed = {**office, "holidays": [*office["holidays"], str(date(2025, 9, 16))]}
    by = levels(calendars={**CALENDARS, "office": closed})
    assert judge(it, "2025-09-20T10:00", by)["first_response"].elapsed_s == 3600
    worked = {
        **office,
        "exceptions": {**office["exceptions"], "2025-09-15": ["09:00-12:00"], "2025-09-16": LUNCH},
    }
    later = levels(calendars={**CALENDARS, "office": worked})
    assert judge(it, "2025-09-20T10:00", later)["first_response"].due_at == at("2025-09-16T11:00")
