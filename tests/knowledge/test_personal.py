"""What is left out of an article because it says who somebody is (docs/knowledge.md, What is left out)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.knowledge.digits import is_card, is_citizen_id
from tkt.knowledge.personal import CUSTOMER, MARKS, NAME, found_in, left_out, marks_in, standing_in

NAMES = {"Zhang Wei": NAME, "Acme Ltd": CUSTOMER, "acme": CUSTOMER, "Will": NAME, "张伟": NAME}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail zhang.wei@acme.example.", "mail [email]."),
        ("邮箱zhang@acme.example，谢谢", "邮箱[email]，谢谢"),
        ("电话13812345678", "电话[phone]"),
        ("call +86 138-1234-5678 or (415) 555-2671", "call [phone] or [phone]"),
        ("１３８１２３４５６７８", "[phone]"),
        ("座机 010-62345678", "座机 [phone]"),
        ("身份证11010119900307123X", "身份证[ID number]"),
        ("11010119900307123X", "[ID number]"),
        ("card 4111 1111 1111 1111", "card [bank card]"),
        ("卡号：6222021234567890", "卡号：[bank card]"),
        ("order number: A-20391", "order number: [order number]"),
        ("订单号 20261121000123", "订单号 [order number]"),
        ("微信号：wx_zhang01", "微信号：[account]"),
        ("see https://x.example/a?token=abcd now", "see [link] now"),
        ("git clone https://me:pass@git.example/x", "git clone [link]"),
        ("from 10.1.2.3 and fe80::1", "from [IP address] and [IP address]"),
        ("北京市海淀区中关村大街27号1101室", "[address]"),
        ("at 12 Main Street, Springfield", "at [address]"),
        ("联系人：李雷", "联系人：[name]"),
        ("王先生您好", "[name]先生您好"),
        ("Dear Mr. Smith,", "Dear Mr. [name],"),
        ("密码：abc12345", "密码：[secret]"),
        ("see 261116-AAAA1", "see [ticket]"),
        ("ZHANG  WEI of ACME ltd", "[name] of [customer]"),
        ("Will says: it will work", "[name] says: it will work"),
        ("张伟说", "[name]说"),
        ("100200300400", "[number]"),
    ],
)
def test_what_says_who_somebody_is_is_left_out_and_marked(text: str, expected: str) -> None:
    assert left_out(text, NAMES, "en")[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "E104 since 2026-11-21 09:15:00, error code: 404, 12 of 345",
        "enter your password again; password is required; 密码是什么",
        "address the issue; 地址是否正确; 第3号端口; invoice no 12",
        "version 10.2.3.4 and 版本 10.2.3.4, localhost 127.0.0.1",
        "call 400-820-8820; like acmeish; SN is on the back",
        "https://help.example.com/reset.html?lang=zh",
        "std::vector, 12:30:45, 3.14159265358979",
    ],
)
def test_what_says_nothing_of_anybody_stays(text: str) -> None:
    assert left_out(text, NAMES, "en") == (text, ())


def test_the_mark_is_in_the_language_of_the_article() -> None:
    assert left_out("电话13812345678", {}, "zh")[0] == "电话[电话]"
    assert marks_in("a [phone] b [姓名] c [other]") == ("[phone]", "[姓名]")


def test_only_what_is_personal_anywhere_is_a_leak() -> None:
    found = found_in("a@b.example 010-62345678 SN: X1-20993", {}, sure=True)
    assert [it.mark for it in found] == ["email"]


AROUND = st.text(st.sampled_from("ab 中，。：:/@.-+()[]\n的是ZW"), max_size=20)
PERSONAL = st.one_of(
    st.from_regex(r"[a-z]{2,6}\.[a-z]{2,6}@[a-z]{2,6}\.example", fullmatch=True),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["Zhang Wei", "Acme Ltd", "4111111111111111", "11010119900307123X"]),
)


@given(AROUND, PERSONAL, AROUND)
def test_nothing_personal_survives_whatever_stands_around_it(before: str, it: str, behind: str) -> None:
    text, found = left_out(f"{before} {it} {behind}", NAMES, "en")
    assert it not in text
    assert found


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at_and_what_stays_is_as_it_was(text: str) -> None:
    cleaned, found = left_out(text, NAMES, "en")
    rebuilt, at = "", 0
    for each in found:
        assert text[each.start : each.end] == each.words
        rebuilt += text[at : each.start] + f"[{each.mark}]"
        at = each.end
    assert cleaned == rebuilt + text[at:]


@given(st.lists(st.one_of(AROUND, PERSONAL), max_size=6).map(" ".join))
def test_what_was_cleaned_holds_nothing_more(text: str) -> None:
    once = left_out(text, NAMES, "en")[0]
    assert left_out(once, NAMES, "en")[0] == once


def test_every_kind_has_its_word_in_chinese() -> None:
    assert all(word and not word.isascii() for word in MARKS.values())


def test_numbers_of_cards_and_citizens_are_known_by_their_digits() -> None:
    assert is_card("4111-1111-1111-1111")
    assert not is_card("4111111111111112")
    assert not is_card("0000000000000")
    assert is_citizen_id("110101199003071230")
    assert not is_citizen_id("110101199013071230")


def test_of_many_names_those_that_may_stand_in_a_text_are_looked_for() -> None:
    text = "Ask ACME  Ltd, or ring 138-1234 5678."
    names = {
        "Acme Ltd": "customer",
        "Globex": "customer",
        "+13812345678": "phone",
        "13899999999": "phone",
        "c12": "customer",
    }
    assert set(standing_in(text, names)) == {"Acme Ltd", "+13812345678"}
    assert [it.words for it in found_in(text, names)] == ["ACME  Ltd", "138-1234 5678"]
