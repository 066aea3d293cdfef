"""In which formats does a gate tell what it found? One file a format, one line each here.

A format is a function from a `Sheet` to its whole text. The same desk at the same `now` gives the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tkt.render.gate.github import text as github
from tkt.render.gate.gitlab import text as gitlab
from tkt.render.gate.junit import text as junit
from tkt.render.gate.objects import text as objects
from tkt.render.gate.sarif import text as sarif
from tkt.render.gate.sheet import Sheet
from tkt.render.gate.text import text as tables

__all__ = ["FORMATS", "Sheet"]

FORMATS: Mapping[str, Callable[[Sheet], str]] = MappingProxyType(
    {
        "text": tables,
        "json": objects,
        "junit": junit,
        "github": github,
        "gitlab": gitlab,
        "sarif": sarif,
    }
)
"""Format → what it makes of a sheet; without the line end behind it."""
