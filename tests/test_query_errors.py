"""A wrong query is told with its column, what is wrong, and the nearest right thing (docs/query.md)."""

from __future__ import annotations

import pytest
from querydesk import PEOPLE, configuration, finds, parsed

from tkt.errors import EXIT_ERROR
from tkt.fields import field_specs
from tkt.query import QueryError, parse_query


def fault(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parsed(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "words", "hint"),
    [
        ("a statsu:open", 3, "there is no field statsu", "did you mean status:?"),
        ("sla.frist_response:met", 1, "no field sla.frist_response", "sla.first_response:"),
        ("http://x.example/a", 1, "no field http", 'in quotes: "http://x.example/a"'),
        ("报错:超时", 1, "no field 报错", 'in quotes: "报错:超时"'),
        ("报错：E104", 1, "no field 报错", 'in quotes: "报错：E104"'),
        ("优先极：高", 1, "no field 优先极", 'To search for the words, put them in quotes: "优先极：高"'),
        ("发票 statsu：open", 4, "there is no field statsu", "did you mean status:? To search"),
        ("status:opne", 8, "opne is not a value of status", "resolved, closed, open, all"),
        ("status:opne", 8, "opne is not a value of status", "did you mean status:open? Known are: "),
        ("priority:P1,P9", 13, "P9 is not a value of priority", "known are"),
        ("category:fualt", 10, "fualt is not a value of category", "category:fault"),
        ("category:request/fault", 10, "is not a value of category", "did you mean category:request/"),
        ("colour:bleu", 8, "bleu is not a value of colour", "colour:blue"),
        ("owner:lee", 7, "lee is not a value of owner", "did you mean owner:ann?"),
        ("team:tehc", 6, "tehc is not a value of team", "team:tech"),
        ("sla:late", 5, "late is not a value of service level", "breached"),
        ("made_sla:1", 10, "1 is not a value of SLA met", "made_sla:yes or made_sla:no"),
        ("amount:many", 8, "many is not a value of amount", "amount:>0"),
        ("age:>7", 6, "7 is not a value of age", "1h30m"),
        ("received:>=2026-13-01", 12, "2026-13-01 is not a value of received", "2026-10-01"),
        ("received:2026-10-01..7d", 22, "7d is not a value of received", "dates are written"),
        ("received:2d..2026-10-01", 14, "2026-10-01 is not a value", "durations are written"),
        ("received:2026-10..2026-01", 10, "ends before it begins", "received_at:2026-01..2026-10"),
        ("priority:P3..P1", 10, "ends before it begins", "priority:P1..P3"),
        ("title:>3", 7, "title has no order", 'title:">…"'),
        ("age>7d", 4, "a colon is missing after the field age", "age:>7d"),
        ("priority=P1", 9, "a colon is missing", "priority:P1"),
        ("tag:", 5, "a value of tags is missing", "tags:any"),
        ("priority:P1, P2", 13, "a value of priority is missing", "priority:P1"),
        ("received:..", 12, "a value of received is missing", "2026-10-01"),
        ('title:""', 7, "nothing between the quotes", ""),
        ('a ""', 3, "nothing between the quotes", ""),
        ('title:"a', 7, "a quote is not closed", 'close it with "'),
        ('a "b\\"', 3, "a quote is not closed", ""),
        ("(a", 1, "a bracket is not closed", ")"),
        ("a )", 3, "a closing bracket without its opening one", ""),
        ("()", 2, "a condition is missing", "status:open"),
        ("a OR", 5, "a condition is missing", ""),
        ("OR a", 1, "OR stands between two conditions", '"OR"'),
        ("a OR OR b", 6, "OR stands between two conditions", '"OR"'),
        ("a - b", 3, "- stands directly before what it denies", '"-"'),
        ("-", 1, "- stands directly before what it denies", '"-"'),
        ("a AND b", 3, "leave AND out", '"AND"'),
        ("NOT a", 1, "write - directly before", '"NOT"'),
        ("(" * 60 + "a" + ")" * 60, 51, "nested too deeply", ""),
        ("-" * 60 + "a", 51, "nested too deeply", ""),
    ],
)
def test_a_wrong_query_is_told_with_its_place_and_the_nearest_right_one(
    text: str, column: int, words: str, hint: str
) -> None:
    error = fault(text)
    assert error.column == column
    assert words in str(error)
    assert f"column {column}" in str(error)
    assert hint in str(error.hint or "")


def test_an_error_in_a_query_is_a_usage_error() -> None:
    assert (QueryError.code, QueryError.exit_code) == ("query", EXIT_ERROR)


def test_a_wrong_field_is_told_wherever_it_stands() -> None:
    assert fault("发票 -(a OR statsu:open)").column == 11


def test_people_and_teams_are_believed_where_the_desk_lists_none() -> None:
    # given a desk without people or teams
    fields = field_specs(configuration(people={"teams": {}, "people": {}}))
    # then any name is a value
    query = parse_query("owner:somebody team:nobody", fields, now=None)
    assert query.matches({"owner": "somebody", "team": "nobody"}.get)
    # but where there are people, a name that is none of theirs is a mistake
    with pytest.raises(QueryError):
        parse_query("owner:somebody", field_specs(configuration(people=PEOPLE)), now=None)


def test_who_asks_must_be_known_when_it_matters() -> None:
    # given a query in person, parsed where nobody asks in person
    query = parsed("owner:me OR team:mine", me=None)
    # then it says so, and does not answer
    assert query.uses_reader
    with pytest.raises(QueryError, match="whoever asks") as caught:
        query.matches({"owner": "li.wei"}.get)
    assert "git config user.email" in str(caught.value.hint)


def test_the_first_words_of_a_long_label_are_enough() -> None:
    assert finds("impact:多数客户", {"impact": "many"})
