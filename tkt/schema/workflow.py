"""What does config/workflow.yaml say: statuses, moves, guards, codes?"""

from __future__ import annotations

from typing import Any, Literal

from tkt.schema.base import Bilingual, DurationText, Labelled, Name, QueryText, Struct, Words

Category = Literal["new", "active", "waiting", "resolved", "closed"]


class GuardDecl(Struct, frozen=True, kw_only=True):
    """A guard that applies only to some tickets."""

    guard: str
    when: QueryText = ""


class StatusDecl(Labelled, frozen=True, kw_only=True):
    """A status: a directory below tickets/."""

    category: Category
    public: Bilingual = {}
    public_if_customer: Bilingual = {}
    limit: DurationText | None = None
    limit_pauses: list[Literal["customer", "vendor", "colleague"]] = []
    who: Bilingual = {}
    output: Bilingual = {}
    enter: list[str | GuardDecl] = []
    leave: list[str | GuardDecl] = []


class NextActionDecl(Struct, frozen=True, kw_only=True):
    """The next action that `start` and `take` fill in."""

    who: str = "owner"
    what: str = "answer the customer"
    by: str = "next SLA due"


class ToldDecl(Struct, frozen=True, kw_only=True):
    """How soon after a resolve the customer must know."""

    within: DurationText = "1h"


class ClosingDecl(Struct, frozen=True, kw_only=True):
    """How tickets close by themselves, and how long they may be reopened."""

    auto_after: DurationText = "7d"
    reminder_before: DurationText = "2d"
    never_auto: QueryText = ""
    reopen_window: DurationText = "14d"


class RemindDecl(Struct, frozen=True, kw_only=True):
    """How a customer is reminded of a question."""

    before_until: DurationText = "1d"
    at_most: int = 2


class WorkflowFile(Struct, frozen=True, kw_only=True):
    """config/workflow.yaml."""

    statuses: dict[Name, StatusDecl]
    moves: dict[Name, list[Name]]
    next_action: NextActionDecl = NextActionDecl()
    until: dict[Literal["customer", "vendor", "colleague"], DurationText] = {}
    customer_writes: dict[str, Any] = {}
    remind_customer: RemindDecl = RemindDecl()
    told: ToldDecl = ToldDecl()
    closing: ClosingDecl = ClosingDecl()
    codes: dict[Name, Words] = {}
    uncounted: dict[Name, Words] = {}
    causes: dict[Name, Words] = {}
