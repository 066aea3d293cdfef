"""Words, groups, lists and kinds of fields: what a query finds (docs/query.md)."""

from __future__ import annotations

import pytest
from querydesk import TAXONOMY, configuration, finds, knows, parsed

from tkt.fields import field_specs
from tkt.query import parse_query


def test_an_empty_query_finds_everything() -> None:
    for text in ("", "   ", "\u3000"):
        assert parsed(text).is_empty
        assert finds(text)
    assert not parsed("a").is_empty


# --- words ---


def test_words_are_found_anywhere_in_the_text_without_regard_to_case_or_width() -> None:
    values = {
        "title": "开票时报错 E104 ＡＢＣ",
        "contact": {"name": "张伟"},
        "customer": "acme",
        "tags": ["invoice"],
    }
    assert finds("报错", values)
    assert finds("e104", values)
    assert finds("abc", values)
    assert finds("张伟 acme invoice", values)
    assert not finds("退款", values)


def test_quotes_keep_words_together() -> None:
    values = {"title": "the invoice is late"}
    assert finds('"invoice is"', values)
    assert not finds('"is invoice"', values)
    assert finds("is invoice", values)
    assert finds('title:"is late"', values)


def test_a_quoted_word_is_meant_literally() -> None:
    assert finds('"OR"', {"title": "this OR that"})
    assert finds('"-x"', {"title": "a-x"})
    assert finds('"status:open"', {"title": "type status:open to see"})
    assert finds(r'"say \"hi\" \\"', {"title": 'say "hi" \\'})
    assert not finds('title:"any"', {"title": "something"})


def test_a_number_or_a_quoted_word_before_a_colon_is_searched_for() -> None:
    assert finds("12:30", {"title": "at 12:30"})
    assert finds('"报错：超时"', {"title": "报错：超时"})


# --- combining ---


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a b", True),
        ("a x", False),
        ("a OR x", True),
        ("x OR y", False),
        ("-x", True),
        ("-a", False),
        ("--a", True),
        ("a -(x OR y)", True),
        ("-(a b)", False),
        ("-(a x)", True),
        ("x a OR b", True),  # AND binds more than OR
        ("x (a OR b)", False),
        ("(x OR a) (y OR b)", True),
        ("a or b", False),  # only upper case is OR
    ],
)
def test_side_by_side_is_and_or_is_or_minus_is_not(text: str, found: bool) -> None:
    assert finds(text, {"title": "a b"}) is found


def test_chinese_punctuation_means_the_same() -> None:
    values = {"title": "发票 电子", "priority": "P1"}
    assert finds("（发票 OR 合同） －“纸质”", values)
    assert finds("priority：P1，P2", values)
    assert finds("title：「票 电」", values)
    assert parsed("（a OR b） －“c d”").text == '(a OR b) -"c d"'


# --- lists, absent and present ---


def test_a_list_of_values_means_any_of_them() -> None:
    assert finds("priority:P1,P2", {"priority": "P2"})
    assert not finds("priority:P1,P2", {"priority": "P3"})
    assert finds("title:foo,bar", {"title": "a bar"})
    assert finds('title:"x y",bar', {"title": "x y"})


def test_none_and_any_ask_whether_there_is_a_value() -> None:
    assert finds("owner:none", {})
    assert finds("tags:none", {"tags": []})
    assert not finds("owner:none", {"owner": "ann"})
    assert finds("owner:any", {"owner": "ann"})
    assert finds("owner:none,ann", {"owner": "ann"})
    assert not finds("priority:P1", {})
    assert finds("-priority:P1", {})


def test_no_value_is_asked_for_as_people_say_it_and_tables_print_it() -> None:
    for word in ("无", "空", "–"):
        assert finds(f"owner:{word}", {}), word
        assert finds(f"负责人：{word}", {}), word
        assert not finds(f"owner:{word}", {"owner": "ann"}), word
    # but where the word itself can be found, it is
    assert not finds("title:无", {})
    assert finds("title:无", {"title": "无法开票"})
    assert finds('tags:"无"', {"tags": ["无"]})


def test_a_value_of_the_desk_s_own_is_no_word_for_none() -> None:
    fields = {"leak": {"type": "word", "values": ["有", "无"]}}
    specs = field_specs(configuration(taxonomy={**TAXONOMY, "fields": fields}))
    query = parse_query("leak:无", specs, now=None)
    assert query.matches({"leak": "无"}.get)
    assert not query.matches({}.get)


# --- kinds ---


def test_text_is_found_by_a_part_and_words_only_whole() -> None:
    assert finds("title:voic", {"title": "Invoice"})
    assert finds("tag:BETA", {"tags": ["alpha", "beta"]})
    assert not finds("tag:bet", {"tags": ["alpha", "beta"]})
    assert not finds("-tag:beta", {"tags": ["alpha", "beta"]})
    assert finds("customer:ACME", {"customer": "acme"})
    assert not finds("customer:acm", {"customer": "acme"})


def test_a_mapping_is_searched_as_text() -> None:
    contact = {"name": "张伟", "email": "zhang.wei@acme.example"}
    assert finds("contact:zhang", {"contact": contact})
    assert finds("asks:开出发票", {"asks": {"kind": "repair", "text": "今天开出发票"}})
    assert finds("code:fixed cause:产品缺陷", {"resolution": {"code": "fixed", "cause": "product"}})
    assert finds("waiting_on:客户", {"waiting": {"on": "customer"}})
    assert finds("等待：供应商", {"waiting": {"on": "vendor"}})
    assert finds("解决：已解答", {"resolution": {"code": "answered"}})
    assert not finds("等待：供应商", {"waiting": {"on": "customer"}})


def test_the_id_is_found_by_a_part() -> None:
    assert knows("id:k7q2", id="261121-K7Q2M")


def test_labels_in_both_languages_stand_for_values() -> None:
    assert finds("priority:紧急", {"priority": "P1"})
    assert finds("priority:CRITICAL", {"priority": "P1"})
    assert finds("type:产品问题", {"type": "product"})
    assert finds("channel:邮件 team:技术部", {"channel": "email", "team": "tech"})
    assert finds("urgency:红", {"urgency": "red"})
    assert finds('urgency:"紧急（红）"', {"urgency": "red"})
    assert finds("impact:多数客户 complexity:简单", {"impact": "many", "complexity": "simple"})
    assert finds("code:已解答,已修复", {"resolution": {"code": "answered"}})


def test_a_category_is_named_alone_or_with_its_type() -> None:
    fault = {"type": "product", "category": "fault"}
    assert finds("category:fault", fault)
    assert finds("category:product/fault", fault)
    assert finds("category:功能故障", fault)
    export = {"type": "request", "category": "data"}
    assert finds("category:data", export)
    assert not finds("category:product/data", export)
    assert finds("category:数据导出", export)
    assert not finds("category:数据错误", export)


def test_statuses_go_by_name_label_and_group() -> None:
    assert finds("status:assigned", status="assigned")
    assert finds("status:已分配", status="assigned")
    assert finds("status:open", status="waiting")
    assert not finds("status:open", status="resolved")
    assert finds("状态：未解决", status="waiting")
    assert not finds("status:未解决", status="resolved")
    assert finds("status:未关闭", status="resolved")
    assert finds("status:active", status="in-progress")
    assert finds("status:all", status="closed")
    assert not finds("-status:all", status="closed")


def test_people_go_by_id_mail_name_and_as_whoever_asks() -> None:
    mine = {"owner": "li.wei", "team": "tech", "watchers": ["ann"]}
    for text in ("owner:li.wei", "owner:LW@home.example", "owner:李伟", "owner:me", "owner:我", "team:mine"):
        assert finds(text, mine), text
    assert finds('watcher:"Ann Lee"', mine)
    assert not finds("watcher:me", mine)
    assert not finds("team:mine", {"team": "support"})


def test_truths_are_strict() -> None:
    for text in ("made_sla:true", "made_sla:yes", "made_sla:是", "-made_sla:no"):
        assert finds(text, {"made_sla": True}), text
    assert finds("made_sla:false", {"made_sla": False})
    assert finds("made_sla:否", {"made_sla": False})
    assert finds("made_sla:none", {})
    assert not finds("made_sla:no", {})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("amount:3", True),
        ("amount:3.0", True),
        ("amount:>2", True),
        ("amount:>3", False),
        ("amount:>=3", True),
        ("amount:≤3", True),
        ("amount:＜４", True),
        ("amount:<-3", False),
        ("amount:1..3", True),
        ("amount:3..", True),
        ("amount:..2", False),
        ("amount:1,3", True),
        ("金额:3", True),
    ],
)
def test_numbers_compare(text: str, found: bool) -> None:
    assert finds(text, {"amount": 3}) is found


def test_a_value_of_another_kind_never_compares() -> None:
    assert not finds("amount:>0", {"amount": "three"})
    assert not finds("amount:1", {"amount": True})
    assert not finds("bought_at:>2020", {"bought_at": "some day"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("priority:<=P2", ["P1", "P2"]),
        ("priority:<P2", ["P1"]),
        ("priority:>=P2", ["P2", "P3", "P4"]),
        ("priority:>高", ["P3", "P4"]),
        ("priority:P1..P3", ["P1", "P2", "P3"]),
        ("priority:P3..", ["P3", "P4"]),
        ("priority:..紧急,P4", ["P1", "P4"]),
    ],
)
def test_priorities_compare_by_their_numbers(text: str, found: list[str]) -> None:
    assert [each for each in ("P1", "P2", "P3", "P4") if finds(text, {"priority": each})] == found
    assert not finds(text, {})


# --- what a query says of itself ---


def test_a_query_names_its_fields_by_their_own_names() -> None:
    query = parsed("received:>2026 (tag:a OR -发票) customer.tier:vip")
    assert query.fields == {"received_at", "tags", "text", "tier"}


def test_a_query_knows_what_its_answer_depends_on() -> None:
    for text in ("received:>7d", "until:past", "due:any", "sla:met", "age:>1d", "a OR -untouched:>2d"):
        assert parsed(text).uses_now, text
    for text in ("received:>2026-10-01", "owner:me", "needs:reply", "reopens:>0"):
        assert not parsed(text).uses_now, text
    assert parsed("a OR team:mine").uses_reader
    assert not parsed("owner:ann").uses_reader


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("发票", {"assigned", "closed"}),
        ("status:open", {"assigned"}),
        ("-status:open", {"closed"}),
        ("status:open OR priority:P1", {"assigned", "closed"}),
        ("status:open OR -(status:all)", {"assigned"}),
        ("status:closed priority:P1", {"closed"}),
        ("-(status:closed priority:P1)", {"assigned", "closed"}),
        ("status:new", set()),
    ],
)
def test_a_query_tells_which_statuses_can_match(text: str, possible: set[str]) -> None:
    assert {each for each in ("assigned", "closed") if parsed(text).can_match_status(each)} == possible


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("  tag:a   b ", "tags:a b"),
        ("((a))", "a"),
        ("a (b c) OR (d OR e)", "a b c OR d OR e"),
        ("-(a OR b)", "-(a OR b)"),
        ("(a OR b) c", "(a OR b) c"),
        ('tag:"a b","c"', 'tags:"a b","c"'),
        ("received：≥2026-10，..2025", "received_at:>=2026-10,..2025"),
        ("a“b”(c)", 'a "b" c'),
        ('OR"x"', '"OR" "x"'),
    ],
)
def test_a_query_has_a_normal_form(text: str, normal: str) -> None:
    assert parsed(text).text == normal
    assert parsed(normal).text == normal
