"""What is wrong with a file that the YAML parser refuses, and on which line really?

The parser speaks of tokens, and often of the line after the fault. Here the line that a person must
change is found, and what it should look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.reader import ReaderError

from tkt.errors import Problem
from tkt.i18n import N_, Message, msg
from tkt.late import late

_KEY = r"(?P<margin>[ ]*(?:-[ ]+)?)(?P<key>\w[\w .-]*?)"
_WIDE_COLON = late(rf"{_KEY}：[ ]*(?P<value>.*)")
_NO_SPACE = late(rf"{_KEY}:(?P<value>[^\s:/].*)")
_NEEDS_QUOTES = late(rf"{_KEY}:[ ]+(?P<value>[@`%&*!].*|[^\"'\[{{|>#].*?:(?: .*)?)")

_LINE = 200  # so much of a line is looked at and shown

_MISPLACED_COLON = "mapping values are not allowed in this context"
_NO_TOKEN = "found character that cannot start any token"
_TAB = N_("a tab as indentation, expected spaces")
_OPEN_QUOTE = N_("a quote that is opened here is not closed")
_BAD_ESCAPE = N_("an unknown escape after \\ in a text in double quotes")

_BEGAN_WRONG = {
    "could not find expected ':'": N_("a line without `key: `"),
    "did not find expected ',' or ']'": N_("a list that begins with [ is not closed by ]"),
    "did not find expected ',' or '}'": N_("a mapping that begins with { is not closed by }"),
    "found unexpected end of stream": _OPEN_QUOTE,
    "found unexpected document indicator": _OPEN_QUOTE,
}
"""Complaints whose fault stands where the parser began, not where it gave up."""

_STANDS_WRONG = {
    "did not find expected key": N_("this line does not fit those around it: check indentation and quotes"),
    "did not find expected '-' indicator": N_("this line does not fit the list around it: check its indentation"),
    "block sequence entries are not allowed in this context": N_("`- ` cannot begin a list here, expected it on a line of its own"),
    _MISPLACED_COLON: N_("`key: ` cannot stand here: check the indentation"),
    "but found another document": N_("a second document after `---`, expected one"),
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "found unknown escape character": _BAD_ESCAPE,
    "did not find expected hexdecimal number": _BAD_ESCAPE,
    "found invalid Unicode character escape code": _BAD_ESCAPE,
}  # fmt: skip


class Misspelt(NamedTuple):
    """A key whose colon is not one to YAML, and the line as it was meant."""

    fault: Message
    hint: Message


def complaint(error: YAMLError, text: str, path: str) -> Problem:
    """The parser's `error` about `text` as a problem on its true line."""
    if isinstance(error, ReaderError):
        return _control_character(error, text, path)
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Problem(code="yaml", message=msg("not YAML: {fault}", fault=str(error)), path=path)
    lines = [line[:_LINE].rstrip("\r") for line in text.split("\n")]
    last = _line(text, error.problem_mark)
    first = _line(text, error.context_mark) if error.context_mark else last
    return (
        _misspelt_near(lines, first, last, path)
        or _needing_quotes(lines[last - 1], last, path)
        or _bad_character(error, text, last, path)
        or _told(error, first, last, path)
    )


def misspelt(line: str) -> Misspelt | None:
    """Whether a line is `key：value` with a full-width colon, or `key:value` without a space."""
    line = line[:_LINE]
    found = _WIDE_COLON.match(line)
    if found is not None:
        return Misspelt(msg("a full-width colon `：` after a key, expected `: `"), _rewritten(found))
    found = _NO_SPACE.match(line)
    if found is not None:
        return Misspelt(msg("no space after the colon of a key, expected `: `"), _rewritten(found))
    return None


def _rewritten(found: re.Match[str], value: str | None = None) -> Message:
    line = f"{found['margin']}{found['key'].rstrip()}: {value or found['value']}".strip()
    return msg("write: {line}", line=line)


def _line(text: str, mark: Mark) -> int:
    """A line that exists, counted from 1: the parser may complain behind the end."""
    return text.rstrip().count("\n", 0, mark.index) + 1


def _misspelt_near(lines: list[str], first: int, last: int, path: str) -> Problem | None:
    for number in (last, *_above(lines, last), first):
        found = misspelt(lines[number - 1])
        if found is not None:
            return Problem(code="yaml", message=found.fault, path=path, line=number, hint=found.hint)
    return None


def _above(lines: list[str], last: int) -> Iterator[int]:
    """The nearest line above, if it is one of the same mapping: the parser takes both as one text."""
    number = next((number for number in range(last - 1, 0, -1) if lines[number - 1].strip()), None)
    if number is not None and _margin(lines[number - 1]) == _margin(lines[last - 1]):
        yield number


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))


def _needing_quotes(line: str, number: int, path: str) -> Problem | None:
    found = _NEEDS_QUOTES.fullmatch(line)
    if found is None:
        return None
    value = '"' + found["value"].replace("\\", "\\\\").replace('"', '\\"') + '"'
    told = msg("this text needs quotes: it begins with one of @ ` % & * ! or holds `: `")
    return Problem(code="yaml", message=told, path=path, line=number, hint=_rewritten(found, value))


def _bad_character(error: MarkedYAMLError, text: str, line: int, path: str) -> Problem | None:
    mark = error.problem_mark
    if error.problem != _NO_TOKEN or mark is None or mark.index >= len(text):
        return None
    character = text[mark.index]
    told = (
        msg(_TAB)
        if character == "\t"
        else msg("text cannot begin with {sign} without quotes", sign=character)
    )
    return Problem(code="yaml", message=told, path=path, line=line)


def _told(error: MarkedYAMLError, first: int, last: int, path: str) -> Problem:
    fault = error.problem or ""
    if fault in _BEGAN_WRONG:
        return Problem(code="yaml", message=msg(_BEGAN_WRONG[fault]), path=path, line=first)
    english = ", ".join(part for part in (error.context, error.problem) if part)
    message = msg(_STANDS_WRONG[fault]) if fault in _STANDS_WRONG else msg("not YAML: {fault}", fault=english)
    return Problem(code="yaml", message=message, path=path, line=last)


def _control_character(error: ReaderError, text: str, path: str) -> Problem:
    before = text.encode()[: error.position]
    code = f"U+{error.character:04X}" if isinstance(error.character, int) else str(error.character)
    return Problem(
        code="yaml",
        message=msg("the character {code}, which YAML does not allow as it is", code=code),
        path=path,
        line=before.count(b"\n") + 1,
        hint=msg("take it out, or put the text in double quotes and write the character as an escape, \\x1B"),
    )
