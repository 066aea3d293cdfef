"""Which article does a file hold, how is one written, and how are its keys changed, every other line as it was?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from tkt.errors import DataError
from tkt.i18n import msg
from tkt.knowledge.article import Article
from tkt.knowledge.reading import article_from
from tkt.late import late
from tkt.model import Value
from tkt.store.codec.decoding import MARK
from tkt.store.codec.front_matter import FrontMatter, split_front_matter
from tkt.store.codec.plain import WriteError, entry, plain_mapping, yaml_text

_FENCE = "---\n"
_DAY = late(r'^(review_by: |(?:verified|retired): \{at: )"(\d{4}-\d{2}-\d{2})"', re.MULTILINE)


def read_article(data: bytes, *, path: str) -> Article:
    """The article in a file. Errors: DataError with every fault, its line in each."""
    found = split_front_matter(data, path)
    keys = found.keys
    article, problems = article_from(
        {} if keys is None else keys.value,
        found.body,
        path=path,
        first_line=found.first_line,
        line=_nowhere if keys is None else keys.line,
        written=_nowhere if keys is None else keys.literal,
    )
    if article is None:
        raise DataError(sorted(problems, key=lambda problem: problem.line or 0))
    return article


def article_text(keys: Mapping[str, Value], body: str) -> bytes:
    """A new article. Errors: WriteError for what no file can hold."""
    return f"{_FENCE}{_plain_days(yaml_text(keys))}{_FENCE}\n{body}".encode()


def with_keys(data: bytes, changes: Mapping[str, Value], *, path: str) -> bytes:
    """The file with these keys set, in the places of the old ones, new ones below them; None removes one.

    Every other line stays as it was, byte for byte. Errors: DataError; WriteError where that cannot be done.
    """
    found = split_front_matter(data, path)
    before = {} if found.keys is None else found.keys.value
    wanted = plain_mapping({key: value for key, value in changes.items() if value is not None})
    newline = "\r\n" if b"\r\n" in data else "\n"
    head = _changed_head(found, changes.keys(), wanted)
    mark = MARK if data.startswith(MARK) else b""
    text = f"{_FENCE}{head}{_FENCE}".replace("\r\n", "\n").replace("\n", newline)
    made = mark + text.encode() + found.body.encode()
    after = {key: value for key, value in {**before, **wanted}.items() if key in wanted or key not in changes}
    _prove(made, after, found.body, path)
    return made


def _changed_head(found: FrontMatter, names: Collection[str], wanted: Mapping[str, Value]) -> str:
    """The lines between the fences."""
    lines = found.head.splitlines(keepends=True)
    starts = _starts(found)
    gone: set[int] = set()
    put: dict[int, list[str]] = {}
    for name in names:
        if name in starts:
            first, end = starts[name]
            gone.update(range(first, end))
            put[first] = _entry_lines(name, wanted)
    kept = [
        line
        for place, line in enumerate(lines)
        for line in (*put.get(place, ()), *([] if place in gone else [line]))
    ]
    new = [line for name in names if name not in starts for line in _entry_lines(name, wanted)]
    if kept and not kept[-1].endswith("\n"):
        kept[-1] += "\n"
    return "".join((*kept, *new))


def _starts(found: FrontMatter) -> dict[str, tuple[int, int]]:
    """Key → its lines between the fences, counted from 0, comments and blank lines behind it left out."""
    if found.keys is None:
        return {}
    lines = found.head.splitlines()
    places = [(str(key), line - 2) for key in found.keys.value if (line := found.keys.line(key)) is not None]
    places.sort(key=lambda it: it[1])
    ends = [place for _, place in places[1:]] + [len(lines)]
    spans = {}
    for (key, first), limit in zip(places, ends, strict=True):
        end = limit
        while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        spans[key] = (first, end)
    return spans


def _entry_lines(name: str, wanted: Mapping[str, Value]) -> list[str]:
    lines = entry(name, wanted[name], 0) if name in wanted else []
    return [f"{_plain_days(line)}\n" for line in lines]


def _plain_days(text: str) -> str:
    """Days as people write them: tkt reads no more into them than text."""
    return _DAY.sub(r"\1\2", text)


def _prove(data: bytes, keys: Mapping[str, Value], body: str, path: str) -> None:
    """Errors: WriteError where the new text does not say exactly what it is to say."""
    try:
        again = split_front_matter(data, path)
    except DataError:
        again = None
    if again is None or again.body != body or ({} if again.keys is None else again.keys.value) != keys:
        raise WriteError(
            msg("the keys above the article cannot be changed as they stand"),
            path=path,
            hint=msg("write them one a line, as in the other articles"),
        )


def _nowhere(*_path: object) -> None:
    return None
