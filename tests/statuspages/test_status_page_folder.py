"""`tkt report site --public` and `tkt report page` on a desk at work."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from helpers import DeskAtWork

SECRET = "a secret that all clones have"


@pytest.fixture
def shop(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> DeskAtWork:
    """A desk with a secret, an address, and two customers with a ticket each."""
    monkeypatch.setenv("TKT_SECRET_PAGES", SECRET)
    config = desk.root / "config/reports.yaml"
    config.write_text(
        config.read_text().replace("site:\n", "site:\n  public_url: https://status.example.com/\n")
    )
    desk.git("commit", "-qam", "pages")
    for name in ("acme", "globex"):
        desk.write(
            f"customers/{name}.yaml", f"name: {name}\ncontacts:\n- {{name: Ann, email: ann@{name}.example}}\n"
        )
        desk.tkt(
            "new",
            f"E104 at {name}",
            "--from",
            f"ann@{name}.example",
            "-c",
            "email",
            "-m",
            f"It fails at {name}.",
        )
    return desk


def tickets(desk: DeskAtWork) -> list[str]:
    return sorted(it["id"] for it in desk.json("list"))


def built(desk: DeskAtWork, folder: Path) -> list[str]:
    written: list[str] = desk.json("report", "site", "--public", "-o", str(folder))["written"]
    return written


def test_each_ticket_has_a_page_at_its_address_and_each_customer_a_list(
    shop: DeskAtWork, tmp_path: Path
) -> None:
    out = tmp_path / "public"
    built(shop, out)
    one, other = (shop.json("report", "page", ticket) for ticket in tickets(shop))
    assert one["address"] == f"https://status.example.com/{one['name']}"
    assert "It fails at" in (out / one["name"]).read_text()
    listed = (out / one["customer_name"]).read_text()
    assert one["name"] in listed
    assert other["name"] not in listed
    assert other["ticket"] not in listed
    assert "customer_name" not in (out / one["name"]).read_text()
    assert one["customer_name"] not in (out / one["name"]).read_text()


def test_the_folder_itself_names_no_page(shop: DeskAtWork, tmp_path: Path) -> None:
    out = tmp_path / "public"
    built(shop, out)
    name = shop.json("report", "page", tickets(shop)[0])["name"]
    assert name.removesuffix(".html") not in (out / ".tkt-site.json").read_text()
    assert name.removesuffix(".html") not in (out / "index.html").read_text()


def test_the_manifest_tells_nothing_but_digests(shop: DeskAtWork, tmp_path: Path) -> None:
    out = tmp_path / "public"
    built(shop, out)
    said = json.loads((out / ".tkt-site.json").read_text())
    digests = [said.pop("made_by"), *(pages := said.pop("pages")), *pages.values()]
    assert all(re.fullmatch("[0-9a-f]{64}", it) for it in digests)
    assert said == {"form": 1, "kind": "public", "whole": True, "remembered": {}}


def test_every_page_is_told_anew_every_day_and_says_as_of_when(shop: DeskAtWork, tmp_path: Path) -> None:
    out = tmp_path / "public"
    built(shop, out)
    found = shop.json("report", "page", tickets(shop)[0])
    assert built(shop.at("2026-11-16T02:10:00Z"), out) == []
    assert "as of 2026-11-16 10:00" in (out / found["name"]).read_text()
    written = built(shop.at("2026-11-16T16:00:00Z"), out)
    assert {found["name"], found["customer_name"]} <= {*written}
    for name in (found["name"], found["customer_name"]):
        assert "as of 2026-11-17 00:00" in (out / name).read_text()
    assert "index.html" not in written


def test_only_what_changed_is_made_again(shop: DeskAtWork, tmp_path: Path) -> None:
    out = tmp_path / "public"
    assert len(built(shop, out)) > 4
    assert built(shop, out) == []
    one = tickets(shop)[0]
    shop.at("2026-11-16T02:10:00Z").tkt("reply", one, "-m", "Which browser?")
    found = shop.json("report", "page", one)
    assert sorted(built(shop, out)) == sorted([found["name"], found["customer_name"]])
    assert "Which browser?" in (out / found["name"]).read_text()


def test_a_page_says_another_thing_once_its_due_instant_has_passed(shop: DeskAtWork, tmp_path: Path) -> None:
    out = tmp_path / "public"
    built(shop, out)
    name = shop.json("report", "page", tickets(shop)[0])["name"]
    assert "By when" in (out / name).read_text()
    shop.at("2026-11-19T02:00:00Z")
    assert name in built(shop, out)
    assert "By when" not in (out / name).read_text()


def test_an_event_that_is_a_moment_ahead_of_the_time_is_not_passed_over(
    shop: DeskAtWork, tmp_path: Path
) -> None:
    out = tmp_path / "public"
    one = tickets(shop)[0]
    shop.at("2026-11-16T02:00:30Z").tkt("reply", one, "-m", "Which browser?")
    name = shop.json("report", "page", one)["name"]
    built(shop.at("2026-11-16T02:00:10Z"), out)
    early = (out / name).read_text()
    built(shop.at("2026-11-16T02:01:00Z"), tmp_path / "later")
    later = (tmp_path / "later" / name).read_text()
    assert ("By when" in early) == ("By when" in later)


def test_a_page_is_removed_when_its_time_is_over_and_comes_back_renewed(
    shop: DeskAtWork, tmp_path: Path
) -> None:
    out = tmp_path / "public"
    one = tickets(shop)[0]
    shop.tkt("spam", tickets(shop)[1])
    shop.tkt("move", one, "closed", "--code", "fixed", "--text", "done", "--cause", "product", "--force", "--reason", "test")  # fmt: skip
    name = shop.json("report", "page", one)["name"]
    built(shop, out)
    assert (out / name).is_file()
    shop.at("2027-01-20T02:00:00Z")
    built(shop, out)
    assert not (out / name).exists()
    assert shop.tkt("report", "page", one, code=1).err.startswith(f"error: {one} has no status page")
    told = shop.json("report", "page", one, "--renew")
    assert told["until"] == "2027-02-19T02:00:00Z"
    assert told["commit"]
    built(shop, out)
    assert (out / name).is_file()
    shop.at("2027-02-19T02:00:01Z")
    built(shop, out)
    assert not (out / name).exists()


def test_spam_has_no_page_and_no_address(shop: DeskAtWork, tmp_path: Path) -> None:
    one = tickets(shop)[0]
    name = shop.json("report", "page", one)["name"]
    shop.tkt("spam", one)
    built(shop, tmp_path / "public")
    assert not (tmp_path / "public" / name).exists()
    assert "spam" in shop.tkt("report", "page", one, code=1).err
    assert "spam" in shop.tkt("report", "page", one, "--renew", code=1).err


def test_without_the_variable_a_clone_has_a_key_of_its_own(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.tkt("new", "E104", "-c", "email", "-m", "It fails.")
    (one,) = tickets(desk)
    first = desk.tkt("report", "page", one)
    assert "TKT_SECRET_PAGES" in first.err
    again = desk.tkt("report", "page", one)
    assert first.out.splitlines()[0] == again.out.splitlines()[0]
    key = desk.root / ".git/tkt/desk/pages.key"
    assert key.stat().st_mode & 0o077 == 0
    assert desk.git("status", "--porcelain") == ""


def test_a_short_secret_is_refused(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TKT_SECRET_PAGES", "short")
    desk.tkt("new", "E104", "-c", "email", "-m", "It fails.")
    assert "TKT_SECRET_PAGES is too short" in desk.tkt("report", "page", tickets(desk)[0], code=2).err


def test_pages_for_customers_never_come_among_internal_ones(shop: DeskAtWork, tmp_path: Path) -> None:
    built(shop, tmp_path / "out")
    assert shop.tkt("report", "site", "-o", str(tmp_path / "out"), code=1).err.startswith("error:")


def test_what_the_configuration_says_of_pages_is_checked(desk: DeskAtWork) -> None:
    config = desk.root / "config/reports.yaml"
    text = config.read_text()
    config.write_text(text.replace("keep_after_closing: 30 days", "keep_after_closing: 3 moons"))
    assert "3 moons is not a duration" in desk.tkt("check", code=1).err
    config.write_text(text.replace("site:\n", "site:\n  public_url: status.example.com\n"))
    assert "https://status.example.com/" in desk.tkt("check", code=None).err


def test_a_letter_names_the_page_where_every_clone_knows_the_secret(shop: DeskAtWork) -> None:
    for language in ("en", "zh"):
        shop.write(f"replies/remind.{language}.md", "---\nauto: true\n---\nRead {{ link }} of {{ id }}.\n")
    channels = shop.root / "config/channels.yaml"
    channels.write_text(channels.read_text().replace("sender: false", "sender: true"))
    shop.git("add", "-A")
    shop.git("commit", "-qm", "replies")
    one = tickets(shop)[0]
    shop.tkt("take", one, "--force", "--reason", "test")
    shop.tkt("reply", one, "-m", "Which browser?", "--and", "wait", "--until", "2026-11-20 10:00")
    shop.at("2026-11-20T00:30:00Z").tkt("tick")
    address = shop.json("report", "page", one)["address"]
    said = [it.get("text", "") for it in shop.json("show", one)["events"]]
    assert f"Read {address} of {one}." in said
