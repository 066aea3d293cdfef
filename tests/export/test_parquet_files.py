"""`tkt export parquet` and `tkt export sql`: whole or not at all, nobody's address, and words only if wanted."""

from __future__ import annotations

import builtins
import re
from pathlib import Path
from typing import Any

import pytest
from helpers import DeskAtWork

from tkt.export.parquet.tables import TABLES

duckdb = pytest.importorskip("duckdb")
from sql_figures import Tables  # noqa: E402 - needs duckdb

DOC = Path(__file__).resolve().parents[2] / "docs" / "analytics.md"
SECRET = "13800138000"


@pytest.fixture
def written(desk: DeskAtWork, tmp_path: Path) -> DeskAtWork:
    contact = f"contact=张伟 {SECRET}"
    desk.tkt(
        "new",
        "--channel",
        "phone",
        "--text",
        "发票 'x' \x00\n第二行",
        "--set",
        contact,
        "--set",
        "tags=vip,b2b",
    )
    (ticket,) = (row["id"] for row in desk.json("list"))
    desk.tkt("note", ticket, "--text", "a note")
    desk.tkt("set", ticket, "contact=李四 13900139000")
    return desk.at("2026-11-16T03:00:00Z")


def exported(desk: DeskAtWork, folder: Path, *more: str) -> Tables:
    desk.tkt("export", "parquet", "-o", str(folder), *more)
    return Tables(folder)


def everything(tables: Tables) -> str:
    return "\n".join(str(tables.rows(f"SELECT * FROM {table}")) for table in TABLES)


def test_every_table_has_its_columns_and_the_document_names_them(written: DeskAtWork, tmp_path: Path) -> None:
    tables = exported(written, tmp_path / "out")
    text = DOC.read_text("utf-8")
    for table, columns in TABLES.items():
        found = tables.rows(f"DESCRIBE {table}")
        assert [(name, kind) for name, kind, *_ in found] == list(columns.items())
        section = text.partition(f"### {table}\n")[2].partition("\n### ")[0]
        told = {
            name
            for cell in re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
            for name in re.findall(r"`(\w+)`", cell)
        }
        assert told == set(columns), table


def test_what_was_written_is_there_and_no_address_is(written: DeskAtWork, tmp_path: Path) -> None:
    tables = exported(written, tmp_path / "out")
    ((said,),) = tables.rows("SELECT text FROM messages")
    assert "第二行" in said
    assert tables.rows("SELECT value FROM fields WHERE field = 'tags' ORDER BY value") == [("b2b",), ("vip",)]
    assert tables.rows("SELECT requester FROM requesters") == [("#1",)]
    assert tables.rows("SELECT DISTINCT author FROM events WHERE did = 'note'") == [("li.wei",)]
    assert not [it for it in (SECRET, "13900139000", "张伟", "李四") if it in everything(tables)]


def test_without_text_no_words_of_people_are_in_it(written: DeskAtWork, tmp_path: Path) -> None:
    tables = exported(written, tmp_path / "out", "--no-text")
    assert "发票" not in everything(tables)
    assert "a note" not in everything(exported(written, tmp_path / "whole"))
    assert tables.rows("SELECT characters > 0, text FROM messages") == [(True, None)]


def test_an_earlier_export_gives_way_only_if_asked_and_nothing_else_ever(
    written: DeskAtWork, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    exported(written, folder)
    before = (folder / "meta.parquet").read_bytes()
    assert "earlier export" in written.tkt("export", "parquet", "-o", str(folder), code=2).err
    assert (folder / "meta.parquet").read_bytes() == before
    exported(written, folder, "--force")
    (folder / "mine.txt").write_text("x")
    assert "mine.txt" in written.tkt("export", "parquet", "-o", str(folder), "--force", code=2).err
    assert sorted(it.name for it in tmp_path.iterdir() if it.name.startswith(".out")) == []


def test_it_is_never_written_into_a_folder_of_the_desk(written: DeskAtWork) -> None:
    answer = written.tkt("export", "parquet", "-o", str(written.root / "tickets/pq"), code=1)
    assert "own folders" in answer.err
    assert not (written.root / "tickets/pq").exists()


def test_a_failure_leaves_nothing_behind(
    written: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tkt.export.parquet.writing._converted", full)
    assert "no space" in written.tkt("export", "parquet", "-o", str(tmp_path / "out"), code=2).err
    assert not [it for it in tmp_path.iterdir() if "out" in it.name]


def test_a_file_that_cannot_be_read_hides_no_other(written: DeskAtWork, tmp_path: Path) -> None:
    written.write("tickets/new/261116-BAD00.yaml", "id: [")
    answer = written.tkt("export", "parquet", "-o", str(tmp_path / "out"), code=2)
    assert "261116-BAD00.yaml" in answer.err
    assert Tables(tmp_path / "out").rows("SELECT count(*) FROM tickets") == [(1,)]


def test_without_duckdb_it_says_what_to_install(
    written: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any, **rest: Any) -> Any:
        if name == "duckdb":
            raise ImportError(name)
        return real(name, *more, **rest)

    monkeypatch.setattr(builtins, "__import__", without)
    answer = written.tkt("export", "parquet", "-o", str(tmp_path / "out"), code=2)
    assert "pip install duckdb" in answer.err


def test_sql_is_listed_and_printed_with_its_window(desk: DeskAtWork) -> None:
    assert desk.tkt("export", "sql").out.splitlines()[1].startswith("K1   First response time")
    assert "$start" in desk.tkt("export", "sql", "frt").out
    filled = desk.tkt(
        "export", "sql", "K5", "--from", "2026-11-09", "--to", "2026-11-16", "--on", "s3://out"
    ).out
    assert "'2026-11-08 16:00:00'" in filled
    assert "read_parquet('s3://out/tickets.parquet')" in filled
    assert "$" not in filled
    assert "no key figure" in desk.tkt("export", "sql", "K99", code=2).err
    assert "nowhere holds no export" in desk.tkt("export", "sql", "--on", "nowhere", code=2).err


def test_what_is_printed_runs_as_it_is(written: DeskAtWork, tmp_path: Path) -> None:
    exported(written, tmp_path / "out")
    text = written.tkt("export", "sql", "K0", "--week", "2026-W47", "--on", str(tmp_path / "out")).out
    rows = {figure: value for figure, value, *_ in duckdb.connect().execute(text).fetchall()}
    assert rows["created"] == 1
