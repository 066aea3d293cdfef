"""How do three versions of an article become one: its front matter by key, its text by line?

The one file that may need a person: where both sides changed the same lines, both stand between
markers as git writes them, and a key that lost stands as a comment above the one that won.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from tkt.late import late
from tkt.merging import Merged, Version, merge
from tkt.merging.canonical import alike
from tkt.merging.lines import Piece, pieces
from tkt.model import Event, Value
from tkt.store.codec.decoding import MARK, decoded, without_mark
from tkt.store.codec.merging.cutting import cut
from tkt.store.codec.merging.reading import Reader
from tkt.store.codec.merging.result import MergedText
from tkt.store.codec.merging.threeway import changed, lines
from tkt.store.codec.merging.weaving import Three, woven
from tkt.store.codec.plain import flow, plain_value

_FRONT = late(r"\A---[ \t]*\n(?:.*\n)*?(?=---[ \t]*\n)")


class _Article(NamedTuple):
    """`front` begins with `---` and is empty where there is none; `body` begins with the `---` below it."""

    front: str
    body: str


class _Found(NamedTuple):
    """A merged half."""

    text: str
    clashes: tuple[str, ...] = ()
    is_conflict: bool = False


def merged_article_text(base: bytes | None, ours: bytes, theirs: bytes, *, path: str) -> MergedText:
    """The merged article; `conflicted` where a person must look at it. Errors: DataError."""
    (data, *more) = changed(base, ours, theirs)
    if not more and data is not None:
        return MergedText(data=data)
    there = [None if data is None else _article(data, path) for data in (base, ours, theirs)]
    before, mine, others = there[0], there[1] or _Article("", ""), there[2] or _Article("", "")
    front = _front(before.front if before else None, mine.front, others.front, path)
    body = _body(before.body if before else None, mine.body, others.body)
    mark = MARK if ours.startswith(MARK) and theirs.startswith(MARK) else b""
    text = (front.text + body.text).replace("\n", _newline(base, ours, theirs))
    return MergedText(
        data=mark + text.encode(),
        clashes=front.clashes,
        conflicted=front.is_conflict or body.is_conflict,
    )


def _article(data: bytes, path: str) -> _Article:
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        whole = decoded(data, path)  # tells what is wrong; of a text it would refuse headings of seven `=`
    text = without_mark(whole).replace("\r\n", "\n")
    text = text if text.endswith("\n") or not text else f"{text}\n"
    found = _FRONT.match(text)
    behind = 0 if found is None else found.end()
    return _Article(text[:behind], text[behind:])


def _front(base: str | None, ours: str, theirs: str, path: str) -> _Found:
    """The front matter; where one side took it away and the other changed it, it stays for a person to see."""
    (text, *more) = changed(base, ours, theirs)
    if not more and text is not None:
        return _Found(text)
    if not ours or not theirs:
        return _Found(ours or theirs, is_conflict=base is not None)
    reader = Reader(path=path, kinds={})
    three = Three(reader.of_text(base) if base else None, reader.of_text(ours), reader.of_text(theirs))
    before = None if three.base is None else three.base.version
    found = merge(before, three.ours.version, three.theirs.version, finished=())
    if not found.clashes:
        return _Found(_as_front(woven(three, found.version, reader, ())))
    return _with_losers(three, found, reader)


def _with_losers(three: Three, found: Merged, reader: Reader) -> _Found:
    """An article has no events: what lost is a comment above what won."""
    known = {event.id for source in (three.ours, three.theirs) for event in source.version.events}
    lost = [event for event in found.version.events if event.id not in known]
    target = replace(found.version, events=tuple(each for each in found.version.events if each.id in known))
    pieces_ = cut(reader.of_text(_as_front(woven(three, target, reader, ()))).document)
    comments = {("key", name): _losers(name, lost, target) for name in found.clashes}
    at_end = [text for (_, name), texts in comments.items() if name not in pieces_.keys for text in texts]
    return _Found(pieces_.with_comments(comments, at_end).text(), found.clashes, is_conflict=True)


def _losers(name: str, events: Sequence[Event], target: Version) -> list[str]:
    values: list[Value] = [event.get("to") for event in events if event.get("field") == name]
    lost = [value for value in values if not alike(value, target.keys.get(name))]
    return [f"# {name}: {flow(plain_value(value))}" for value in lost]


def _as_front(data: bytes) -> str:
    text = without_mark(data.decode())
    return text if text.startswith("---") else f"---\n{text}"


def _body(base: str | None, ours: str, theirs: str) -> _Found:
    three = (None if base is None else lines(base), lines(ours), lines(theirs))
    found = list(pieces(*three))
    text = "".join(line for piece in found for line in (_marked(piece) if piece.is_conflict else piece.lines))
    return _Found(text, is_conflict=any(piece.is_conflict for piece in found))


def _marked(piece: Piece) -> list[str]:
    return ["<<<<<<< ours\n", *piece.ours, "=======\n", *piece.theirs, ">>>>>>> theirs\n"]


def _newline(base: bytes | None, ours: bytes, theirs: bytes) -> str:
    styles = [None if data is None else b"\r\n" in data for data in (base, ours, theirs)]
    found = changed(*styles)
    return "\r\n" if len(found) == 1 and found[0] else "\n"
