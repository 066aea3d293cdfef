"""`tkt report explain` says what every key figure means, and docs/kpi.md says it at length."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import DeskAtWork
from kpi_week import the_week

from tkt.errors import NotFound
from tkt.i18n import render
from tkt.kpis import KPIS
from tkt.kpis.explained import MEANINGS, number_of
from tkt.render.meanings import meaning_json, meaning_text, meanings_text
from tkt.render.text import width

DOC = Path(__file__).parents[2] / "docs" / "kpi.md"
NOT_IN_THE_WEEK = {"K15", "K19"}  # no release, and nobody asked for words


def test_every_key_figure_is_explained_under_the_key_and_title_that_it_has() -> None:
    assert list(MEANINGS) == list(KPIS)
    shown = {kpi.name: render(kpi.title) for kpi in the_week().kpis}
    explained = {it.key: render(it.title) for number, it in MEANINGS.items() if number not in NOT_IN_THE_WEEK}
    assert explained == shown


def test_every_key_figure_has_a_chapter_in_the_document() -> None:
    text = DOC.read_text("utf-8")
    headings = [line for line in text.splitlines() if line.startswith("## K")]
    for number, it in MEANINGS.items():
        assert any(
            line.startswith((f"## {number} ", f"## {number}:")) and it.key in line for line in headings
        ), number


@pytest.mark.parametrize("wish", ["K4", "k4", "4", "one_reply", "one-reply", "fcr"])
def test_a_key_figure_is_found_by_number_key_or_what_people_call_it(wish: str) -> None:
    assert number_of(wish) == "K4"


@pytest.mark.parametrize("wish", ["K99", "", "happiness"])
def test_another_name_is_refused(wish: str) -> None:
    with pytest.raises(NotFound):
        number_of(wish)


def test_the_pages_fit_the_terminal() -> None:
    for number in MEANINGS:
        assert max(map(width, meaning_text(number, 60).splitlines())) <= 60
    assert max(map(width, meanings_text(80).splitlines())) <= 80
    assert meaning_json("K7")["key"] == "nps"
    assert meaning_json("K0")["key"] is None


@pytest.mark.parametrize(
    ("name", "number"), [("sla.tickets.rate", "K3"), ("backlog.at_to", "K5"), ("created", "K0")]
)
def test_a_name_of_a_figure_leads_to_the_key_figure(desk: DeskAtWork, name: str, number: str) -> None:
    assert desk.tkt("report", "explain", name).out.startswith(f"{number} ")
