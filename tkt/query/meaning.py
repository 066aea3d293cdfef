"""When does one value of a field hold? One function for each kind of field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from tkt.fields import FieldSpec, leaves, normalised
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.query.ends import instants_meant, number_meant, places_meant, seconds_meant, values_meant, wrong
from tkt.query.moments import is_relative, seconds_in
from tkt.query.ordering import between
from tkt.query.source import QueryError
from tkt.query.tree import Term
from tkt.query.typed import Typed

Members = tuple[Any, ...]

_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # stands in for an unknown now while a value is judged
_BOOLS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
_NONE = ("无", "空", "–")  # as people say it and tables print it
_READER = {"person": ("me", "mine", "我", "我的"), "team": ("mine", "我的")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Who asks, when and where."""

    now: datetime | None
    zone: str
    me: str | None
    my_teams: Sequence[str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whether a field's members are what a typed value means."""

    holds: Callable[[Members], bool]
    uses_now: bool = False
    uses_reader: bool = False


def term_of(spec: FieldSpec, values: Sequence[Typed], settings: Settings) -> Term:
    """`field:a,b` as a condition: one value at least holds. Errors: QueryError."""
    meanings = [_meaning(spec, typed, settings) for typed in values]
    tests = [each.holds for each in meanings]
    name, only = spec.name, tests[0]

    def one(lookup: Callable[[str], object]) -> bool:
        return only(members(lookup(name)))

    def some(lookup: Callable[[str], object]) -> bool:
        found = members(lookup(name))
        return any(test(found) for test in tests)

    return Term(
        text=f"{name}:{','.join(map(str, values))}",
        field=name,
        holds=one if len(tests) == 1 else some,
        uses_now=spec.relative or any(each.uses_now for each in meanings),
        uses_reader=any(each.uses_reader for each in meanings),
    )


def members(value: object) -> Members:
    """A field's value as the several values it may be; absent and empty are none."""
    if value is None or value == "":
        return ()
    if isinstance(value, (list, tuple, set, frozenset)):
        return tuple(value)
    return tuple(leaves(value)) if isinstance(value, Mapping) else (value,)


def _meaning(spec: FieldSpec, typed: Typed, settings: Settings) -> Meaning:
    if _is_none(spec, typed):
        return Meaning(lambda found: not found)
    if typed.word == "any":
        return Meaning(bool)
    if typed.word in _READER.get(spec.kind, ()):
        return _reader(spec, typed, settings)
    return _BY_KIND[spec.kind](spec, typed, settings)


def _is_none(spec: FieldSpec, typed: Typed) -> bool:
    """Whether no value is asked for: `none`, or `无` where that is neither searched text nor a value."""
    if typed.word == "none":
        return True
    return (
        typed.word in _NONE and spec.kind != "text" and (spec.values is None or not spec.meant_by(typed.word))
    )


def _reader(spec: FieldSpec, typed: Typed, settings: Settings) -> Meaning:
    if settings.me is None:
        fault = QueryError(
            typed.column,
            msg("{value} is whoever asks, and that is unknown here", value=typed.word),
            hint=msg(
                "name the person or team, or give git your address: git config user.email you@example.org"
            ),
        )
        return Meaning(_failing(fault), uses_reader=True)
    meant = settings.my_teams if spec.kind == "team" else (settings.me,)
    return Meaning(_equal_to(meant), uses_reader=True)


def _word(spec: FieldSpec, typed: Typed, _settings: Settings) -> Meaning:
    if not typed.operator:
        return Meaning(_equal_to(values_meant(spec, typed.ends[0])))
    holds = between(spec, typed, [places_meant(spec, end) for end in typed.ends])
    return Meaning(_equal_to([value for place, value in enumerate(spec.values or ()) if holds(place)]))


def _text(spec: FieldSpec, typed: Typed, _settings: Settings) -> Meaning:
    wanted = normalised(typed.ends[0].text)
    stored = spec.aliases.get(wanted)
    if stored is None:
        return Meaning(lambda found: any(wanted in _searched(str(member)) for member in found))
    words = (wanted, *stored)
    return Meaning(lambda found: any(word in _searched(str(member)) for member in found for word in words))


def _bool(spec: FieldSpec, typed: Typed, _settings: Settings) -> Meaning:
    wanted = _BOOLS.get(normalised(typed.ends[0].text))
    if wanted is None:
        raise wrong(spec, typed.ends[0], msg("{field}:yes or {field}:no", field=spec.name))
    return Meaning(lambda found: any(member is wanted for member in found))


def _number(spec: FieldSpec, typed: Typed, _settings: Settings) -> Meaning:
    holds = between(spec, typed, [number_meant(spec, end) for end in typed.ends])
    return Meaning(lambda found: any(holds(member) for member in found if _is_number(member)))


def _duration(spec: FieldSpec, typed: Typed, _settings: Settings) -> Meaning:
    holds = _compared_to_seconds(spec, typed)
    return Meaning(lambda found: any(holds(member) for member in found if _is_number(member)))


def _instant(spec: FieldSpec, typed: Typed, settings: Settings) -> Meaning:
    """A date or time; or a duration: how long ago it was, for an instant ahead how long until then."""
    if seconds_in(typed.ends[0].text) is not None:
        return _distance(spec, typed, settings)
    now = settings.now or _SOME_TIME
    holds = between(spec, typed, [instants_meant(spec, end, now, settings.zone) for end in typed.ends])
    meaning = Meaning(lambda found: any(holds(member) for member in found if isinstance(member, datetime)))
    return (
        _from_now(typed, settings, meaning) if any(is_relative(end.text) for end in typed.ends) else meaning
    )


def _distance(spec: FieldSpec, typed: Typed, settings: Settings) -> Meaning:
    holds = _compared_to_seconds(spec, typed)
    now = settings.now or _SOME_TIME
    sign = 1 if spec.ahead else -1

    def is_so_far(found: Members) -> bool:
        instants = (member for member in found if isinstance(member, datetime))
        return any(holds(sign * (instant - now).total_seconds()) for instant in instants)

    return _from_now(typed, settings, Meaning(is_so_far))


def _compared_to_seconds(spec: FieldSpec, typed: Typed) -> Callable[[Any], bool]:
    ends = [seconds_meant(spec, end) for end in typed.ends]
    if not typed.operator:
        raise QueryError(
            typed.column,
            msg("{value} alone is never exactly met", value=str(typed)),
            hint=msg("write {less} or {more}", less=f"{spec.name}:<{typed}", more=f"{spec.name}:>{typed}"),
        )
    return between(spec, typed, ends)


def _from_now(typed: Typed, settings: Settings, meaning: Meaning) -> Meaning:
    """The meaning, or a refusal to answer where the time is unknown."""
    if settings.now is not None:
        return replace(meaning, uses_now=True)
    fault = QueryError(
        typed.column,
        msg("{value} depends on the time, which is unknown here", value=str(typed)),
        hint=msg("give a date such as 2026-10-01"),
    )
    return Meaning(_failing(fault), uses_now=True)


_BY_KIND: Mapping[str, Callable[[FieldSpec, Typed, Settings], Meaning]] = {
    "word": _word,
    "words": _word,
    "status": _word,
    "person": _word,
    "team": _word,
    "text": _text,
    "bool": _bool,
    "number": _number,
    "duration": _duration,
    "instant": _instant,
}


def _equal_to(values: Sequence[str]) -> Callable[[Members], bool]:
    wanted = frozenset(map(normalised, values))
    return lambda found: any(normalised(str(member)) in wanted for member in found)


def _failing(fault: QueryError) -> Callable[[Members], bool]:
    def fail(_found: Members) -> bool:
        raise fault

    return fail


@lru_cache(maxsize=16)
def _searched(text: str) -> str:
    """The text as it is searched; a query of several words asks for the same one again and again."""
    return normalised(text)


def _is_number(member: object) -> bool:
    return isinstance(member, (int, float)) and not isinstance(member, bool)
