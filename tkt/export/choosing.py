"""Which columns does an exported table have?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy

from tkt.columns import Columns
from tkt.columns.rows import ALWAYS
from tkt.errors import UsageError, did_you_mean
from tkt.fields import COMPUTED_KEYS, FieldSpec, field_label, field_named
from tkt.frozen import dataclass
from tkt.i18n import Message, current_language, msg, render
from tkt.intake.rows.headings import PARTS
from tkt.model import STORED
from tkt.schema import Configuration

_COMPUTED = ("external_id", "updated_at", "resolved_at", "closed_at", "due_at", "sla")
"""What every table has behind the stored fields; the first four are read again by an import."""

_PATH = "path"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutColumn:
    """One column: its key, as `tkt list --json` has it, and the field that it is."""

    key: str
    field: str  # as a query names it; of a part of a stored mapping the mapping
    part: str | None = None

    def label(self, specs: Mapping[str, FieldSpec], config: Configuration) -> str:
        """The word for it in the reader's language, by which an import knows it again."""
        if self.key in PARTS:
            return PARTS[self.key][1] if current_language() == "zh" else PARTS[self.key][0]
        if self.part is not None:
            return self.key
        spec = specs.get(self.field)
        found: Message | str = spec.shown if spec is not None else self.key
        return render(field_label(config, self.field) if self.field in config.field_kinds else found)


def usual_columns(rows: Iterable[Columns], config: Configuration) -> tuple[OutColumn, ...]:
    """What every ticket has, then what any of these tickets uses, in the order of a ticket's file."""
    used: dict[str, set[str]] = {}
    for each in rows:
        row = copy(each)
        for name in config.field_kinds:
            value = row.get(name)
            if value is not None:
                used.setdefault(name, set()).update(map(str, value) if isinstance(value, Mapping) else ())
    names = [name for name in (*STORED, *config.taxonomy.fields) if name in used or name in ALWAYS]
    stored = [column for name in names for column in _stored(name, used.get(name, set()))]
    head = [column for column in stored if column.key == "id"]
    rest = [column for column in stored if column.key != "id"]
    status = OutColumn(key="status", field="status")
    return (*(head or [OutColumn(key="id", field="id")]), status, *rest, *map(_computed, _COMPUTED))


def columns_of(
    names: Sequence[str], specs: Mapping[str, FieldSpec], config: Configuration
) -> tuple[OutColumn, ...]:
    """The columns that somebody named, by name or label, in their order. Errors: UsageError."""
    return tuple(column for name in names for column in _named(name, specs, config))


def _named(typed: str, specs: Mapping[str, FieldSpec], config: Configuration) -> tuple[OutColumn, ...]:
    name = field_named(config, typed)
    if name == _PATH:
        return (OutColumn(key=_PATH, field=_PATH),)
    base, dot, part = name.partition(".")
    if dot and config.field_kinds.get(base) == "mapping" and name not in specs:
        return (OutColumn(key=name, field=base, part=part),)
    if config.field_kinds.get(name) == "mapping":
        return _stored(name, set())
    spec = specs.get(name)
    if spec is None or spec.name == "text":
        raise UsageError(
            msg("there is no field {name}", name=typed),
            hint=did_you_mean(typed, [*config.field_kinds, *COMPUTED_KEYS, *PARTS, _PATH]),
        )
    keys = {field: key for key, field in COMPUTED_KEYS.items()}
    return (OutColumn(key=keys.get(spec.name, spec.name), field=spec.name),)


def _stored(name: str, used: set[str]) -> tuple[OutColumn, ...]:
    """A stored field; a mapping as its usual parts that are used (all where none is), then the others."""
    if STORED.get(name) != "mapping":
        return (OutColumn(key=name, field=name),)
    usual = [key.partition(".")[2] for key in PARTS if key.startswith(f"{name}.")]
    shown = [part for part in usual if part in used or not used]
    others = sorted(used - set(usual))
    return tuple(OutColumn(key=f"{name}.{part}", field=name, part=part) for part in (*shown, *others))


def _computed(key: str) -> OutColumn:
    return OutColumn(key=key, field=COMPUTED_KEYS.get(key, key))
