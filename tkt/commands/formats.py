"""How are answers written that people read in a terminal and on a forge?"""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """How it is written."""

    TEXT = "text"
    MARKDOWN = "md"
    JSON = "json"
