"""What value does a bare word stand for, and how is a text written so that it reads back equal?

Reading follows YAML 1.2's JSON-like scalars: null, true and false, integers without leading zeros,
finite decimal numbers; all else is text (`no`, `012`, `18:30`, `2026-11-21`, `0x1F`, `1_000`).
Writing quotes whatever any YAML reader, old or new, might take for something else than text.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from functools import cache, lru_cache

from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from tkt.clock import instant_text
from tkt.late import late
from tkt.model import Value

_WORDS: dict[str, Value] = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER_STARTS = frozenset("-0123456789")
_NUMBER = late(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_LONGEST_INTEGER = 18  # characters; a longer one is text, for no other program would read it exactly
_LONGEST_NUMBER = 400
_WORD = 40

_UNSTORABLE = late("[\0\ud800-\udfff]")
_UNUSUAL = "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
"""Never written raw: control characters, foreign line breaks, bidi overrides, byte order marks."""
_IS_UNUSUAL = late(_UNUSUAL)
_IS_ESCAPED = late(rf'["\\\n\t]|{_UNUSUAL}')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\e"}
_NOT_BARE = late(r"""[\t\n]|^[ \-?:,\[\]{}#&*!|>'"%@`=~<]|^\.\.\.|[ :]$|: | #""")
_NOT_BARE_IN_FLOW = late(r"[,\[\]{}?]|:(?![0-9/])")
_NUMBER_ELSEWHERE = late(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+")
_INSTANT = late(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def resolved(text: str) -> Value:
    """The value of an unquoted scalar."""
    if text and text[0] in _NUMBER_STARTS:
        return _number(text)
    return _WORDS.get(text, text)


def _number(text: str) -> Value:
    found = _NUMBER.fullmatch(text)
    if found is None or len(text) > _LONGEST_NUMBER:
        return text
    if found[1] is None and found[2] is None:
        return int(text) if len(text) <= _LONGEST_INTEGER else text
    number = float(text)
    return number if math.isfinite(number) else text


def clean_text(text: str) -> tuple[str, int]:
    """`text` as a file can hold it, and how many characters had to give way.

    NUL is dropped and half a surrogate pair becomes U+FFFD; everything else can be written.
    """
    return _UNSTORABLE.subn(lambda found: "" if found[0] == "\0" else "\ufffd", text)


def is_storable(text: str) -> bool:
    """Whether a file can hold `text` as it is; `clean_text` makes it so."""
    return _UNSTORABLE.search(text) is None


def scalar(value: Value, *, in_flow: bool = False) -> str:
    """A scalar on one line. Shapes: text, number, truth, None or an aware instant."""
    if isinstance(value, str):
        return scalar_text(value, in_flow=in_flow)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return instant_text(value)
    return repr(value)


def scalar_text(text: str, *, in_flow: bool = False) -> str:
    """`text` on one line: bare where every YAML reader sees the same text, else in double quotes."""
    is_bare = _is_bare_word(text) if len(text) <= _WORD else _is_bare(text)
    if is_bare and not (in_flow and _NOT_BARE_IN_FLOW.search(text)):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """`text` in double quotes, everything unusual escaped."""
    return f'"{_IS_ESCAPED.sub(_escape, text)}"'


def block_header(text: str) -> str | None:
    """`|` or `|-` where a literal block of this text reads back equal, else None.

    `|+` is not used: its text depends on the blank lines behind it, which are nobody's.
    """
    content = text.lstrip("\n")
    if "\n" not in text or not content or content[0] in " \t" or _IS_UNUSUAL.search(text):
        return None
    if text.endswith("\n\n"):
        return None
    return "|" if text.endswith("\n") else "|-"


def block_lines(text: str, indent: int) -> list[str]:
    """The lines below a literal block's header, without line ends."""
    margin = " " * indent
    return [f"{margin}{line}" if line else "" for line in text.removesuffix("\n").split("\n")]


def _is_bare(text: str) -> bool:
    if not text or _NOT_BARE.search(text) or _IS_UNUSUAL.search(text):
        return False
    if _INSTANT.fullmatch(text):
        return True
    return isinstance(resolved(text), str) and not _means_more_elsewhere(text)


@lru_cache(maxsize=4096)
def _is_bare_word(text: str) -> bool:
    """The same for short texts: keys, names and codes come again and again."""
    return _is_bare(text)


def _means_more_elsewhere(text: str) -> bool:
    """Whether some YAML reader sees a boolean, a number or a date."""
    if text in {"y", "Y", "n", "N"} or _NUMBER_ELSEWHERE.fullmatch(text):
        return True
    tag = _old_resolver().resolve(ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag != Resolver.DEFAULT_SCALAR_TAG)


@cache
def _old_resolver() -> Resolver:
    """YAML 1.1's, as PyYAML has it."""
    return Resolver()


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"
