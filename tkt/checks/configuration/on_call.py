"""Does config/people.yaml say who is on call and who is above a lead, in people that are there? (docs/tick.md)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tkt.checks.configuration.faults import Place, fault, unknown
from tkt.clock import parse_instant
from tkt.durations import DurationError, parse_duration
from tkt.errors import Problem, UsageError
from tkt.i18n import msg
from tkt.schema import Configuration
from tkt.schema.people import RotaDecl


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
    for number, swap in enumerate(rota.overrides):
        since, until = _instant(swap.since, zone), _instant(swap.until, zone)
        if since is not None and until is not None and until <= since:
            message = msg(
                "from {since} until {until} is no time, expected an until that is later",
                since=swap.since,
                until=swap.until,
            )
            yield fault(config, "people", (*place, "overrides", number), message)
    try:
        seconds = parse_duration(rota.every, days=True)
    except DurationError as error:
        yield fault(config, "people", (*place, "every"), error.message)
    else:
        if not seconds:
            yield fault(config, "people", (*place, "every"), msg("a turn on call lasts longer than 0"))


def _instant(text: str, zone: str) -> datetime | None:
    """None for what is none, which is told by itself."""
    try:
        return parse_instant(text, zone=zone)
    except UsageError:
        return None
