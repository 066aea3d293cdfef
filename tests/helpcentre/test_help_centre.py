"""`tkt kb build`: two editions from one source, of which one may be published."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from centre_desk import DOT, SECRETS, articles, configure, write
from helpers import DeskAtWork

from tkt.helpcentre.edition import Entry, entries_of
from tkt.knowledge.article import Article

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def built(desk: DeskAtWork, out: Path, *args: str) -> dict[str, object]:
    found: dict[str, object] = desk.json("kb", "build", "-o", str(out), *args)
    return found


def everything(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in out.rglob("*")
        if path.is_file()
    }


def found_by_search(out: Path) -> dict[str, list[str]]:
    script = (out / "assets/articles.js").read_text("utf-8")
    return {row[0]: row for row in json.loads(script.removeprefix("window.tktArticles=").rstrip(";\n"))}


def test_nothing_internal_is_in_the_public_edition(desk: DeskAtWork, out: Path) -> None:
    articles(desk)
    built(desk, out, "--public")
    for name, text in everything(out).items():
        for secret in SECRETS:
            assert secret not in text, (name, secret)
            assert secret not in name
    assert "img/shot.png" in str(everything(out).keys())
    assert "unused.png" not in str(everything(out).keys())


def test_of_a_public_article_only_these_parts_go_further(out: Path) -> None:
    allowed = {
        "slug", "title", "body", "kind", "language", "applies_to", "tags", "reviewed", "related", "translations",
        "folder",
    }  # fmt: skip
    assert {it.name for it in fields(Entry)} == {*allowed, "inside"}
    shown = Article(
        slug="a", path="knowledge/a.md", title="A", body="", visibility="public", state="verified"
    )
    hidden = Article(
        slug="b", path="knowledge/b.md", title="B", body="", visibility="internal", state="verified"
    )
    entries = entries_of([shown, hidden], is_public=True, today=date(2026, 11, 16))
    assert list(entries) == ["a"]
    assert entries["a"].inside is None


def test_the_internal_edition_has_everything_and_says_what_it_is(desk: DeskAtWork, out: Path) -> None:
    articles(desk)
    answer = desk.tkt("kb", "build", "-o", str(out))
    assert "Internal edition" in answer.out
    assert "not for publishing" in answer.out
    pages = everything(out)
    for name, text in pages.items():
        if name.endswith(".html"):
            assert 'class="edition"' in text, name
            assert 'content="noindex, nofollow"' in text
    assert (
        '<a href="https://tickets.example/2026-11/261101-AAAA2.html">261101-AAAA2</a>'
        in pages["secret-fix.html"]
    )
    assert 'class="banner"' in pages["secret-fix.html"]  # its review is overdue
    assert "Retired: SECRETWHY" in pages["old-one.html"]
    assert '<a href="sign-in.html">Cannot sign in</a>' in pages["old-one.html"]
    assert "A draft:" in pages["draft-one.html"]
    assert pages["robots.txt"] == "User-agent: *\nDisallow: /\n"
    assert not {"sitemap.xml", "feed.xml", "llms.txt", "sign-in.md"} & pages.keys()


def test_an_edition_is_never_written_over_the_other(desk: DeskAtWork, out: Path) -> None:
    articles(desk)
    built(desk, out, "--public")
    refused = desk.tkt("kb", "build", "-o", str(out), code=1)
    assert "knowledge-public" in refused.err
    assert "secret-fix.html" not in everything(out)


def test_report_knowledge_is_the_same_command(desk: DeskAtWork, out: Path) -> None:
    articles(desk)
    assert desk.json("report", "knowledge", "-o", str(out), "--public")["edition"] == "public"


def test_only_what_changed_is_written_again(desk: DeskAtWork, out: Path) -> None:
    articles(desk)
    first = built(desk, out, "--public")
    again = built(desk, out, "--public")
    assert again["written"] == []
    assert again["left"] == len(first["written"])
    path = desk.root / "knowledge/sign-in.md"
    path.write_text(path.read_text("utf-8") + "\nOr ask us.\n", "utf-8")
    third = set(built(desk, out, "--public")["written"])  # type: ignore[call-overload]
    assert {"sign-in.html", "sign-in.md", "assets/articles.js", "index.html"} <= third
    assert not {"request-invoice.html", "void-invoice-en.html", "zh.html"} & third
    path.unlink()
    assert set(built(desk, out, "--public")["removed"]) >= {"sign-in.html", "sign-in.md"}  # type: ignore[call-overload]
    assert "sign-in.html" not in everything(out)


def test_machines_get_whole_addresses_of_public_pages(desk: DeskAtWork, out: Path) -> None:
    articles(desk)
    built(desk, out, "--public")
    sitemap = ElementTree.fromstring((out / "sitemap.xml").read_text("utf-8"))
    places = [it.text or "" for it in sitemap.iter(f"{SITE}loc")]
    assert "https://help.example.com/kb/request-invoice.html" in places
    for place in places:
        page = place.removeprefix("https://help.example.com/kb/") or "index.html"
        assert (out / page).is_file(), place
    feed = ElementTree.fromstring((out / "feed.xml").read_text("utf-8"))
    entries = feed.findall(f"{ATOM}entry")
    assert next(it.findtext(f"{ATOM}title") for it in entries) == "Cannot sign in"
    assert entries[0].findtext(f"{ATOM}updated") == "2026-11-02T00:00:00Z"
    assert feed.findtext(f"{ATOM}updated") == "2026-11-02T00:00:00Z"
    llms = (out / "llms.txt").read_text("utf-8")
    assert llms.startswith("# Example help\n\n> ")
    assert "- [Cannot sign in](https://help.example.com/kb/sign-in.md): Use Forgot password." in llms
    assert "Sitemap: https://help.example.com/kb/sitemap.xml" in (out / "robots.txt").read_text("utf-8")
    assert 'href="/kb/assets/help.css"' in (out / "404.html").read_text("utf-8")


def test_the_copy_of_an_article_leads_only_to_what_is_public(desk: DeskAtWork, out: Path) -> None:
    articles(desk)
    built(desk, out, "--public")
    copy = (out / "request-invoice.md").read_text("utf-8")
    assert copy.startswith("# 如何申请开具发票\n\n订单付款后")
    assert "[发票退回重开](void-invoice.html#s-" in copy
    assert "或内部做法，" in copy
    assert "![外部](https://example.com/a.png)" in copy
    assert "| 电子普票 | 0 元 |" in copy


def test_without_an_address_there_is_no_sitemap_and_a_note_says_why(desk: DeskAtWork, out: Path) -> None:
    articles(desk, settings="")
    answer = desk.tkt("kb", "build", "-o", str(out), "--public")
    assert "knowledge.url" in answer.err
    pages = everything(out)
    assert not {"sitemap.xml", "feed.xml", "llms.txt"} & pages.keys()
    assert "Was this helpful" not in pages["sign-in.html"]
    assert "Write to us" not in pages["index.html"]
    assert "feed.xml" not in pages["index.html"]


def test_readers_answers_are_prefilled(desk: DeskAtWork, out: Path) -> None:
    articles(desk)
    built(desk, out, "--public")
    page = (out / "sign-in.html").read_text("utf-8")
    assert 'href="https://forms.example.com/h?a=sign-in&amp;ok=yes&amp;t=Cannot%20sign%20in"' in page
    assert 'href="https://forms.example.com/h?a=sign-in&amp;ok=no&amp;t=Cannot%20sign%20in"' in page
    home = (out / "index.html").read_text("utf-8")
    assert 'data-contact="mailto:support@example.com?subject=Question%3A%20{query}"' in home


def test_an_address_with_an_unknown_place_is_a_fault_of_the_configuration(
    desk: DeskAtWork, out: Path
) -> None:
    articles(desk, settings="  contact: https://x.example/?q={question}\n")
    refused = desk.tkt("kb", "build", "-o", str(out), code=None)
    assert refused.code != 0
    assert "config/reports.yaml" in refused.err
    assert not out.exists()


def test_each_language_has_its_home_and_an_article_leads_to_its_translation(
    desk: DeskAtWork, out: Path
) -> None:
    articles(desk)
    built(desk, out, "--public")
    pages = everything(out)
    assert '<html lang="en">' in pages["index.html"]
    assert '<html lang="zh-CN">' in pages["zh.html"]
    assert "Example help" in pages["index.html"]
    assert "示例帮助中心" in pages["zh.html"]
    assert '<a href="request-invoice-en.html" lang="en"' in pages["request-invoice.html"]
    assert '<a href="zh.html" lang="zh-CN"' in pages["sign-in.html"]
    assert 'hreflang="zh-CN" href="request-invoice.html"' in pages["request-invoice-en.html"]
    assert "发票" not in re.sub(r"<head>.*?</head>", "", pages["index.html"], flags=re.S)


def test_links_between_articles_lead_to_pages_and_the_title_stands_once(desk: DeskAtWork, out: Path) -> None:
    articles(desk)
    built(desk, out)
    page = (out / "request-invoice.html").read_text("utf-8")
    assert 'href="void-invoice.html#s-' in page
    assert 'href="secret-fix.html"' in page
    assert page.count(">如何申请开具发票</h1>") == 1
    assert "<strong>10 分钟内。</strong>发到" in page
    assert '<img src="images/img/shot.png" alt="开票页面">' in page
    assert '<a href="https://example.com/a.png" rel="noopener nofollow">外部</a>' in page
    assert (out / "images/img/shot.png").read_bytes() == DOT


def test_a_picture_that_is_a_link_out_of_the_desk_is_not_taken(
    desk: DeskAtWork, out: Path, tmp_path: Path
) -> None:
    articles(desk)
    outside = tmp_path / "outside.png"
    outside.write_bytes(b"secret-picture")
    shot = desk.root / "knowledge/img/shot.png"
    shot.unlink()
    shot.symlink_to(outside)
    built(desk, out, "--public")
    assert not (out / "images").exists()
    assert "secret-picture" not in str(everything(out))


def test_the_search_knows_public_articles_alone_and_all_their_words(desk: DeskAtWork, out: Path) -> None:
    articles(desk)
    built(desk, out, "--public")
    found = found_by_search(out)
    assert set(found) == {
        "request-invoice",
        "request-invoice-en",
        "void-invoice",
        "void-invoice-en",
        "sign-in",
    }
    slug, language, kin, title, words, text, mark = found["request-invoice"]
    assert (slug, language, kin, title, mark) == (
        "request-invoice",
        "zh",
        "request-invoice",
        "如何申请开具发票",
        "",
    )
    assert "抬头" in words
    assert "账单" in words
    assert "电子普票" in text
    assert "**" not in text
    assert found["request-invoice-en"][2] == kin


def test_what_strangers_wrote_into_an_article_does_nothing(desk: DeskAtWork, out: Path) -> None:
    evil = "</script><script>alert(1)</script>\x1b[31m"
    write(
        desk,
        "evil",
        f"title: {json.dumps(evil)}\nvisibility: public\nstate: verified\ntags: ['<b>']",
        f"{evil}\n\n{'字' * 5000}\n",
    )
    configure(desk, "  url: https://help.example.com/\n")
    built(desk, out, "--public")
    for name, text in everything(out).items():
        assert "\x1b[31m" not in text, name
        if not name.endswith(".md") and "minisearch" not in name and not name.endswith(".txt"):
            assert "<script>alert" not in text, name
    assert len(found_by_search(out)["evil"][5]) > 5000
    assert ElementTree.fromstring((out / "sitemap.xml").read_text("utf-8")) is not None


def test_what_replies_named_and_readers_found_helpful_comes_first(desk: DeskAtWork, out: Path) -> None:
    articles(desk)
    assert "Most helpful" not in str(built(desk, out) and everything(out)["index.html"])
    desk.write(
        "knowledge/feedback/votes-2026.jsonl",
        '{"id":"1","slug":"sign-in","helpful":true,"on":"2026-11-01"}\n',
    )
    built(desk, out)
    assert "Most helpful" in everything(out)["index.html"]


def test_a_desk_without_articles_has_a_help_centre_that_says_so(desk: DeskAtWork, out: Path) -> None:
    answer = desk.tkt("kb", "build", "-o", str(out), "--public")
    assert "tkt kb new" in answer.err
    assert "There are no articles yet." in everything(out)["index.html"]


def test_an_article_that_cannot_be_read_is_named_and_the_others_are_there(
    desk: DeskAtWork, out: Path
) -> None:
    articles(desk)
    write(desk, "broken", "title: [", "x")
    answer = desk.tkt("kb", "build", "-o", str(out), "--public", code=2)
    assert "knowledge/broken.md" in answer.err
    assert (out / "sign-in.html").is_file()


FORMS = [
    "[ours](secret-fix.md)",
    "[ours](<secret-fix.md> 'title')",
    "[ours](\n  secret-fix.md\n)",
    "[o[u]rs](secret-fix.md)",
    "[ours][a]\n\n[a]: secret-fix.md 'title'",
    "[ours][a]\n\n[a]:\n  secret-fix.md",
    "> [ours]\n>\n> [ours]: secret-fix.md",
    "![ours](secret-fix.png)",
    "[![ours](a.png)](secret-fix.md)",
    "- [ours]\n\n  [ours]: <secret-fix.md>",
]


def test_no_form_of_a_link_names_an_internal_article_in_public(desk: DeskAtWork, out: Path) -> None:
    write(desk, "secret-fix", "title: SECRETTITLE", "SECRETBODY")
    for number, body in enumerate(FORMS):
        write(
            desk,
            f"shown-{number}",
            f"title: Shown {number}\nvisibility: public\nstate: verified",
            f"# One\n\n{body}\n",
        )
    built(desk, out, "--public")
    assert len(list(out.glob("shown-*.md"))) == len(FORMS)
    for name, text in everything(out).items():
        assert "secret-fix" not in text, (name, text)
