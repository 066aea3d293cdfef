"""`tkt import csv`: one row becomes one ticket, once, and nothing is dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import DeskAtWork
from table_desk import HEADER, OPEN, ROW, csv_text, row, table_file

from tkt.store.codec.reading import read_document

NOW = "2026-11-21T08:00:00Z"


@pytest.fixture
def desk(desk: DeskAtWork) -> DeskAtWork:
    return desk.at(NOW)


def events(desk: DeskAtWork, number: str) -> list[dict[str, object]]:
    found = desk.json("list", f"external_id:{number}")
    assert len(found) == 1
    return desk.json("show", found[0]["id"])["events"]


def test_a_chinese_table_comes_in_without_a_map(desk: DeskAtWork, tmp_path: Path) -> None:
    answer = desk.json("import", "csv", table_file(tmp_path, ROW, OPEN))
    assert (answer["rows"], answer["new"], answer["left_out"]) == (2, 2, [])
    done, going = (desk.json("list", f"external_id:{number}")[0] for number in ("TS-001", "TS-002"))
    assert (done["status"], done["priority"], done["channel"]) == ("closed", "P2", "phone")
    assert done["contact"] == {"name": "张伟"}
    assert done["received_at"] == "2026-11-02T01:05:00Z"
    assert done["closed_at"] == "2026-11-02T07:30:00Z"
    assert done["resolution"] == {"code": "fixed", "text": "已重新开具", "cause": "unknown"}
    assert (going["status"], going["title"]) == ("in-progress", "快递没动静")
    assert [event["did"] for event in events(desk, "TS-001")] == ["opened", "imported", "message", "moved"]
    assert desk.json("check")["errors"] == 0


def test_the_same_table_again_changes_nothing(desk: DeskAtWork, tmp_path: Path) -> None:
    file = table_file(tmp_path, ROW, OPEN)
    desk.json("import", "csv", file)
    head = desk.git("rev-parse", "HEAD")
    again = desk.at("2026-11-22T08:00:00Z").json("import", "csv", file)
    assert (again["unchanged"], again["new"], again["changed"], again["commit"]) == (2, 0, 0, None)
    assert desk.git("rev-parse", "HEAD") == head
    assert desk.git("status", "--porcelain") == ""


def test_two_clones_make_the_same_files(desk: DeskAtWork, tmp_path: Path) -> None:
    file = table_file(tmp_path, ROW, OPEN)
    desk.json("import", "csv", file, "--no-commit")
    first = {path.name: path.read_bytes() for path in desk.root.glob("tickets/**/*.yaml")}
    desk.git("checkout", "-q", ".")
    desk.git("clean", "-qfd", "tickets")
    desk.at("2026-11-22T08:00:00Z").json("import", "csv", file, "--no-commit")
    assert {path.name: path.read_bytes() for path in desk.root.glob("tickets/**/*.yaml")} == first


def test_a_changed_row_changes_what_changed(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.json("import", "csv", table_file(tmp_path, ROW, OPEN))
    changed = ("TS-002", *OPEN[1:6], "高", "已完成", "已补发", "2026-11-20 10:00")
    answer = desk.json("import", "csv", table_file(tmp_path, ROW, changed))
    assert (answer["unchanged"], answer["changed"], answer["faults"]) == (1, 1, [])
    found = desk.json("list", "external_id:TS-002")[0]
    assert (found["status"], found["priority"]) == ("closed", "P2")
    assert found["closed_at"] == "2026-11-20T02:00:00Z"
    assert found["resolution"]["text"] == "已补发"
    assert desk.json("check")["errors"] == 0
    again = desk.json("import", "csv", table_file(tmp_path, ROW, changed))
    assert (again["unchanged"], again["commit"]) == (2, None)


def test_what_people_of_the_desk_changed_stands(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.json("import", "csv", table_file(tmp_path, OPEN))
    ticket = desk.json("list", "status:all")[0]["id"]
    desk.tkt("set", ticket, "order_no=A-1", "tags=vip")
    desk.tkt("note", ticket, "-m", "called")
    # when the same table comes again, nothing is taken back
    again = desk.json("import", "csv", table_file(tmp_path, OPEN))
    assert (again["unchanged"], again["faults"]) == (1, [])
    # when both changed the same, the desk's word stands and it is told
    desk.tkt("assign", ticket, "li.wei", code=None)
    desk.json("set", ticket, "channel=email")
    other = table_file(tmp_path, ("TS-002", OPEN[1], "电话", *OPEN[3:]))
    third = desk.json("import", "csv", other)
    assert [fault["used"] for fault in third["faults"]] == [True]
    assert desk.json("show", ticket)["channel"] == "email"


def test_words_that_read_otherwise_are_told_and_kept(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.json("import", "csv", table_file(tmp_path, OPEN))
    other = (*OPEN[:4], "别的话", *OPEN[5:])
    answer = desk.json("import", "csv", table_file(tmp_path, other))
    assert (answer["unchanged"], len(answer["faults"]), answer["commit"]) == (1, 1, None)


def test_all_rows_or_none(desk: DeskAtWork, tmp_path: Path) -> None:
    head = desk.git("rev-parse", "HEAD")
    file = table_file(
        tmp_path, ROW, row("2", 处理状态="搞定了"), row("3", 受理时间="31/12/26"), row("TS-001")
    )
    answer = desk.tkt("import", "csv", file, code=2)
    assert f"{file}:3: 处理状态" in answer.err
    assert f"{file}:4: 受理时间: 31/12/26 is not a time" in answer.err
    assert f"{file}:5: number TS-001 stands in row 2 already" in answer.err
    assert desk.git("rev-parse", "HEAD") == head
    assert desk.git("status", "--porcelain") == ""


def test_bad_rows_are_left_in_a_file_that_can_be_corrected(desk: DeskAtWork, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    file = table_file(tmp_path, ROW, row("2", 处理状态="搞定了", 客户原话="=1+1"))
    answer = desk.json("import", "csv", file, "--skip-bad", str(bad))
    assert (answer["new"], answer["rows_rejected"]) == (1, 1)
    text = bad.read_text("utf-8-sig")
    assert "'=1+1" in text
    assert "搞定了" in text
    # when it is corrected and imported, the reasons in front are skipped
    bad.write_text(text.replace("搞定了", "已完成"), "utf-8-sig")
    fixed = desk.json("import", "csv", str(bad))
    assert (fixed["new"], fixed["unchanged"], fixed["left_out"]) == (1, 0, [])
    assert "=1+1" in [event.get("text") for event in events(desk, "2")]


def test_the_same_fault_of_many_rows_is_told_once(desk: DeskAtWork, tmp_path: Path) -> None:
    rows = [row(str(number), 处理状态="搞定了") for number in range(30)]
    answer = desk.tkt("import", "csv", table_file(tmp_path, *rows), code=2)
    assert answer.err.count("cannot be 搞定了") == 1
    assert "29 more rows" in answer.err


def test_a_dry_run_says_what_each_column_is_taken_for(desk: DeskAtWork, tmp_path: Path) -> None:
    header = (*HEADER, "门店经理")
    answer = desk.tkt("import", "csv", table_file(tmp_path, (*ROW, "老王"), header=header), "--dry-run")
    assert "the customer's words" in answer.out
    assert "门店经理" in answer.out
    assert "发票打不开" in answer.out
    assert desk.json("list", "status:all") == []


def test_a_column_is_kept_as_a_field_or_named_as_left_out(desk: DeskAtWork, tmp_path: Path) -> None:
    file = table_file(tmp_path, (*ROW, "老王"), header=(*HEADER, "门店经理"))
    assert desk.json("import", "csv", file, "--dry-run")["left_out"] == ["门店经理"]
    desk.json("import", "csv", file, "--keep", "manager=门店经理")
    assert desk.json("list", "manager:老王")[0]["manager"] == "老王"
    assert desk.json("list", "门店经理:老王") != []
    # when it comes again the column is known by its label
    assert desk.json("import", "csv", file)["unchanged"] == 1


def test_rows_without_a_number_are_known_by_what_they_say(desk: DeskAtWork, tmp_path: Path) -> None:
    file = table_file(tmp_path, ROW[1:], OPEN[1:], header=HEADER[1:])
    answer = desk.json("import", "csv", file)
    assert (answer["new"], answer["rows_without_number"]) == (2, 2)
    assert desk.json("import", "csv", file)["unchanged"] == 2
    # a row that says the same twice is a fault
    double = table_file(tmp_path, ROW[1:], ROW[1:], header=HEADER[1:])
    assert "says the same as row 2" in desk.tkt("import", "csv", double, code=2).err


def test_an_end_without_a_time_is_refused_unless_said(desk: DeskAtWork, tmp_path: Path) -> None:
    file = table_file(tmp_path, row(完成时间=""))
    assert "--undated received" in desk.tkt("import", "csv", file, code=2).err
    desk.json("import", "csv", file, "--undated", "received")
    assert desk.json("list", "status:closed")[0]["closed_at"] == "2026-11-02T01:05:00Z"


def test_a_day_without_a_time_ends_in_its_last_second(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.json("import", "csv", table_file(tmp_path, row(完成时间="2026-11-02")))
    assert desk.json("list", "status:closed")[0]["closed_at"] == "2026-11-02T15:59:59Z"


def test_an_end_before_the_beginning_is_a_fault(desk: DeskAtWork, tmp_path: Path) -> None:
    answer = desk.tkt("import", "csv", table_file(tmp_path, row(完成时间="2026-11-01 10:00")), code=2)
    assert "before the request was received" in answer.err
    answer = desk.tkt(
        "import", "csv", table_file(tmp_path, row(受理时间="2027-11-01 10:00", 完成时间="")), code=2
    )
    assert "in the future" in answer.err


def test_the_answer_and_the_notes_become_events(desk: DeskAtWork, tmp_path: Path) -> None:
    header = (*HEADER, "回复", "回复时间", "备注", "跟进记录")
    file = table_file(tmp_path, (*ROW, "已为您重开", "2026-11-02 10:00", "老客户", "已电话"), header=header)
    desk.json("import", "csv", file)
    found = events(desk, "TS-001")
    assert [event["did"] for event in found] == [
        "opened",
        "imported",
        "message",
        "message",
        "moved",
        "note",
        "note",
    ]
    assert (found[3]["at"], found[3]["role"]) == ("2026-11-02T02:00:00Z", "agent")
    assert "lacks" not in found[1]
    assert [event["text"] for event in found[5:]] == ["备注: 老客户", "跟进记录: 已电话"]
    assert desk.json("import", "csv", file)["unchanged"] == 1


def test_a_number_that_counts_from_one_again_is_caught(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.json("import", "csv", table_file(tmp_path, row("1")))
    other = table_file(tmp_path, row("1", 受理时间="2026-11-05 09:00", 完成时间="2026-11-05 10:00"))
    assert "--source" in desk.tkt("import", "csv", other, code=2).err
    assert desk.json("import", "csv", other, "--source", "november")["new"] == 1


def test_what_is_exported_here_is_not_imported_here(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.tkt("new", "--channel", "phone", "--text", "words")
    desk.tkt("export", "csv", "-o", str(tmp_path / "own.csv"))
    assert "is a ticket of this desk" in desk.tkt("import", "csv", str(tmp_path / "own.csv"), code=2).err


def test_a_map_says_what_names_do_not(desk: DeskAtWork, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("A;B;C;D\n7;31.12.2025 10:00;fertig;kaputt\n8;01.01.2026 10:00;offen;laut\n", "utf-8")
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        "source: odd\ndates: ['%d.%m.%Y %H:%M']\nzone: UTC\nundated: received\n"
        "columns: {A: external_id, B: received_at, C: status, D: words}\n"
        "constants: {channel: phone, priority: P3}\nvalues: {status: {fertig: closed, offen: new}}\n",
        "utf-8",
    )
    answer = desk.json("import", "csv", str(table), "--map", str(mapping))
    assert (answer["new"], answer["read_as"]["delimiter"]) == (2, ";")
    rows = desk.json("list", "status:all")
    assert {(it["status"], it["channel"], it["received_at"]) for it in rows} == {
        ("closed", "phone", "2025-12-31T10:00:00Z"),
        ("new", "phone", "2026-01-01T10:00:00Z"),
    }
    # a map of the desk is called by its name
    desk.write("config/imports/odd.yaml", mapping.read_bytes())
    assert desk.json("import", "csv", str(table), "--map", "odd")["unchanged"] == 2


def test_a_bad_map_is_told_whole(desk: DeskAtWork, tmp_path: Path) -> None:
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        "zone: Asia/Shangai\ncolumns: {A: titel}\nkeep: {title: {column: B}}\ncolums: {}\n", "utf-8"
    )
    file = table_file(tmp_path, ROW)
    first = desk.tkt("import", "csv", file, "--map", str(mapping), code=2).err
    assert "unknown key colums" in first
    mapping.write_text("zone: Asia/Shangai\ncolumns: {A: titel}\nkeep: {title: {column: B}}\n", "utf-8")
    second = desk.tkt("import", "csv", file, "--map", str(mapping), code=2).err
    for said in ("Asia/Shangai", "titel", "keep.title"):
        assert said in second


def test_a_written_map_reads_back_and_gives_the_same_tickets(desk: DeskAtWork, tmp_path: Path) -> None:
    file = table_file(tmp_path, (*ROW, "老王"), OPEN, header=(*HEADER, "门店: 经理"))
    mapping = tmp_path / "map.yaml"
    desk.tkt("import", "csv", file, "--write-map", str(mapping))
    text = mapping.read_text("utf-8")
    assert read_document(text.encode(), "map").value["columns"]["客户原话"] == "words"
    assert '"门店: 经理"' in text
    assert "exists already" in desk.tkt("import", "csv", file, "--write-map", str(mapping), code=2).err
    direct = desk.json("import", "csv", file)
    assert desk.json("import", "csv", file, "--map", str(mapping))["unchanged"] == direct["new"] == 2


def test_a_map_is_written_even_of_a_table_that_says_too_little(desk: DeskAtWork, tmp_path: Path) -> None:
    file = table_file(tmp_path, ("1", "x"), header=("A", "B"))
    assert "--write-map" in desk.tkt("import", "csv", file, code=2).err
    desk.tkt("import", "csv", file, "--write-map", str(tmp_path / "map.yaml"))
    assert "ignore: [A, B]" in (tmp_path / "map.yaml").read_text("utf-8")


def test_standard_input_is_read(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    class Standard:
        buffer = io.BytesIO(csv_text(ROW).encode("gb18030"))

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr(sys, "stdin", Standard())
    answer = desk.json("import", "csv", "-")
    assert (answer["new"], answer["read_as"]["encoding"]) == (1, "gb18030")


def test_an_import_that_was_killed_is_completed_by_the_next_one(desk: DeskAtWork, tmp_path: Path) -> None:
    file = table_file(tmp_path, ROW, OPEN)
    desk.json("import", "csv", file)
    desk.git("reset", "-q", "--mixed", "HEAD~1")
    again = desk.json("import", "csv", file)
    assert (again["unchanged"], again["commit"] is not None) == (2, True)
    assert desk.git("status", "--porcelain") == ""


def test_a_customer_that_is_no_id_becomes_part_of_the_contact(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.write("customers/acme.yaml", "name: 甲公司\n")
    header = ("编号", "标题", "受理时间", "联系人", "客户")
    rows = [
        ("1", "a", "2026-11-02", "张伟", "甲公司"),
        ("2", "b", "2026-11-02", "张伟", "乙公司"),
        ("3", "c", "2026-11-02", "", "丙"),
    ]
    desk.json("import", "csv", table_file(tmp_path, *rows, header=header))
    found = {it["external_id"]: it for it in desk.json("list", "status:all")}
    assert found["1"]["customer"] == "acme"
    assert found["2"]["contact"] == {"company": "乙公司", "name": "张伟"}
    assert found["3"]["contact"] == {"name": "丙"}


def test_past_new_a_ticket_needs_a_priority_that_may_be_said_once(desk: DeskAtWork, tmp_path: Path) -> None:
    file = table_file(tmp_path, row(优先级=""), row("2", 优先级="", 处理状态="待处理", 完成时间=""))
    assert "--set priority=P3" in desk.tkt("import", "csv", file, code=2).err
    desk.json("import", "csv", file, "--set", "优先级=低", "--set", "impact=one")
    assert {it["priority"] for it in desk.json("list", "status:all")} == {"P4"}
    assert "no field prioirty" in desk.tkt("import", "csv", file, "--set", "prioirty=P3", code=2).err


def test_a_waiting_row_says_for_whom(desk: DeskAtWork, tmp_path: Path) -> None:
    header = ("编号", "标题", "受理时间", "状态", "优先级", "waiting.on", "waiting.for")
    desk.json(
        "import",
        "csv",
        table_file(tmp_path, ("1", "a", "2026-11-02", "等待中", "P2", "客户", "照片"), header=header),
    )
    assert desk.json("list", "status:all")[0]["waiting"] == {"on": "customer", "for": "照片"}
    assert desk.json("check")["errors"] == 0


def test_the_table_of_the_documentation_comes_in(desk: DeskAtWork) -> None:
    sample = Path(__file__).resolve().parents[2] / "docs" / "complaints.csv"
    answer = desk.json("import", "csv", str(sample))
    assert (answer["new"], answer["left_out"], answer["faults"]) == (3, [], [])
    assert {it["status"] for it in desk.json("list", "status:all")} == {"closed", "in-progress", "new"}
    assert {it["team"] for it in desk.json("list")} == {"operations", "media"}
    assert [event["did"] for event in events(desk, "TS-0001")] == [
        "opened",
        "imported",
        "message",
        "message",
        "moved",
        "note",
    ]
    assert desk.json("check")["errors"] == 0
