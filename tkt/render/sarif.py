"""How does a forge's code-scanning page read findings? SARIF 2.1.0, an OASIS standard.

Only what such pages show: rules with their help, results with level, place and a fingerprint that stays
the same when lines move. Paths are relative to the top of the repository.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from tkt import __version__
from tkt.i18n import current_language
from tkt.late import late
from tkt.render.text import clean

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LANGUAGES = {"en": "en-US", "zh": "zh-CN"}
_LINK = late(r"\](?=\()")


def sarif_log(
    run_id: str, rules: Sequence[dict[str, Any]], results: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """The whole log. `run_id`: which of tkt's checks this is, ending in a slash."""
    language = _LANGUAGES[current_language()]
    driver = {"name": "tkt", "version": __version__, "language": language, "rules": list(rules)}
    run = {
        "tool": {"driver": driver},
        "language": language,
        "automationDetails": {"id": run_id},
        "invocations": [{"executionSuccessful": True}],
        "results": list(results),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def rule(code: str, *, title: str, advice: str, level: str) -> dict[str, Any]:
    """What is looked for, and what to do where it is found."""
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": advice},
        "defaultConfiguration": {"level": level},
    }


def place(path: str, line: int) -> dict[str, Any]:
    """Where a result stands; bytes of the path that are no UTF-8 are kept as they are."""
    uri = quote(path.encode("utf-8", "surrogateescape"))
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}


def plain(text: str) -> str:
    """A stranger's text in a message: no control characters, and nothing that a page takes for a link."""
    return _LINK.sub("] ", clean(text))
