"""Names are found as whole words, identities as what they are, and nothing else is touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.actions.pseudonyms import Pseudonyms, new_pseudonym, one_each
from tkt.privacy.parts import counted_parts
from tkt.privacy.probing import Probe

PEOPLE = Pseudonyms(
    literals={
        "Li": "P",
        "Zhang Wei": "P",
        "张伟": "P",
        "Émile": "P",
        "wei@acme.example": "P",
        "+86 29 5550 6701": "P",
        'O"Hara': "P",
    }
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("like Li, LI and li's", "like P, P and P's"),
        ("Liu, liLi, li_x, x2li", "Liu, liLi, li_x, x2li"),
        ("Zhang  Wei and zhang\nwei", "P and P"),
        ("联系张伟吧，或者Li。", "联系P吧，或者P。"),
        ("ÉMILE, émilien", "P, émilien"),
        ("WEI@acme.example.", "P."),
        ("zhang.wei@acme.example", "zhang.wei@acme.example"),
        ("wei@acme.example.com", "wei@acme.example.com"),
        ("call +86-29-5550-6701 or 86 (29) 55506701", "call P or P"),
        ("order 1862955506701", "order 1862955506701"),
        ("SO862955506701, 862955506701X, 电话862955506701", "SO862955506701, 862955506701X, 电话P"),
        ('ask O"Hara', "ask P"),
    ],
)
def test_a_name_is_found_as_a_whole_word_in_whatever_case(text: str, meant: str) -> None:
    assert PEOPLE.word(text) == meant


def test_what_is_too_short_is_looked_for_nowhere() -> None:
    assert Pseudonyms(literals={"X": "P", " ": "P"}).word("X marks") == "X marks"


def test_a_contact_is_one_pseudonym_and_its_other_parts_go() -> None:
    assert PEOPLE.contact({"name": "zhang wei", "role": "buyer"}) == {"name": "P"}
    assert PEOPLE.contact({"email": "wei@acme.example"}) == {"name": "P"}
    assert PEOPLE.contact({"name": "Ann"}) is None


def test_contacts_with_something_in_common_are_one_person() -> None:
    found = one_each(
        [
            {"name": "Ann", "email": "a@x.example"},
            {"name": "Bob"},
            {"account": "A@X.example", "phone": "555 0123456"},
        ],
        "customer",
    )
    assert found["Ann"] == found["a@x.example"] == found["555 0123456"] != found["Bob"]
    assert re.fullmatch("customer-[0-9a-z]{6}", found["Bob"])


def test_a_pseudonym_is_another_one_each_time() -> None:
    assert len({new_pseudonym("customer") for _ in range(100)}) == 100


@given(st.text(), st.text(), st.sampled_from(sorted(PEOPLE.literals)))
def test_the_probe_never_overlooks_what_is_found(before: str, behind: str, name: str) -> None:
    text = f"{before}{name}{behind}"
    if PEOPLE.count(text):
        assert Probe(PEOPLE.literals).may_hold(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("yaml", ['"O\\"Hara"', "zhang\n    wei", "8629-5550 6701", "ÉMILE", "emile LI"])
def test_the_probe_sees_through_how_yaml_writes_a_name(yaml: str) -> None:
    assert Probe(PEOPLE.literals).may_hold(yaml.encode())


def test_a_file_without_a_name_is_not_looked_into() -> None:
    assert not Probe(["张伟", "wei@acme.example", "13800138000"]).may_hold(
        "王伟 wei@acme.com 1380013".encode()
    )


@given(st.text())
def test_nothing_of_a_text_but_the_names_changes(text: str) -> None:
    assert PEOPLE.word(PEOPLE.word(text)) == PEOPLE.word(text)
    left = PEOPLE.word(text)
    at = 0
    for piece in left.split("P"):
        at = text.index(piece, at) + len(piece)


def test_other_names_of_a_person_are_told_and_not_replaced() -> None:
    texts = ["Hi Daniel, the price is", "Daniel! Mr Price", "陈女士您好，陈经理在吗"]
    assert counted_parts(["Daniel Price", "陈静"], texts) == {
        "Daniel": 2,
        "Price": 1,
        "陈女士": 1,
        "陈经理": 1,
    }
    assert counted_parts(["Cher"], ["Cher"]) == {}
