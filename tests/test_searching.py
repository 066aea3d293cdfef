"""What a search finds by way of the full text is what reading every text finds, whatever happened to it."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tkt.clock import parse_instant
from tkt.demo import build_demo
from tkt.desk import Desk
from tkt.indexed import index_file, words_file
from tkt.model import Ticket
from tkt.searching.pages import articles, customers
from tkt.searching.similar import similar_tickets
from tkt.searching.tickets import begun_search
from tkt.store.index import fulltext, wording

NOW = parse_instant("2026-11-22T02:00:00Z", zone="UTC")
QUERIES = (
    "发票",
    "票",
    "invoice",
    "nvoic",
    "E",
    "ｐｒｉｎｔｅｒ OR 打印机",
    "发票 -status:closed",
    "-发票",
    '"tax inv" OR 登录 -票',
    "status:open (发票 OR owner:any)",
    '"--"',
    "text:发票,invoice 客户",
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo") / "desk"
    return build_demo(root, tickets=40, seed=7, now=NOW, language="zh").root


@pytest.fixture
def root(demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo, tmp_path / "desk", symlinks=True))


def by_words(root: Path, asked: str) -> list[str]:
    desk = Desk.open(root)
    return [row.id for row in begun_search(desk, desk.query(asked, NOW), NOW)(None).rows]


def by_files(root: Path, *asked: str) -> list[list[str]]:
    """The ids that each query holds for, every file read."""
    desk = Desk.open(root)
    rows = [desk.columns(it, NOW) for it in desk.read().tickets]
    queries = (desk.query(it, NOW) for it in asked)
    return [sorted(row.id for row in rows if query.matches(row.lookup)) for query in queries]


def check_all(root: Path) -> None:
    for asked, wanted in zip(QUERIES, by_files(root, *QUERIES), strict=True):
        assert sorted(by_words(root, asked)) == wanted, asked
        desk = Desk.open(root)
        assert [row.id for row in desk.matching(desk.query(asked, NOW), NOW).rows] == wanted, asked


def test_a_search_finds_what_reading_every_file_finds(root: Path) -> None:
    assert by_files(root, "发票") != [[]]
    check_all(root)
    assert words_file(root).is_file()
    check_all(root)


def test_edits_moves_and_removals_by_hand_are_seen_by_the_next_search(root: Path) -> None:
    by_words(root, "发票")
    edited, moved, gone = sorted(root.glob("tickets/in-progress/*.yaml"))[:3]
    edited.write_text(edited.read_text("utf-8").replace("title: ", "title: 独角兽 "), "utf-8")
    moved.rename(root / "tickets/new" / moved.name)
    gone.unlink()
    assert by_words(root, "独角兽") == [edited.stem]
    check_all(root)


@pytest.mark.parametrize("seed", range(4))
def test_between_any_two_searches_the_full_text_may_be_lost_or_spoilt(root: Path, seed: int) -> None:
    chance = random.Random(seed)
    for asked, wanted in zip(QUERIES, by_files(root, *QUERIES), strict=True):
        assert sorted(by_words(root, asked)) == wanted, asked
        spoil(words_file(root), chance)


def spoil(file: Path, chance: random.Random) -> None:
    how = chance.choice(["delete", "truncate", "noise", "speck", "seal", "index", "leave"])
    if how == "delete":
        file.unlink()
    elif how == "truncate":
        os.truncate(file, chance.randrange(file.stat().st_size))
    elif how == "noise":
        file.write_bytes(chance.randbytes(5000))
    elif how == "seal":
        file.with_name(f"{file.name}.sum").write_bytes(b"?")
    elif how == "index":
        index_file(file.parent.parent.parent.parent).unlink(missing_ok=True)
    elif how == "speck":
        with file.open("r+b") as opened:
            for _ in range(50):
                opened.seek(chance.randrange(file.stat().st_size))
                opened.write(chance.randbytes(20))


def test_where_nothing_can_be_kept_the_texts_are_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "created", lambda *_: None)
    check_all(root)
    assert not words_file(root).exists()


def test_another_process_that_writes_costs_time_only(root: Path) -> None:
    import sqlite3

    wanted = sorted(by_words(root, "发票"))
    other = sqlite3.connect(words_file(root), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert sorted(by_words(root, "发票")) == wanted
    other.close()
    assert words_file(root).is_file()


def test_what_many_changes_left_behind_is_swept_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_words(root, "发票")
    monkeypatch.setattr(fulltext.FullText, "is_worn", lambda full: len(full.all_docs()) == 0)
    check_all(root)


def test_a_build_that_was_cut_short_goes_on_where_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "_AT_ONCE", 1)
    monkeypatch.setattr("tkt.store.index.pieces.AT_ONCE", 10)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 2:
            raise KeyboardInterrupt

    desk = Desk.open(root)
    with pytest.raises(KeyboardInterrupt):
        begun_search(desk, desk.query("发票", NOW), NOW)(stop)
    desk = Desk.open(root)
    begun_search(desk, desk.query("发票", NOW), NOW)(lambda *it: told.append(it))
    assert told[2][1] < told[0][1]
    check_all(root)


def test_a_word_in_the_title_comes_before_one_in_the_text_and_the_latest_first(root: Path) -> None:
    first, second, third = sorted(root.glob("tickets/*/*.yaml"))[:3]
    for file in (first, third):
        file.write_text(file.read_text("utf-8").replace("title: ", "title: 独角兽 "), "utf-8")
    text = second.read_text("utf-8")
    assert "  text: " in text
    second.write_text(text.replace("  text: ", "  text: 独角兽 ", 1), "utf-8")
    found = by_words(root, "独角兽")
    assert set(found) == {first.stem, second.stem, third.stem}
    assert found[-1] == second.stem or "|-" in text


def test_articles_and_customers_are_found_by_their_words(root: Path) -> None:
    folder = root / "knowledge/billing"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(
        "---\ntitle: 重开ＩＮＶＯＩＣＥ\ntags: [财务]\n---\n\n点**重开**。\n", "utf-8"
    )
    (folder / "b.md").write_text('---\ntitle: "\\u91cd\\u5f00"\n---\n\nother\n', "utf-8")
    (folder / "c.md").write_text("---\n]\n", "utf-8")  # cannot be read
    desk = Desk.open(root)

    def found(asked: str) -> list[str]:
        pages = articles(root, desk.query(asked, NOW))
        return [page.id for page in pages if page.path.startswith("knowledge/billing/")]

    assert found("重开") == ["a", "b"]
    assert found("invoice 财") == ["a"]
    assert found("重开 -invoice") == ["b"]
    assert found("重开 owner:me") == [] == found("")
    customer = next(iter(desk.customers()))
    assert customer.id in [page.id for page in customers(root, desk.query(f'"{customer.name}"', NOW))]


def test_similar_tickets_are_those_about_the_same_the_solved_ones_first(root: Path) -> None:
    solved = next(
        it for it in Desk.open(root).read().tickets if it.status == "closed" and it.get("resolution")
    )
    new = next(iter(sorted(root.glob("tickets/new/*.yaml"))))
    lines = [
        f"title: {solved.title}" if it.startswith("title: ") else it
        for it in new.read_text("utf-8").split("\n")
    ]
    new.write_text("\n".join(lines), "utf-8")

    def similar() -> list[str]:
        desk = Desk.open(root)
        return [each.ticket.id for each in similar_tickets(desk, desk.ticket(new.stem), 5)]

    assert similar() == []  # no search has made the full text
    by_words(root, "发票")
    assert solved.id in similar()
    assert new.stem not in similar()


# --- random texts ---

PIECES = (
    "登录",
    "录",
    "发票",
    "票",
    "ab",
    "b1",
    "a",
    "é",
    "😀",
    "👩‍🔧",
    "Ａｂ",
    "－",
    ".",
    "-",
    " ",
    "\n",
    "ß",
    "ー",
    "2",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join).filter(str.strip)


class Told:
    """A full text of some texts, beside them."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "words.sqlite"

    def finds(self, texts: list[str], word: str) -> tuple[set[int], bool] | None:
        from tkt.store.index.pieces import Text, all_cut

        full = fulltext.created(self.file, b"")
        assert full is not None
        try:
            given = [Text("f", f"{place}", b"", 0, "", text) for place, text in enumerate(texts, start=1)]
            with full.writing():
                for pieces in all_cut(given, len(given)):
                    full.put(pieces)
            wanted = full.wanted(word)
            return None if wanted is None else (full.hits(wanted.expression), wanted.is_exact)
        finally:
            full.close()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return Told(tmp_path_factory.mktemp("words"))


@given(texts=st.lists(TEXTS, min_size=1, max_size=6), word=WORDS)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_full_text_misses_no_text_that_holds_a_word(told: Told, texts: list[str], word: str) -> None:
    from tkt.fields import normalised

    plain, wanted = [normalised(text) for text in texts], normalised(word)
    found = told.finds(plain, wanted)
    if found is None:
        return
    hits, is_exact = found
    truly = {place for place, text in enumerate(plain, start=1) if wanted in text}
    assert truly == hits if is_exact else truly <= hits


@given(texts=st.lists(st.text(max_size=15), min_size=1, max_size=4), word=st.text(min_size=1, max_size=3))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nor_of_any_characters_at_all(told: Told, texts: list[str], word: str) -> None:
    test_the_full_text_misses_no_text_that_holds_a_word.hypothesis.inner_test(told, texts, word)


def test_a_ticket_is_what_the_title_line_says(demo: Path) -> None:
    from tkt.columns.summing import text_of
    from tkt.fields import normalised

    def is_right(ticket: Ticket) -> bool:
        return wording.title_in(text_of(ticket)) == normalised(ticket.title)

    assert all(map(is_right, Desk.open(demo).read().tickets))


def test_where_nothing_changed_only_candidates_are_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tkt.indexed import Indexed
    from tkt.store.index import glance

    monkeypatch.setattr(glance, "TICK_NS", -(10**15))  # nothing is in doubt
    wanted = by_words(root, "发票 -登录")
    with monkeypatch.context() as patched:
        patched.setattr(Indexed, "seen", None)
        assert by_words(root, "发票 -登录") == wanted
        assert by_words(root, "发票 -登录 status:closed") != wanted
    check_all(root)
    for change in ("edit", "move", "stray", "config"):
        file = root / next(
            row.path for row in Desk.open(root).rows(None, NOW).rows if row.id in by_words(root, "发票")
        )
        if change == "edit":
            file.write_bytes(file.read_bytes().replace("发票".encode(), "车票".encode()))
        elif change == "move":
            file.rename(root / "tickets" / ("new" if "/new/" not in str(file) else "assigned") / file.name)
        elif change == "stray":
            (root / "tickets/new/oops.txt").write_text("?", "utf-8")
        else:
            people = root / "config/people.yaml"
            people.write_bytes(people.read_bytes() + b"\n# more\n")
        check_all(root)


def test_a_hit_is_looked_at_when_it_is_asked_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tkt.indexed import Indexed
    from tkt.store.index import glance

    monkeypatch.setattr(glance, "TICK_NS", -(10**15))  # nothing is in doubt
    wanted = by_words(root, "发票")
    # given hits of which none was looked at
    looked: list[int] = []
    proved = Indexed.proved
    monkeypatch.setattr(
        Indexed, "proved", lambda self, docs, now: looked.append(len(docs)) or proved(self, docs, now)
    )
    desk = Desk.open(root)
    hits = begun_search(desk, desk.query("发票", NOW), NOW)(None).rows
    assert len(hits) == len(wanted)
    assert looked == []
    # when some are asked for
    assert [hits[0].id, *(row.id for row in hits[1:3])] == wanted[:3]
    assert looked == [1, 2]
    # and one goes just now
    (root / str(hits[0].path)).unlink()
    index_file(root).unlink()
    assert [row.id for row in hits] == wanted[1:]


def test_copies_of_the_process_that_die_are_done_without(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tkt.store.index import glance

    monkeypatch.setattr(glance, "TICK_NS", -(10**15))
    wanted = by_words(root, "发票")
    parent, digests = os.getpid(), glance._digests

    def dying(folders: list[str]) -> list[bytes]:
        if os.getpid() != parent:
            os._exit(3)
        return digests(folders)

    monkeypatch.setattr(glance, "_digests", dying)
    assert by_words(root, "发票") == wanted


def test_words_that_were_taken_back_are_found_no_more(root: Path) -> None:
    first, second = sorted((root / "tickets").rglob("*.yaml"))[:2]
    by_words(root, "发票")
    was = first.read_bytes()
    # given a word that stood in one ticket's title
    first.write_bytes(was.replace(b"title: ", b"title: zzqq ", 1))
    assert by_words(root, "zzqq") == [first.stem]
    # when it is taken back, and again when another ticket is the last one to be put in
    first.write_bytes(was)
    assert by_words(root, "zzqq") == []
    second.write_bytes(second.read_bytes().replace(b"title: ", b"title: yyqq ", 1))
    assert by_words(root, "yyqq") == [second.stem]
    second.unlink()
    first.write_bytes(was.replace(b"title: ", b"title: xxqq ", 1))
    # then nothing else takes its place
    assert by_words(root, "yyqq") == []
    assert by_words(root, "xxqq") == [first.stem]
