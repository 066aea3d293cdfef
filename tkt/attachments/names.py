"""What of a stranger's name for a file may be kept as a label, and what may name a file on this computer?"""

from __future__ import annotations

import re

from tkt.late import late

LABEL_LENGTH = 200  # characters
NAME_BYTES = 200
NAMELESS = "file"

# Controls, what turns the direction of writing, line and paragraph ends, halves of surrogate pairs.
_UNPRINTABLE = late(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SPACES = late(r"\s+")
_NOT_IN_NAMES = late(r'[<>:"|?*]')
_EXTENSION = late(r"\.[a-z0-9]{1,10}")
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in "0123456789¹²³"))
)
"""Names that Windows keeps for itself, whatever stands behind a dot."""


def label_of(name: str) -> str:
    """What people see as the name of a file: on one line, of bounded length, nothing invisible in it.

    It is only a label, so `../../etc/passwd` and `-rf` stay what they are.
    """
    words = _SPACES.sub(" ", _UNPRINTABLE.sub("", _SPACES.sub(" ", name))).strip()
    if len(words) <= LABEL_LENGTH:
        return words or NAMELESS
    start, ending = _parted(words)
    return f"{start[: LABEL_LENGTH - len(ending) - 1]}…{ending}"


def file_name(label: str) -> str:
    """A name for a file of that label that is safe on every system: no path, no option, hidden to nobody."""
    last = re.split(r"[/\\]", label_of(label))[-1]
    plain = _NOT_IN_NAMES.sub("_", last).rstrip(". ").lstrip()
    plain = re.sub(r"^[-.~]+", "_", plain)
    if is_device(plain):
        plain = f"_{plain}"
    return _shortened(plain) or NAMELESS


def is_device(name: str) -> bool:
    """Whether Windows keeps the name for itself, so that no file there can have it."""
    return name.partition(".")[0].rstrip().casefold() in _DEVICES


def extension_of(label: str) -> str:
    """`.png` of a label, as it may end the name of a stored file; empty where it is nothing of that kind."""
    ending = _parted(file_name(label))[1].lower()
    return ending if _EXTENSION.fullmatch(ending) else ""


def _parted(name: str) -> tuple[str, str]:
    """`report`, `.pdf`; a very long ending is none."""
    start, dot, ending = name.rpartition(".")
    return (start, f".{ending}") if dot and start and 0 < len(ending) <= 10 else (name, "")


def _shortened(name: str) -> str:
    """At most as many bytes as every file system takes, with its ending."""
    if len(name.encode()) <= NAME_BYTES:
        return name
    start, ending = _parted(name)
    return start.encode()[: NAME_BYTES - len(ending.encode())].decode(errors="ignore") + ending
