"""Can the rungs of a ladder be climbed: is there somebody at each, and are they in order? (docs/sla.md E1, P2)"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from tkt.errors import Problem, Severity, did_you_mean
from tkt.i18n import msg
from tkt.policies.faults import fault
from tkt.policies.ladders import Ladder, Rung, read_rung
from tkt.schema import Configuration

RECIPIENTS = ("owner", "owner-or-team", "ticket-owner", "lead", "manager", "on-call")
"""Whom every desk can name; a team's own `levels` and people's ids come to them."""

DUE_PERCENT = 100


def check_ladders(config: Configuration, ladders: Mapping[str, Ladder]) -> Iterator[Problem]:
    """Recipients that nobody is, and rungs that stand before one that comes earlier."""
    known = known_recipients(config)
    for name, ladder in ladders.items():
        for clock, rungs in ladder.items():
            place = ("ladders", name, clock)
            yield from _strangers(config, place, rungs, known)
            yield from _out_of_order(config, place, rungs)
            yield from _twice(config, place)


def known_recipients(config: Configuration) -> tuple[str, ...]:
    """The words that a rung may name: roles, the levels of teams, people who are still here."""
    levels = (level for team in config.people.teams.values() for level in team.levels)
    people = (name for name, it in config.people.people.items() if it.kind != "former")
    return tuple(dict.fromkeys((*RECIPIENTS, *levels, *people)))


def _strangers(
    config: Configuration, place: tuple[str, str, str], rungs: Sequence[Rung], known: Sequence[str]
) -> Iterator[Problem]:
    for rung in rungs:
        for word in rung.to:
            if word not in known:
                message = msg(
                    "{rung}: {word} is nobody, expected a role, a level of a team or a person",
                    rung=rung.text,
                    word=word or "+",
                )
                yield fault(config, _at(config, place, rung), message, did_you_mean(word, known))


def _out_of_order(
    config: Configuration, place: tuple[str, str, str], rungs: Sequence[Rung]
) -> Iterator[Problem]:
    """Each rung fires at its own time, so this is no error; whoever reads the list is misled."""
    for earlier, later in pairwise(rungs):
        if _is_surely_after(earlier, later):
            message = msg(
                "{rung} comes before {other}, which stands above it", rung=later.text, other=earlier.text
            )
            yield fault(config, _at(config, place, later), message, severity=Severity.WARNING)


def _twice(config: Configuration, place: tuple[str, str, str]) -> Iterator[Problem]:
    """A rung is known by its words and climbed once (docs/sla.md E2)."""
    written = [str(text).strip() for text in _written(config, place)]
    for number, text in enumerate(written):
        if text in written[:number] and read_rung(text) is not None:
            message = msg("{rung} stands twice in one ladder", rung=text)
            yield fault(config, (*place, number), message, severity=Severity.WARNING)


def _is_surely_after(one: Rung, other: Rung) -> bool:
    """Whether one rung is reached later than the other whatever the target; a share and a span may tie."""
    if _side(one) != _side(other):
        return _side(one) > _side(other)
    if one.percent is not None and other.percent is not None:
        return one.percent > other.percent
    return one.percent is None and other.percent is None and one.offset_s > other.offset_s


def _side(rung: Rung) -> int:
    """-1 before due, 0 at it, 1 after it."""
    distance = rung.offset_s if rung.percent is None else rung.percent - DUE_PERCENT
    return (distance > 0) - (distance < 0)


def _at(config: Configuration, place: tuple[str, str, str], rung: Rung) -> tuple[str | int, ...]:
    """The place of a rung among those that are written; some of them may be none."""
    written = _written(config, place)
    return (*place, next(number for number, text in enumerate(written) if str(text) == rung.text))


def _written(config: Configuration, place: tuple[str, str, str]) -> Sequence[object]:
    _, name, clock = place
    found = config.sla.ladders[name][clock]
    return found if isinstance(found, list) else ()
