"""Which fields are there? One line each; docs/fields.md is this table for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from tkt.fields.clocks import CLOCK_LABELS
from tkt.fields.lookup import DERIVED
from tkt.fields.names import OTHER_NAMES, STORED_LABELS, own_labels
from tkt.fields.spec import FieldKind, FieldSpec, normalised
from tkt.fields.vocabulary import Vocabulary, person_aliases, vocabularies
from tkt.i18n import N_
from tkt.model import STORED, Kind
from tkt.schema import Configuration

_KINDS: Mapping[str, FieldKind] = {"id": "text", "watchers": "person"}  # asked for otherwise than stored


def _computed(
    name: str, kind: FieldKind, label: str, json: str = "", *, ahead: bool = False, relative: bool = False
) -> FieldSpec:
    return FieldSpec(
        name=name,
        kind=kind,
        label=label,
        computed=True,
        from_keys=name in DERIVED,
        json=json,
        ahead=ahead,
        relative=relative,
    )


_COMPUTED = (
    _computed("text", "text", N_("words")),
    _computed("audience", "word", N_("audience"), "audience"),
    _computed("channel.class", "word", N_("class of channel")),
    _computed("waiting_on", "word", N_("waiting on")),
    _computed("until", "instant", N_("until"), ahead=True),
    _computed("code", "word", N_("resolution code")),
    _computed("cause", "word", N_("cause class")),
    _computed("updated", "instant", N_("updated at"), "updated_at"),
    _computed("resolved", "instant", N_("resolved at"), "resolved_at"),
    _computed("closed", "instant", N_("closed at"), "closed_at"),
    _computed("external_id", "word", N_("number elsewhere"), "external_id"),
    _computed("created_by", "person", N_("created by"), "created_by"),
    _computed("last_by", "person", N_("last by"), "last_by"),
    _computed("reopens", "number", N_("reopens"), "reopens"),
    _computed("reassignments", "number", N_("reassignments"), "reassignments"),
    _computed("replies", "number", N_("replies"), "replies"),
    _computed("messages", "number", N_("messages"), "messages"),
    _computed("csat", "number", N_("satisfaction"), "csat"),
    _computed("told", "bool", N_("customer told"), "told"),
    _computed("needs", "words", N_("needs"), "needs"),
    _computed("missing", "words", N_("missing"), "missing"),
    _computed("age", "duration", N_("age"), relative=True),
    _computed("untouched", "duration", N_("untouched for"), relative=True),
    _computed("policy", "word", N_("policy"), "policy", relative=True),
    _computed("sla", "word", N_("service level"), "sla", relative=True),
    _computed("breached", "words", N_("breached clocks"), relative=True),
    _computed("acknowledged", "bool", N_("breaches acknowledged"), relative=True),
    _computed("due", "instant", N_("due"), "due_at", ahead=True, relative=True),
    _computed("remaining", "duration", N_("remaining"), relative=True),
)
_CLOCKS = tuple(_computed(f"sla.{clock}", "word", clock, relative=True) for clock in CLOCK_LABELS)

RESERVED = frozenset(("status", *STORED, *(spec.name for spec in _COMPUTED), "path", "events"))
"""Names that a desk's own fields cannot take: a query and JSON mean tkt's own by them."""

COMPUTED_KEYS: Mapping[str, str] = MappingProxyType(
    {spec.json: spec.name for spec in _COMPUTED if spec.json and spec.name != "sla"}
)
"""Key in the output of `tkt list --json` → computed field; `sla` is not one value there but all clocks."""


@lru_cache(maxsize=8)
def field_specs(config: Configuration) -> Mapping[str, FieldSpec]:
    """Every field of this desk under every name that a query may give it."""
    words = vocabularies(config)
    found = {spec.name: _worded(spec, words) for spec in _builtin(config)}
    others = {name: found[known] for name, known in OTHER_NAMES.items()}
    own = _own(config)
    return MappingProxyType({**_by_label(config, own), **others, **own, **found})


def _builtin(config: Configuration) -> tuple[FieldSpec, ...]:
    stored = tuple(_stored(name, kind) for name, kind in STORED.items())
    people = person_aliases(config)
    specs = (FieldSpec(name="status", kind="status", label=N_("status"), json="status"), *stored, *_COMPUTED)
    known = tuple(replace(spec, aliases=people) if spec.kind == "person" else spec for spec in specs)
    return (*known, *_CLOCKS)


def _stored(name: str, kind: Kind) -> FieldSpec:
    asked: FieldKind = _KINDS.get(name) or ("text" if kind == "mapping" else kind)
    return FieldSpec(name=name, kind=asked, label=STORED_LABELS[name], json=name, ordered=name == "priority")


def _worded(spec: FieldSpec, words: Mapping[str, Vocabulary]) -> FieldSpec:
    values, aliases = words.get("sla" if spec.name.startswith("sla.") else spec.name, (None, spec.aliases))
    return replace(spec, values=values, aliases=aliases or spec.aliases)


def _own(config: Configuration) -> dict[str, FieldSpec]:
    """The fields that the desk or an import added."""
    return {
        name: FieldSpec(
            name=name,
            kind=it.type,
            label=it.en or name,
            chinese=it.zh or "",
            values=tuple(it.values) or None,
            json=name,
        )
        for name, it in config.taxonomy.fields.items()
        if name not in RESERVED and not it.any_of
    }


def _by_label(config: Configuration, own: Mapping[str, FieldSpec]) -> dict[str, FieldSpec]:
    """The desk's own fields under their labels, where a label can stand before a colon."""
    return {
        normalised(label): own[name]
        for label, name in own_labels(config)
        if name in own and label.isidentifier()
    }
