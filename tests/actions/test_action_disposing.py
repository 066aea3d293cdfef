"""What is no request is put away, and comes back (docs/sla.md L11; docs/file-format.md, `disposed`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flowdesk import changed, desk, did, last, new, resolved, started, triaged, waiting, who

from tkt.actions import (
    BadValue,
    CannotDispose,
    Given,
    NoSuchMove,
    NotDisposed,
    close,
    duplicate,
    reopen,
    restore,
    spam,
    start,
    take,
)
from tkt.checks import check_ticket
from tkt.columns.history import needs, reopens
from tkt.errors import TktError
from tkt.guards.disposal import disposal, survivor_of
from tkt.model import Ticket
from tkt.sla import verdicts

BEFORE: dict[str, Callable[[], Ticket]] = {
    "new": new,
    "triaged": triaged,
    "started": started,
    "waiting": waiting,
    "resolved": resolved,
    "closed": lambda: close(resolved(), who(70), desk(), Given(confirmed="wechat")),
}


def other(ticket: Ticket | None = None) -> Ticket:
    return replace(ticket or started(), id="261120-M3X9P")


def faults(ticket: Ticket) -> list[str]:
    return [str(finding.message) for finding in check_ticket(ticket, desk())]


def hint_of(error: TktError) -> str:
    return str(error.hint)


@pytest.mark.parametrize("name", BEFORE)
def test_spam_is_closed_from_anywhere_and_comes_back_as_it_was(name: str) -> None:
    before = BEFORE[name]()
    away = spam(before, who(100), desk())
    assert (away.status, last(away, "disposed").get("as")) == ("closed", "spam")
    assert needs(away, desk()) == ()
    back = restore(away, who(160), desk())
    assert (back.status, dict(back.values)) == (before.status, dict(before.values))
    assert (disposal(back), reopens(back, desk().finished)) == (None, 0)
    assert faults(away) == faults(back) == faults(before)


def test_its_clocks_are_cancelled_and_run_again_without_the_time_in_between() -> None:
    from tkt.sla import ServiceLevels

    levels = ServiceLevels.from_configuration(desk())
    away = spam(started(), who(60), desk())
    assert {it.state for it in verdicts(away, levels, who(61).now)} == {"cancelled"}
    back = restore(away, who(90), desk())
    due = {name: it.due_at for name, it in ((it.clock, it) for it in verdicts(back, levels, who(91).now))}
    was = {it.clock: it.due_at for it in verdicts(started(), levels, who(91).now)}
    late = {clock: (due[clock] - was[clock]).total_seconds() / 60 for clock in due if due[clock]}
    assert late == {"first_response": 0, "stage:new": 0, "resolution": 30}


def test_what_was_closed_with_an_uncounted_code_comes_back_too() -> None:
    away = close(triaged(), who(60), desk(), Given(code="test"))
    back = restore(away, who(70), desk())
    assert (back.status, back.get("resolution")) == ("new", None)


def test_a_test_is_put_away_as_one_in_any_language() -> None:
    for word in ("test", "测试"):
        away = spam(new(), who(5), desk(), kind=word)
        assert (last(away, "disposed").get("as"), away.get("resolution")) == ("test", {"code": "test"})


@pytest.mark.parametrize(
    ("kind", "hint"), [("duplicate", "--of"), ("spma", "spam, test"), ("merged", "spam, test")]
)
def test_what_is_no_reason_says_which_there_are(kind: str, hint: str) -> None:
    with pytest.raises(BadValue) as error:
        spam(new(), who(5), desk(), kind=kind)
    assert hint in hint_of(error.value)


def test_a_desk_that_counts_duplicates_has_no_such_end() -> None:
    config = changed("workflow", uncounted={"spam": desk().workflow.uncounted["spam"]})
    with pytest.raises(BadValue):
        duplicate(new(), who(5), config, of=other())


def test_a_duplicate_is_linked_at_its_own_end_and_tells_the_customer() -> None:
    away = duplicate(new(), who(5), desk(), of=other(), reply="We answer in the other one.")
    assert did(away)[-4:] == ["disposed", "linked", "message", "moved"]
    assert dict(last(away, "linked").data) == {"relation": "duplicate", "to": "261120-M3X9P"}
    assert (survivor_of(away), away.status) == ("261120-M3X9P", "closed")
    assert not faults(away)
    back = restore(away, who(6), desk())
    assert dict(last(back, "unlinked").data) == {"relation": "duplicate", "to": "261120-M3X9P"}
    assert (survivor_of(back), back.status) == (None, "new")


def test_to_say_it_again_changes_nothing() -> None:
    away, twice = spam(new(), who(5), desk()), duplicate(new(), who(5), desk(), of=other())
    assert spam(away, who(6), desk()) is away
    assert duplicate(twice, who(6), desk(), of=other()) is twice


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (lambda: new(), "itself"),
        (lambda: other(spam(new(), who(5), desk())), "put away as spam"),
        (lambda: other(close(triaged(), who(5 + 30), desk(), Given(code="test"))), "put away as test"),
        (
            lambda: other(duplicate(new(), who(5), desk(), of=replace(new(), id="261120-ZZZZ9"))),
            "of 261120-ZZZZ9",
        ),
    ],
)
def test_nothing_lives_on_in_what_is_put_away_itself(of: Callable[[], Ticket], told: str) -> None:
    with pytest.raises(CannotDispose, match=told):
        duplicate(new(), who(50), desk(), of=of())


def test_the_survivor_is_named_and_no_ring_is_made() -> None:
    one = new()
    two = other(duplicate(new(), who(5), desk(), of=replace(new(), id="261120-ZZZZ9")))
    with pytest.raises(CannotDispose) as error:
        duplicate(one, who(50), desk(), of=two)
    assert hint_of(error.value) == "tkt duplicate 261120-K7Q2M --of 261120-ZZZZ9"
    ring = duplicate(other(new()), who(5), desk(), of=one)
    with pytest.raises(CannotDispose) as error:
        duplicate(one, who(50), desk(), of=ring)
    assert hint_of(error.value) == "tkt not-spam 261120-M3X9P"


def test_it_is_put_away_as_one_thing_alone() -> None:
    with pytest.raises(CannotDispose) as error:
        duplicate(spam(new(), who(5), desk()), who(6), desk(), of=other())
    assert hint_of(error.value) == "tkt not-spam 261120-K7Q2M"


@pytest.mark.parametrize("action", [reopen, start, take])
def test_work_on_what_is_put_away_begins_by_bringing_it_back(action: Callable[..., Ticket]) -> None:
    with pytest.raises(NoSuchMove) as error:
        action(spam(started(), who(60), desk()), who(61), desk())
    assert hint_of(error.value) == "tkt not-spam 261120-K7Q2M"


def test_what_was_never_put_away_cannot_come_back() -> None:
    for ticket in (new(), BEFORE["closed"]()):
        with pytest.raises(NotDisposed):
            restore(ticket, who(100), desk())


def test_it_comes_back_long_after_the_reopen_window() -> None:
    away = spam(new(), who(5), desk())
    assert restore(away, who(90 * 24 * 60), desk()).status == "new"
