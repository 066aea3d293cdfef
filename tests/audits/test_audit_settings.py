"""A range does not judge itself: what it changes of the rules, the people and the programs is told."""

from __future__ import annotations

import msgspec
import pytest
from audit_desk import manner, told, whole
from flowdesk import changed, desk

from tkt.audits.settings import configuration, is_configuration, people, programs
from tkt.schema import PersonDecl

PEOPLE = "config/people.yaml"


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("tkt.yaml", True),
        ("config/sla.yaml", True),
        ("config/calendars/CN-2027.yaml", True),
        ("config/hooks/notify.yaml", False),
        ("config/.schemas/sla.yaml", False),
        ("config/hooks/ticket-closed", False),
        ("knowledge/a.md", False),
        ("customers/tkt.yaml", False),
    ],
)
def test_which_files_are_configuration(path: str, is_one: bool) -> None:
    assert is_configuration(path) is is_one
    assert bool(list(configuration(whole(files=(path,))))) is is_one


def test_a_configuration_that_cannot_be_read_is_an_error() -> None:
    found = list(configuration(whole(files=("tkt.yaml",), is_readable=False)))
    assert [it.level for it in found] == ["note", "error"]


def test_who_was_added_removed_or_changed_is_told() -> None:
    persons = dict(desk().people.people)
    del persons["wang.fang"]
    persons["li.wei"] = msgspec.structs.replace(persons["li.wei"], aliases=["evil@else.example"])
    persons["chen.gone"] = msgspec.structs.replace(persons["chen.gone"], kind="agent")
    persons["new.one"] = PersonDecl(name="New")
    ours = changed("people", people=persons)
    case = whole(judged=manner(config=desk()), files=(PEOPLE,), ours=ours)
    assert told(people, case) == [
        (
            "note",
            "li.wei gets other mail addresses, unknown to this audit: li.wei@desk.example, evil@else.example",
        ),
        ("note", "wang.fang was removed from config/people.yaml: still of the desk to this audit"),
        ("note", "chen.gone becomes agent in config/people.yaml: former to this audit"),
        ("note", "new.one was added to config/people.yaml: nobody yet to this audit"),
    ]


def test_the_same_people_are_not_told() -> None:
    assert list(people(whole(judged=manner(config=desk()), files=(PEOPLE,), ours=desk()))) == []
    assert list(people(whole(judged=manner(config=desk()), files=("tkt.yaml",), ours=desk()))) == []


@pytest.mark.parametrize("path", ["config/hooks/closed.sh", ".gitattributes", "tickets/.gitattributes"])
def test_programs_and_what_git_runs_are_told(path: str) -> None:
    (found,) = programs(whole(files=(path,)))
    assert (found.level, found.path) == ("note", path)
    assert path in str(found.message)
