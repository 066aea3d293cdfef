"""Does config/people.yaml say who is on call, and does some rung of each ladder reach somebody? (docs/tick.md)"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.checks.configuration.faults import Place, fault, unknown
from tkt.clock import parse_instant
from tkt.durations import DurationError, parse_duration
from tkt.errors import Problem, Severity, UsageError
from tkt.i18n import msg
from tkt.policies.ladders import Rung, read_ladders
from tkt.schema import Configuration
from tkt.schema.configuration import COVERING_TEAM
from tkt.schema.people import RotaDecl
from tkt.timerules.recipients import levels_of

_BY_TICKET = ("owner", "owner-or-team", "ticket-owner")
"""Whom these mean, tickets say."""


def rotas(config: Configuration) -> Iterator[Problem]:
    """Rotas are of teams and people that exist, and their times can be read."""
    for team, rota in config.people.on_call.items():
        place: Place = ("on_call", team)
        message = msg("there is no team {team} in config/people.yaml", team=team)
        yield from unknown(config, "people", place, team, config.people.teams, message)
        yield from _members(config, place, rota)
        yield from _times(config, place, rota)


def levels(config: Configuration) -> Iterator[Problem]:
    """Who stands at the further levels of teams are people of the desk."""
    for name, team in config.people.teams.items():
        for level, person in team.levels.items():
            message = msg("there is nobody {person} in config/people.yaml", person=person)
            place = ("teams", name, "levels", level)
            yield from unknown(config, "people", place, person, config.people.people, message)


def silent_ladders(config: Configuration) -> Iterator[Problem]:
    """A ladder whose rungs for a clock reach nobody in any team, on a desk that has people."""
    if not config.people.people:
        return
    for name, ladder in read_ladders(config)[0].items():
        for clock, rungs in ladder.items():
            if rungs and not any(_reaches(rung, config) for rung in rungs):
                message = msg("ladder {name} tells nobody of {clock}", name=name, clock=clock)
                hint = msg("give `support` a lead and a manager in config/people.yaml, or name a person")
                yield fault(
                    config, "sla", ("ladders", name, clock), message, hint=hint, severity=Severity.WARNING
                )


def _reaches(rung: Rung, config: Configuration) -> bool:
    if any(word in _BY_TICKET for word in rung.to):
        return True
    if "on-call" in rung.to and any(rota.people for rota in config.people.on_call.values()):
        return True
    teams = (*config.people.teams, COVERING_TEAM)
    return any(_means_somebody(word, team, config) for word in rung.to for team in teams)


def _means_somebody(word: str, team: str, config: Configuration) -> bool:
    person = levels_of(team, config).get(word, word)
    declared = config.people.people.get(person)
    return declared is not None and declared.kind == "agent"


def _members(config: Configuration, place: Place, rota: RotaDecl) -> Iterator[Problem]:
    named: list[tuple[Place, str]] = [
        (("people", number), person) for number, person in enumerate(rota.people)
    ]
    named += [(("overrides", number), swap.person) for number, swap in enumerate(rota.overrides)]
    for key, person in named:
        message = msg("there is nobody {person} in config/people.yaml", person=person)
        yield from unknown(config, "people", (*place, *key), person, config.people.people, message)
    if not rota.people:
        yield fault(config, "people", (*place, "people"), msg("nobody is on call in this rota"))


def _times(config: Configuration, place: Place, rota: RotaDecl) -> Iterator[Problem]:
    zone = config.desk.zone
    instants: list[tuple[Place, str]] = [(("start",), rota.start)]
    for number, swap in enumerate(rota.overrides):
        instants += [(("overrides", number), swap.since), (("overrides", number), swap.until)]
    for key, text in instants:
        try:
            parse_instant(text, zone=zone)
        except UsageError as error:
            yield fault(config, "people", (*place, *key), error.message)
    try:
        seconds = parse_duration(rota.every, days=True)
    except DurationError as error:
        yield fault(config, "people", (*place, "every"), error.message)
    else:
        if not seconds:
            yield fault(config, "people", (*place, "every"), msg("a turn on call lasts longer than 0"))
