"""The report as data: its JSON is the promise of docs/json.md, its groups are the same numbers of fewer tickets."""

from __future__ import annotations

import json

import pytest
from kpi_desk import CONFIG, DAY, HOUR, MINUTE, judged_as, window
from kpi_week import A1, A2, A3, A4, A6, A7, TICKETS, VERDICTS, the_week

from tkt.errors import UsageError
from tkt.metrics import kpi_report


def test_the_json_has_the_promised_keys() -> None:
    found = the_week().json()
    assert list(found)[:5] == ["window", "now", "commit", "clean", "query"]
    assert found["window"] == {
        "from": "2026-10-04T16:00:00Z",
        "to": "2026-10-11T16:00:00Z",
        "zone": "Asia/Shanghai",
    }
    assert (found["now"], found["commit"], found["clean"]) == ("2026-11-02T02:00:00Z", "3f2a9c1d5e7b", True)
    promised = {
        "first_response": "n median_s p90_s mean_s wall_median_s live via_resolve unanswered",
        "resolution": "n median_s p90_s mean_s first_median_s wait_median_s work_median_s",
        "sla": "first_response resolution tickets coverage",
        "backlog": "at_from at_to ageing",
        "reopen": "resolved reopened reopens rate",
    }
    for name, keys in promised.items():
        assert set(keys.split()) <= set(found[name])
    assert {"created", "excluded", "time_in_status", "handoffs"} <= set(found)


def test_the_numbers_of_the_week_are_those_counted_by_hand() -> None:
    found = the_week().json()
    # A1, A2, A4 and A7 came in the week; A3 before; A5 is spam, A6 of the house itself
    assert (found["created"], found["excluded"], found["internal"]) == (4, 1, 1)
    # open time A1 30 min, A2 60 min, A4 0 (live); A3 and A7 wait, A3 since 10-03 10:00
    first = found["first_response"]
    assert (first["n"], first["median_s"], first["mean_s"], first["p90_s"]) == (
        3,
        30 * MINUTE,
        30 * MINUTE,
        None,
    )
    assert (first["live"], first["unanswered"], first["unanswered_oldest_s"]) == (1, 2, 8 * DAY + 14 * HOUR)
    # A1 2 h, A2 20 h (10-05 14:00 to 10-06 10:00), A4 10 min
    solved = found["resolution"]
    assert (solved["n"], solved["median_s"], solved["mean_s"]) == (3, 2 * HOUR, (22 * HOUR + 10 * MINUTE) / 3)
    # A2's first resolve after 3 h; it waited on the customer 15:00 to 16:00 and was resolved 17:00 to 09:00
    assert solved["first_mean_s"] == (2 * HOUR + 3 * HOUR + 10 * MINUTE) / 3
    assert solved["wait_mean_s"] == (2 * HOUR + 3 * HOUR + 10 * MINUTE) / 3
    # decided: A1, A2, A4 met, A3 breached on 10-05; nothing was promised for A7
    assert found["sla"]["first_response"]["rate"] == 3 / 4
    assert found["sla"]["tickets"] == {"n": 4, "met": 2, "breached": 2, "rate": 0.5}
    assert found["sla"]["coverage"] == 3 / 4
    # A3 was open all week; A1, A2 twice and A4 finished, A2 came back; A7 is left
    assert [found["backlog"][key] for key in ("at_from", "created", "finished", "reopened", "at_to")] == [
        1,
        4,
        4,
        1,
        2,
    ]
    assert found["reopen"] | {"resolved": 3, "reopened": 1, "reopens": 1} == found["reopen"]
    assert found["time_in_status"]["resolved"]["total_s"] == 16 * HOUR
    assert found["time_in_status"]["bottleneck"] == "in-progress"
    # A2 went from Li Wei to Wang Fang
    assert found["handoffs"]["owner_changes"]["mean"] == 1 / 3
    # 30 minutes on A1 as it was resolved, 10 on A4; nobody recorded any on A2
    assert (found["effort"]["total_s"], found["effort"]["n"], found["effort"]["mean_s"]) == (
        40 * MINUTE,
        2,
        20 * MINUTE,
    )


def test_the_ids_behind_each_count_are_given_on_request() -> None:
    assert "ids" not in the_week().json()
    found = the_week().json(ids=True)["ids"]
    assert found["created"] == [A1.id, A2.id, A4.id, A7.id]
    assert found["sla"]["tickets"]["breached"] == [A2.id, A3.id]
    assert found["backlog"]["by_owner"] == {"li.wei": [A3.id], "none": [A7.id]}


def test_every_count_can_name_its_tickets() -> None:
    for kpi in the_week().kpis:
        for figure in kpi.figures():
            assert (figure.ids is not None) is (figure.unit == "count"), figure.key
            assert figure.ids is None or len(set(figure.ids)) <= (figure.value or 0)


def test_groups_are_the_same_numbers_of_fewer_tickets() -> None:
    found = the_week(by="team").json()
    assert found["by"] == "team"
    assert list(found["groups"]) == ["support", "tech", "none"]
    tech = kpi_report(
        judged_as([each for each in TICKETS if each.team == "tech"], VERDICTS, the_week().now),
        CONFIG,
        window("2026-10-05T00:00", "2026-10-12T00:00"),
        the_week().now,
    ).json()
    for name in (
        "created",
        "first_response",
        "resolution",
        "sla",
        "backlog",
        "reopen",
        "time_in_status",
        "handoffs",
        "effort",
    ):
        assert found["groups"]["tech"][name] == tech[name]
    assert the_week(by="team").json(ids=True)["groups"]["tech"]["ids"]["created"] == [A1.id]


def test_tickets_can_be_grouped_by_status_and_by_each_tag() -> None:
    tagged = [A1.with_values(tags=["vip", "beta"]), A2.with_values(tags=["vip"]), A3]
    week = window("2026-10-05T00:00", "2026-10-12T00:00")
    by_tag = kpi_report(
        judged_as(tagged, {}, the_week().now), CONFIG, week, the_week().now, by="tags"
    ).json()["groups"]
    assert {name: found["created"] for name, found in by_tag.items()} == {"beta": 1, "vip": 2, "none": 0}
    assert set(the_week(by="status").json()["groups"]) == {"closed", "new", "resolved", "waiting"}


@pytest.mark.parametrize(
    ("by", "hint"), [("taem", "did you mean team?"), ("received_at", None), ("id", None)]
)
def test_a_field_that_cannot_group_is_refused_with_the_nearest_right_one(by: str, hint: str | None) -> None:
    with pytest.raises(UsageError, match=f"cannot be grouped by {by}") as caught:
        the_week(by=by)
    if hint:
        assert str(caught.value.hint) == hint


def test_the_tier_goes_by_its_name_in_queries_too() -> None:
    assert the_week(by="customer.tier").json()["groups"].keys() == {"none"}


@pytest.mark.parametrize("by", ["小组", "Team"])
def test_a_report_is_grouped_by_any_name_of_a_field(by: str) -> None:
    assert the_week(by=by).json()["groups"] == the_week(by="team").json()["groups"]


def test_the_houses_own_requests_can_be_reported_on() -> None:
    found = the_week(internal=True).json()
    assert (found["created"], found["customer"], found["first_response"]["n"]) == (1, 4, 1)
    assert the_week(internal=True).json(ids=True)["ids"]["created"] == [A6.id]


def test_an_empty_desk_has_a_report_of_nothing() -> None:
    week = window("2026-10-05T00:00", "2026-10-12T00:00")
    found = kpi_report([], CONFIG, week, the_week().now, by="team").json(ids=True)
    assert (found["created"], found["first_response"]["median_s"], found["reopen"]["rate"]) == (0, None, None)
    assert found["groups"] == {}


def test_a_report_is_plain_json() -> None:
    found = the_week(by="owner").json(ids=True)
    assert json.loads(json.dumps(found)) == found
