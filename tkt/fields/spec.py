"""What does a query know of one field?"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Literal

from tkt.frozen import dataclass
from tkt.i18n import Message, current_language, msg

FieldKind = Literal[
    "word", "text", "person", "team", "instant", "number", "bool", "words", "duration", "status"
]

NO_ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field that a query can name; a mapping may hold it under other names too."""

    name: str
    kind: FieldKind
    label: str = ""  # English, for people; marked for translation
    chinese: str = ""  # the label of a desk's own field, which no catalogue knows
    values: tuple[str, ...] | None = None  # None: anything
    aliases: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: NO_ALIASES
    )  # normalised typed word → values meant
    computed: bool = False  # from events, clocks or configuration, rather than a key of the file
    from_keys: bool = True  # told by the stored keys and the configuration alone, without events or clocks
    json: str = ""  # key in the output of `tkt list --json`; empty: not in it
    ordered: bool = False  # `values` stand in their order, so they can be compared
    ahead: bool = False  # an instant to come: a bare duration is the time until it, not its age
    relative: bool = False  # depends on the instant at which it is asked

    @property
    def shown(self) -> Message | str:
        """Its label, in a sentence."""
        if self.chinese and current_language() == "zh":
            return self.chinese
        return msg(self.label or self.name)

    def meant_by(self, typed: str) -> tuple[str, ...] | None:
        """The values that a typed word means; None where it is none of this field's."""
        if self.values is None:
            return self.aliases.get(normalised(typed), (typed,))
        wanted = normalised(typed)
        exact = tuple(value for value in self.values if normalised(value) == wanted)
        return exact or self.aliases.get(wanted)


def normalised(text: str) -> str:
    """`text` as it is compared: full-width as half-width, no difference of case."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
