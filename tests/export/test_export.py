"""`tkt export`: tickets get out, and come back as they were."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from helpers import DeskAtWork
from hypothesis import given, settings
from hypothesis import strategies as st

from tkt.cli import main
from tkt.columns import Columns
from tkt.desk import Desk
from tkt.export import csv_lines, opened, usual_columns
from tkt.intake.rows import NO_MAP, TableImport, TableWish, layout_of, read_table
from tkt.model import Event, Ticket
from tkt.newdesk import create_desk

NOW = "2026-11-21T08:00:00Z"


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def two(desk: DeskAtWork) -> DeskAtWork:
    desk.tkt(
        "new",
        "--channel",
        "phone",
        "--text",
        "=SUM(A1)",
        "--set",
        "contact=张伟 13800138000",
        "--set",
        "order_no=0012",
    )
    desk.tkt("new", "--channel", "email", "--text", "two\nlines", "--set", "tags=a,b", "--set", "urgency=red")
    return desk


def test_csv_has_what_every_ticket_has_and_what_any_uses(two: DeskAtWork) -> None:
    head, *rows = table(two.tkt("export", "csv").out)
    assert head[:3] == ["id", "status", "title"]
    assert {"order_no", "contact.name", "contact.phone", "tags", "external_id"} <= set(head)
    assert "serial" not in head
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    found = {row[head.index("title")]: dict(zip(head, row, strict=True)) for row in rows}
    assert found["'=SUM(A1)"]["order_no"] == "0012"
    assert found["two"]["tags"] == "a,b"


def test_fields_are_chosen_by_name_or_label(two: DeskAtWork) -> None:
    answer = two.tkt(
        "export", "csv", "--fields", "标题,contact.phone,age,sla.resolution", "channel:phone"
    ).out
    assert table(answer)[0] == ["title", "contact.phone", "age", "sla.resolution"]
    assert "no field titel" in two.tkt("export", "csv", "--fields", "titel", code=2).err


def test_labels_are_for_people_and_read_back(two: DeskAtWork, tmp_path: Path) -> None:
    head, first, _second = table(
        two.tkt("export", "csv", "--labels", "--lang", "zh", "--bom").out.removeprefix("\ufeff")
    )
    assert {"编号", "标题", "受理时间", "联系人电话"} <= set(head)
    assert first[head.index("受理时间")] == "2026-11-16 10:00:00"


def test_json_is_the_row_of_list(two: DeskAtWork) -> None:
    listed = {row["id"]: row for row in two.json("list", "status:all")}
    exported = json.loads(two.tkt("export", "json").out)
    assert exported["schema"] == 1
    assert {row["id"]: row for row in exported["data"]} == listed
    lines = two.tkt("export", "jsonl", "channel:phone").out.splitlines()
    assert [json.loads(line)["channel"] for line in lines] == ["phone"]
    assert two.tkt("export", "json", "channel:web").out == '{"schema": 1, "data": [\n]}\n'


def test_events_come_with_it_where_they_are_asked_for(two: DeskAtWork) -> None:
    for line in two.tkt("export", "jsonl", "--events").out.splitlines():
        found = json.loads(line)
        assert found == two.json("show", found["id"])


def test_a_file_appears_whole_and_nothing_is_overwritten(two: DeskAtWork, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert "2 tickets" in two.tkt("export", "csv", "-o", str(out)).out
    assert out.read_bytes().count(b"\r\n") == 3
    out.write_text("mine")
    assert "exists already" in two.tkt("export", "csv", "-o", str(out), code=2).err
    assert out.read_text() == "mine"
    assert two.json("export", "jsonl", "-o", str(out), "--force")["tickets"] == 2
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".out")] == []


def test_what_fails_leaves_no_file(tmp_path: Path) -> None:
    def failing() -> None:
        with opened(str(tmp_path / "out"), force=False) as write:
            write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert list(tmp_path.iterdir()) == []


def test_json_beside_csv_on_one_stream_is_refused(two: DeskAtWork) -> None:
    assert two.tkt("export", "csv", "--json", code=2).out == ""


def test_a_file_that_cannot_be_read_is_told_and_hides_no_other(two: DeskAtWork) -> None:
    two.write("tickets/new/261116-AAAA1.yaml", "a: [")
    answer = two.tkt("export", "csv", code=2)
    assert len(table(answer.out)) == 3
    assert "261116-AAAA1.yaml" in answer.err


def test_a_whole_desk_comes_back_in_another_one(
    two: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a desk with a ticket that went all the way
    ticket = two.json("list", "channel:email")[0]["id"]
    two.tkt(
        "set",
        ticket,
        "type=inquiry",
        "category=how-to",
        "impact=one",
        "team=support",
        "complexity=simple",
        "asks=help",
    )
    two.at("2026-11-16T03:00:00Z").tkt("take", ticket, "--next", "call", "--by-when", "3d", code=None)
    two.tkt(
        "resolve",
        ticket,
        "--code",
        "answered",
        "--text",
        "-see, the manual",
        "--cause",
        "documentation",
        "--force",
        "--reason",
        "r",
    )
    file = tmp_path / "all.csv"
    for options in ((), ("--labels", "--lang", "zh"), ("--labels",)):
        two.tkt("export", "csv", "-o", str(file), "--force", *options)
        other = tmp_path / f"other{len(options)}"
        assert main(["init", str(other)]) == 0
        there = DeskAtWork(other, two.capsys, NOW)
        assert there.json("import", "csv", str(file))["new"] == 2
        assert stored(there) == stored(two)
        assert there.json("check")["errors"] == 0


def stored(desk: DeskAtWork) -> list[dict[str, Any]]:
    found = [(t.status, dict(t.values)) for t in Desk.open(desk.root).read().tickets]
    return sorted(({"status": status, **values} for status, values in found), key=lambda it: it["title"])


words = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), st.sampled_from("=+-@\t\r'\",;\n 、E1")),
    min_size=1,
).map(str.strip).filter(lambda text: text and text not in NO_MAP.missing)  # fmt: skip


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(["model", "serial", "environment", "workaround", "order_no"]), words),
    words,
    st.lists(words, max_size=4, unique=True),
)
def test_nasty_texts_come_back_as_they_were(values: dict[str, str], name: str, watchers: list[str]) -> None:
    config, desk = _room()
    at = desk_time()
    title = " ".join(name.split()) or "title"
    held = {
        "title": title,
        "received_at": at,
        "contact": {"name": name, "wechat": name[::-1].strip() or "x"},
        **values,
    }
    held |= {"watchers": watchers} if watchers else {}
    ticket = Ticket(id="261116-AAAA1", status="new", values=held, events=(_opening(at),))
    rows: list[Columns] = [desk.columns(ticket, at)]
    columns = usual_columns(rows, config)
    text = "".join(csv_lines(rows, columns, [column.key for column in columns]))
    found = read_table(text.encode(), TableWish(), file="t.csv")
    work = TableImport(found, layout_of(found, NO_MAP, config), config, now=at)
    survey = work.survey()
    assert survey.faults == []
    (back,) = work.tickets()
    assert dict(back.values) == held


def desk_time() -> Any:
    from tkt.clock import parse_instant

    return parse_instant("2026-11-16T01:00:00Z")


def _opening(at: Any) -> Event:
    return Event(id="aaaa00", at=at, by="zhang", role="customer", did="opened", data={"status": "new"})


_ROOMS: list[tuple[Any, Desk]] = []


def _room() -> tuple[Any, Desk]:
    """One desk for all examples; nothing is written to it."""
    if not _ROOMS:
        from tempfile import mkdtemp

        root = Path(mkdtemp()) / "desk"
        create_desk(root, zone="Asia/Shanghai")
        desk = Desk.open(root)
        _ROOMS.append((desk.config, desk))
    return _ROOMS[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_heading_that_is_printed_names_its_column(two: DeskAtWork, language: str) -> None:
    head = table(two.tkt("export", "csv", "--labels", "--lang", language).out)[0]
    again = table(two.tkt("export", "csv", "--labels", "--lang", language, "--fields", ",".join(head)).out)
    assert again[0] == head


def test_labels_name_values_and_tell_times_of_the_desk(two: DeskAtWork) -> None:
    ticket = two.json("list", "channel:phone")[0]["id"]
    two.tkt("set", ticket, "team=finance", "owner=li.wei", "next_action.what=call", code=None)
    two.tkt("set", ticket, "next_action.by=2026-11-17T02:03:00Z", code=None)
    fields = "status,channel,team,next_action.by,received_at"
    shown = table(two.tkt("export", "csv", "--labels", "--lang", "zh", "--fields", fields, ticket).out)
    plain = table(two.tkt("export", "csv", "--fields", fields, ticket).out)
    assert shown[1][:2] == ["新建", "电话"]
    assert shown[1][3:] == ["2026-11-17 10:03:00", "2026-11-16 10:00:00"]
    assert plain[1] == ["new", "phone", "finance", "2026-11-17T02:03:00Z", "2026-11-16T02:00:00Z"]


def test_what_labels_say_is_read_back(two: DeskAtWork, tmp_path: Path) -> None:
    two.tkt("set", "channel:email", "impact=many", code=None)
    fields = "external_id,title,status,channel,team,priority,received_at,words"
    file = tmp_path / "labels.csv"
    two.tkt("export", "csv", "--labels", "--lang", "zh", "--fields", fields, "-o", str(file))
    answer = two.json("import", "csv", str(file), "--dry-run")
    assert (answer["new"], answer["faults"], answer["left_out"]) == (2, [], [])


def test_the_customers_words_are_a_column_that_is_asked_for(two: DeskAtWork) -> None:
    rows = table(two.tkt("export", "csv", "--fields", "words,title", "channel:email").out)
    assert rows == [["words", "title"], ["two\nlines", "two"]]


def test_a_part_that_nothing_has_is_refused(two: DeskAtWork) -> None:
    for part in ("contact.电话", "contact.phon", "resolution.foo"):
        assert f"no field {part}" in two.tkt("export", "csv", "--fields", part, code=2).err
    two.tkt("export", "csv", "--fields", "contact.wechat,resolution.code")
