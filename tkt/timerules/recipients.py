"""Whom does a word of a ladder mean: owner, lead, on-call, a person? (docs/tick.md, Who is told)

The ticket's team decides; what it lacks, `support` has for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from tkt.frozen import dataclass
from tkt.model import Value
from tkt.schema import Configuration
from tkt.schema.configuration import COVERING_TEAM
from tkt.schema.people import TeamDecl
from tkt.timerules.on_call import on_call

HEIGHTS = ("lead", "manager")
"""The levels that every team has, the nearest first; its further ones stand above them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What somebody is to be told of, as it stood at an instant."""

    config: Configuration
    at: datetime
    team: str | None
    owner: str | None  # of the task, where the clock is a task's
    ticket_owner: str | None

    @property
    def teams(self) -> Iterator[str]:
        """The team, and the one that stands in for it."""
        yield from dict.fromkeys(name for name in (self.team, COVERING_TEAM) if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Whom words mean, each person once, in order; and the words that mean nobody."""

    people: tuple[str, ...]
    nobody: tuple[str, ...] = ()


def subject_of(
    values: Mapping[str, Value], config: Configuration, at: datetime, owner: str | None = None
) -> Subject:
    """A ticket with these stored keys; `owner` is a task's, where it is about one that has its own."""
    ticket_owner = _text(values.get("owner"))
    return Subject(
        config=config,
        at=at,
        team=_text(values.get("team")),
        owner=owner or ticket_owner,
        ticket_owner=ticket_owner,
    )


def reached(words: Iterable[str], subject: Subject) -> Reached:
    """The people that the words of a rung mean at that instant; nobody who has left, and no machine."""
    found: dict[str, None] = {}
    nobody = []
    for word in words:
        people = [it for it in _meant(word, subject) if _works_here(it, subject.config)]
        found |= dict.fromkeys(people)
        if not people:
            nobody.append(word)
    return Reached(people=tuple(found), nobody=tuple(nobody))


def levels_of(team: str | None, config: Configuration) -> Mapping[str, str]:
    """Level → who has it, the nearest level first; what the team lacks is `support`'s."""
    own = config.people.teams.get(team or "", TeamDecl())
    cover = config.people.teams.get(COVERING_TEAM, TeamDecl())
    found = {"lead": own.lead or cover.lead, "manager": own.manager or cover.manager}
    further = own.levels or cover.levels
    return {level: person for level, person in {**found, **further}.items() if person}


def height_of(words: Iterable[str], config: Configuration, team: str | None) -> str | None:
    """The highest level that words name; None where they name none."""
    named = set(words)
    return next((level for level in reversed([*levels_of(team, config)]) if level in named), None)


def members_of(team: str, config: Configuration) -> tuple[str, ...]:
    """The people who work in a team, machines left out."""
    people = config.people.people.items()
    return tuple(name for name, it in people if team in it.teams and it.kind == "agent")


def _meant(word: str, subject: Subject) -> Iterator[str]:
    named = _ROLES.get(word)
    if named is not None:
        yield from named(subject)
        return
    level = levels_of(subject.team, subject.config).get(word)
    yield level if level is not None else word


def _owner(subject: Subject) -> Iterator[str]:
    if subject.owner is not None:
        yield subject.owner


def _ticket_owner(subject: Subject) -> Iterator[str]:
    if subject.ticket_owner is not None:
        yield subject.ticket_owner


def _owner_or_team(subject: Subject) -> Iterator[str]:
    """The owner; else everybody of the first team that has people."""
    if subject.owner is not None and _works_here(subject.owner, subject.config):
        yield subject.owner
        return
    staffed = (people for team in subject.teams if (people := members_of(team, subject.config)))
    yield from next(staffed, ())


def _on_call(subject: Subject) -> Iterator[str]:
    """Who is on call for the first team that has a rota."""
    rotas = (subject.config.people.on_call.get(team) for team in subject.teams)
    rota = next((it for it in rotas if it is not None), None)
    person = None if rota is None else on_call(rota, subject.config, subject.at)
    if person is not None:
        yield person


def _works_here(person: str, config: Configuration) -> bool:
    declared = config.people.people.get(person)
    return declared is not None and declared.kind == "agent"


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


_ROLES: Mapping[str, Callable[[Subject], Iterator[str]]] = MappingProxyType(
    {
        "owner": _owner,
        "owner-or-team": _owner_or_team,
        "ticket-owner": _ticket_owner,
        "on-call": _on_call,
    }
)
