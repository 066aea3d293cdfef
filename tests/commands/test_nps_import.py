"""tkt nps import: a survey's answers come into the customers' files, each once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from helpers import DeskAtWork

GLOBEX = "name: Globex\ncontacts:\n- {name: Ann, email: ann@globex.example}\n"
ACME = "name: 艾可米 # a comment\ncontacts:\n- {name: 张伟, phone: 138 0000 0001}\n"
TABLE = """客户,邮箱,推荐度,提交时间,原因
艾可米,,9,2026-11-10 10:00,省心
,ann@globex.example,6,2026/11/11,slow
Initech,,10,2026-11-11,
"""


@pytest.fixture
def table(desk: DeskAtWork, tmp_path: Path) -> Path:
    desk.write("customers/globex.yaml", GLOBEX)
    desk.write("customers/acme.yaml", ACME)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "customers")
    found = tmp_path / "nps.csv"
    found.write_text(TABLE, "utf-8")
    return found


def heads(desk: DeskAtWork) -> int:
    return int(desk.git("rev-list", "--count", "HEAD"))


def test_answers_come_into_the_files_once_with_one_commit(desk: DeskAtWork, table: Path) -> None:
    before = heads(desk)
    said = desk.tkt("nps", "import", str(table))
    assert "2 new answers, 0 known already, 1 of people" in said.out
    assert "no customer of this desk, left out: Initech" in said.err
    text = (desk.root / "customers" / "acme.yaml").read_text("utf-8")
    assert text.startswith(ACME)  # every other line as it was
    assert "score: 9\n  scale: 10\n  comment: 省心" in text
    assert heads(desk) == before + 1
    again = desk.json("nps", "import", str(table))
    assert (again["new"], again["known"], again["commit"]) == (0, 2, None)
    assert heads(desk) == before + 1
    assert desk.tkt("check").code == 0
    found = desk.json("report", "kpi", "--from", "2026-11-09", "--to", "2026-11-16")
    assert (found["nps"]["n"], found["nps"]["nps"]) == (2, 0)


def test_a_row_that_reads_otherwise_now_is_kept_as_it_was_and_told(desk: DeskAtWork, table: Path) -> None:
    desk.tkt("nps", "import", str(table))
    table.write_text(TABLE.replace(",9,", ",3,"), "utf-8")
    said = desk.tkt("nps", "import", str(table))
    assert "row 2: read otherwise when it was imported" in said.err
    assert "0 new answers, 2 known" in said.out


def test_a_dry_run_writes_nothing(desk: DeskAtWork, table: Path) -> None:
    before = heads(desk)
    assert "nothing was written" in desk.tkt("nps", "import", str(table), "--dry-run").out
    assert (heads(desk), desk.git("status", "--porcelain")) == (before, "")


def test_bad_rows_are_named_and_nothing_is_written(desk: DeskAtWork, table: Path) -> None:
    table.write_text(f"{TABLE}艾可米,,12,yesterday,\n,,7,2026-11-10,\n艾可米,,7,2027-01-01,\n", "utf-8")
    said = desk.tkt("nps", "import", str(table), code=2).err
    assert f"{table}:5: score: 12 is no score, expected 0 to 10" in said
    assert f"{table}:5: at: yesterday is no time" in said
    assert f"{table}:6: customer: nobody is named" in said
    assert f"{table}:7: at: 2027-01-01 00:00:00 is in the future" in said
    assert desk.git("status", "--porcelain") == ""


def test_columns_of_other_names_are_named_with_map(desk: DeskAtWork, table: Path) -> None:
    table.write_text(TABLE.replace("推荐度", "Q7"), "utf-8")
    refused = desk.tkt("nps", "import", str(table), code=2).err
    assert "no column says score" in refused
    assert "--map COLUMN=score" in refused
    said = desk.json("nps", "import", str(table), "--map", "Q7=score")
    assert (said["new"], said["unknown"]) == (2, {"Initech": [4]})
    assert "did you mean score?" in desk.tkt("nps", "import", str(table), "--map", "Q7=scroe", code=2).err


def test_what_somebody_wrote_to_a_customer_meanwhile_is_not_undone(
    desk: DeskAtWork, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tkt.commands import nps

    reading = nps.answers_in

    def slowly(*args: Any, **more: Any) -> Any:
        found = reading(*args, **more)
        desk.write("customers/acme.yaml", ACME + "tier: vip\n")
        return found

    monkeypatch.setattr(nps, "answers_in", slowly)
    refused = desk.tkt("nps", "import", str(table), code=None)
    assert "has changed since it was read" in refused.err
    assert (desk.root / "customers/acme.yaml").read_text("utf-8") == ACME + "tier: vip\n"


def test_what_is_no_number_is_told_with_its_row(desk: DeskAtWork, table: Path) -> None:
    table.write_text("customer,score,date\nacme,=9,2026-11-01\nacme,inf,2026-11-01\n", "utf-8")
    refused = desk.tkt("nps", "import", str(table), code=None)
    assert "=9 is no score" in refused.err
    assert "inf is no score" in refused.err
