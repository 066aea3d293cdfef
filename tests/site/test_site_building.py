"""`tkt report site`: which pages there are, what stands on them, and what of them is written again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import DeskAtWork

from tkt.site.pages import PAGES


@pytest.fixture
def worked(desk: DeskAtWork) -> DeskAtWork:
    """A desk with a ticket of last week, one of this week, and a hostile one."""
    desk.at("2026-11-09T02:00:00Z")
    desk.tkt("new", "Of last week", "--channel", "email", "--from", "ann@example.com", "--text", "help")
    desk.at("2026-11-16T02:00:00Z")
    desk.tkt(
        "new",
        "<script>alert('x')</script>",
        "--channel",
        "email",
        "--from",
        "bob@example.com",
        "--text",
        "=1+1",
    )
    desk.tkt("new", "w" * 900, "--channel", "email", "--from", "eve@example.com", "--text", "long")
    desk.at("2026-11-17T02:00:00Z")
    return desk


def site(desk: DeskAtWork, folder: Path, *more: str) -> dict:
    return desk.json("report", "site", "-o", str(folder), *more)


def test_every_page_is_there_and_every_link_leads_somewhere(worked: DeskAtWork, tmp_path: Path) -> None:
    found = site(worked, tmp_path / "out")
    assert set(PAGES) | {"weeks/index.html", "weeks/2026-W46.html", "tickets/index.html"} <= set(
        found["written"]
    )
    for name in found["written"]:
        if not name.endswith(".html"):
            continue
        text = (tmp_path / "out" / name).read_text()
        assert "<script>alert" not in text, name
        for target in re.findall(r'(?:href|src)="([^"#]*)', text):
            if target and not target.startswith(("data:", "mailto:")):
                assert ((tmp_path / "out" / name).parent / target).resolve().is_file(), (name, target)


def test_after_one_changed_ticket_weeks_before_it_stay_as_they_are(
    worked: DeskAtWork, tmp_path: Path
) -> None:
    worked.at("2026-11-24T02:00:00Z")
    first = site(worked, tmp_path / "out")
    assert {"weeks/2026-W46.html", "weeks/2026-W47.html"} <= set(first["written"])
    ticket = worked.json("list", "bob@example.com", "--limit", "1")[0]["id"]
    worked.tkt("note", ticket, "--text", "looked into it")
    again = site(worked, tmp_path / "out")
    assert "weeks/2026-W46.html" not in again["written"]
    assert "weeks/2026-W47.html" in again["written"]
    assert again["left"] > 0


def test_where_nothing_changed_no_page_is_written(worked: DeskAtWork, tmp_path: Path) -> None:
    site(worked, tmp_path / "out")
    assert site(worked, tmp_path / "out")["written"] == []
    assert "index.html" in site(worked, tmp_path / "out", "--force")["written"]


def test_each_page_says_what_it_is_made_from(worked: DeskAtWork, tmp_path: Path) -> None:
    site(worked, tmp_path / "out", "--last", "month")
    commit = worked.git("rev-parse", "HEAD")[:10]
    for name in ("index.html", "today.html", "sla.html", "feedback.html", "topics.html"):
        text = (tmp_path / "out" / name).read_text()
        assert commit in text, name
        assert "2026-11-17 10:00" in text, name
    assert "2026-10-01 00:00 to 2026-11-01 00:00" in (tmp_path / "out/sla.html").read_text()


def test_the_language_is_the_readers(worked: DeskAtWork, tmp_path: Path) -> None:
    site(worked, tmp_path / "out", "--lang", "zh")
    assert '<html lang="zh-CN">' in (tmp_path / "out/index.html").read_text()


def test_reports_of_the_desks_own_have_a_page(worked: DeskAtWork, tmp_path: Path) -> None:
    path = worked.root / "config/reports.yaml"
    path.write_text("reports:\n  mine:\n    title: Our own\n    metrics: [K5]\n")
    site(worked, tmp_path / "out")
    assert "Our own" in (tmp_path / "out/reports/mine.html").read_text()
    assert 'href="mine.html"' in (tmp_path / "out/reports/index.html").read_text()


def test_an_empty_desk_has_a_dashboard_too(desk: DeskAtWork, tmp_path: Path) -> None:
    assert "index.html" in site(desk, tmp_path / "out")["written"]


def test_the_folder_must_be_named_and_the_public_one_takes_no_window(
    desk: DeskAtWork, tmp_path: Path
) -> None:
    assert "no folder was named" in desk.tkt("report", "site", code=2).err
    said = desk.tkt("report", "site", "--public", "--last", "week", "-o", str(tmp_path / "out"), code=2).err
    assert "no window" in said
    assert not (tmp_path / "out").exists()
