"""The clock update: the customer hears of us again in time (docs/sla.md, update)."""

from __future__ import annotations

from sla_desk import (
    agent,
    at,
    customer,
    cycles,
    event,
    explained,
    judge,
    levels,
    moved,
    promising,
    resolve,
    wait,
)
from sla_desk import ticket as made

UPDATE = levels(promising(update="2h"))


def states(*events: object, now: str = "18:00") -> list[tuple[str, str]]:
    found = cycles(made(customer("09:00"), *events), now, "update", UPDATE)  # type: ignore[arg-type]
    return [
        (it.start_at.astimezone(at(now).tzinfo).strftime("%H:%M"), it.state) for it in found if it.start_at
    ]


def test_each_message_of_a_person_starts_one_and_ends_the_one_before() -> None:
    found = cycles(made(agent("09:30"), agent("11:00"), agent("15:00")), "15:30", "update", UPDATE)
    assert [(it.start_at, it.fulfilled_at, it.state) for it in found] == [
        (at("09:30"), at("11:00"), "met"),
        (at("11:00"), at("15:00"), "breached"),
        (at("15:00"), None, "active"),
    ]
    assert found[1].breached_at == at("14:30")


def test_it_runs_only_where_something_is_promised_on_it() -> None:
    it = made(agent("09:30"))
    assert "update" not in judge(it, "18:00")
    assert "update" not in judge(made(agent("09:30"), type="request", category="it"), "18:00")
    one_row = {
        **promising(),
        "targets": {"P1": {"calendar": "office", "update": "1h"}, "P3": {"calendar": "office"}},
    }
    assert "update" not in judge(it, "18:00", levels(one_row))


def test_no_machine_note_or_vendor_starts_one() -> None:
    others = [agent("09:30", auto=True), event("09:40", "note"), agent("09:50", to="vendor")]
    assert "update" not in judge(made(*others), "18:00", UPDATE)


def test_it_pauses_while_waiting_on_the_customer_alone() -> None:
    # docs/sla.md L3, L4
    asked = made(agent("09:30"), wait("10:00"))
    assert judge(asked, "17:00", UPDATE)["update"].state == "paused"
    answered = made(agent("09:30"), wait("10:00"), customer("14:00"), moved("14:00", "in-progress"))
    assert judge(answered, "14:10", UPDATE)["update"].due_at == at("15:30")
    vendor = made(agent("09:30"), wait("10:00", on="vendor"))
    assert judge(vendor, "17:00", UPDATE)["update"].breached_at == at("11:30")


def test_what_is_said_again_while_waiting_is_paused_from_its_start() -> None:
    it = made(agent("09:30"), wait("10:00"), agent("11:00"))
    first, second = cycles(it, "18:00", "update", UPDATE)
    assert (first.state, first.due_at, first.elapsed_s) == ("met", at("14:00"), 1800)
    assert (second.state, second.due_at, second.elapsed_s) == ("paused", None, 0)
    assert [
        each.rule
        for each in explained(made(agent("09:30"), wait("10:00")), "11:00", "update", UPDATE).intervals
    ] == [
        "C3",
        "L3",
    ]


def test_a_resolve_ends_it_and_the_word_that_comes_with_it_starts_none() -> None:
    # docs/sla.md S6
    it = made(agent("09:30"), agent("10:00"), resolve("10:00"), agent("10:30"))
    assert [each.state for each in cycles(it, "18:00", "update", UPDATE)] == ["met"]
    silent = cycles(made(agent("09:30"), resolve("10:00")), "18:00", "update", UPDATE)
    assert [(each.via, each.fulfilled_at) for each in silent] == [("resolve", at("10:00"))]


def test_after_a_reopening_the_next_word_starts_it_anew() -> None:
    it = made(agent("09:30"), resolve("10:00"), moved("11:00", "in-progress"), agent("13:30"))
    assert [each.start_at for each in cycles(it, "18:00", "update", UPDATE)] == [at("09:30"), at("13:30")]


def test_what_lay_under_spam_is_taken_out() -> None:
    # docs/sla.md L11
    spam = [
        event("10:00", "disposed", **{"as": "spam"}),
        moved("10:00", "closed", resolution={"code": "spam"}),
    ]
    back = [event("15:00", "restored"), moved("15:00", "in-progress")]
    found = judge(made(agent("09:30"), *spam, *back), "15:10", UPDATE)["update"]
    assert (found.state, found.due_at, found.elapsed_s) == ("active", at("16:30"), 40 * 60)


def test_it_counts_what_was_sent_late_from_then_on() -> None:
    # docs/sla.md L1a
    events = [agent("09:30", id="answer"), event("09:30", "queued", message="answer", notice="n")]
    sent = event("10:30", "sent", message="answer", notice="n")
    assert judge(made(*events, sent), "11:00", UPDATE)["update"].start_at == at("10:30")
