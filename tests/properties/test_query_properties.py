"""What holds for every query: it parses or says why, logic is logic, and its normal form means the same."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from querydesk import NOW, parsed

from tkt.query import QueryError

# --- queries and tickets by chance ---

_MARKS = [
    ":",
    "：",
    " ",
    "-",
    "(",
    ")",
    "（",
    "）",
    '"',
    "“",
    "”",
    "\\",
    ",",
    "，",
    "..",
    ">",
    "<=",
    "≥",
    "OR",
    "\u3000",
]
_FIELDS = [
    "status",
    "priority",
    "owner",
    "received",
    "amount",
    "made_sla",
    "due",
    "age",
    "title",
    "tag",
    "text",
    "优先级",
]
_VALUES = [
    "open",
    "P1",
    "P3",
    "me",
    "none",
    "any",
    "7d",
    "-2h",
    "2026-10-01",
    "2026",
    "today",
    "3",
    "yes",
    "a",
    "0",
    "é",
    "是",
]
SCRAPS = st.lists(st.sampled_from([*_MARKS, *_FIELDS, *_VALUES]), max_size=12).map("".join)
ANY_TEXT = st.one_of(SCRAPS, st.text(max_size=40))

_TERMS = st.sampled_from(
    [
        "a", "发票", '"a b"', "title:a,b", "priority:P1,P2", "priority:<=P2", "priority:none", "status:open",
        "status:closed", "owner:me", "team:mine", "tag:any", "tag:b", "amount:>2", "amount:1..3", "made_sla:no",
        "received:>=2026-10-01", "received:<2d", "received:today", "due:<4h", "due:none", "age:>7d", "sla:breached",
        "-a", "（a OR 发票）",
    ]
)  # fmt: skip


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map(lambda each: f"{each[0]} {each[1]}"),
        pairs.map(lambda each: f"{each[0]} OR {each[1]}"),
        inner.map(lambda each: f"-({each})"),
        inner.map(lambda each: f"({each})"),
    )


QUERIES = st.recursive(_TERMS, _combined, max_leaves=6)

_INSTANTS = st.integers(-30 * 86400, 30 * 86400).map(lambda seconds: NOW + timedelta(seconds=seconds))
TICKETS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["new", "assigned", "in-progress", "waiting", "resolved", "closed"]),
        "text": st.sampled_from(["", "a b", "发票 A", "b"]),
        "title": st.sampled_from([None, "a b", "b", "发票"]),
        "priority": st.sampled_from([None, "P1", "P2", "P3", "P4"]),
        "owner": st.sampled_from([None, "li.wei", "ann"]),
        "team": st.sampled_from([None, "tech", "support"]),
        "tags": st.lists(st.sampled_from(["a", "b"]), unique=True),
        "amount": st.one_of(st.none(), st.integers(0, 4)),
        "made_sla": st.sampled_from([None, True, False]),
        "received_at": _INSTANTS,
        "due": st.one_of(st.none(), _INSTANTS),
        "age": st.integers(0, 30 * 86400),
        "sla": st.sampled_from(["breached", "active", "uncovered"]),
    }
)


def holds(text: str, ticket: Mapping[str, Any]) -> bool:
    return parsed(text).matches(ticket.get)


# --- what holds ---


@given(ANY_TEXT)
def test_any_text_parses_or_is_a_query_error_with_a_column_in_it(text: str) -> None:
    column = None
    try:
        parsed(text)
    except QueryError as error:
        column = error.column
    assert column is None or 1 <= column <= len(text) + 1


@given(ANY_TEXT, TICKETS)
def test_what_parses_can_be_asked_of_any_ticket(text: str, ticket: dict[str, Any]) -> None:
    with contextlib.suppress(QueryError):
        assert holds(text, ticket) in (True, False)


@given(ANY_TEXT, TICKETS)
def test_the_normal_form_of_what_parses_means_the_same(text: str, ticket: dict[str, Any]) -> None:
    with contextlib.suppress(QueryError):
        query = parsed(text)
        again = parsed(query.text)
        assert again.text == query.text
        assert again.fields == query.fields
        assert (again.uses_now, again.uses_reader) == (query.uses_now, query.uses_reader)
        assert again.matches(ticket.get) is query.matches(ticket.get)


@given(QUERIES, TICKETS)
def test_the_normal_form_of_a_query_means_the_same(text: str, ticket: dict[str, Any]) -> None:
    assert holds(parsed(text).text, ticket) is holds(text, ticket)


@given(QUERIES, TICKETS)
def test_minus_is_not(text: str, ticket: dict[str, Any]) -> None:
    assert holds(f"-({text})", ticket) is not holds(text, ticket)


@given(QUERIES, QUERIES, TICKETS)
def test_the_laws_of_de_morgan_hold(one: str, other: str, ticket: dict[str, Any]) -> None:
    assert holds(f"-(({one}) ({other}))", ticket) is holds(f"-({one}) OR -({other})", ticket)
    assert holds(f"-(({one}) OR ({other}))", ticket) is holds(f"-({one}) -({other})", ticket)


@given(QUERIES, TICKETS)
def test_a_status_that_cannot_match_never_does(text: str, ticket: dict[str, Any]) -> None:
    if holds(text, ticket):
        assert parsed(text).can_match_status(ticket["status"])


@given(TICKETS, st.sampled_from(["2h", "3d", "1w"]))
def test_an_instant_is_younger_older_or_exactly_as_old(ticket: dict[str, Any], age: str) -> None:
    answers = [holds(f"received:{sign}{age}", ticket) for sign in ("<", ">")]
    exact = holds(f"received:{age}..{age}", ticket)
    assert [*answers, exact].count(True) == 1
    assert holds(f"received:<={age}", ticket) is (answers[0] or exact)
