"""Does every rung of a ladder reach somebody? (docs/tick.md, Who is told)

Whom `owner` means, tickets say. Where a desk has named no manager at all, as a new one has not, that is
no fault of each rung; a clock that nobody at all is told of is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tkt.checks.configuration.faults import fault
from tkt.errors import Problem, Severity
from tkt.i18n import Message, msg
from tkt.policies.ladders import Rung, read_ladders
from tkt.schema import Configuration
from tkt.schema.configuration import COVERING_TEAM
from tkt.timerules.recipients import levels_of

_BY_TICKET = ("owner", "owner-or-team", "ticket-owner")


def silent_ladders(config: Configuration) -> Iterator[Problem]:
    """Ladders whose rungs for a clock reach nobody, on a desk that has people."""
    for name, clocks in _silent(config).items():
        for clock in clocks:
            message = msg("ladder {name} tells nobody of {clock}", name=name, clock=clock)
            hint = msg("give `support` a lead and a manager in config/people.yaml, or name a person")
            place = ("ladders", name, clock)
            yield fault(config, "sla", place, message, hint=hint, severity=Severity.WARNING)


def missing_heights(config: Configuration) -> Iterator[Problem]:
    """Further rungs that reach nobody for the tickets of some team; one warning a ladder."""
    silent = _silent(config)
    for name, ladder in read_ladders(config)[0].items():
        told = set(ladder).difference(silent.get(name, ()))
        rungs = (rung for clock in ladder if clock in told for rung in ladder[clock])
        asked = (rung for rung in rungs if _is_come_to(rung, config))
        missed = {rung.text: teams for rung in asked if (teams := _unreached(rung, config))}
        if missed:
            hint = msg("what a team lacks, `support` has for it: give it a manager, a rota, or that level")
            yield fault(
                config,
                "sla",
                ("ladders", name),
                _told(name, missed, config),
                hint=hint,
                severity=Severity.WARNING,
            )


def _told(name: str, missed: Mapping[str, tuple[str, ...]], config: Configuration) -> Message:
    teams = tuple(dict.fromkeys(team for some in missed.values() for team in some))
    if set(teams) == set(_teams(config)):
        return msg("ladder {name}: nobody is there for {rungs}", name=name, rungs=tuple(missed))
    return msg(
        "ladder {name}: nobody is there for {rungs}, on tickets of {teams}",
        name=name,
        rungs=tuple(missed),
        teams=teams,
    )


def _silent(config: Configuration) -> dict[str, tuple[str, ...]]:
    """Ladder → the clocks that it tells nobody of, whatever the team; none on a desk without people."""
    if not config.people.people:
        return {}
    teams = set(_teams(config))
    return {
        name: tuple(
            clock
            for clock, rungs in ladder.items()
            if rungs and all(set(_unreached(rung, config)) == teams for rung in rungs)
        )
        for name, ladder in read_ladders(config)[0].items()
    }


def _is_come_to(rung: Rung, config: Configuration) -> bool:
    """Whether the desk has said for some team who is meant by a rung of this kind."""
    if "on-call" in rung.to and config.people.on_call:
        return True
    teams = config.people.teams.values()
    named = {"manager"} if any(it.manager for it in teams) else set()
    return not (named | {level for it in teams for level in it.levels}).isdisjoint(rung.to)


def _unreached(rung: Rung, config: Configuration) -> tuple[str, ...]:
    """The teams for whose tickets the rung means nobody."""
    if any(word in _BY_TICKET for word in rung.to):
        return ()
    return tuple(
        team for team in _teams(config) if not any(_means_somebody(it, team, config) for it in rung.to)
    )


def _means_somebody(word: str, team: str, config: Configuration) -> bool:
    if word == "on-call":
        rotas = (config.people.on_call.get(it) for it in (team, COVERING_TEAM))
        return any(rota.people for rota in rotas if rota is not None)
    person = levels_of(team, config).get(word, word)
    declared = config.people.people.get(person)
    return declared is not None and declared.kind == "agent"


def _teams(config: Configuration) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*config.people.teams, COVERING_TEAM)))
