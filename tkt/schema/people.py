"""What does config/people.yaml say: agents, teams, who may be assigned?"""

from __future__ import annotations

from typing import Any, Literal

from tkt.schema.base import Day, Labelled, Name, Struct


class TeamDecl(Labelled, frozen=True, kw_only=True):
    """A team; one without members is covered by `support`."""

    lead: str | None = None
    manager: str | None = None


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
    public_name: str | None = None


class PeopleFile(Struct, frozen=True, kw_only=True):
    """config/people.yaml."""

    teams: dict[Name, TeamDecl]
    people: dict[str, PersonDecl] = {}
    assign: dict[str, Any] = {}
    on_call: dict[str, Any] = {}
