"""Which files make up a desk's configuration, and what do they say together?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import cached_property
from types import MappingProxyType

import msgspec

from tkt.frozen import dataclass
from tkt.model import STORED, Kind, Person
from tkt.schema.base import Struct
from tkt.schema.desk import DeskFile
from tkt.schema.people import PeopleFile
from tkt.schema.service import CalendarFile, SlaFile
from tkt.schema.taxonomy import CategoryDecl, TaxonomyFile
from tkt.schema.views import ChannelsFile, ReportsFile, RulesFile, ViewsFile
from tkt.schema.workflow import WorkflowFile

FILES: Mapping[str, tuple[str, type[Struct]]] = MappingProxyType(
    {
        "desk": ("tkt.yaml", DeskFile),
        "workflow": ("config/workflow.yaml", WorkflowFile),
        "taxonomy": ("config/taxonomy.yaml", TaxonomyFile),
        "sla": ("config/sla.yaml", SlaFile),
        "people": ("config/people.yaml", PeopleFile),
        "channels": ("config/channels.yaml", ChannelsFile),
        "rules": ("config/rules.yaml", RulesFile),
        "views": ("config/views.yaml", ViewsFile),
        "reports": ("config/reports.yaml", ReportsFile),
    }
)
"""Name → (path in the desk, what it holds)."""

COVERING_TEAM = "support"
"""The team that covers those without a member."""
CALENDAR_FILES = "config/calendars"

LineOf = Callable[..., int | None]
"""A path of keys and positions in a file → the line where it stands, None where it does not."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Configuration:
    """All of a desk's configuration, typed. Read once a command; equal to itself alone, so that it can key caches."""

    desk: DeskFile
    workflow: WorkflowFile
    taxonomy: TaxonomyFile
    sla: SlaFile
    people: PeopleFile
    channels: ChannelsFile = field(default_factory=ChannelsFile)
    rules: RulesFile = field(default_factory=RulesFile)
    views: ViewsFile = field(default_factory=ViewsFile)
    reports: ReportsFile = field(default_factory=ReportsFile)
    calendars: tuple[CalendarFile, ...] = ()
    lines: Mapping[str, LineOf] = field(default_factory=dict)  # name of FILES, or a calendar's path

    @cached_property
    def finished(self) -> frozenset[str]:
        """The statuses of the categories resolved and closed."""
        return frozenset(
            name for name, it in self.workflow.statuses.items() if it.category in ("resolved", "closed")
        )

    @cached_property
    def closed(self) -> frozenset[str]:
        """The terminal statuses, kept in one directory a month."""
        return frozenset(name for name, it in self.workflow.statuses.items() if it.category == "closed")

    @cached_property
    def persons(self) -> Mapping[str, Person]:
        """The people of the desk by their ids."""
        return {
            name: Person(
                id=name,
                name=it.name,
                email=it.email,
                teams=tuple(it.teams),
                skills=tuple(it.skills),
                languages=tuple(it.languages),
                kind=it.kind,
                aliases=tuple(it.aliases),
                away=tuple(it.away),
            )
            for name, it in self.people.people.items()
        }

    def person_of(self, mail: str) -> Person | None:
        """Whose mail address that is."""
        return next((person for person in self.persons.values() if person.has_mail(mail)), None)

    def teams_of(self, person: Person) -> tuple[str, ...]:
        """The teams whose work is theirs; for `support` also those without a member (config/people.yaml)."""
        if COVERING_TEAM not in person.teams:
            return person.teams
        active = (it for it in self.people.people.values() if it.kind != "former")
        staffed = {team for it in active for team in it.teams}
        return (*person.teams, *(team for team in self.people.teams if team not in staffed))

    def told_in(self, zone: str) -> Configuration:
        """The same, but that times are told in `zone`: for what is printed to one reader, not for judging."""
        if zone == self.desk.zone:
            return self
        return replace(self, desk=msgspec.structs.replace(self.desk, zone=zone))

    def is_lead(self, person: str) -> bool:
        """Whether they lead a team."""
        return any(team.lead == person for team in self.people.teams.values())

    @cached_property
    def field_kinds(self) -> Mapping[str, Kind]:
        """Every stored key a ticket of this desk may have, and what it holds."""
        own: dict[str, Kind] = {name: it.type for name, it in self.taxonomy.fields.items() if not it.any_of}
        return {**own, **STORED}

    def category(self, type_name: str | None, name: str | None) -> CategoryDecl | None:
        """The declaration of a category; without a type, the one category of that name."""
        if name is None:
            return None
        if type_name is not None:
            return self.taxonomy.types.get(type_name, {}).get(name)
        return next((group[name] for group in self.taxonomy.types.values() if name in group), None)

    def type_of_category(self, name: str) -> str | None:
        """The type that a category belongs to."""
        return next((kind for kind, group in self.taxonomy.types.items() if name in group), None)

    def status_category(self, status: str) -> str:
        """`new`, `active`, `waiting`, `resolved` or `closed`."""
        return self.workflow.statuses[status].category

    def line_of(self, file: str, *path: str | int) -> int | None:
        """Where in `file` (a name of FILES) the value at `path` stands, or its nearest parent."""
        line = self.lines.get(file)
        return None if line is None else nearest_line(line, path)


def nearest_line(line: LineOf, path: tuple[str | int, ...]) -> int | None:
    """The line of the value at `path`, or of the nearest of its parents that has one."""
    found = (line(*path[:length]) for length in range(len(path), -1, -1))
    return next((number for number in found if number is not None), None)
