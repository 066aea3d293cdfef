"""What does an editor know about a ticket file?

A help while typing, not a judge: `tkt check` is that. Keys that a desk added and kinds of events
that a newer tkt wrote are let through.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from tkt.lessons import IMPROVEMENT_KEYS, REVIEW_KEYS, STATES
from tkt.model import EVENT_KEYS, EVENT_TAIL, KINDS, STORED, Kind, Role

_INSTANT = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})$",
    "description": "an instant, like 2026-11-21T09:15:00+08:00",
}
_TEXT = {"type": "string"}
_KIND_SCHEMAS: dict[Kind, dict[str, Any]] = {
    "text": _TEXT,
    "word": _TEXT,
    "person": {"type": "string", "description": "a person of config/people.yaml"},
    "team": {"type": "string", "description": "a team of config/people.yaml"},
    "instant": _INSTANT,
    "number": {"type": "number"},
    "bool": {"type": "boolean"},
    "words": {"type": "array", "items": _TEXT, "uniqueItems": True},
    "mapping": {"type": "object"},
}
_CHOICES = {
    "impact": ["many", "some", "one"],
    "urgency": ["red", "yellow", "green"],
    "complexity": ["simple", "multi-step", "cross-team"],
    "priority": ["P1", "P2", "P3", "P4"],
}
_LESSONS: dict[str, tuple[Mapping[str, Kind], str, str]] = {
    "review": (REVIEW_KEYS, "Review", "How a ticket went, and why."),
    "improvement": (IMPROVEMENT_KEYS, "Improvement", "What is changed so that requests of a kind stop."),
}
_EVENT_PARTS: dict[str, dict[str, Any]] = {
    "id": {
        "type": "string",
        "pattern": "^[0-9a-hjkmnp-tv-z]{6}$",
        "description": "six characters, never changed",
    },
    "at": _INSTANT,
    "by": {
        "type": "string",
        "description": "a person, rule:NAME, tick, import:NAME or the customer's contact",
    },
    "did": {"anyOf": [{"enum": list(KINDS)}, _TEXT], "description": "what happened"},
    "role": {"enum": list(get_args(Role))},
    "auto": {"type": "boolean", "description": "a machine wrote it"},
    "via": _TEXT,
    "forced": {"type": "boolean", "description": "a guard was overruled"},
    "reason": _TEXT,
    "recorded_at": _INSTANT,
}


def ticket_schema() -> dict[str, Any]:
    """The schema of `tickets/<status>/<id>.yaml` (docs/file-format.md)."""
    return {
        "title": "Ticket",
        "description": "One customer request; its status is the directory that the file lies in.",
        "type": "object",
        "properties": {**{name: _stored(name) for name in STORED}, "events": _events()},
        "required": ["id", "received_at", "events"],
    }


def lesson_schema(name: str) -> dict[str, Any]:
    """The schema of `reviews/NAME.yaml` or `improvements/NAME.yaml`."""
    keys, title, about = _LESSONS[name]
    kinds = {key: _KIND_SCHEMAS[kind] for key, kind in keys.items()}
    due = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "a day, like 2026-11-30"}
    own = {"due": due, "state": {"enum": list(STATES)}, "events": _events()}
    return {
        "title": title,
        "description": about,
        "type": "object",
        "properties": {**kinds, **own},
        "required": ["title"],
    }


def _stored(name: str) -> dict[str, Any]:
    schema = _KIND_SCHEMAS[STORED[name]]
    if name in _CHOICES:
        return {**schema, "examples": _CHOICES[name]}
    return schema


def _events() -> dict[str, Any]:
    return {
        "type": "array",
        "description": "What happened, in order; only appended to.",
        "items": {
            "type": "object",
            "properties": {key: _EVENT_PARTS[key] for key in (*EVENT_KEYS, *EVENT_TAIL)},
            "required": ["id", "at", "by", "did"],
            "allOf": [_own_keys(kind, keys) for kind, keys in KINDS.items() if keys],
        },
        "minItems": 1,
    }


def _own_keys(kind: str, keys: tuple[str, ...]) -> dict[str, Any]:
    """The keys to offer for one kind of event."""
    return {
        "if": {"properties": {"did": {"const": kind}}, "required": ["did"]},
        "then": {"properties": {key: {} for key in keys}},
    }
