"""What have all configuration structs in common?"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from tkt.i18n import N_

Name = Annotated[
    str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", description=N_("lower-case letters, digits and -"))
]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description=N_("a date, 2026-11-21"))]
DurationText = Annotated[
    str,
    Meta(
        pattern=r"^(\d|PT?\d)",
        description=N_("2h, 1h30m, 15m; where days are allowed also 3d, 2 working days"),
    ),
]
QueryText = Annotated[str, Meta(description=N_("a query, as `tkt list` takes it; empty matches everything"))]

Language = Annotated[str, Meta(pattern=r"^(en|zh)$", description=N_("en or zh"))]
Bilingual = dict[Language, str]
Words = str | Bilingual
"""Words for people: one text for all, or one for each language."""


class Struct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a configuration file; unknown keys are faults."""


class Labelled(Struct, frozen=True, kw_only=True):
    """Something with a word of its own in each language; its key is the word where there is none."""

    en: str | None = None
    zh: str | None = None

    def label(self, language: str, default: str) -> str:
        """The word for `language`, else `default`."""
        return (self.zh if language == "zh" else self.en) or default


def words_in(words: Words, language: str, default: str = "") -> str:
    """`words` for a reader of `language`; in the other language where that is all there is."""
    if isinstance(words, str):
        return words
    return words.get(language) or next(iter(words.values()), default)
