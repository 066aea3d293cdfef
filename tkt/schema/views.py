"""What do the small files say: channels, rules, saved views, reports?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, field

from tkt.i18n import N_
from tkt.schema.base import DurationText, Labelled, Name, QueryText, Struct, Words
from tkt.schema.helpcentre import KnowledgeDecl

PublicUrl = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        max_length=150,
        description=N_("an address such as https://status.example.com/"),
    ),
]


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


class ReviewDecl(Struct, frozen=True, kw_only=True):
    """Which tickets get a root-cause review, and how long after they were resolved it is due."""

    when: QueryText | None = None  # none: no ticket
    due: DurationText = "5 working days"


class NeglectDecl(Labelled, frozen=True, kw_only=True):
    """A kind of neglect: the tickets of `when` for which it has been so for longer than `after`."""

    when: QueryText
    since: Literal["received", "touched", "entered", "unowned", "asked", "until", "resolved"] = "touched"
    after: DurationText = "0m"  # hours are open time of the ticket's calendar, days those of the wall
    calendar: Name | None = None  # by which it counts; none: the ticket's
    do: str | None = None  # what to type, `{id}` for the ticket


class ReportDecl(Struct, frozen=True, kw_only=True):
    """A report of the desk's own: `tkt report NAME`."""

    title: Words | None = None  # none: its name
    metrics: list[str] = []  # K1, csat …; none: all
    by: str | None = None
    query: QueryText = ""
    window: str | None = None  # week, month, quarter, 2026-10 …; none: the last full week


class SiteDecl(Struct, frozen=True, kw_only=True):
    """Where customers' status pages are published, how long they stay, and how a customer reaches the desk."""

    public_url: PublicUrl | None = None  # none: nobody is told where a page is
    keep_after_closing: DurationText = "30 days"
    contact: Words = ""


class QualityDecl(Struct, frozen=True, kw_only=True):
    """What a quality check of solved tickets looks at: the columns of `tkt report sample`."""

    checklist: dict[Name, Labelled] = {}  # none: the usual ones (tkt.reports.sample)


class ReportsFile(Struct, frozen=True, kw_only=True):
    """config/reports.yaml."""

    survey: dict[str, Any] = {}
    review: ReviewDecl = ReviewDecl()
    neglect: dict[Name, NeglectDecl] | None = None  # none: the built-in kinds (tkt.neglect)
    cluster: dict[str, Any] = {}
    thresholds: dict[str, Any] = {}
    denominators: dict[str, Any] = {}
    releases: dict[str, Any] = {}
    knowledge: KnowledgeDecl = KnowledgeDecl()
    site: SiteDecl = SiteDecl()
    reports: dict[Name, ReportDecl] = {}
    quality: QualityDecl = QualityDecl()
    fail_on: dict[str, str] = {}  # a key of `tkt report kpi --json` → when `--fail-on` says no: "<0.9"
