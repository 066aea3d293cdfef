"""Every ticket has a page on the internal site, and only those that changed are made again."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from helpers import DeskAtWork

from tkt.clock import parse_instant
from tkt.desk import Desk
from tkt.errors import Problem
from tkt.render.frame import NavItem
from tkt.render.pages import Templates
from tkt.site import spreading
from tkt.site.chrome import chrome_of
from tkt.site.tickets import Which, put_tickets
from tkt.site.tickets.naming import ticket_path
from tkt.site.writing import Output

HOSTILE = "<script>alert(1)</script>\x1b[31m=1+1" + "x" * 5000


@dataclass
class Site:
    """The ticket pages of a desk, built as often as a test likes."""

    desk: DeskAtWork
    folder: Path
    problems: tuple[Problem, ...] = field(default=())

    def build(self, which: Which = "all") -> set[str]:
        """What was written."""
        desk = Desk.open(self.desk.root)
        chrome = chrome_of(desk.config, [NavItem(path="tickets/index.html", title="Tickets")])
        with Output(self.folder, "site") as output:
            now = parse_instant(self.desk.now, zone=desk.zone)
            self.problems = put_tickets(output, desk, Templates(desk.root), chrome, now, which=which)
            return set(output.finish().written)

    def page(self, ticket: str) -> str:
        return (self.folder / ticket_path(ticket)).read_text()


@pytest.fixture
def site(desk: DeskAtWork, tmp_path: Path) -> Site:
    return Site(desk, tmp_path / "site")


def new(desk: DeskAtWork, title: str = "E104", words: str = "It fails.", *more: str) -> str:
    return str(desk.json("new", title, "-c", "email", "--from", "ann@acme.example", "-m", words, *more)["id"])


def test_a_page_has_fields_clocks_and_everything_that_happened(site: Site) -> None:
    ticket = new(site.desk)
    site.desk.tkt("note", ticket, "-m", "look at the **log**")
    site.build()
    page = site.page(ticket)
    for words in (
        "E104",
        "ann@acme.example",
        "It fails.",
        "first response",
        "running",
        "<strong>log</strong>",
    ):
        assert words in page


def test_only_changed_tickets_are_made_again(site: Site) -> None:
    one, other = new(site.desk), new(site.desk)
    assert {ticket_path(one), ticket_path(other), "tickets/index.html"} <= site.build()
    assert site.build() == set()
    site.desk.tkt("tag", one, "odd")
    assert site.build() == {ticket_path(one), "tickets/index.html", "tickets/2026-11/index.html"}
    assert site.build() == set()


def test_a_page_is_made_again_once_one_of_its_clocks_is_late(site: Site) -> None:
    ticket = new(site.desk)
    site.build()
    assert "badge bad" not in site.page(ticket)
    site.desk.at("2026-11-16T02:05:00Z")
    assert site.build() == set()
    site.desk.at("2026-11-19T02:00:00Z")
    assert site.build() == {ticket_path(ticket)}
    assert "badge bad" in site.page(ticket)
    site.desk.at("2026-11-16T02:05:00Z")
    assert site.build() == {ticket_path(ticket)}


def test_a_page_made_at_the_very_due_of_a_clock_is_right_then_and_made_again_after(site: Site) -> None:
    ticket = new(site.desk)
    due = min(it["due_at"] for it in site.desk.json("show", ticket)["sla"] if it["due_at"])
    site.desk.now = due
    assert ticket_path(ticket) in site.build()
    assert site.build() == set()
    site.desk.now = due.replace("00Z", "01Z")
    assert ticket_path(ticket) in site.build()


def test_tickets_that_name_each_other_are_linked_both_ways(site: Site) -> None:
    one, other = new(site.desk), new(site.desk)
    site.build()
    site.desk.tkt("duplicate", other, "--of", one)
    assert {ticket_path(one), ticket_path(other)} <= site.build()
    assert f'href="../../{ticket_path(one)}"' in site.page(other)
    assert f'href="../../{ticket_path(other)}"' in site.page(one)
    site.desk.tkt("undo")
    assert ticket_path(one) in site.build()
    assert other not in site.page(one)


def test_of_the_open_ones_alone_no_page_links_to_another(site: Site) -> None:
    one, other = new(site.desk), new(site.desk)
    site.desk.tkt("duplicate", other, "--of", one)
    assert ticket_path(other) not in site.build("open")
    assert f'href="../../{ticket_path(other)}"' not in site.page(one)
    assert ticket_path(other) in site.build("all")


def test_the_page_of_a_ticket_that_is_gone_is_removed(site: Site) -> None:
    ticket = new(site.desk)
    site.build()
    site.desk.path(ticket).unlink()
    site.build()
    assert not (site.folder / ticket_path(ticket)).exists()


def test_a_file_that_cannot_be_read_is_named_and_hides_no_other(site: Site) -> None:
    ticket, bad = new(site.desk), new(site.desk)
    site.desk.path(bad).write_text("nothing\n")
    site.build()
    assert [it.path for it in site.problems] == [f"tickets/new/{bad}.yaml"]
    assert "E104" in site.page(ticket)


def test_copies_of_this_process_make_the_same_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets = [new(site.desk) for _ in range(4)]
    site.build()
    alone = [site.page(ticket) for ticket in tickets]
    monkeypatch.setattr(spreading, "ENOUGH", 1)
    monkeypatch.setattr(spreading, "cores", lambda: 2)
    monkeypatch.setattr(spreading, "CHUNK", 1)
    site.folder = site.folder.with_name("again")
    site.build()
    assert [site.page(ticket) for ticket in tickets] == alone


def test_lists_name_the_open_tickets_and_those_of_each_month(site: Site) -> None:
    one, other = new(site.desk), new(site.desk)
    site.desk.tkt("spam", other)
    site.build()
    first, month = (site.folder / "tickets" / name for name in ("index.html", "2026-11/index.html"))
    assert one in first.read_text()
    assert other not in first.read_text()
    assert 'href="../tickets/2026-11/index.html"' in first.read_text()
    assert {one, other} <= {it for it in (one, other) if it in month.read_text()}
    assert "data-filter=" in month.read_text()


def test_a_hostile_ticket_is_words_alone(site: Site) -> None:
    ticket = new(site.desk, HOSTILE[:900], HOSTILE)
    site.desk.tkt("note", ticket, "-m", f"[x](javascript:alert(1)) {HOSTILE}")
    path = site.desk.path(ticket)
    path.write_text(
        path.read_text().replace("contact: ", "serial: '<img src=x onerror=alert(1)>\"'\ncontact: ", 1)
    )
    site.build()
    page = site.page(ticket)
    assert page.count("<script") == 1  # site.js
    assert "<img" not in page
    assert "\x1b" not in page
    assert 'href="javascript' not in page
    assert "x" * 5000 in page
