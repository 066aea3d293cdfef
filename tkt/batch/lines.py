"""What does one line of JSON say? Strictly: one object, each key once, nothing that a file cannot hold."""

from __future__ import annotations

import json
import math
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from typing import IO, Any, NoReturn

from tkt.errors import UsageError
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.store.codec.scalars import clean_text
from tkt.store.files import FileError, os_message

LINE_BYTES = 1 << 20
"""No line is longer: a ticket's file takes 4 MiB, with all that happened to it."""
INPUT_BYTES = 1 << 30
IN_MEMORY = 8 << 20
_CHUNK = 1 << 16
_DEEPEST = 32


class BadLine(UsageError):
    """A line that is no operation."""

    code = "batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One operation as it was sent. `dropped`: characters that no text can hold, left out."""

    number: int
    keys: Mapping[str, Any]
    dropped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Faulty:
    """A line that is none."""

    number: int
    error: UsageError


class Input:
    """All that was sent, read to its end before anything is locked; large inputs wait on the disk."""

    def __init__(self, stream: IO[bytes], *, name: str) -> None:
        """Errors: FileError."""
        self.name = name
        self._held = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - as long as the command
        size = 0
        try:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > INPUT_BYTES:
                    fault = msg("is larger than {limit} bytes, expected at most that", limit=INPUT_BYTES)
                    raise FileError(fault, path=name)
                self._held.write(chunk)
        except OSError as error:
            raise FileError(os_message(error), path=name) from error

    def lines(self) -> Iterator[Line | Faulty]:
        """What each line says; blank ones are passed over."""
        self._held.seek(0)
        return lines_of(self._held)


def lines_of(stream: IO[bytes]) -> Iterator[Line | Faulty]:
    """The same of any stream."""
    number = 0
    while raw := stream.readline(LINE_BYTES + 2):
        number += 1
        if len(raw.rstrip(b"\r\n")) > LINE_BYTES:
            _skip_rest(stream, raw)
            message = msg("the line is longer than {limit} bytes, expected at most that", limit=LINE_BYTES)
            yield Faulty(number=number, error=BadLine(message))
            continue
        text = raw.removeprefix(BOM_UTF8) if number == 1 else raw
        if text.strip():
            yield _read(number, text)


def _skip_rest(stream: IO[bytes], raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(_CHUNK)


def _read(number: int, raw: bytes) -> Line | Faulty:
    try:
        value, dropped = _cleaned(_parsed(raw), 0)
        return Line(number=number, keys=value, dropped=dropped)
    except UsageError as error:
        return Faulty(number=number, error=error)


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_float=_float,
            parse_int=_int,
        )
    except UnicodeDecodeError as error:
        message = msg("is not UTF-8 from byte {byte} on, expected UTF-8", byte=error.start + 1)
        raise BadLine(message) from None
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        raise _no_json(raw, error) from None
    if not isinstance(found, dict):
        raise BadLine(
            msg("is {found}, expected an object: {example}", found=shape_of(found), example=EXAMPLE)
        )
    return found


EXAMPLE = '{"do": "note", "id": "K7Q2M", "text": "…"}'


def _no_json(raw: bytes, error: json.JSONDecodeError) -> BadLine:
    hint = None
    if raw.strip() in (b"[", b"{", b"[{"):
        hint = msg("one object a line: jq -c '.[]' FILE")
    elif raw.lstrip().startswith((b"{'", b"{ '")):
        hint = msg('JSON has double quotes: "')
    return BadLine(
        msg("is no JSON from character {column} on, expected one object on one line", column=error.colno),
        hint=hint,
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadLine(msg("{key} stands there twice, expected it once", key=twice))
    return found


def _no_number(word: str) -> NoReturn:
    raise BadLine(msg("{word} is no value of JSON, expected a number or null", word=word))


def _float(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _too_large(text)


def _int(text: str) -> int:
    return int(text) if len(text) <= 18 else _too_large(text)


def _too_large(text: str) -> NoReturn:
    raise BadLine(
        msg("the number {text} is too large, expected a smaller one, or text", text=f"{text[:20]}…")
    )


def _too_deep() -> BadLine:
    return BadLine(msg("is nested too deeply, expected at most {limit} levels", limit=_DEEPEST))


def _cleaned(value: Any, depth: int) -> tuple[Any, int]:
    """The value without characters that no text can hold, and how many there were. Errors: BadLine."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        pairs = [(_key(key), *_deeper(item, depth)) for key, item in value.items()]
        return {key: item for key, item, _ in pairs}, sum(count for _, _, count in pairs)
    if isinstance(value, list):
        items = [_deeper(item, depth) for item in value]
        return [item for item, _ in items], sum(count for _, count in items)
    return value, 0


def _deeper(value: Any, depth: int) -> tuple[Any, int]:
    if depth >= _DEEPEST:
        raise _too_deep()
    return _cleaned(value, depth + 1)


def _key(key: str) -> str:
    if clean_text(key)[1]:
        raise BadLine(msg("a key holds characters that no text can hold"))
    return key


def shape_of(value: Any) -> Message:
    """What kind of JSON value it is, in words."""
    if value is None:
        return msg("null")
    if isinstance(value, bool):
        return msg("true or false")
    if isinstance(value, str):
        return msg("text")
    if isinstance(value, list):
        return msg("a list")
    return msg("an object") if isinstance(value, dict) else msg("a number")
