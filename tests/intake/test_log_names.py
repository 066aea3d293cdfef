from __future__ import annotations

import re

from build_log import imported, log, small_map

from tkt.intake.log.names import Names, slug
from tkt.schema import Configuration, PersonDecl


def test_ids_are_made_from_names() -> None:
    assert slug("Resolver  17") == "resolver-17"
    assert slug("O'Brien, Sean") == "o-brien-sean"


def test_names_that_ascii_cannot_tell_apart_have_different_ids() -> None:
    assert re.fullmatch(r"name-[0-9a-f]{6}", slug("张伟"))
    assert slug("张伟") != slug("张玮")
    assert re.fullmatch(r"jose-[0-9a-f]{6}", slug("José"))
    assert slug("???").startswith("name-")


def test_the_desks_own_people_are_found_by_name_or_id() -> None:
    names = Names({}, {"li.wei": ("李伟",), "ann": ("Ann Lee",)})
    assert names.id_of("李伟") == "li.wei"
    assert names.id_of("ann  LEE") == "ann"
    assert names.id_of("Ann") == "ann"
    assert names.new == {}


def test_the_map_decides_before_the_desk() -> None:
    names = Names({"Ann Lee": "a.lee"}, {"ann": ("Ann Lee",)})
    assert names.id_of("Ann Lee") == "a.lee"
    assert names.new == {"a.lee": "Ann Lee"}


def test_two_new_names_never_share_an_id() -> None:
    names = Names({}, {})
    assert [names.id_of(name) for name in ("A B", "a  b", "A-B", "A B")] == ["a-b", "a-b", "a-b-2", "a-b"]
    assert names.new == {"a-b": "A B", "a-b-2": "A-B"}


def test_people_whom_the_desk_has_are_not_new(config: Configuration) -> None:
    found = imported(log("7 09:05 New owner=Ann"), small_map(people={"Ann": "ann.lee"}), config)
    assert found.tickets[0].owner == "ann.lee"
    assert found.people == {"ann.lee": PersonDecl(name="Ann", kind="former")}


def test_a_fields_declaration_is_asked_for_once(config: Configuration) -> None:
    found = imported(log("7 09:05 New"), small_map(), config)
    assert found.fields["kept_field"].source == "import:old"
    logmap = small_map(fields={"symptom": {"column": "kept"}})
    assert imported(log("7 09:05 New"), logmap, config).fields == {}
