"""How does a table of votes, or of searches in vain, become lines of `knowledge/feedback/`?

A line's id comes from what it says and the time that it names: the same table adds nothing the second time, in
any clone. A column `id`, where there is one, is the id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from tkt.clock import instant_text
from tkt.errors import UsageError
from tkt.fields import normalised
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.intake.rows.faults import RowFault
from tkt.intake.rows.instants import EXAMPLE, moment_of, told_at
from tkt.intake.rows.table import BadCell, Table, TableRow
from tkt.knowledge.feedback import Search, Vote, line_id
from tkt.render.times import local

SLUG, HELPFUL, ON, COMMENT, QUERY, COUNT, ID = "slug", "helpful", "date", "comment", "query", "count", "id"
LONGEST_COMMENT, LONGEST_QUERY, MOST = 2000, 300, 10**9
_HEADINGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        SLUG: frozenset(("slug", "article", "page", "url", "文章", "页面", "链接")),
        HELPFUL: frozenset(("helpful", "answer", "vote", "was this helpful", "was this helpful?", "有帮助", "是否有帮助", "有用", "评价")),
        ON: frozenset(("date", "at", "day", "time", "timestamp", "submitted", "submitted at", "日期", "时间", "提交时间")),
        COMMENT: frozenset(("comment", "comments", "feedback", "reason", "意见", "评论", "评语", "留言", "反馈", "备注", "原因")),
        QUERY: frozenset(("query", "search", "search term", "term", "words", "keyword", "搜索词", "关键词", "查询", "搜索")),
        COUNT: frozenset(("count", "times", "number", "searches", "次数", "数量")),
        ID: frozenset(("id", "编号")),
    }
)  # fmt: skip
_YES = frozenset(("yes", "y", "true", "1", "helpful", "up", "是", "有", "有帮助", "有用"))
_NO = frozenset(
    ("no", "n", "false", "0", "unhelpful", "not helpful", "down", "否", "没有", "无", "没有帮助", "没用")
)
VOTE = (SLUG, HELPFUL, ON, COMMENT, ID)
SEARCH = (QUERY, COUNT, ON, ID)
_NEEDED = frozenset((SLUG, HELPFUL, QUERY, ON))


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What a table says: the lines that are new, how many were known, which articles are unknown, and what is wrong."""

    votes: tuple[Vote, ...] = ()
    searches: tuple[Search, ...] = ()
    known: int = 0
    unknown: Mapping[str, tuple[int, ...]]  # what is no article of the desk → the rows
    faults: tuple[RowFault, ...] = ()

    @property
    def new(self) -> int:
        """So many lines are new."""
        return len(self.votes) + len(self.searches)


def columns_of(header: Iterable[str], meanings: Collection[str]) -> dict[str, int]:
    """Meaning → the place of its column, by its name. Errors: UsageError where nothing says what is needed."""
    names = list(header)
    found: dict[str, int] = {}
    for meaning in meanings:
        places = (place for place, name in enumerate(names) if _is_called(name, meaning))
        place = next((it for it in places if it not in found.values()), None)
        if place is not None:
            found[meaning] = place
        elif meaning in _NEEDED:
            raise UsageError(
                msg("no column says {meaning}", meaning=meaning),
                hint=msg("expected the columns {names}", names=tuple(meanings)),
            )
    return found


def ignored_columns(header: Iterable[str], columns: Mapping[str, int]) -> tuple[str, ...]:
    """The names of the columns that nothing is read from."""
    read = frozenset(columns.values())
    return tuple(name for place, name in enumerate(header) if place not in read and name.strip())


def is_heading(name: str) -> bool:
    """Whether a column of that name would be recognised."""
    return any(_is_called(name, meaning) for meaning in _HEADINGS)


def votes_in(
    table: Table,
    columns: Mapping[str, int],
    *,
    articles: Collection[str],
    known: Collection[str],
    zone: str,
    now: datetime,
) -> Brought:
    """The votes of a table. `known`: the ids on file; days are those of `zone`."""
    reader = _Reader(table, columns, zone, now)
    found: dict[str, Vote] = {}
    unknown: dict[str, list[int]] = {}
    again = 0
    for row, at, stamp in reader.rows():
        slug, helpful = _slug_in(reader.text(row, SLUG)), reader.truth(row)
        comment = _cut(reader.text(row, COMMENT), LONGEST_COMMENT) or None
        if not slug:
            reader.fault(row, SLUG, msg("no article is named"))
        if not slug or helpful is None:
            continue
        if slug not in articles:
            unknown.setdefault(slug, []).append(row.number)
            continue
        name = reader.id(row, "vote", slug, helpful, stamp, comment or "")
        again += name in known
        if name not in known:
            found[name] = Vote(
                id=name, slug=slug, helpful=helpful, on=local(at, zone).date(), comment=comment
            )
    return Brought(
        votes=tuple(found.values()),
        known=again,
        unknown=MappingProxyType({slug: tuple(rows) for slug, rows in unknown.items()}),
        faults=tuple(reader.faults),
    )


def searches_in(
    table: Table, columns: Mapping[str, int], *, known: Mapping[str, int], zone: str, now: datetime
) -> Brought:
    """The searches of a table, likewise. `known`: id → how often it was looked for, as far as on file."""
    reader = _Reader(table, columns, zone, now)
    found: dict[str, Search] = {}
    again = 0
    for row, at, stamp in reader.rows():
        query, count = _cut(" ".join(reader.text(row, QUERY).split()), LONGEST_QUERY), reader.count(row)
        if not query:
            reader.fault(row, QUERY, msg("no words that were searched for"))
        if not query or count is None:
            continue
        name = reader.id(row, "search", normalised(query), stamp)
        is_new = count > known.get(name, 0)  # more of them, where a day was not over yet
        again += not is_new
        if is_new:
            found[name] = Search(id=name, query=query, count=count, on=local(at, zone).date())
    return Brought(
        searches=tuple(found.values()), known=again, unknown=MappingProxyType({}), faults=tuple(reader.faults)
    )


class _Reader:
    """Reads rows; what is wrong with them is collected."""

    def __init__(self, table: Table, columns: Mapping[str, int], zone: str, now: datetime) -> None:
        self.table, self.columns, self.zone, self.now = table, columns, ZoneInfo(zone), now
        self.faults: list[RowFault] = []
        self._seen: Counter[tuple[object, ...]] = Counter()

    def rows(self) -> Iterator[tuple[TableRow, datetime, str]]:
        """The rows that can be read, with their time, and how that is told apart."""
        for row in self.table.rows:
            if row.fault is not None:
                self.faults.append(RowFault(row=row.number, message=row.fault))
                continue
            at = self._at(row)
            if at is not None:
                yield row, at, instant_text(at)

    def text(self, row: TableRow, meaning: str) -> str:
        """What a cell says; empty for nothing."""
        place = self.columns.get(meaning)
        cell = None if place is None or place >= len(row.cells) else row.cells[place]
        if cell is None or isinstance(cell, BadCell):
            return ""
        return str(cell).strip()

    def truth(self, row: TableRow) -> bool | None:
        """Yes or no; None where it is neither."""
        word = normalised(self.text(row, HELPFUL))
        if word in _YES or word in _NO:
            return word in _YES
        self.fault(row, HELPFUL, msg("{text} is neither yes nor no", text=word or "–"))
        return None

    def count(self, row: TableRow) -> int | None:
        """How often; once where no column says."""
        text = self.text(row, COUNT)
        if COUNT not in self.columns:
            return 1
        try:
            number = float(text)
        except ValueError:
            number = 0.0
        if number.is_integer() and 1 <= number <= MOST:
            return int(number)
        self.fault(row, COUNT, msg("{text} is no number of times, expected 1 or more", text=text or "–"))
        return None

    def id(self, row: TableRow, *parts: object) -> str:
        """The id of a line: the row's own, else what it says, the rows that say the same counted."""
        own = self.text(row, ID)
        if own:
            return line_id(parts[0], "id", own)
        nth = self._seen[parts]
        self._seen[parts] += 1
        return line_id(*parts, nth=nth)

    def fault(self, row: TableRow, meaning: str, message: Message) -> None:
        """Collect what is wrong with a cell."""
        self.faults.append(RowFault(row=row.number, column=meaning, message=message))

    def _at(self, row: TableRow) -> datetime | None:
        place = self.columns[ON]
        cell = row.cells[place] if place < len(row.cells) else None
        usable = None if cell is None or isinstance(cell, (BadCell, bool)) else moment_of(cell, self.zone)
        if usable is None:
            shown = "–" if cell is None or isinstance(cell, BadCell) else str(cell)
            self.fault(
                row, ON, msg("{text} is no time, expected one like {example}", text=shown, example=EXAMPLE)
            )
        elif usable.at > self.now:
            told = msg(
                "{at} is in the future, it is {now}",
                at=told_at(usable.at, self.zone),
                now=told_at(self.now, self.zone),
            )
            self.fault(row, ON, told)
        else:
            return usable.at
        return None


def _is_called(name: str, meaning: str) -> bool:
    return normalised(name).replace("_", " ").strip() in _HEADINGS[meaning]


def _slug_in(text: str) -> str:
    """The article that a cell names: its name, its file, or the address of its page."""
    try:
        path = unquote(urlsplit(text).path)
    except ValueError:
        path = text
    return PurePosixPath(path.strip().rstrip("/")).name.removesuffix(".html").removesuffix(".md")


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else f"{text[: characters - 1]}…"
