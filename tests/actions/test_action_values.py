"""What does a value that somebody typed mean for a field?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flowdesk import NINE, changed, desk, new

from tkt.actions import BadValue, Given, UnknownField
from tkt.actions.given import later_moment
from tkt.actions.values import Unfilled, absent_tags, contact_of, instant, moment, named, parsed
from tkt.actions.vocabulary import mentioned, unknown_mentions
from tkt.commands.writing import pairs
from tkt.errors import UsageError
from tkt.i18n import activate, render
from tkt.schema import FieldDecl, PersonDecl, TaxonomyFile
from tkt.schema.base import Labelled


def own(**fields: FieldDecl) -> Any:
    """The desk with fields of its own."""
    return changed("taxonomy", fields=fields)


def value(name: str, given: Any, **values: Any) -> Any:
    return parsed(desk(), name, given, values)


def test_an_empty_text_removes_a_field() -> None:
    assert value("title", "  ") is None
    assert value("owner", None) is None


def test_a_title_is_one_line() -> None:
    assert value("title", " E104\n when  invoicing ") == "E104 when invoicing"


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("urgency", "RED", "red"), ("impact", "部分客户", "some"), ("complexity", "跨部门", "cross-team"),
        ("priority", "紧急", "P1"), ("priority", "p3", "P3"), ("type", "投诉建议", "complaint"),
        ("category", "功能故障", "fault"), ("team", "技术部", "tech"), ("channel", "Email", "email"),
        ("owner", "李伟", "li.wei"), ("owner", "LI.WEI@desk.example", "li.wei"), ("tier", "VIP", "vip"),
        ("urgency", "紧急(红)", "red"), ("urgency", "ＲＥＤ", "red"), ("priority", "P1 紧急", "P1"),
        ("resolution.code", "已修复", {"code": "fixed"}), ("resolution.cause", "outside", {"cause": "outside"}),
    ],
)  # fmt: skip
def test_people_may_use_the_desk_s_words_in_both_languages(field: str, typed: str, meant: Any) -> None:
    assert value(field, typed) == meant


@pytest.mark.parametrize(
    ("field", "typed", "hint"),
    [
        ("urgency", "yelow", "did you mean yellow?"), ("owner", "li.wie", "did you mean li.wei?"),
        ("team", "technical", None), ("category", "falt", "did you mean fault?"),
        ("priority", "P9", "known are: P1, P2, P3, P4"),
    ],
)  # fmt: skip
def test_another_word_is_refused_with_the_nearest_right_one(field: str, typed: str, hint: str | None) -> None:
    with pytest.raises(BadValue) as refused:
        value(field, typed)
    assert str(refused.value) == f"{field} cannot be {typed}"
    if hint:
        assert str(refused.value.hint) == hint


def test_a_word_that_two_values_share_is_refused_with_both() -> None:
    people = {name: PersonDecl(name="李伟") for name in ("li1", "li2")}
    with pytest.raises(BadValue) as refused:
        parsed(changed("people", people=people), "owner", "李伟", {})
    assert str(refused.value.hint) == "李伟 means several: li1, li2"


def test_a_chinese_reader_is_told_the_label_of_the_field() -> None:
    with pytest.raises(BadValue) as refused:
        value("owner", "王五")
    activate("zh")
    try:
        assert render(refused.value.message) == "负责人没有“王五”这个值"
    finally:
        activate("en")


def test_a_category_is_one_of_its_type() -> None:
    assert value("category", "delivery", type="service") == "delivery"
    with pytest.raises(BadValue):
        value("category", "delivery", type="product")


def test_who_has_left_gets_no_work() -> None:
    with pytest.raises(BadValue, match=r"chen\.gone has left"):
        value("owner", "chen.gone")


def test_products_are_free_until_the_desk_lists_them() -> None:
    assert value("product", "anything") == "anything"
    listed = changed("taxonomy", products={"invoicing": Labelled(zh="开票")})
    assert parsed(listed, "product", "开票", {}) == "invoicing"
    with pytest.raises(BadValue):
        parsed(listed, "product", "anything", {})


def test_an_instant_without_an_offset_is_read_in_the_desk_s_zone() -> None:
    assert value("occurred_at", "2026-11-20T09:00") == datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    assert value("occurred_at", "2026-11-20T09:00:00Z") == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    assert value("occurred_at", "2026-11-20") == datetime(2026, 11, 19, 16, 0, tzinfo=UTC)
    with pytest.raises(UsageError):
        value("occurred_at", "yesterday-ish")


def test_a_bare_date_by_which_something_is_to_happen_is_the_whole_day() -> None:
    assert moment("2026-11-24", desk()) == datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "first", "by"),
    [
        ("today", "2026-11-19T16:00:00", "2026-11-20T15:59:59"),
        ("今天", "2026-11-19T16:00:00", "2026-11-20T15:59:59"),
        ("后天", "2026-11-21T16:00:00", "2026-11-22T15:59:59"),
        ("18:00", "2026-11-20T10:00:00", "2026-11-20T10:00:00"),
        ("Tomorrow 9:30", "2026-11-21T01:30:00", "2026-11-21T01:30:00"),
        ("明天18：00", "2026-11-21T10:00:00", "2026-11-21T10:00:00"),
        ("2026/11/24", "2026-11-23T16:00:00", "2026-11-24T15:59:59"),
        ("2026-11-24 9:00", "2026-11-24T01:00:00", "2026-11-24T01:00:00"),
        ("2026-11-24T09:00+02:00", "2026-11-24T07:00:00", "2026-11-24T07:00:00"),
    ],
)
def test_dates_are_said_in_words(typed: str, first: str, by: str) -> None:
    """It is nine in the morning in Shanghai."""
    assert instant(typed, desk(), NINE) == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert moment(typed, desk(), NINE) == datetime.fromisoformat(by).replace(tzinfo=UTC)
    assert parsed(desk(), "occurred_at", typed, {}, now=NINE) == instant(typed, desk(), NINE)
    assert parsed(desk(), "next_action.by", typed, {}, now=NINE) == {"by": f"{by}Z"}
    assert later_moment(typed, NINE, desk()) == moment(typed, desk(), NINE)


@pytest.mark.parametrize("typed", ["soon", "25:00", "2026-13-01", "2026", "2026-11", "past"])
def test_what_is_no_date_is_refused_with_the_forms_that_are(typed: str) -> None:
    with pytest.raises(BadValue) as refused:
        instant(typed, desk(), NINE)
    assert str(refused.value) == f"{typed} is not a date or time"
    assert "today 09:15, 2026-11-20" in str(refused.value.hint)
    with pytest.raises(BadValue) as refused:
        later_moment(typed, NINE, desk())
    assert "2h, 3d, 2 working days, today, tomorrow, 18:00" in str(refused.value.hint)


def test_a_time_that_is_past_is_not_until_when() -> None:
    with pytest.raises(BadValue, match="not in the future"):
        later_moment("08:00", NINE, desk())


@pytest.mark.parametrize(("typed", "number"), [("12", 12), ("-3", -3), ("1.5", 1.5), (7, 7), ("1e3", 1000.0)])
def test_numbers(typed: Any, number: float) -> None:
    found = parsed(own(amount=FieldDecl(type="number")), "amount", typed, {})
    assert (found, type(found)) == (number, type(number))


@pytest.mark.parametrize("typed", ["many", "nan", "inf", "1,5", True])
def test_what_is_no_number_is_refused(typed: Any) -> None:
    with pytest.raises(BadValue, match="amount is a number"):
        parsed(own(amount=FieldDecl(type="number")), "amount", typed, {})


@pytest.mark.parametrize(
    ("typed", "truth"), [("yes", True), ("是", True), ("FALSE", False), ("0", False), (True, True)]
)
def test_truths(typed: Any, truth: bool) -> None:
    assert parsed(own(injury=FieldDecl(type="bool")), "injury", typed, {}) is truth


def test_what_is_no_truth_is_refused() -> None:
    with pytest.raises(BadValue, match="injury is true or false, not perhaps"):
        parsed(own(injury=FieldDecl(type="bool")), "injury", "perhaps", {})


def test_sets_are_split_at_commas_of_both_kinds_and_hold_each_word_once() -> None:
    assert value("tags", "invoice, beta,发票、beta") == ["invoice", "beta", "发票"]
    assert value("watchers", ["li.wei", "li.wei"]) == ["li.wei"]


@pytest.mark.parametrize("word", ["two words", "a:b", "-beta", "(x)", "'q'"])
def test_a_tag_can_be_named_in_a_query_without_quotes(word: str) -> None:
    with pytest.raises(BadValue, match="cannot be a tag"):
        value("tags", [word])


def test_own_fields_with_values_take_no_others() -> None:
    config = own(
        region=FieldDecl(values=["north", "south"]), sizes=FieldDecl(type="words", values=["s", "m"])
    )
    assert parsed(config, "region", "North", {}) == "north"
    assert parsed(config, "sizes", "s,m", {}) == ["s", "m"]
    with pytest.raises(BadValue):
        parsed(config, "sizes", "s,xl", {})


@pytest.mark.parametrize(
    ("typed", "contact"),
    [
        ("张伟 <zhang@acme.example>", {"name": "张伟", "email": "zhang@acme.example"}),
        ('"Zhang, W." <z@acme.example>', {"name": "Zhang, W.", "email": "z@acme.example"}),
        ("z@acme.example", {"email": "z@acme.example"}), ("<z@acme.example>", {"email": "z@acme.example"}),
        ("+86 138 0000 0000", {"phone": "+86 138 0000 0000"}), ("张伟", {"name": "张伟"}),
        ("李娜 13800138000", {"name": "李娜", "phone": "13800138000"}),
        ("13800138000，李娜", {"name": "李娜", "phone": "13800138000"}),
        ("李娜13800138000", {"name": "李娜", "phone": "13800138000"}),
        ("李娜（13800138000）", {"name": "李娜", "phone": "13800138000"}),
        ("(021) 6123-4567 李娜", {"name": "李娜", "phone": "(021) 6123-4567"}),
        ("Li Na, +86 138-0013-8000, li@x.example",
         {"name": "Li Na", "email": "li@x.example", "phone": "+86 138-0013-8000"}),
        ("li@x.example 13800138000 Li Na", {"name": "Li Na", "email": "li@x.example", "phone": "13800138000"}),
        ("95588", {"phone": "95588"}), ("Agent 007", {"name": "Agent 007"}), ("QQ12345678", {"name": "QQ12345678"}),
        ("a@x.example b@x.example", {"name": "b@x.example", "email": "a@x.example"}), (" , ", {}),
    ],
)  # fmt: skip
def test_a_contact_is_a_name_a_mail_address_or_a_phone_number(typed: str, contact: dict[str, str]) -> None:
    assert contact_of(typed) == contact


@pytest.mark.parametrize("typed", ["…", '"…"', "“…”", " … ", "……"])
def test_the_dots_of_a_hint_are_never_a_value(typed: str) -> None:
    for name in (
        "title",
        "contact",
        "contact.phone",
        "tags",
        "occurred_at",
        "asks",
        "owner",
        "next_action.by",
    ):
        with pytest.raises(Unfilled, match=rf"{name}.*=…: replace the … by what is meant"):
            value(name, typed)
    with pytest.raises(Unfilled):
        value("tags", ["a", typed])
    with pytest.raises(Unfilled):
        value("asks", {"text": typed})
    with pytest.raises(Unfilled, match=r"^asks=…: replace the … by what is meant$"):
        pairs([f"asks={typed}"])
    for option in ("what_for", "until", "code", "text", "next_what", "reply", "confirmed", "on"):
        with pytest.raises(Unfilled, match=r"--.* …: replace"):
            Given(**{option: typed})


def test_dots_among_words_are_words() -> None:
    assert value("title", "and then … nothing") == "and then … nothing"
    assert Given(text="it broke…").text == "it broke…"
    assert pairs(["title=a…"]) == {"title": "a…"}


# --- names ---


def test_a_pair_names_a_field_as_a_chinese_reader_sees_it() -> None:
    assert pairs(["优先级=高", "影响范围＝one", "联系人.email=a@b", "title=x=y", "订单号=", "金额=2"]) == {
        "priority": "高", "impact": "one", "contact.email": "a@b", "title": "x=y", "order_no": "", "金额": "2",
    }  # fmt: skip
    for word in ("title", "=x", "＝x"):
        with pytest.raises(UsageError, match="is not FIELD=VALUE"):
            pairs([word])


def test_changes_are_named_by_any_name_of_their_fields() -> None:
    config = own(amount=FieldDecl(type="number", zh="金额"))
    changes = {"金额": "200", "Priority": "高", "order number": "A-1", "prioirty": "x"}
    assert named(config, changes) == {"amount": "200", "priority": "高", "order_no": "A-1", "prioirty": "x"}


@pytest.mark.parametrize(
    ("typed", "owner"), [("me", "li.wei"), ("我", "li.wei"), ("无", None), ("None", None), ("王芳", "王芳")]
)
def test_the_owner_may_be_whoever_does_it_or_nobody(typed: str, owner: str | None) -> None:
    assert named(desk(), {"负责人": typed}, me="li.wei") == {"owner": owner}


def test_a_tag_that_is_not_there_can_be_told() -> None:
    assert absent_tags(new(tags="a,b"), ["b", "没有", "没有"]) == ["没有"]


def test_people_are_mentioned_by_id_and_name_and_who_is_nobody_is_told() -> None:
    text = "@li.wei @王芳请看 @wang.fang, @张三 @王芳, x@y.example @nobody @张三"
    assert mentioned(text, desk()) == ["li.wei", "wang.fang"]
    assert unknown_mentions(text, desk()) == ["张三", "nobody"]


def test_a_part_of_a_mapping_changes_alone() -> None:
    zhang = {"name": "张伟", "email": "z@acme.example"}
    assert value("contact.phone", "138 0000", contact=zhang) == {**zhang, "phone": "138 0000"}
    assert value("contact.email", "", contact=zhang) == {"name": "张伟"}
    assert value("contact.email", None, contact={"email": "z@acme.example"}) is None
    assert value("asks", "an invoice") == {"text": "an invoice"}
    assert value("asks", {"kind": "repair", "text": " soon ", "urgent": True}) == {
        "kind": "repair", "text": "soon", "urgent": "true",
    }  # fmt: skip


def test_instants_in_mappings_are_texts_in_utc() -> None:
    assert value("next_action.by", "2026-11-20 17:30") == {"by": "2026-11-20T09:30:00Z"}
    assert value("customer_deadline", "2026-11-24") == {"by": "2026-11-24T15:59:59Z"}


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("prioirty", "no field prioirty on this desk", "did you mean priority?"),
        ("优先及", "no field 优先及 on this desk", "did you mean 优先级?"),
        ("title.x", "no field title.x on this desk", "did you mean title?"),
        ("status", "the status is changed by a move", "tkt move ID STATUS"),
        ("received_at", "received_at never changes", None),
        ("id", "id never changes", None),
        ("model_or_version", "model_or_version stands for one of model, version: set that", None),
    ],
)
def test_what_is_no_field_is_refused(name: str, message: str, hint: str | None) -> None:
    with pytest.raises(UnknownField) as refused:
        value(name, "x")
    assert str(refused.value) == message
    assert (str(refused.value.hint) if hint else refused.value.hint) == hint


def test_the_default_desk_declares_what_it_needs() -> None:
    assert isinstance(desk().taxonomy, TaxonomyFile)
    assert desk().taxonomy.fields["model_or_version"].any_of == ["model", "version"]
