"""How are the desk's rules explained: the priority table and its criteria, who does what in each status?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tkt.frozen import dataclass
from tkt.i18n import _, current_language, msg, render
from tkt.model import Ticket
from tkt.priority import Decision, is_safety, priority_of
from tkt.render import words
from tkt.render.screen import Screen
from tkt.render.text import one_line, pad, width, wrap
from tkt.render.values import because_text, with_more
from tkt.schema import Configuration, GuardDecl, LevelDecl, StatusDecl
from tkt.schema.base import Words, words_in

GAP = "  "
INDENT = "  "
NARROWEST = 20

Block = tuple[str, tuple[tuple[str, ...], ...]]
"""A title and its rows."""


@dataclass(frozen=True, kw_only=True)
class ConfigPage:
    """Sections of (title, lines or rows), and the same for a program."""

    data: dict[str, Any]
    sections: tuple[Block, ...] = ()

    def lines(self, screen: Screen) -> Iterator[str]:
        """The page for this screen."""
        for place, (title, rows) in enumerate(self.sections):
            if place:
                yield ""
            yield from (screen.styled(line, "bold") for line in wrap(title, screen.columns))
            yield from _row_lines(rows, screen)


def _row_lines(rows: Sequence[Sequence[str]], screen: Screen) -> Iterator[str]:
    """The rows as a table whose last column goes on below where there is no room for it."""
    rooms = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    for *cells, last in rows:
        start = INDENT + "".join(pad(cell, room) + GAP for cell, room in zip(cells, rooms[:-1], strict=True))
        for line in wrap(last, max(screen.columns - width(start), NARROWEST)):
            yield (start + line).rstrip()
            start = " " * width(start)


def priority_page(config: Configuration, ticket: Ticket | None) -> ConfigPage:
    """The table, the criteria of its axes, and with a ticket the row that was used."""
    taxonomy = config.taxonomy
    sections: list[Block] = []
    data: dict[str, Any] = {"table": taxonomy.priority, "then": list(taxonomy.priority_then)}
    if ticket is not None:
        decision = priority_of(ticket.values, taxonomy, safety=is_safety(ticket))
        sections.append((f"{ticket.id}  {one_line(ticket.title)}", tuple(_decided(decision, ticket, config))))
        data["ticket"] = {
            "id": ticket.id,
            "priority": ticket.priority,
            "table_says": decision.priority,
            "row": decision.row,
            "because": list(decision.because),
        }
    for tier, by_impact in taxonomy.priority.items():
        title = render(msg("customer tier {tier}", tier=tier))
        head = ("", *(_level_name(name, it) for name, it in taxonomy.urgency.items()))
        rows = [(_level_name(name, taxonomy.impact.get(name)), *row) for name, row in by_impact.items()]
        sections.append((title, (head, *rows)))
    then = tuple((str(place), _then(step)) for place, step in enumerate(taxonomy.priority_then, 1))
    sections.append((_("then, in this order"), then))
    sections.append((words.field_name(config, "urgency"), tuple(_criteria(taxonomy.urgency))))
    sections.append((words.field_name(config, "impact"), tuple(_criteria(taxonomy.impact))))
    names = tuple((name, _(", ").join(each)) for name, each in taxonomy.priority_names.items())
    sections.append((_("also written as"), names))
    return ConfigPage(data=data, sections=tuple(sections))


def workflow_page(config: Configuration, ticket: Ticket | None) -> ConfigPage:
    """Each status: who is responsible, its limit, what comes out of it, its guards and where it leads."""
    language = current_language()
    sections: list[Block] = []
    data: dict[str, Any] = {}
    for name, status in config.workflow.statuses.items():
        mark = "  ←" if ticket is not None and ticket.status == name else ""
        title = f"{name}  {words.status_name(config, name)}{mark}" if language == "zh" else f"{name}{mark}"
        sections.append((title, tuple(_status_rows(name, status, config))))
        data[name] = {
            "category": status.category,
            "who": _text(status.who),
            "limit": status.limit,
            "output": _text(status.output),
            "enter": [_guard_name(guard) for guard in status.enter],
            "leave": [_guard_name(guard) for guard in status.leave],
            "moves": list(config.workflow.moves.get(name, ())),
        }
    return ConfigPage(data=data, sections=tuple(sections))


def _status_rows(name: str, status: StatusDecl, config: Configuration) -> Iterator[tuple[str, str]]:
    yield _("who"), _text(status.who) or "–"
    yield _("limit"), status.limit or "–"
    yield _("output"), _text(status.output) or "–"
    yield from _guard_rows(_("to enter"), status.enter)
    yield from _guard_rows(_("to leave"), status.leave)
    yield _("leads to"), _(", ").join(config.workflow.moves.get(name, ())) or "–"


def _guard_rows(label: str, guards: Sequence[str | GuardDecl]) -> Iterator[tuple[str, str]]:
    """A guard a row, with what it asks for."""
    if not guards:
        yield label, "–"
    for place, guard in enumerate(guards):
        yield label if place == 0 else "", _guard_told(guard)


def _guard_told(guard: str | GuardDecl) -> str:
    """`asks – what the customer wants to happen (if type:complaint)`."""
    name, when = (guard, "") if isinstance(guard, str) else (guard.guard, guard.when)
    what = words.guard_name(name)
    told = render(msg("{guard} – {what}", guard=name, what=what)) if what else name
    return with_more(told, render(msg("if {when}", when=when)) if when else "")


def _decided(decision: Decision, ticket: Ticket, config: Configuration) -> Iterator[tuple[str, str]]:
    yield words.field_name(config, "priority"), words.priority_name(config, ticket.priority)
    if decision.row is None and not decision.because:
        yield _("row used"), _("none: impact and urgency are not known yet")
        return
    if decision.row is not None:
        tier, impact, urgency = decision.row
        yield (
            _("row used"),
            render(
                msg(
                    "tier {tier}, impact {impact}, urgency {urgency}",
                    tier=tier,
                    impact=words.level_word(config, "impact", impact),
                    urgency=words.level_word(config, "urgency", urgency),
                )
            ),
        )
    yield _("because"), because_text(decision.reason)
    if decision.priority != ticket.priority:
        yield _("overruled"), render(msg("the table says {priority}", priority=decision.priority))


def _criteria(levels: Mapping[str, LevelDecl]) -> Iterator[tuple[str, str, str]]:
    for name, level in levels.items():
        asked = {key: words_in(each, current_language()) for key, each in level.ask.items()}
        if not asked:
            yield _level_name(name, level), "", _("none of these")
        for place, (key, question) in enumerate(asked.items()):
            yield _level_name(name, level) if place == 0 else "", key, question


def _then(step: str) -> str:
    known = {
        "category": _("a category's own priority replaces it"),
        "workaround": _("a known workaround lowers P1 and P2 by one, unless safety is concerned"),
        "safety": _("safety makes it P1"),
    }
    return known.get(step, step)


def _level_name(name: str, level: LevelDecl | None) -> str:
    label = level.label(current_language(), name) if level else name
    return name if label == name else f"{name} {label}"


def _guard_name(guard: str | GuardDecl) -> str:
    if isinstance(guard, str):
        return guard
    return f"{guard.guard} ({guard.when})" if guard.when else guard.guard


def _text(given: Words) -> str:
    return words_in(given, current_language())
