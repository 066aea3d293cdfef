"""Is config/taxonomy.yaml of one piece: teams, forms, the priority table, fields?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.checks.configuration.faults import fault, unknown
from tkt.errors import Problem
from tkt.fields import RESERVED
from tkt.i18n import Message, msg
from tkt.priority import NO_TIER
from tkt.schema import Configuration

_FILE = "taxonomy"


def types(config: Configuration) -> Iterator[Problem]:
    """`of_type` and `types` name the same types."""
    taxonomy = config.taxonomy
    for name in taxonomy.types:
        message = msg("type {type} is not declared below of_type", type=name)
        yield from unknown(config, _FILE, ("types", name), name, taxonomy.of_type, message)
    for name in taxonomy.of_type:
        message = msg("type {type} has no categories below types", type=name)
        yield from unknown(config, _FILE, ("of_type", name), name, taxonomy.types, message)


def categories(config: Configuration) -> Iterator[Problem]:
    """A category's team and priority exist."""
    for kind, group in config.taxonomy.types.items():
        for name, declared in group.items():
            place = ("types", kind, name)
            message = _no_team(declared.team)
            yield from unknown(config, _FILE, (*place, "team"), declared.team, config.people.teams, message)
            yield from _priority(config, (*place, "priority"), declared.priority)


def needs(config: Configuration) -> Iterator[Problem]:
    """What types and categories need are fields that a ticket can have."""
    known = [*config.field_kinds, *config.taxonomy.fields]
    for name, declared in config.taxonomy.of_type.items():
        yield from _needs(config, ("of_type", name, "need"), declared.need, known)
    for kind, group in config.taxonomy.types.items():
        for name, category in group.items():
            yield from _needs(config, ("types", kind, name, "need"), category.need, known)


def fields(config: Configuration) -> Iterator[Problem]:
    """A desk's own fields take no name of tkt's, and stand for fields that are stored."""
    for name, declared in config.taxonomy.fields.items():
        place = ("fields", name)
        if name in RESERVED:
            yield fault(config, _FILE, place, msg("{field} is a field of tkt's own", field=name))
        yield from _needs(config, (*place, "any_of"), declared.any_of, list(config.field_kinds))


def priority_table(config: Configuration) -> Iterator[Problem]:
    """Each tier has a row for each impact, and each row a priority for each urgency."""
    table = config.taxonomy.priority
    if NO_TIER not in table:
        message = msg("the tier {tier} is missing; tickets without a tier are judged by it", tier=NO_TIER)
        yield fault(config, _FILE, ("priority",), message)
    for tier, rows in table.items():
        for impact in config.taxonomy.impact:
            if impact not in rows:
                yield fault(
                    config, _FILE, ("priority", tier), msg("no row for the impact {impact}", impact=impact)
                )
        for impact, cells in rows.items():
            yield from _row(config, tier, impact, cells)


def _row(config: Configuration, tier: str, impact: str, cells: list[str]) -> Iterator[Problem]:
    place = ("priority", tier, impact)
    levels = config.taxonomy.urgency
    message = msg("{impact} is no impact of this desk", impact=impact)
    yield from unknown(config, _FILE, place, impact, config.taxonomy.impact, message)
    if len(cells) != len(levels):
        message = msg(
            "{count} priorities, expected one for each urgency: {names}",
            count=len(cells),
            names=tuple(levels),
        )
        yield fault(config, _FILE, place, message)
    for number, name in enumerate(cells):
        yield from _priority(config, (*place, number), name)


def _priority(config: Configuration, place: tuple[str | int, ...], name: str | None) -> Iterator[Problem]:
    message = msg("{priority} is not declared below priority_names", priority=name)
    yield from unknown(config, _FILE, place, name, config.taxonomy.priority_names, message)


def _needs(
    config: Configuration, place: tuple[str, ...], wanted: list[str], known: list[str]
) -> Iterator[Problem]:
    for number, name in enumerate(wanted):
        message = msg("{field} is no field: declare it below fields", field=name)
        yield from unknown(config, _FILE, (*place, number), name, known, message)


def _no_team(name: str | None) -> Message:
    return msg("there is no team {team} in config/people.yaml", team=name)
