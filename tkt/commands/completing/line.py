"""Where in a command line does somebody stand: which command, and what is expected there?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any

from tkt.frozen import dataclass

TABLE = Path(__file__).with_name("commands.json")
"""The shape of all commands; tools/completion_table.py writes it."""
FILES = "FILE"
_PERSON = "me|PERSON"
_FILE_KINDS = ("FILE", "DIR", "PATH", "MAP", "BASE", "OURS", "THEIRS")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may stand there, and what it is; `is_open`: something belongs right behind it."""

    value: str
    told: str = ""
    is_open: bool = False


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A command line up to the cursor."""

    command: str  # "show", "sla check"; "" before there is one
    current: str  # the word being typed, as it stands
    before: str  # the part of it that stays: `--for=`, `a,b,`
    kind: str  # what is expected: ID, QUERY, PERSON …
    then: str = ""  # what may be there as well: the status of `ID… STATUS`
    choices: list[Candidate] | None = None  # where that is fixed
    given: tuple[str, ...] = ()  # the arguments before it
    directories: tuple[str, ...] = field(default=())  # of -C

    @property
    def start(self) -> str:
        """What a candidate must begin with."""
        return self.current[len(self.before) :]


@cache
def commands() -> Mapping[str, Any]:
    """Command → help, arguments and options."""
    found: Mapping[str, Any] = json.loads(TABLE.read_text("utf-8"))
    return found


def typed_line(words: Sequence[str]) -> Typed:
    """What these words say; the first is the program, the last one is being typed."""
    walk = _Walk()
    for word in words[1:-1]:
        walk.step(word)
    return walk.end(words[-1])


@dataclass
class _Walk:
    """The words read so far."""

    command: str = ""
    given: list[str] = field(default_factory=list)
    directories: list[str] = field(default_factory=list)
    awaiting: str = ""  # the option whose value comes next
    is_words_only: bool = False  # behind --

    def step(self, word: str) -> None:
        """Take one whole word."""
        if self.awaiting:
            if self.awaiting == "-C":
                self.directories.append(word)
            self.awaiting = ""
        elif word == "--" and not self.is_words_only:
            self.is_words_only = True
        elif self._is_option(word):
            name, equals, _value = word.partition("=")
            if not equals and self._options().get(name, [""])[0]:
                self.awaiting = name
        elif self._names(word):
            self.command = f"{self.command} {word}".strip()
        else:
            self.given.append(word)

    def end(self, word: str) -> Typed:
        """What is expected where `word` is being typed."""
        if self.awaiting:
            return self._value(self.awaiting, word, "")
        name, equals, _value = word.partition("=")
        if equals and name in self._options() and not self.is_words_only:
            return self._value(name, word, f"{name}=")
        if word.startswith("-") and not self.is_words_only and not self._takes_denied(word):
            return self._typed(word, "", "OPTION", self._option_names())
        names = self._command_names()
        if names and not self.given:
            return self._typed(word, "", "COMMAND", names)
        return self._argument(word)

    def _value(self, option: str, word: str, before: str) -> Typed:
        kind = self._options()[option][0]
        return self._expected(kind, word, before)

    def _argument(self, word: str) -> Typed:
        arguments = commands().get(self.command, {}).get("arguments", [])
        place = min(len(self.given), len(arguments) - 1)
        if place < 0:
            return self._typed(word, "", "NOTHING", [])
        return self._expected(arguments[place], word, "")

    def _expected(self, metavar: str, word: str, before: str) -> Typed:
        """What a metavar asks for: one of `a|b`, of `ID… STATUS` an id and then either, else one kind of thing."""
        if _PERSON in metavar:
            return self._typed(word, before, "PERSON")
        if "|" in metavar:
            return self._typed(word, before, "ONE", [Candidate(each) for each in metavar.split("|") if each])
        first, _space, second = metavar.partition(" ")
        return self._typed(word, before, _kind(first), then=_kind(second) if self.given else "")

    def _typed(
        self, word: str, before: str, kind: str, choices: list[Candidate] | None = None, then: str = ""
    ) -> Typed:
        return Typed(
            command=self.command,
            current=word,
            before=before,
            kind=kind,
            then=then,
            choices=choices,
            given=tuple(self.given),
            directories=tuple(self.directories),
        )

    def _options(self) -> Mapping[str, list[str]]:
        found: Mapping[str, list[str]] = commands().get(self.command, {}).get("options", {})
        return found

    def _is_option(self, word: str) -> bool:
        return len(word) > 1 and word.startswith("-") and not self.is_words_only

    def _names(self, word: str) -> bool:
        """Whether the word names a command, or one of the group named before."""
        if self.given:
            return False
        if not self.command:
            return word in commands()
        return word in commands().get(self.command, {}).get("commands", ())

    def _command_names(self) -> list[Candidate]:
        table = commands()
        if self.command:
            inside = table.get(self.command, {}).get("commands", ())
            return [Candidate(name, _help(table[f"{self.command} {name}"])) for name in inside]
        return [Candidate(name, _help(it)) for name, it in table.items() if name and " " not in name]

    def _option_names(self) -> list[Candidate]:
        from tkt.i18n import _

        return [Candidate(name, _(help_)) for name, (_kind, help_) in self._options().items()]

    def _takes_denied(self, word: str) -> bool:
        """Whether `-status:` denies a condition here."""
        arguments = commands().get(self.command, {}).get("arguments", [])
        return not word.startswith("--") and any("QUERY" in each for each in arguments) and len(word) > 2


def _kind(metavar: str) -> str:
    """What a metavar asks for, without the signs around it: `[ID…]` is ID, `FIELD,-FIELD` is FIELD."""
    plain = metavar.strip("[]…").partition(",")[0]
    return FILES if plain in _FILE_KINDS else plain


def _help(entry: Mapping[str, Any]) -> str:
    from tkt.i18n import _

    told: str = entry["help"]
    return _(told)
