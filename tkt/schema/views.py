"""What do the small files say: channels, rules, saved views, reports?"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import field

from tkt.schema.base import Labelled, Name, QueryText, Struct


class ChannelDecl(Labelled, frozen=True, kw_only=True):
    """Where requests come from. `sender`: tkt delivers replies there itself."""

    kind: Literal["online", "offline", "derived"] = field(name="class", default="online")
    sender: bool = False


class ChannelsFile(Struct, frozen=True, kw_only=True):
    """config/channels.yaml."""

    channels: dict[Name, ChannelDecl] = {}


class RuleDecl(Struct, frozen=True, kw_only=True):
    """If a ticket matches, set, tag or watch."""

    name: Name
    when: QueryText = ""
    upon: list[Literal["new", "triage", "change"]] = []  # none: when the ticket is new
    set: dict[str, str] = {}
    tag: list[str] = []
    watch: list[str] = []
    suggest: str | None = None


class RulesFile(Struct, frozen=True, kw_only=True):
    """config/rules.yaml."""

    rules: list[RuleDecl] = []


class ViewsFile(Struct, frozen=True, kw_only=True):
    """config/views.yaml."""

    views: dict[Name, QueryText] = {}


class ReportsFile(Struct, frozen=True, kw_only=True):
    """config/reports.yaml."""

    survey: dict[str, Any] = {}
    review: dict[str, Any] = {}
    cluster: dict[str, Any] = {}
    thresholds: dict[str, Any] = {}
    denominators: dict[str, Any] = {}
    releases: dict[str, Any] = {}
