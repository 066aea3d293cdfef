"""Thresholds: how they are written, what they say no to, and what they do not know (docs/reports.md, Thresholds)."""

from __future__ import annotations

import pytest
from kpi_week import the_week

from tkt.errors import UsageError
from tkt.kpis import Kpi
from tkt.kpis.explained import MEANINGS
from tkt.kpis.thresholds import Threshold, judged, threshold_of, wished


def kpi(number: str) -> Kpi:
    return the_week().kpi(MEANINGS[number].key)


@pytest.mark.parametrize(
    ("text", "sign", "limit"),
    [
        ("<0.9", "<", 0.9),
        ("< 90%", "<", 0.9),
        (">50", ">", 50),
        (">=4h", ">=", 14400),
        ("<=2d", "<=", 172800),
    ],
)
def test_a_limit_is_a_number_a_share_or_a_span(text: str, sign: str, limit: float) -> None:
    found = threshold_of("backlog.at_to", text)
    assert (found.sign, found.limit) == (sign, limit)


@pytest.mark.parametrize("text", ["0.9", "=3", "<many", "", "<"])
def test_a_limit_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no threshold"):
        threshold_of("backlog.at_to", text)


@pytest.mark.parametrize("key", ["backlok.at_to", "sla", "at_to", "KPI.x"])
def test_a_key_of_no_figure_is_refused(key: str) -> None:
    with pytest.raises(UsageError, match="no key figure"):
        threshold_of(key, "<1")


def test_a_wish_is_a_limit_a_key_of_the_configuration_or_all_of_it() -> None:
    known = {"backlog.at_to": ">50", "csat.csat": "<80%"}
    assert wished("backlog.at_to>1", known) == [Threshold("backlog.at_to", ">", 1.0, ">1")]
    assert [it.text for it in wished("csat.csat", known)] == ["<80%"]
    assert [it.key for it in wished("config", known)] == list(known)
    with pytest.raises(UsageError) as refused:
        wished("csat.cast", known)
    assert "csat.csat" in str(refused.value.hint)


def test_a_figure_is_judged_and_n_a_never_fails() -> None:
    limits = [
        threshold_of("backlog.at_to", ">1"),
        threshold_of("csat.csat", "<1"),
        threshold_of("created", "<1"),
    ]
    assert [(it.value, it.fails) for it in judged(limits, kpi)] == [(2, True), (None, False), (4, False)]


def test_what_would_be_there_had_anything_been_counted_is_n_a() -> None:
    keys = ("sla.update.rate", "agents.by_agent.li.n", "csat.distribution.5", "trend.by_category.fault.n")
    assert not [it for it in judged([threshold_of(key, "<1") for key in keys], kpi) if it.fails]


def test_no_limits_in_the_configuration_and_a_share_past_the_whole_are_refused() -> None:
    with pytest.raises(UsageError, match="has no limits"):
        wished("config", {})
    with pytest.raises(UsageError, match="a share is"):
        list(judged([threshold_of("csat.csat", "<90")], kpi))
    assert list(judged([threshold_of("csat.csat", "<100%")], kpi))


def test_an_unknown_figure_of_a_known_name_names_the_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        list(judged([threshold_of("backlog.at_two", "<1")], kpi))
    assert "backlog.at_to" in str(refused.value.hint)
