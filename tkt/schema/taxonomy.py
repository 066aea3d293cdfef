"""What does config/taxonomy.yaml say: types, forms, priorities, a desk's own fields?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta

from tkt.i18n import N_
from tkt.schema.base import Labelled, Name, Struct, Words

Priority = Annotated[str, Meta(pattern=r"^P[1-9]$", description=N_("P1, P2, P3 or P4"))]
FieldName = Annotated[
    str, Meta(pattern=r"^[a-z][a-z0-9_]*$", description=N_("lower-case letters, digits and _"))
]


class LevelDecl(Labelled, frozen=True, kw_only=True):
    """One level of an axis, with the questions that decide it; the first yes counts."""

    ask: dict[Name, Words] = {}
    path: Words | None = None


class TypeDecl(Labelled, frozen=True, kw_only=True):
    """A type of ticket, and what all its categories need."""

    need: list[FieldName] = []


class CategoryDecl(Labelled, frozen=True, kw_only=True):
    """A category of a type: who owns it and what must be known before work starts."""

    team: Name | None = None
    need: list[FieldName] = []
    skill: str | None = None
    audience: Literal["customer", "internal"] = "customer"
    priority: Priority | None = None
    task: dict[str, Any] = {}
    visit: Literal["required", "possible"] | None = None
    checklist: list[str] = []


class FieldDecl(Labelled, frozen=True, kw_only=True):
    """A field of the desk's own, stored above the events."""

    type: Literal["text", "word", "number", "bool", "instant", "words"] = "text"
    any_of: list[FieldName] = []  # not stored itself: satisfied by any of these
    values: list[str] = []
    ask: Words | None = None
    source: str | None = None


class TaxonomyFile(Struct, frozen=True, kw_only=True):
    """config/taxonomy.yaml."""

    of_type: dict[Name, TypeDecl]
    types: dict[Name, dict[Name, CategoryDecl]]
    urgency: dict[Name, LevelDecl]
    impact: dict[Name, LevelDecl]
    complexity: dict[Name, LevelDecl]
    priority_names: dict[Priority, list[str]]
    priority: dict[Name, dict[Name, list[Priority]]]
    priority_then: list[Literal["category", "workaround", "safety"]] = []
    products: dict[Name, Labelled] = {}
    fields: dict[FieldName, FieldDecl] = {}
    never_ask: list[str] = []
