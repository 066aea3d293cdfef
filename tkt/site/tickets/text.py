"""How does a stranger's text stand in a page that is put together by hand, 100,000 times?"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from html import escape as _escape

from tkt.clock import instant_text
from tkt.late import late
from tkt.render.markup import marked_up
from tkt.render.markup_whole import LONGEST, as_written
from tkt.render.text import clean, one_line
from tkt.render.times import stamp

_ACTS = late(r"[*_`\[<|~\\]|&[#a-zA-Z]|^[ \t]*(?:[-+#>=]|\d{1,9}[.)])|^ {4}|^\t", re.MULTILINE)
"""What Markdown might make something of; one text in ten has something of it."""
_SPECIAL = late("[&<>\"']")
_APART = late(r"\n[ \t]*\n\s*")
_TOP = 4  # headings of a message stand below those of the page


def esc(text: object) -> str:
    """On one line, cleaned and escaped: for elements and for attributes in double quotes."""
    return _escaped(str(text))


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    """Most of what a page says, all pages say."""
    said = one_line(text)
    return _escape(said) if _SPECIAL.search(said) else said


def block(text: str) -> str:
    """A message as HTML: lines stay lines, Markdown is read, nothing in it acts."""
    said = clean(text).strip()
    if not said:
        return ""
    if len(said) > LONGEST:
        return as_written(said)
    if _ACTS.search(said):
        return marked_up(said, breaks=True, top=_TOP).html
    return "".join(f"<p>{_lines(part)}</p>\n" for part in _APART.split(said))


@lru_cache(maxsize=64)
def time(at: datetime, zone: str) -> str:
    """An instant, for people in the desk's zone and for programs; what one command wrote shares its own."""
    return f'<time datetime="{instant_text(at)}">{stamp(at, zone)}</time>'


def time_ahead(at: datetime, zone: str) -> str:
    """The same of a due instant; site.js says beside it how long that is from now."""
    return f'<time datetime="{instant_text(at)}" data-left>{stamp(at, zone)}</time>'


def _lines(text: str) -> str:
    return "<br>\n".join(_escape(line.strip()) for line in text.split("\n"))
