"""What do the keys above a Markdown file say: an article, a canned reply?"""

from __future__ import annotations

from tkt.errors import DataError, Problem
from tkt.i18n import msg
from tkt.model import Value
from tkt.store.codec.decoding import decoded, without_mark
from tkt.store.codec.reading import read_document

_FENCE = "---"


def read_front_matter(data: bytes, path: str) -> tuple[dict[str, Value], str]:
    """(keys, text below them); no keys where the file begins without `---`.

    Errors: DataError with the line of what cannot be read.
    """
    text = without_mark(decoded(data, path))
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != _FENCE:
        return {}, text
    end = next((place for place, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise DataError([_unclosed(path)])
    head = "".join(lines[1:end])
    # A line in place of the fence keeps the numbers of the lines below it.
    keys = read_document(f"\n{head}".encode(), path).value if head.strip() else {}
    return keys, "".join(lines[end + 1 :])


def _unclosed(path: str) -> Problem:
    return Problem(
        code="front-matter",
        path=path,
        line=1,
        message=msg("the keys above the text do not end, expected a line of `---` below them"),
    )
