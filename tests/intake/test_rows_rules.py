"""`tkt import csv`: an open row gets what a new ticket gets, and is in somebody's list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from helpers import DeskAtWork
from table_desk import HEADER, OPEN, ROW, csv_text, row, table_file

NOW = "2026-11-21T08:00:00Z"


@pytest.fixture
def desk(desk: DeskAtWork) -> DeskAtWork:
    return desk.at(NOW)


def listed(desk: DeskAtWork, number: str) -> dict[str, Any]:
    (found,) = desk.json("list", f"external_id:{number}")
    return dict(found)


def going(number: str, words: str, priority: str = "中") -> tuple[str, ...]:
    return (number, *OPEN[1:4], words, "", priority, "处理中", "", "")


def test_an_open_row_gets_the_team_of_the_rules_and_a_finished_one_stays(
    desk: DeskAtWork, tmp_path: Path
) -> None:
    file = table_file(tmp_path, ROW, OPEN, going("3", "请问怎么用"))
    desk.json("import", "csv", file)
    assert listed(desk, "TS-001").get("team") is None
    assert (listed(desk, "TS-002")["team"], listed(desk, "3")["team"]) == ("operations", "support")
    (given,) = [it for it in desk.json("show", listed(desk, "3")["id"])["events"] if it["did"] == "set"]
    assert (given["by"], given["at"], given["to"]) == ("rule:rest", "2026-11-03T06:30:00Z", "support")
    assert desk.json("check")["errors"] == 0
    again = desk.json("import", "csv", file)
    assert (again["unchanged"], again["faults"], again["commit"]) == (3, [], None)


def test_what_a_row_says_itself_stays_and_urgency_is_only_raised(desk: DeskAtWork, tmp_path: Path) -> None:
    header = (*HEADER, "部门", "紧急程度", "影响范围")
    rows = [
        (*going("1", "快递没动静"), "finance", "", ""),
        (*going("2", "插座冒烟", "低"), "", "绿", "one"),
        (*going("3", "插座冒烟", ""), "", "绿", "one"),
    ]
    file = table_file(tmp_path, *rows, header=header)
    desk.json("import", "csv", file)
    assert listed(desk, "1")["team"] == "finance"
    own, ruled = listed(desk, "2"), listed(desk, "3")
    assert (own["urgency"], own["team"], own["priority"]) == ("red", "quality", "P4")
    assert (ruled["urgency"], ruled["priority"]) == ("red", "P2")
    assert desk.json("import", "csv", file)["unchanged"] == 3
    assert desk.json("check")["errors"] == 0


def test_a_row_that_names_a_team_later_is_believed(desk: DeskAtWork, tmp_path: Path) -> None:
    header = (*HEADER, "部门")
    desk.json("import", "csv", table_file(tmp_path, (*OPEN, ""), header=header))
    named = table_file(tmp_path, (*OPEN, "finance"), header=header)
    answer = desk.json("import", "csv", named)
    assert (answer["changed"], answer["faults"]) == (1, [])
    assert listed(desk, "TS-002")["team"] == "finance"
    # when people of the desk have moved it on, their word stands
    desk.tkt("set", listed(desk, "TS-002")["id"], "team=tech")
    third = desk.json("import", "csv", table_file(tmp_path, (*OPEN, "success"), header=header))
    assert [fault["used"] for fault in third["faults"]] == [True]
    assert listed(desk, "TS-002")["team"] == "tech"


def test_a_constant_priority_holds_only_where_nothing_else_gives_one(
    desk: DeskAtWork, tmp_path: Path
) -> None:
    header = (*HEADER, "紧急程度", "影响范围")
    rows = [
        (*going("1", "a", ""), "红", "多数客户"),
        (*going("2", "b", "低"), "红", "多数客户"),
        (*going("3", "c", ""), "", ""),
    ]
    file = table_file(tmp_path, *rows, header=header)
    refused = desk.tkt("import", "csv", file, code=2).err
    assert refused.index("--set impact=one") < refused.index("--set priority=P3")
    desk.json("import", "csv", file, "--set", "priority=P3")
    assert [listed(desk, number)["priority"] for number in "123"] == ["P1", "P4", "P3"]
    again = desk.json("import", "csv", file, "--set", "priority=P3")
    assert again["unchanged"] == 3


def test_the_hint_of_a_row_without_impact_gives_a_priority(desk: DeskAtWork, tmp_path: Path) -> None:
    file = table_file(tmp_path, (*going("1", "a", ""), "红"), header=(*HEADER, "紧急程度"))
    assert "hint: --set impact=one lets" in desk.tkt("import", "csv", file, code=2).err
    desk.json("import", "csv", file, "--set", "impact=one")
    assert listed(desk, "1")["priority"] == "P2"


def test_rejected_rows_are_read_with_the_map_of_the_table(desk: DeskAtWork, tmp_path: Path) -> None:
    table = tmp_path / "投诉.csv"
    text = csv_text(ROW, row("2", 处理状态="搞定了"), delimiter=";")
    table.write_bytes(f"投诉登记\r\n{text}".encode("gb18030"))
    mapping = tmp_path / "map.yaml"
    mapping.write_text('source: t\nencoding: gb18030\ndelimiter: ";"\nheader: 2\n', "utf-8")
    bad = tmp_path / "bad.csv"
    desk.json("import", "csv", str(table), "--map", str(mapping), "--skip-bad", str(bad))
    bad.write_text(bad.read_text("utf-8-sig").replace("搞定了", "已完成"), "utf-8-sig")
    fixed = desk.json("import", "csv", str(bad), "--map", str(mapping))
    assert (fixed["new"], fixed["read_as"]["encoding"]) == (1, "utf-8-sig")


@pytest.mark.parametrize("word", ["高", "urgent-ish"])
def test_an_urgency_of_another_scale_is_refused_with_the_words_that_are_known(
    desk: DeskAtWork, tmp_path: Path, word: str
) -> None:
    file = table_file(tmp_path, (*going("1", "a"), word), header=(*HEADER, "紧急程度"))
    said = desk.tkt("import", "csv", file, "--lang", "zh", code=2).err
    for known in ("red", "紧急（红）", "yellow", "较急（黄）", "green", "常规（绿）"):
        assert known in said
