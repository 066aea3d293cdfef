"""Articles about the same are found by the rare words that they share."""

from __future__ import annotations

from tkt.helpcentre.likeness import alike

TEXTS = {
    "invoice": "How to request a VAT invoice for a paid order: open orders, request invoice, tax number",
    "void": "Cancel a VAT invoice and issue it again: tax number wrong, paid order, invoice",
    "print": "The printer prints blurred: replace the toner, clean the head of the printer",
    "toner": "Where to buy toner for the printer, and how to replace the toner",
    "发票": "申请增值税电子发票：填写抬头和税号后提交",
    "红字": "增值税电子发票作废：抬头或税号填写错误时申请红字",
    "登录": "登录失败五次后账号锁定三十分钟",
}


def test_the_most_alike_come_first_and_the_strange_not_at_all() -> None:
    found = alike(TEXTS, 3)
    assert found["invoice"][0] == "void"
    assert found["print"] == ("toner",)
    assert found["发票"] == ("红字",)
    assert found["登录"] == ()


def test_never_more_than_asked_for_and_never_itself() -> None:
    texts = {str(number): "replace the toner of the printer today" for number in range(4)}
    texts |= {f"other {number}": f"nothing {number}" for number in range(40)}
    found = alike(texts, 2)
    assert found["0"] == ("1", "2")
    assert found["3"] == ("0", "1")


def test_nothing_is_like_the_only_one() -> None:
    assert alike({"a": "some words"}, 3) == {"a": ()}
    assert alike({}, 3) == {}
