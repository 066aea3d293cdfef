"""What does pip install tkt from, where a forge runs it?"""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tkt.ci.files import templates_of
from tkt.late import late
from tkt.store.files import read_file

_LINE = late(rb"(?m)^ +TKT_PACKAGE: (.*)$")


def installed_from() -> str:
    """What pip can install this very tkt from, as pip recorded it; empty where that is no address for others."""
    try:
        recorded = distribution("tkt").read_text("direct_url.json")
    except PackageNotFoundError:
        return ""
    origin = json.loads(recorded) if recorded else {}
    url: str = origin.get("url", "")
    if not url.startswith(("https://", "ssh://")):
        return ""
    if "vcs_info" in origin:
        folder = f"#subdirectory={origin['subdirectory']}" if origin.get("subdirectory") else ""
        return f"tkt @ {origin['vcs_info']['vcs']}+{url}@{origin['vcs_info']['commit_id']}{folder}"
    hashes: dict[str, str] = origin.get("archive_info", {}).get("hashes", {})
    return f"tkt @ {url}" + "".join(f"#{name}={value}" for name, value in list(hashes.items())[:1])


def package_there(top: Path, forge: str) -> str:
    """What pip installs tkt from, as a file of the forge that is there says; empty where none does."""
    there = (read_file(top / path, root=top) for path in templates_of(forge) if (top / path).is_file())
    found = (line[1].decode("utf-8", "replace") for data in there for line in _LINE.finditer(data))
    return next(filter(None, map(_named, found)), "")


def _named(scalar: str) -> str:
    """The text of a YAML scalar of one line; empty for a variable of the forge."""
    if scalar.startswith('"') and scalar.endswith('"') and len(scalar) > 1:
        return scalar[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return "" if scalar.startswith("$") else scalar.strip("'")


def is_same(found: bytes, data: bytes, *, wished: bool) -> bool:
    """Whether a file says what it should; where tkt comes from is its owner's, unless that is `wished`."""
    if wished:
        return found == data
    return _LINE.sub(b"", found) == _LINE.sub(b"", data)
