"""What do the keys above a Markdown file say: an article, a canned reply?"""

from __future__ import annotations

from tkt.errors import DataError, Problem
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.model import Value
from tkt.store.codec.decoding import decoded, without_mark
from tkt.store.codec.reading import Document, read_document

_FENCE = "---"


def read_front_matter(data: bytes, path: str) -> tuple[dict[str, Value], str]:
    """(keys, text below them); no keys where the file begins without `---`.

    Errors: DataError with the line of what cannot be read.
    """
    found = split_front_matter(data, path)
    return (found.keys.value if found.keys is not None else {}), found.body


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """A file with keys above its text; the lines of `keys` are those of the file."""

    keys: Document | None  # None: there are none
    body: str
    first_line: int  # of the body, counted from 1
    head: str  # what stands between the fences, as it is written


def split_front_matter(data: bytes, path: str) -> FrontMatter:
    """The same, with the lines on which keys and text stand. Errors: DataError."""
    text = without_mark(decoded(data, path))
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != _FENCE:
        return FrontMatter(keys=None, body=text, first_line=1, head="")
    end = next((place for place, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise DataError([_unclosed(path)])
    head = "".join(lines[1:end])
    # A line in place of the fence keeps the numbers of the lines below it.
    keys = read_document(f"\n{head}".encode(), path) if head.strip() else None
    return FrontMatter(keys=keys, body="".join(lines[end + 1 :]), first_line=end + 2, head=head)


def _unclosed(path: str) -> Problem:
    return Problem(
        code="front-matter",
        path=path,
        line=1,
        message=msg("the keys above the text do not end, expected a line of `---` below them"),
    )
