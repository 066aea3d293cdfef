"""How do notices look as rows, and as letters?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tkt.i18n import N_, _, msg, render
from tkt.notices import CUSTOMER, Notice, State
from tkt.render import words
from tkt.render.letters import Letter, about_text
from tkt.render.screen import Screen
from tkt.render.tables import Cell, Head, print_table
from tkt.render.text import clean, one_line, wrap
from tkt.render.times import whens
from tkt.schema import Configuration

STATES: dict[State, str] = {
    "queued": N_("queued"),
    "sending": N_("being sent"),
    "possibly sent": N_("possibly sent"),
    "sent": N_("sent"),
    "bounced": N_("came back"),
    "withheld": N_("withheld"),
    "void": N_("void"),
}
_STYLES: dict[State, str] = {"possibly sent": "yellow", "bounced": "red"}


def print_notices(
    rows: Sequence[tuple[str, str, Notice]], config: Configuration, now: datetime, screen: Screen
) -> None:
    """One line a notice: (ticket id, its title, the notice)."""
    heads = [
        Head(_("notice")),
        Head(_("state")),
        Head(_("since")),
        Head(_("not before"), optional=2),
        Head(_("to whom")),
        Head(_("channel"), optional=3),
        Head(_("id")),
        Head(_("about"), optional=1),
        Head(_("title"), flexible=True),
    ]
    told = whens(now, config.desk.zone)
    print_table(
        screen,
        heads,
        [
            [
                Cell(notice.id),
                Cell(state_word(notice.state), _STYLES.get(notice.state, "")),
                Cell(told(notice.since)),
                Cell(told(notice.not_before) if notice.not_before else ""),
                Cell(_("the customer") if notice.to == CUSTOMER else words.person_name(config, notice.to)),
                Cell(words.channel_name(config, notice.channel) if notice.channel else ""),
                Cell(ticket, "bold"),
                Cell(about_text(notice, config)),
                Cell(title or _("(no title)")),
            ]
            for ticket, title, notice in rows
        ],
    )


def state_word(state: State) -> str:
    """`queued`, `待发`."""
    return _(STATES[state])


def letter_lines(
    notice: Notice, found: Letter, config: Configuration, now: datetime, screen: Screen
) -> Iterator[str]:
    """A notice as it would be sent, below what is known of its delivery."""
    told = whens(now, config.desk.zone)
    channel = words.channel_name(config, notice.channel) if notice.channel else _("no channel is known")
    state = render(msg("{state} since {when}", state=state_word(notice.state), when=told(notice.since)))
    if notice.not_before is not None and notice.not_before > now:
        state = render(msg("{state}, not before {when}", state=state, when=told(notice.not_before)))
    yield screen.styled(one_line(f"{notice.id} · {channel} · {state}"), "dim")
    address = f" <{found.address}>" if found.address else ""
    yield from wrap(one_line(render(msg("To: {who}", who=f"{found.to}{address}"))), screen.columns)
    yield from wrap(one_line(render(msg("Subject: {subject}", subject=found.subject))), screen.columns)
    yield ""
    for line in clean(found.text).rstrip("\n").split("\n"):
        yield from wrap(line, screen.columns) if line else [""]
