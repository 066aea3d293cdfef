"""Whom the words of a rung mean, and who is on call (docs/tick.md)."""

from __future__ import annotations

import pytest
from sla_desk import at
from tick_desk import LEVELS, tick_levels

from tkt.schema.people import RotaDecl
from tkt.timerules.on_call import next_change, on_call
from tkt.timerules.recipients import levels_of, reached, subject_of

CONFIG = LEVELS.config


@pytest.mark.parametrize(
    ("word", "values", "people"),
    [
        ("owner", {"team": "tech", "owner": "li.wei"}, ("li.wei",)),
        ("owner", {"team": "tech"}, ()),
        ("owner", {"team": "tech", "owner": "old.hand"}, ()),  # has left
        ("owner-or-team", {"team": "tech", "owner": "li.wei"}, ("li.wei",)),
        ("owner-or-team", {"team": "tech"}, ("li.wei", "sun.li")),  # no machine, nobody who has left
        ("owner-or-team", {"team": "tech", "owner": "old.hand"}, ("li.wei", "sun.li")),
        ("owner-or-team", {"team": "field"}, ("wang.fang",)),  # nobody there: support stands in
        ("owner-or-team", {}, ("wang.fang",)),
        ("lead", {"team": "tech"}, ("wang.fang",)),
        ("manager", {"team": "tech"}, ("chen.jie",)),
        ("director", {"team": "tech"}, ("zhao.min",)),
        ("director", {"team": "support"}, ()),
        ("zhao.min", {"team": "tech"}, ("zhao.min",)),
        ("helper", {"team": "tech"}, ()),
        ("nobody.known", {"team": "tech"}, ()),
    ],
)
def test_a_word_of_a_rung_means(word: str, values: dict[str, str], people: tuple[str, ...]) -> None:
    found = reached([word], subject_of(values, CONFIG, at("10:00")))
    assert found.people == people
    assert found.nobody == (() if people else (word,))


def test_a_person_whom_two_words_mean_is_told_once() -> None:
    subject = subject_of({"team": "support", "owner": "wang.fang"}, CONFIG, at("10:00"))
    assert reached(["owner", "lead", "manager"], subject).people == ("wang.fang", "chen.jie")


def test_levels_stand_in_order_of_height() -> None:
    assert list(levels_of("tech", CONFIG)) == ["lead", "manager", "director"]


@pytest.mark.parametrize(
    ("when", "person"),
    [
        ("2025-09-15T08:59", None),  # before the rota begins
        ("2025-09-15T09:00", "li.wei"),
        ("2025-09-16T08:59", "li.wei"),
        ("2025-09-16T09:00", "li.wei"),  # sun.li is away, old.hand has left
        ("2025-09-19T09:00", "sun.li"),
        ("2025-09-20T08:59", "sun.li"),
        ("2025-09-20T09:00", "wang.fang"),  # stands in
        ("2025-09-21T09:00", "li.wei"),
    ],
)
def test_on_call_is(when: str, person: str | None) -> None:
    assert on_call(CONFIG.people.on_call["tech"], CONFIG, at(when)) == person


@pytest.mark.parametrize(
    ("when", "change"),
    [
        ("2025-09-01T12:00", ("2025-09-15T09:00", "li.wei")),  # before the rota begins
        ("2025-09-15T12:00", ("2025-09-17T00:00", "sun.li")),  # away on her own first day, back at midnight
        ("2025-09-17T00:00", ("2025-09-17T09:00", "li.wei")),
        ("2025-09-19T10:00", ("2025-09-20T09:00", "wang.fang")),  # who stands in
        ("2025-09-20T10:00", ("2025-09-21T09:00", "li.wei")),
    ],
)
def test_who_is_next_on_call_and_when(when: str, change: tuple[str, str]) -> None:
    assert next_change(CONFIG.people.on_call["tech"], CONFIG, at(when)) == (at(change[0]), change[1])


def test_where_nobody_follows_there_is_no_next() -> None:
    assert next_change(RotaDecl(start="2025-09-15T09:00", people=["li.wei"]), CONFIG, at("12:00")) is None
    assert next_change(RotaDecl(start="soon", people=["li.wei"]), CONFIG, at("12:00")) is None


def test_a_turn_changes_at_its_hour_of_the_wall_when_clocks_are_changed() -> None:
    import msgspec

    config = tick_levels().config
    desk = msgspec.structs.replace(config.desk, zone="Europe/Berlin")
    values = {name: getattr(config, name) for name in ("workflow", "taxonomy", "sla", "people", "channels")}
    berlin = type(config)(desk=desk, **values)
    rota = RotaDecl(start="2025-03-24T09:00", every="7d", people=["li.wei", "wang.fang"])
    from tkt.clock import parse_instant

    assert on_call(rota, berlin, parse_instant("2025-03-31T06:59:00Z")) == "li.wei"  # 8:59 in summer time
    assert on_call(rota, berlin, parse_instant("2025-03-31T07:00:00Z")) == "wang.fang"


def test_on_call_means_nobody_without_a_rota_and_where_all_are_away() -> None:
    assert reached(["on-call"], subject_of({"team": "support"}, CONFIG, at("10:00"))).nobody == ("on-call",)
    rota = RotaDecl(start="2025-09-15T09:00", people=["old.hand"])
    assert on_call(rota, CONFIG, at("12:00")) is None


@pytest.mark.parametrize("rota", [{"start": "soon"}, {"start": "2025-09-15T09:00", "every": "0d"}])
def test_a_rota_that_cannot_be_read_puts_nobody_on_call(rota: dict[str, str]) -> None:
    assert on_call(RotaDecl(people=["li.wei"], **rota), CONFIG, at("12:00")) is None
