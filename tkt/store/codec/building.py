"""What values does a text hold? Built strictly from the C parser's events, every fault collected.

The parser works without recursion and names each anchor, alias and tag, so that depth is bounded
and references are refused before anything could follow them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from tkt.errors import DataError, Problem
from tkt.i18n import Message, msg
from tkt.late import patterns_late
from tkt.model import EVENT_KEYS, EVENT_TAIL, KINDS, STORED, Value

with patterns_late():  # those of its parser in Python, which is not used, take 5 ms
    import yaml
    from yaml.error import Mark
    from yaml.events import (
        AliasEvent,
        DocumentStartEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )

from tkt.store.codec.complaints import complaint, misspelt
from tkt.store.codec.scalars import resolved

MAX_DEPTH = 64
_USUAL_KEYS = frozenset({*STORED, "events", *EVENT_KEYS, *EVENT_TAIL, *chain(*KINDS.values())})
"""Words of a ticket file that are text to YAML, whatever their style."""
_Event = Any  # PyYAML's types say that every mark and value may be None


def built(data: bytes, text: str, path: str) -> tuple[dict[str, Value], list[Problem]]:
    """The mapping that `data` (UTF-8 of `text`, no byte order mark) holds, and what is wrong with it.

    Errors: DataError where it must not be composed: the parser refuses it, it is no single mapping,
    it is too deep, or it has references.
    """
    builder = _Builder(data, text, path)
    try:
        found = builder.document()
    except yaml.YAMLError as error:
        builder.problems.append(complaint(error, text, path))
        builder.is_hopeless = True
    if builder.is_hopeless:
        raise DataError(builder.problems)
    return found, builder.problems


class _Builder:
    """Turns events into values."""

    def __init__(self, data: bytes, text: str, path: str) -> None:
        self.next: Callable[[], _Event] = yaml.CBaseLoader(data).get_event
        self.text = text
        self.path = path
        self.problems: list[Problem] = []
        self.is_hopeless = False

    def document(self) -> dict[str, Value]:
        self.next()
        if isinstance(self.next(), StreamEndEvent):
            told = msg("the file is empty, expected `key: value` lines")
            raise DataError([Problem(code="yaml", message=told, path=self.path, line=1)])
        event = self.next()
        if not isinstance(event, MappingStartEvent):
            raise DataError([self.no_mapping(event)])
        found: dict[str, Value] = self.value(event, 0)
        self.next()
        event = self.next()
        if isinstance(event, DocumentStartEvent):
            self.fault(event, msg("a second document after `---`, expected one"))
            self.is_hopeless = True
        return found

    def value(self, event: _Event, depth: int) -> Value:
        """The value that begins with `event`, inside `depth` collections."""
        if event.anchor is not None or event.tag is not None:
            self.reference(event)
        kind = type(event)
        if kind is ScalarEvent:
            return resolved(event.value) if not event.style else self.quoted(event)
        if depth >= MAX_DEPTH:
            raise DataError([*self.problems, self.too_deep(event)])
        if kind is MappingStartEvent:
            return self.mapping(depth + 1)
        return self.sequence(depth + 1) if kind is SequenceStartEvent else None

    def quoted(self, event: _Event) -> str:
        text: str = event.value
        if "\0" in text:
            self.fault(event, msg("a NUL character, which a text cannot hold"))
        return text

    def sequence(self, depth: int) -> list[Value]:
        found = []
        while type(event := self.next()) is not SequenceEndEvent:
            found.append(self.value(event, depth))
        return found

    def mapping(self, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        keys: dict[str, _Event] = {}
        following = self.next
        while type(event := following()) is not MappingEndEvent:
            is_usual = type(event) is ScalarEvent and event.value in _USUAL_KEYS
            if is_usual and event.anchor is None and event.tag is None:
                key = event.value
            else:
                key = self.key(event, depth)
            if key in found:
                self.duplicate(event, key, keys[key].start_mark)
            keys[key] = event
            said = following()
            if type(said) is ScalarEvent and not said.style and said.anchor is None and said.tag is None:
                value = resolved(said.value)  # as `value` does: of a hundred values of a ticket most are such
            else:
                value = self.value(said, depth)
            found[key] = value
            if (value is None or "：" in key) and type(event) is ScalarEvent and not event.style:
                self.misspelt(event, key)
        return found

    def key(self, event: _Event, depth: int) -> str:
        is_scalar = type(event) is ScalarEvent
        key = self.value(event, depth)
        if not is_scalar:
            if type(event) is not AliasEvent:
                self.fault(event, msg("a list or a mapping stands as a key, expected a word"))
            return ""
        text: str = event.value
        if not isinstance(key, str):
            told, hint = msg("the key {key} is not text", key=text), msg('write: "{key}":', key=text)
            self.fault(event, told, hint)
        elif key == "<<" and not event.style:
            self.fault(event, msg("a merge key (<<), which tkt does not read"), msg("write the keys out"))
        return text

    def reference(self, event: _Event) -> None:
        if type(event) is AliasEvent:
            told = msg("an alias (*{name}), which tkt does not read", name=event.anchor)
        elif event.anchor is not None:
            told = msg("an anchor (&{name}), which tkt does not read", name=event.anchor)
        else:
            told = msg("a tag ({tag}), which tkt does not read", tag=event.tag)
        hint = msg("write the value itself; a text that begins with ! & or * needs quotes")
        self.fault(event, told, hint, code="reference")
        self.is_hopeless = True

    def duplicate(self, event: _Event, key: str, first: Mark) -> None:
        told = msg("the key {key} stands here again, first on line {line}", key=key, line=self.line(first))
        self.fault(event, told, msg("keep one of the two"), code="duplicate-key")

    def misspelt(self, event: _Event, key: str) -> None:
        """A key that swallowed its value: `{name：张伟}` and `{name:x}` are keys without one to YAML."""
        found = misspelt(key)
        if found is not None:
            self.fault(event, found.fault, found.hint)

    def no_mapping(self, event: _Event) -> Problem:
        line = self.line(event.start_mark)
        found = misspelt(self.text.split("\n")[line - 1])
        if type(event) is ScalarEvent and found is not None:
            return Problem(code="yaml", message=found.fault, path=self.path, line=line, hint=found.hint)
        held = msg("a list") if type(event) is SequenceStartEvent else msg("a text")
        told = msg("the file holds {held}, expected `key: value` lines", held=held)
        return Problem(code="yaml", message=told, path=self.path, line=line)

    def too_deep(self, event: _Event) -> Problem:
        told = msg("values are nested too deeply, expected at most {limit} levels", limit=MAX_DEPTH)
        return Problem(code="too-deep", message=told, path=self.path, line=self.line(event.start_mark))

    def fault(self, event: _Event, told: Message, hint: Message | None = None, *, code: str = "yaml") -> None:
        line = self.line(event.start_mark)
        self.problems.append(Problem(code=code, message=told, path=self.path, line=line, hint=hint))

    def line(self, mark: Mark) -> int:
        return self.text.count("\n", 0, mark.index) + 1
