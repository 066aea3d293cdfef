"""Do config/people.yaml's teams and people know each other?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tkt.checks.configuration.faults import fault, unknown
from tkt.errors import Problem
from tkt.i18n import msg
from tkt.schema import Configuration

_FILE = "people"


def teams(config: Configuration) -> Iterator[Problem]:
    """People are in teams that exist."""
    for name, person in config.people.people.items():
        for number, team in enumerate(person.teams):
            message = msg("there is no team {team} in config/people.yaml", team=team)
            yield from unknown(
                config, _FILE, ("people", name, "teams", number), team, config.people.teams, message
            )


def leads(config: Configuration) -> Iterator[Problem]:
    """Leads and managers are people of the desk."""
    for name, team in config.people.teams.items():
        for role, person in (("lead", team.lead), ("manager", team.manager)):
            message = msg("there is nobody {person} in config/people.yaml", person=person)
            yield from unknown(config, _FILE, ("teams", name, role), person, config.people.people, message)


def addresses(config: Configuration) -> Iterator[Problem]:
    """A mail address is one person's: git's identity must name one."""
    people = config.people.people.items()
    known = [(name, address) for name, it in people for address in (it.email, *it.aliases) if address]
    times = Counter(address.casefold() for _name, address in known)
    for name, address in known:
        if times[address.casefold()] > 1:
            message = msg("{address} is the address of several people", address=address)
            yield fault(config, _FILE, ("people", name), message)
