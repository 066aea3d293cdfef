"""Verdicts of every clock, of random tickets and desks: what may never happen (docs/sla.md S1, S3, L6)."""

from __future__ import annotations

import os
import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from many_lives import DESKS, instants, lives

from tkt.model import Ticket
from tkt.policies.levels import ServiceLevels
from tkt.sla import explain, standings, verdicts, verdicts_at

ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati")
FINAL = ("met", "breached", "exempt")


@pytest.fixture(autouse=True)
def _the_zone_of_the_machine_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")


@settings(deadline=None, max_examples=120)
@given(it=lives(), by=st.sampled_from(DESKS), order=st.randoms(), zone=st.sampled_from(ZONES), data=st.data())
def test_neither_the_order_of_the_file_nor_the_zone_of_the_machine_decides(
    it: Ticket, by: ServiceLevels, order: Random, zone: str, data: st.DataObject
) -> None:
    now = data.draw(instants(it.received_at))
    mixed = list(it.events)
    order.shuffle(mixed)
    other = Ticket(id=it.id, status=it.status, values=it.values, events=tuple(mixed))
    here = verdicts(it, by, now)
    try:
        os.environ["TZ"] = zone
        time.tzset()
        assert verdicts(other, by, now) == here
    finally:
        os.environ["TZ"] = "UTC"
        time.tzset()


@settings(deadline=None, max_examples=200)
@given(it=lives(), by=st.sampled_from(DESKS), data=st.data())
def test_once_breached_a_cycle_is_never_met_again(it: Ticket, by: ServiceLevels, data: st.DataObject) -> None:
    """While nothing that happened is taken back: a correction, a bounce and spam may undo what they are about."""
    now = data.draw(instants(it.received_at))
    later = data.draw(instants(now))
    if any(event.did in TAKES_BACK and now < event.at <= later for event in it.events) or _is_discarded(
        it, by, later
    ):
        return
    before = {(each.clock, each.cycle): each for each in verdicts(it, by, now)}
    after = {(each.clock, each.cycle): each for each in verdicts(it, by, later)}
    broken = {key: each.breached_at for key, each in before.items() if each.state == "breached"}
    assert {key: after[key].breached_at for key in broken if key in after} == broken
    assert broken.keys() <= after.keys()


TAKES_BACK = ("corrected", "queued", "sending", "sent", "bounced", "imported")


def _is_discarded(it: Ticket, by: ServiceLevels, now: object) -> bool:
    found = verdicts(it, by, now)  # type: ignore[arg-type]
    return any(each.state == "cancelled" and each.reason in ("spam", "merged") for each in found)


@settings(deadline=None, max_examples=120)
@given(it=lives(), by=st.sampled_from(DESKS), data=st.data())
def test_what_was_judged_early_and_asked_later_is_what_is_judged_later(
    it: Ticket, by: ServiceLevels, data: st.DataObject
) -> None:
    found = standings(it, by)
    now = data.draw(instants(found.valid_from))
    assert verdicts_at(found, it.id, by, now) == verdicts(it, by, now)


@settings(deadline=None, max_examples=120)
@given(it=lives(), by=st.sampled_from(DESKS), data=st.data())
def test_an_explanation_adds_up_to_its_verdict(it: Ticket, by: ServiceLevels, data: st.DataObject) -> None:
    # docs/sla.md E6
    now = data.draw(instants(it.received_at))
    told = explain(it, by, now)
    assert [each.verdict for each in told] == list(verdicts(it, by, now))
    for each in told:
        verdict = each.verdict
        if not each.intervals or verdict.elapsed_s is None:
            continue
        counted = sum(part.seconds for part in each.intervals if part.kind == "counted")
        assert counted == verdict.elapsed_s
        assert (
            sum(part.seconds for part in each.intervals if part.kind in ("paused", "resolved"))
            == verdict.paused_s
        )
        assert all(one.end == two.start for one, two in zip(each.intervals, each.intervals[1:], strict=False))
