"""What does config/people.yaml say: agents, teams, who may be assigned?"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import field

from tkt.schema.base import Day, DurationText, Labelled, Name, Struct


class TeamDecl(Labelled, frozen=True, kw_only=True):
    """A team; one without members is covered by `support`."""

    lead: str | None = None
    manager: str | None = None
    levels: dict[Name, str] = {}  # further levels that a ladder may name → person, the nearest first


class PersonDecl(Struct, frozen=True, kw_only=True):
    """Somebody of the desk. `former` people own history and get no work."""

    name: str
    email: str | None = None
    aliases: list[str] = []
    teams: list[Name] = []
    skills: list[str] = []
    languages: list[str] = []
    kind: Literal["agent", "bot", "former"] = "agent"
    away: list[Day] = []
    zone: str | None = None  # in which times are told to this person; None: the desk's
    public_name: str | None = None


class SwapDecl(Struct, frozen=True, kw_only=True):
    """For a while somebody else is on call. A time without an offset is of the desk's zone."""

    since: str = field(name="from")
    until: str
    person: str


class RotaDecl(Struct, frozen=True, kw_only=True):
    """Who of a team is on call: one after the other, each for `every`, the first one from `start` on."""

    start: str
    every: DurationText = "7d"
    people: list[str]
    overrides: list[SwapDecl] = []


class PeopleFile(Struct, frozen=True, kw_only=True):
    """config/people.yaml."""

    teams: dict[Name, TeamDecl]
    people: dict[str, PersonDecl] = {}
    assign: dict[str, Any] = {}
    on_call: dict[Name, RotaDecl] = {}  # team → its rota
