"""Golden files: what a person has read once and found right.

Set `UPDATE_GOLDEN=1` to write them anew, and read the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "golden"


def golden(name: str, found: str) -> str:
    """What the golden file says, `report/kpi.en.txt`; `found`, where they are written anew."""
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8")
    return path.read_text(encoding="utf-8")
