"""Which JSON Schemas do editors use for the files of a desk?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tkt.errors import UsageError, did_you_mean
from tkt.i18n import msg
from tkt.schema.base import Struct
from tkt.schema.configuration import FILES
from tkt.schema.knowledge import ArticleFile
from tkt.schema.service import CalendarFile
from tkt.schema.tickets import lesson_schema, ticket_schema

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_STRUCTS: Mapping[str, type[Struct]] = MappingProxyType(
    {**{name: kind for name, (_, kind) in FILES.items()}, "calendar": CalendarFile}
)
_LESSONS = ("review", "improvement")
_ARTICLE = "article"
SCHEMAS = (*_STRUCTS, "ticket", *_LESSONS, _ARTICLE)
"""The names that `json_schema` knows."""


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file. Errors: UsageError for an unknown name."""
    if name not in SCHEMAS:
        raise UsageError(msg("no schema {name}", name=name), hint=did_you_mean(name, SCHEMAS))
    if name == "ticket":
        return {"$schema": DRAFT, **ticket_schema()}
    if name in _LESSONS:
        return {"$schema": DRAFT, **lesson_schema(name)}
    import msgspec

    if name == _ARTICLE:
        return {"$schema": DRAFT, **_with_keys_of_its_own(msgspec.json.schema(ArticleFile))}
    return {"$schema": DRAFT, **msgspec.json.schema(_STRUCTS[name])}


def _with_keys_of_its_own(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, but for other keys at the top, which an article keeps."""
    article = schema["$defs"][ArticleFile.__name__]
    return {
        **schema,
        "$defs": {**schema["$defs"], ArticleFile.__name__: {**article, "additionalProperties": True}},
    }
