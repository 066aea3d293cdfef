"""What does a canned reply of the desk say, before its places are filled?"""

from __future__ import annotations

from pathlib import Path

from tkt.defaults import packaged
from tkt.frozen import dataclass
from tkt.late import late
from tkt.model import Value
from tkt.store.codec.front_matter import read_front_matter
from tkt.store.files import FileMissing, inside, read_file

REPLIES = "replies"
LARGEST = 20_000  # bytes
_NAME = late(r"[a-z0-9][a-z0-9_-]{0,63}")
_LANGUAGE = late(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A canned reply in one language."""

    path: str  # relative to the desk
    keys: dict[str, Value]
    text: str
    first_line: int  # of the text, in the file

    @property
    def is_auto(self) -> bool:
        """Whether machines may send it."""
        return self.keys.get("auto") is True


def read_reply(root: Path, name: str, language: str) -> Reply | None:
    """`replies/NAME.LANGUAGE.md` of the desk, else tkt's own; None where there is neither.

    `zh_CN` is looked for as `zh` too. Errors: FileError, DataError.
    """
    if not _NAME.fullmatch(name) or not _LANGUAGE.fullmatch(language):
        return None
    wishes = dict.fromkeys((language, language.replace("_", "-").partition("-")[0].lower()))
    paths = [f"{REPLIES}/{name}.{wish}.md" for wish in wishes]
    for path in paths:
        try:
            return _parsed(read_file(inside(root, path), root=root, limit=LARGEST), path)
        except FileMissing:
            continue
    found = ((path, packaged(path)) for path in paths)
    return next((_parsed(data, path) for path, data in found if data is not None), None)


def _parsed(data: bytes, path: str) -> Reply:
    keys, text = read_front_matter(data, path)
    lines = data.count(b"\n") - text.encode().count(b"\n")
    return Reply(path=path, keys=keys, text=text, first_line=lines + 1)
