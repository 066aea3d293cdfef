"""Does git merge and show tickets by their events in this clone?"""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from tkt.clone import DRIVER, DRIVER_CALL, TEXTCONV
from tkt.doctor.finding import Finding, broken, fine, poor
from tkt.doctor.surroundings import Surroundings
from tkt.i18n import Message, msg
from tkt.store.gitclone import attributes as attributes_of

_FIX = msg("tkt doctor --fix")
_RECORDS = {"merge": "tkt", "diff": "tkt"}
_WANTED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "tickets/new/x.yaml": ("tickets/** text eol=lf merge=tkt diff=tkt", _RECORDS),
    "customers/x.yaml": ("customers/** text eol=lf merge=tkt diff=tkt", _RECORDS),
    "knowledge/x.md": ("knowledge/** text eol=lf merge=tkt diff=tkt", _RECORDS),
    "reviews/x.yaml": ("reviews/** text eol=lf merge=tkt diff=tkt", _RECORDS),
    "improvements/x.yaml": ("improvements/** text eol=lf merge=tkt diff=tkt", _RECORDS),
    "attachments/x/y": (
        "attachments/** -text -diff -merge",
        dict.fromkeys(("text", "diff", "merge"), "unset"),
    ),
}
"""A path of each kind → the line of .gitattributes, and what git must make of it."""


def driver(around: Surroundings) -> Finding | None:
    """Whether git calls tkt to merge."""
    told = around.setup.told.get(DRIVER) if around.repo is not None else None
    if told and not told.endswith(DRIVER_CALL):
        wrong = msg("{key} is {value}, expected it to end in {end}", key=DRIVER, value=told, end=DRIVER_CALL)
        return poor("driver", wrong, _FIX)
    lacking = msg("git merges tickets by their lines in this clone: {key} is not set", key=DRIVER)
    return _program(around, "driver", DRIVER, good=msg("git merges tickets by their events"), lacking=lacking)


def textconv(around: Surroundings) -> Finding | None:
    """Whether git calls tkt to show a difference."""
    lacking = msg("git diff shows tickets as YAML in this clone: {key} is not set", key=TEXTCONV)
    return _program(
        around, "textconv", TEXTCONV, good=msg("git diff shows tickets in words"), lacking=lacking
    )


def _program(around: Surroundings, name: str, key: str, *, good: Message, lacking: Message) -> Finding | None:
    if around.repo is None:
        return None
    told = around.setup.told.get(key)
    if not told:
        return poor(name, lacking, _FIX)
    if around.setup.program(key) is None:
        return broken(name, msg("{key} is {value}, and there is no such program", key=key, value=told), _FIX)
    return fine(name, good)


def attributes(around: Surroundings) -> Finding | None:
    """Whether the desk names its files to git."""
    if around.repo is None:
        return None
    found = attributes_of(around.here, ("merge", "diff", "text"), _WANTED)
    lines = [
        line
        for path, (line, wanted) in _WANTED.items()
        if any(found.get((path, name)) != value for name, value in wanted.items())
    ]
    if not lines:
        return fine("attributes", msg(".gitattributes names tickets, customers and articles to git"))
    patterns = tuple(line.split()[0] for line in lines)
    told = msg(".gitattributes does not say how git is to treat: {patterns}", patterns=patterns)
    words = " ".join(shlex.quote(line) for line in lines)
    file = shlex.quote(str(around.here / ".gitattributes"))
    return poor("attributes", told, msg("printf '%s\\n' {words} >> {file}", words=words, file=file))
