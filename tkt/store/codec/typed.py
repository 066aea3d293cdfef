"""What does a value of a file mean, given what its key holds?

A text key keeps a number as it is written (`serial: 0012`, `batch: 1.10`); an instant needs its
offset; sets are lists of text. What could be misread is a fault, collected with its line.
"""

from __future__ import annotations

from datetime import UTC, datetime

from tkt.errors import Problem
from tkt.i18n import N_, Message, msg
from tkt.model import Kind, Value
from tkt.store.codec.reading import Document, PathKey

_NEVER = datetime.min.replace(tzinfo=UTC)
_LITERAL: frozenset[Kind | None] = frozenset({"text", "word", "person", "team"})
_SHAPES = {dict: N_("a mapping"), list: N_("a list"), str: N_("a text"), bool: N_("true or false")}


class Typing:
    """Gives the values of one document their types and collects what is wrong.

    A faulty value becomes an empty one of its type: the caller looks at `problems` in the end.
    """

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document = document
        self.problems = problems

    def value(self, raw: Value, kind: Kind | None, *path: PathKey) -> Value:
        """A stored value by its kind; numbers, truths and values of unknown keys pass as they are."""
        if kind in _LITERAL:
            return raw if type(raw) is str else self.text(raw, *path)
        if kind == "instant":
            return self.instant(raw, *path)
        if kind == "words":
            return self.words(raw, *path)
        if kind == "mapping":
            return self.texts(raw, *path)
        return raw

    def text(self, raw: Value, *path: PathKey) -> str:
        """A text; a number or truth counts as what is written."""
        if isinstance(raw, str):
            return raw
        if raw is None or isinstance(raw, (list, dict)):
            self.wrong_shape(raw, msg("a text"), path)
            return ""
        return self.document.literal(*path) or ""

    def words(self, raw: Value, *path: PathKey) -> list[str]:
        """A list of texts."""
        if not isinstance(raw, list):
            self.wrong_shape(raw, msg("a list of words, as in [{example}]", example=_example(raw)), path)
            return []
        return [self.text(item, *path, place) for place, item in enumerate(raw)]

    def texts(self, raw: Value, *path: PathKey) -> dict[str, Value]:
        """A mapping of texts; lists and mappings inside pass as they are."""
        if not isinstance(raw, dict):
            self.wrong_shape(raw, msg("a mapping"), path)
            return {}
        return {
            key: value if isinstance(value, (str, list, dict)) else self.text(value, *path, key)
            for key, value in raw.items()
            if value is not None
        }

    def truth(self, raw: Value, *path: PathKey) -> bool:
        """true or false; absent is false."""
        if raw is None or isinstance(raw, bool):
            return bool(raw)
        self.wrong_shape(raw, msg("true or false"), path)
        return False

    def instant(self, raw: Value, *path: PathKey) -> datetime:
        """An instant with an offset, in UTC and whole seconds."""
        if not isinstance(raw, str):
            self.wrong_shape(raw, msg("an instant like 2026-11-21T09:15:00+08:00"), path)
            return _NEVER
        found = _parsed(raw)
        if found is None or found.tzinfo is None:
            self.wrong_instant(raw, is_naive=found is not None, path=path)
            return _NEVER
        return found

    def wrong_instant(self, raw: str, *, is_naive: bool, path: tuple[PathKey, ...]) -> None:
        name, text = _name(path), _shortened(raw)
        if is_naive:
            told = msg("{key} is {text}, an instant without its offset from UTC", key=name, text=text)
            hint = msg("write: {key}: 2026-11-21T09:15:00+08:00, or with Z at the end for UTC", key=name)
        else:
            told = msg(
                "{key} is {text}, expected an instant like 2026-11-21T09:15:00+08:00", key=name, text=text
            )
            hint = None
        self.fault("instant", told, path, hint=hint)

    def wrong_shape(self, raw: Value, expected: Message, path: tuple[PathKey, ...]) -> None:
        held = msg(_SHAPES[type(raw)]) if type(raw) in _SHAPES else msg("a number")
        held = msg("empty") if raw is None else held
        told = msg("{key} is {held}, expected {expected}", key=_name(path), held=held, expected=expected)
        self.fault("type", told, path)

    def fault(
        self,
        code: str,
        told: Message,
        path: tuple[PathKey, ...],
        *,
        hint: Message | None = None,
    ) -> None:
        """Collect a fault of the value at `path`."""
        line = self.document.line(*path)
        self.problems.append(Problem(code=code, message=told, path=self.document.path, line=line, hint=hint))


def _parsed(text: str) -> datetime | None:
    """The instant in UTC; without a zone where the text has no offset; None where it is no instant."""
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is None or (found.tzinfo is UTC and not found.microsecond):
            return found
        return found.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def _name(path: tuple[PathKey, ...]) -> str:
    """`at`, `events[2].at` → `at`: the last word of a path, for a message that has the line."""
    return next((str(key) for key in reversed(path) if isinstance(key, str)), "")


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _example(raw: Value) -> str:
    return _shortened(raw) if isinstance(raw, str) else "invoice"
