"""SARIF 2.1.0, as far as tkt writes it: the standard's schema with its required members, types and closed objects."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft7Validator

LEVELS = ["none", "note", "warning", "error"]
STATUSES = ["accepted", "underReview", "rejected"]
TEXT = {"type": "string"}


def obj(required: list[str], **properties: Any) -> dict[str, Any]:
    """An object with these members and no others."""
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def items(of: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": of, **more}


INDEX = {"type": "integer", "minimum": -1}
MESSAGE = obj(["text"], text=TEXT)
BAG = {"type": "object"}
REGION = obj(["startLine"], startLine={"type": "integer", "minimum": 1})
ARTIFACT = obj([], uri={"type": "string", "format": "uri-reference"}, uriBaseId=TEXT, index=INDEX)
PHYSICAL = obj(["artifactLocation"], artifactLocation=ARTIFACT, region=REGION)
RULE = obj(
    ["id"],
    id=TEXT,
    name=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    helpUri={"type": "string", "format": "uri"},
    defaultConfiguration=obj([], enabled={"type": "boolean"}, level={"enum": LEVELS}),
)
LANGUAGE = {"type": "string", "pattern": "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}?$"}
DRIVER = obj(["name"], name=TEXT, version=TEXT, language=LANGUAGE, rules=items(RULE, uniqueItems=True))
RESULT = obj(
    ["message"],
    ruleId=TEXT,
    ruleIndex=INDEX,
    level={"enum": LEVELS},
    message=MESSAGE,
    locations=items(obj([], physicalLocation=PHYSICAL), minItems=1),  # at least one: a forge wants it
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    suppressions=items(
        obj(["kind"], kind={"enum": ["inSource", "external"]}, status={"enum": STATUSES}, justification=TEXT)
    ),
    properties=BAG,
)
RUN = obj(
    ["tool"],
    tool=obj(["driver"], driver=DRIVER),
    language=LANGUAGE,
    automationDetails=obj([], id=TEXT),
    invocations=items(obj(["executionSuccessful"], executionSuccessful={"type": "boolean"})),
    results=items(RESULT),
)
LOG = obj(
    ["version", "runs"],
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"enum": ["2.1.0"]},
    runs=items(RUN),
)


def faults(written: str) -> list[str]:
    """What the standard has against a log."""
    Draft7Validator.check_schema(LOG)
    return [error.message for error in Draft7Validator(LOG).iter_errors(json.loads(written))]
