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
from tkt.intake.rows.headings import BESIDE, PARTS, WORDS, Headings
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
        if self.key == WORDS:
            return render(msg(BESIDE[WORDS]))
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
    names: Sequence[str],
    specs: Mapping[str, FieldSpec],
    config: Configuration,
    rows: Iterable[Columns] = (),
) -> tuple[OutColumn, ...]:
    """The columns that somebody named, by name or label, in their order.

    `rows`: whose mappings may have parts of their own. Errors: UsageError.
    """
    return tuple(column for name in names for column in _named(name, specs, config, rows))


def _named(
    typed: str, specs: Mapping[str, FieldSpec], config: Configuration, rows: Iterable[Columns]
) -> tuple[OutColumn, ...]:
    name = _meant(typed, specs, config)
    if name in (_PATH, WORDS):
        return (OutColumn(key=name, field=name),)
    base, dot, part = name.partition(".")
    if dot and config.field_kinds.get(base) == "mapping" and name not in specs:
        _refuse_unknown_part(typed, name, config, rows)
        return (OutColumn(key=name, field=base, part=part),)
    if config.field_kinds.get(name) == "mapping":
        return _stored(name, set())
    spec = specs.get(name)
    if spec is None or spec.name == "text":
        raise UsageError(
            msg("there is no field {name}", name=typed),
            hint=did_you_mean(typed, [*config.field_kinds, *COMPUTED_KEYS, *PARTS, _PATH, WORDS]),
        )
    keys = {field: key for key, field in COMPUTED_KEYS.items()}
    return (OutColumn(key=keys.get(spec.name, spec.name), field=spec.name),)


def _meant(typed: str, specs: Mapping[str, FieldSpec], config: Configuration) -> str:
    """The field that is called so, in a query or at the head of a table that was written here."""
    name = field_named(config, typed)
    if name in specs or name in config.field_kinds or name == _PATH:
        return name
    heading = Headings(config).field(typed)
    if heading is not None and heading[1] == 0:
        return heading[0]
    computed = map(_computed, _COMPUTED)
    return next((it.field for it in computed if it.label(specs, config) == typed), name)


def _refuse_unknown_part(typed: str, name: str, config: Configuration, rows: Iterable[Columns]) -> None:
    """Errors: UsageError for a part that no ticket has and none usually has."""
    base, _dot, part = name.partition(".")
    accounts = config.channels.channels if base == "contact" else ()
    if name in PARTS or part in accounts or any(part in (copy(row).get(base) or ()) for row in rows):
        return
    usual = [each for each in PARTS if each.startswith(f"{base}.")]
    heading = Headings(config).field(part)
    if heading is not None and heading[0] in usual:
        hint = msg("did you mean {name}?", name=heading[0])
    else:
        guess = did_you_mean(typed, usual) if part.isascii() else None
        hint = guess or msg("known are: {names}", names=tuple(usual))
    raise UsageError(msg("there is no field {name}", name=typed), hint=hint)


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
