"""How does what the time asked for look as rows?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tkt.i18n import N_, _, render
from tkt.render import words
from tkt.render.screen import Screen
from tkt.render.tables import Cell, Head, print_table
from tkt.render.times import whens
from tkt.schema import Configuration
from tkt.timerules.firing import Firing

RULES = {
    "remind": N_("remind"),
    "resume": N_("resume"),
    "ladder": N_("ladder"),
    "next-action": N_("next-action"),
    "untold": N_("untold"),
    "closing-reminder": N_("closing-reminder"),
    "auto-close": N_("auto-close"),
}
"""The time rules (docs/tick.md) by the names that people read."""


def rule_name(rule: str) -> str:
    """`ladder`, `上报阶梯`."""
    return _(RULES[rule]) if rule in RULES else rule


def print_fired(
    rows: Sequence[tuple[str, Firing]], config: Configuration, now: datetime, screen: Screen
) -> None:
    """One line each: when, on which ticket, by which rule, what, to whom, why."""
    heads = [
        Head(_("when")),
        Head(_("id")),
        Head(_("rule"), optional=2),
        Head(_("what")),
        Head(_("to whom"), flexible=True),
        Head(_("why"), optional=1),
    ]
    told = whens(now, config.desk.zone)
    print_table(
        screen,
        heads,
        [
            [
                Cell(told(firing.at)),
                Cell(ticket, "bold"),
                Cell(rule_name(firing.rule)),
                Cell(render(firing.what), "red" if firing.did == "escalated" else ""),
                Cell(recipients_text(firing.to, config) if firing.to or firing.did != "moved" else ""),
                Cell(render(firing.why)),
            ]
            for ticket, firing in rows
        ],
    )


def recipients_text(to: Sequence[str], config: Configuration) -> str:
    """Names of people, the customer, or nobody."""
    names = [_("the customer") if it == "customer" else words.person_name(config, it) for it in to]
    return _(", ").join(names) if names else _("nobody")
