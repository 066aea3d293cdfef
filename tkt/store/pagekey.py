"""With which secret are the names of status pages made? `TKT_SECRET_PAGES`, else a key that this clone keeps."""

from __future__ import annotations

import os
from pathlib import Path

from tkt.errors import UsageError
from tkt.i18n import msg
from tkt.store.files import FileError, os_message
from tkt.store.gitnear import near_place
from tkt.store.gitquick import state_folder

VARIABLE = "TKT_SECRET_PAGES"
FILE = "pages.key"
SHORTEST = 16
"""Characters that a secret has at least."""
_BYTES = 32


def page_secret(root: Path) -> bytes | None:
    """The secret of the desk at `root`; None where there is none yet. Errors: UsageError, FileError."""
    return shared_secret() or _read(key_file(root))


def shared_secret() -> bytes | None:
    """The secret that every clone has; None where there is none. Errors: UsageError."""
    given = os.environ.get(VARIABLE, "").strip()
    if not given:
        return None
    if len(given) < SHORTEST:
        raise UsageError(
            msg("{name} is too short, expected {count} characters or more", name=VARIABLE, count=SHORTEST),
            hint=msg("openssl rand -hex 32"),
        )
    return given.encode()


def made_secret(root: Path) -> tuple[bytes, bool]:
    """The secret, and whether it was made just now. Errors: as `page_secret`."""
    found = page_secret(root)
    if found is not None:
        return found, False
    place = key_file(root)
    try:
        is_new = _made(place)
    except OSError as error:
        raise FileError(os_message(error), path=str(place)) from error
    found = page_secret(root)
    if found is None:
        raise FileError(
            msg("holds no key, expected {count} characters or more", count=SHORTEST),
            path=str(place),
            hint=msg("remove it: a new key is made, and every page gets a new address"),
        )
    return found, is_new


def _made(place: Path) -> bool:
    """Put a new key there, whole or not at all; whether nobody else was faster."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(os.urandom(_BYTES).hex())
        os.link(beside, place)
    except FileExistsError:
        return False
    finally:
        beside.unlink()
    return True


def key_file(root: Path) -> Path:
    """Where this clone keeps its key."""
    return state_folder(root, near_place(root)) / FILE


def _read(place: Path) -> bytes | None:
    try:
        found = place.read_bytes().strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError(os_message(error), path=str(place)) from error
    return found if len(found) >= SHORTEST else None
