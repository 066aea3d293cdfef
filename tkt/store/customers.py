"""Which customer files are there? Only names are looked at, and links are not followed."""

from __future__ import annotations

import os
from pathlib import Path

from tkt.errors import Problem
from tkt.store import strays
from tkt.store.files import os_message

CUSTOMERS = "customers"


def scan_customers(root: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The paths of the desk's customer files in their order, and why there are no more of them."""
    if (root / CUSTOMERS).is_symlink():
        return (), (strays.symbolic_link(CUSTOMERS),)
    try:
        names = sorted(os.listdir(root / CUSTOMERS))  # noqa: PTH208 - names alone
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        return (), (strays.unreadable(CUSTOMERS, os_message(error)),)
    return tuple(f"{CUSTOMERS}/{name}" for name in names if name.endswith(".yaml") and name[0] != "."), ()
