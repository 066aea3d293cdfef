"""What people type reaches the ticket: any name of a field, me, nobody, dates in words."""

from __future__ import annotations

import pytest
from flowdesk import changed, desk, last, new, triaged, who

from tkt.actions import Given, note, set_values, take
from tkt.schema import FieldDecl


def test_fields_are_set_by_the_names_that_the_screen_shows() -> None:
    config = changed(
        "taxonomy", fields={**desk().taxonomy.fields, "amount": FieldDecl(type="number", zh="金额")}
    )
    after = set_values(
        new(), who(5), config, {"影响范围": "单个客户", "细类": "product/fault", "金额": "200"}
    )
    assert [after.get(name) for name in ("impact", "type", "category", "amount")] == [
        "one",
        "product",
        "fault",
        200,
    ]
    assert new(config=config, 金额="3", 标签="a").get("amount") == 3


@pytest.mark.parametrize("word", ["me", "我"])
def test_the_owner_may_be_me(word: str) -> None:
    assert set_values(new(), who(5), desk(), {"owner": word}).owner == "li.wei"
    assert new(owner=word).owner == "li.wei"
    given = Given(changes={"负责人": "我", "complexity": "simple"})
    assert take(triaged(), who(20), desk(), given).owner == "li.wei"


def test_the_owner_may_be_nobody() -> None:
    owned = set_values(new(), who(5), desk(), {"owner": "我"})
    assert set_values(owned, who(6), desk(), {"owner": "无"}).owner is None


def test_dates_in_words_are_seen_from_when_it_is_done() -> None:
    after = set_values(new(), who(5), desk(), {"occurred_at": "今天 08:30"})
    assert after.get("occurred_at").isoformat() == "2026-11-20T00:30:00+00:00"
    assert new(occurred_at="yesterday").get("occurred_at").isoformat() == "2026-11-18T16:00:00+00:00"


def test_a_note_mentions_people_by_their_names() -> None:
    assert last(note(new(), who(5), desk(), text="@王芳请看 @张三"), "note").get("mentions") == ["wang.fang"]
