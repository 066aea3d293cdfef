"""What must be known of a desk to merge one of its files?

Two short looks at its configuration, and no fault in it stops a merge: the file that says it may be in
conflict itself, and then what every desk has counts.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from os.path import isfile
from pathlib import Path
from typing import cast, get_args

from tkt.errors import DataError
from tkt.frozen import dataclass
from tkt.merging import DEFAULT_FINISHED
from tkt.model import STORED, Kind, Value
from tkt.store.codec.reading import read_document

_ENDS = ("resolved", "closed")
"""The categories whose statuses are an end."""
_WORKFLOW = "config/workflow.yaml"
_TAXONOMY = "config/taxonomy.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Essentials:
    """Where a file lies in its desk, what the stored keys there hold, which statuses are an end."""

    path: str
    kinds: Mapping[str, Kind]
    finished: Container[str]


def essentials_of(top: Path, path: str) -> Essentials:
    """What a merge of `path` below `top` (of a working tree) needs; without a desk what is usual."""
    file = (top / path).absolute()
    root = next((folder for folder in file.parents if isfile(folder / "tkt.yaml")), None)  # noqa: PTH113
    if root is None:
        return Essentials(path=path, kinds=STORED, finished=DEFAULT_FINISHED)
    return Essentials(
        path=file.relative_to(root).as_posix(),
        kinds={**dict(_own_kinds(root)), **STORED},
        finished=frozenset(_finished(root)) or DEFAULT_FINISHED,
    )


def _own_kinds(root: Path) -> Iterator[tuple[str, Kind]]:
    """The fields that this desk has of its own."""
    for name, told in _mappings(root, _TAXONOMY, "fields"):
        kind = told.get("type", "text")
        if kind in get_args(Kind) and not told.get("any_of"):
            yield name, cast("Kind", kind)


def _finished(root: Path) -> Iterator[str]:
    """The statuses of the categories resolved and closed."""
    return (name for name, told in _mappings(root, _WORKFLOW, "statuses") if told.get("category") in _ENDS)


def _mappings(root: Path, path: str, key: str) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """What a configuration file declares under `key`, as far as it can be read."""
    try:
        found = read_document((root / path).read_bytes(), path).value.get(key)
    except (DataError, OSError):
        return
    for name, told in found.items() if isinstance(found, dict) else ():
        if isinstance(told, dict):
            yield name, told
