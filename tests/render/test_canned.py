"""A canned reply goes to customers unread: its places are strict, its values plain, its length bounded."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.defaults import source_files
from tkt.render.canned import LONGEST, LONGEST_PLACE, CannedError, canned

AT = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
DAY = date(2026, 11, 28)


def filled(text: str, language: str = "en", zone: str = "Asia/Shanghai", **places: Any) -> str:
    return canned(text, places, language=language, zone=zone, path="replies/x.md", first_line=4)


def fault(text: str, **places: Any) -> CannedError:
    with pytest.raises(CannedError) as caught:
        filled(text, **places)
    return caught.value


def test_places_are_filled_with_texts_numbers_days_and_instants() -> None:
    text = "{{ name }}: {{ count }}, {{ day }}, {{ at }}"
    assert filled(text, name="Anna", count=14, day=DAY, at=AT) == (
        "Anna: 14, Sat 28 November, Sat 28 November 18:00 (UTC+8)"
    )
    assert filled(text, "zh", name="张伟", count=14, day=DAY, at=AT) == (
        "张伟: 14, 11月28日（周六）, 11月28日（周六）18:00"
    )
    assert filled("{{ at }}", "de", "America/St_Johns", at=AT) == "Sat 28 November 06:30 (UTC-3:30)"
    assert filled("{{ at }}", "zh_CN", "UTC", at=AT) == "11月28日（周六）10:00"


def test_a_condition_may_ask_whether_a_place_says_anything() -> None:
    text = "{% if name %}Dear {{ name }}{% else %}Hello{% endif %}"
    assert filled(text, name="") == "Hello"
    assert filled(text, name="Anna") == "Dear Anna"


def test_a_place_that_is_not_known_is_an_error_with_its_line_and_the_nearest() -> None:
    found = fault("Hello,\n{{ mising }}\n", missing="a photo")
    assert (found.path, found.line) == ("replies/x.md", 5)
    assert str(found.message) == "{{ mising }} is no place that is known here"
    assert str(found.hint) == "did you mean missing?"
    assert str(fault("{{ zzz }}", id="1", until=AT).hint) == "known are: id, until"
    assert fault("{% if zzz %}a{% endif %}", id="1").line == 4  # also where nothing of it would be said


@pytest.mark.parametrize(
    "text",
    [
        "{{ id.__class__ }}",
        "{{ id * 1000000000 }}",
        "{{ id | upper }}",
        "{{ range(9) }}",
        "{% for x in id %}{% for y in id %}{% endfor %}{% endfor %}",
        "{% set a = id %}",
        "{% include 'x' %}",
        "{{ [id] }}",
        "{% macro m() %}{% endmacro %}",
        "{{ id",
    ],
)
def test_nothing_else_can_stand_in_it(text: str) -> None:
    assert fault(text, id="1").line == 4


def test_values_are_data_and_never_part_of_the_template() -> None:
    assert filled("{{ name }}", name="{{ id }} {% if x %}") == "{{ id }} {% if x %}"


@given(st.text())
def test_a_place_is_one_line_of_bounded_length(text: str) -> None:
    said = filled("<{{ x }}>", x=text)
    assert "\n" not in said
    assert "\x1b" not in said
    assert len(said) <= LONGEST_PLACE + 2


def test_a_reply_is_of_bounded_length() -> None:
    assert "4000" in str(fault("a" * (LONGEST + 1)).message)


def test_what_tkt_brings_for_its_own_rules_can_be_filled() -> None:
    own = {path: text for path, text in source_files() if path.startswith(("replies/remind", "replies/clos"))}
    places = {"id": "261120-K7Q2M", "missing": "a photo", "until": AT, "reopen_days": 14}
    assert len(own) == 4
    for path, text in own.items():
        said = filled(text.split("---\n")[2], path.split(".")[1], **places)
        assert "{{" not in said
