"""How is it told what is neglected: in lines for a terminal, as Markdown for the summary of a job, as JSON?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from tkt.clock import instant_text
from tkt.frozen import dataclass
from tkt.i18n import N_, _, current_language, msg, msgn, render
from tkt.neglect import PATROL, Neglected, Unpatrolled, kinds_of
from tkt.render import words
from tkt.render.markdown import harmless
from tkt.render.screen import Screen
from tkt.render.text import hanging, one_line
from tkt.render.times import span_between, stamp
from tkt.schema import Configuration

MOST = 50
"""So many tickets of a kind are told to people; programs get all."""
HEADS: Mapping[str, str] = {
    "unassigned": N_("nobody owns it"),
    "untouched": N_("nobody has touched it"),
    "waiting": N_("waiting without a date, or past it"),
    "no-next-action": N_("no next action"),
    "untold": N_("resolved, and the customer was not told"),
    "review": N_("review overdue"),
    PATROL: N_("patrol overdue"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Neglect:
    """What was found, by whose words it is told, and how many tickets were looked at."""

    tickets: Sequence[Neglected]
    patrols: Sequence[Unpatrolled]
    checked: int
    config: Configuration
    now: datetime

    @property
    def kinds(self) -> dict[str, list[Neglected]]:
        """Kind → its tickets, in the order in which they were found."""
        found: dict[str, list[Neglected]] = {}
        for each in self.tickets:
            found.setdefault(each.kind, []).append(each)
        return found

    @property
    def count(self) -> int:
        """How much is neglected."""
        return len(self.tickets) + len(self.patrols)


def neglect_lines(found: Neglect, screen: Screen) -> Iterator[str]:
    """Kind by kind, the longest first; below each ticket what to type."""
    for kind, tickets in found.kinds.items():
        yield screen.styled(_head(found, kind, len(tickets)), "bold")
        for each in tickets[:MOST]:
            yield from hanging(_sentence(found, each), screen.columns)
            yield screen.styled(f"    {one_line(each.command)}", "dim")
        yield from _more(tickets)
        yield ""
    if found.patrols:
        yield screen.styled(_head(found, PATROL, len(found.patrols)), "bold")
        yield from (line for it in found.patrols for line in hanging(_patrol(found, it), screen.columns))
        yield ""
    yield _sum(found)


def neglect_markdown(found: Neglect) -> Iterator[str]:
    """The same for the summary of a job."""
    yield f"### {_('Neglected')}"
    yield ""
    yield harmless(_sum(found))
    for kind, tickets in found.kinds.items():
        yield from ("", f"**{harmless(_head(found, kind, len(tickets)))}**", "")
        titles = (_("id"), _("title"), _("with whom"), _("since"), _("how long"), _("what helps"))
        yield f"| {' | '.join(titles)} |"
        yield "|---" * len(titles) + "|"
        yield from (f"| {' | '.join(_cells(found, each))} |" for each in tickets[:MOST])
        yield from ("" if place == 0 else line for line in _more(tickets) for place in (0, 1))
    if found.patrols:
        yield from ("", f"**{harmless(_head(found, PATROL, len(found.patrols)))}**", "")
        yield from (f"- {harmless(_patrol(found, it))}" for it in found.patrols)


def neglect_json(found: Neglect) -> dict[str, Any]:
    """`now checked neglected kinds[] patrols[]`."""
    return {
        "now": instant_text(found.now),
        "checked": found.checked,
        "neglected": found.count,
        "kinds": [
            {
                "kind": kind,
                "when": kinds_of(found.config)[kind].when,
                "tickets": [_row(found, it) for it in its],
            }
            for kind, its in found.kinds.items()
        ],
        "patrols": [
            {"channel": it.channel, "last_at": instant_text(it.since), "due_at": instant_text(it.due_at)}
            for it in found.patrols
        ],
    }


def _row(found: Neglect, it: Neglected) -> dict[str, Any]:
    row = it.row
    stored = {key: row.get(key) for key in ("title", "priority", "owner", "team")}
    return {
        "id": row.id,
        "status": row.status,
        "path": row.path,
        **stored,
        "since": instant_text(it.since),
        "due_at": instant_text(it.due_at),
        "for_s": int((found.now - it.since).total_seconds()),
        "command": it.command,
    }


def _sum(found: Neglect) -> str:
    neglected = msgn("{count} neglected", "{count} neglected", found.count)
    checked = msgn("{count} ticket checked", "{count} tickets checked", found.checked)
    return render(msg("{one}, {more}", one=neglected, more=checked))


def _head(found: Neglect, kind: str, count: int) -> str:
    """`nobody owns it: 3`, by the desk's own words where it has some."""
    declared = kinds_of(found.config).get(kind)
    usual = _(HEADS[kind]) if kind in HEADS else kind
    name = declared.label(current_language(), usual) if declared else usual
    return one_line(render(msg("{name}: {count}", name=name, count=count)))


def _sentence(found: Neglect, it: Neglected) -> str:
    """`261116-AAAA1 The title · Tech · Li Wei · 2d 3h, since 2026-11-14 09:00`."""
    parts = (f"{it.row.id} {_title(it)}", _whose(found, it), _how_long(found, it.since))
    return " · ".join(one_line(part) for part in parts)


def _title(it: Neglected) -> str:
    return one_line(it.row.line.title or "") or _("(no title)")


def _whose(found: Neglect, it: Neglected) -> str:
    owner = it.row.line.owner
    team = it.row.get("team")
    names = (
        words.person_name(found.config, owner) if owner else "",
        words.team_name(found.config, str(team)) if team and not owner else "",
    )
    return next((name for name in names if name), _("nobody"))


def _how_long(found: Neglect, since: datetime) -> str:
    span = span_between(since, found.now)
    return render(msg("{span}, since {at}", span=span, at=stamp(since, found.config.desk.zone)))


def _patrol(found: Neglect, it: Unpatrolled) -> str:
    channel = words.channel_name(found.config, it.channel)
    return one_line(render(msg("{channel}: {text}", channel=channel, text=_how_long(found, it.since))))


def _cells(found: Neglect, it: Neglected) -> tuple[str, ...]:
    told = (it.row.id, _title(it), _whose(found, it), stamp(it.since, found.config.desk.zone))
    command = one_line(it.command).replace("`", "").replace("|", r"\|")
    return (*map(harmless, told), span_between(it.since, found.now), f"`{command}`")


def _more(tickets: Sequence[Neglected]) -> Iterator[str]:
    more = len(tickets) - MOST
    if more > 0:
        yield render(msgn("and {count} more", "and {count} more", more))
