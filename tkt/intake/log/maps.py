"""What does a map say about an event log: which column means what, and in which words?

The shape of `maps/*.yaml` and of a desk's own map files; docs/import.md explains every key.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from tkt.i18n import N_
from tkt.schema.base import Labelled, Name, Struct
from tkt.schema.taxonomy import FieldName, Priority

WaitingOn = Literal["customer", "vendor", "colleague"]
Delimiter = Annotated[str, Meta(pattern=r"^[^\r\n\"]$", description=N_("one character, like , ; or a tab"))]
Template = Annotated[str, Meta(description=N_("text with columns in braces, like {number}"))]


class LogColumns(Struct, frozen=True, kw_only=True):
    """Which column of the log holds what; the first four are needed."""

    number: str
    changed_at: str
    state: str
    opened_at: str
    changed_by: str | None = None
    contact: str | None = None
    channel: str | None = None
    priority: str | None = None
    impact: str | None = None
    urgency: str | None = None
    team: str | None = None
    owner: str | None = None


class StateDecl(Struct, frozen=True, kw_only=True):
    """The status that a state of the source becomes, and on whom it waits there."""

    status: Name
    on: WaitingOn | None = None


class KeptField(Labelled, frozen=True, kw_only=True):
    """A column kept as a field of the desk's own.

    `when`: `each` follows its changes with `set` events; `first` and `last` take the value of the
    ticket's first or last row and record no changes.
    """

    column: str
    type: Literal["text", "word", "number", "bool", "instant"] = "text"
    when: Literal["each", "first", "last"] = "each"


class ResolutionDecl(Struct, frozen=True, kw_only=True):
    """What a move to a resolved or closed status records as the resolution."""

    code: Name
    cause: Name = "unknown"
    column: str | None = None
    codes: dict[str, Name] = field(
        default_factory=dict
    )  # words of the column → codes of the desk; others get `code`
    text: list[Template] = field(default_factory=list)


class LogMap(Struct, frozen=True, kw_only=True):
    """How to read one kind of event log: one row per change, grouped by ticket number."""

    source: Name
    encoding: str = "utf-8-sig"
    delimiter: Delimiter = ","
    missing: list[str] = field(default_factory=lambda: [""])
    dates: list[str]  # strptime formats, tried in order
    zone: str | None = None  # None: the desk's
    columns: LogColumns
    title: list[Template]  # a part with a missing column is left out
    opens_as: Name = "new"
    states: dict[str, Name | StateDecl]
    unknown_state: Name | None = None  # None: the ticket stays where it was
    resolution: ResolutionDecl | None = None
    channels: dict[str, Name] = field(default_factory=dict)
    priorities: dict[str, Priority] = field(default_factory=dict)
    impacts: dict[str, Name] = field(default_factory=dict)
    urgencies: dict[str, Name] = field(default_factory=dict)
    people: dict[str, str] = field(
        default_factory=dict
    )  # names in the log → ids; others are made from the name
    teams: dict[str, Name] = field(default_factory=dict)
    fields: dict[FieldName, KeptField] = field(default_factory=dict)
    lacks: list[Literal["messages"]] = field(default_factory=list)

    def state(self, word: str) -> StateDecl | None:
        """What the source's `word` for a state means here, None for one that the map does not know."""
        found = self.states.get(word)
        return StateDecl(status=found) if isinstance(found, str) else found

    @property
    def needed_columns(self) -> tuple[str, ...]:
        """Columns without which a row cannot be used."""
        it = self.columns
        return (it.number, it.changed_at, it.state, it.opened_at)
