"""How is it told what the verdicts would have been under other targets?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tkt.i18n import Message, _, msg, msgn, render
from tkt.kpis.simulated import Change, Simulated, Tally
from tkt.render import words
from tkt.render.screen import Screen
from tkt.render.tables import Cell, Head, print_table
from tkt.render.text import one_line, wrap
from tkt.render.times import stamp
from tkt.render.values import field_text
from tkt.schema import Configuration

NONE = "–"


def print_simulated(
    found: Simulated, policy: str, fields: Sequence[str], config: Configuration, screen: Screen
) -> None:
    """Each clock under both, the same for each group, and what would have come out otherwise."""
    for message in _about(found, policy):
        _say(screen, message)
    if not found.clocks():
        _say(screen, msg("no cycle was decided in the window, under either"))
        return
    screen.print()
    _print_clocks(
        screen, [Head(_("clock"))], [([words.clock_name(it)], *_both(found, it)) for it in found.clocks()]
    )
    for by in fields:
        _print_groups(found, by, config, screen)
    screen.print()
    _say(screen, _changes_told(found))
    if found.changes:
        _print_changes(found.changes, config, screen)
    rest = found.better + found.worse + found.others - len(found.changes)
    if rest:
        _say(screen, msgn("{count} more: --limit 0 shows all", "{count} more: --limit 0 shows all", rest))


def _about(found: Simulated, policy: str) -> Iterator[Message]:
    window = found.window
    yield msg(
        "{start} to {end} {zone} (end excluded)",
        start=stamp(window.start, window.zone),
        end=stamp(window.end, window.zone),
        zone=window.zone,
    )
    tickets = msgn("{count} ticket judged", "{count} tickets judged", found.tickets)
    yield msg("{tickets}: today by config/sla.yaml, then by {file}", tickets=tickets, file=one_line(policy))


def _changes_told(found: Simulated) -> Message:
    total = found.better + found.worse + found.others
    if not total:
        return msg("no verdict changes")
    told = (
        msg("{count} would be in time", count=found.better) if found.better else None,
        msg("{count} would be late", count=found.worse) if found.worse else None,
        msg("{count} judged by one of them alone", count=found.others) if found.others else None,
    )
    return msgn(
        "{count} verdict changes: {told}",
        "{count} verdicts change: {told}",
        total,
        told=tuple(it for it in told if it is not None),
    )


Line = tuple[list[str], Tally, Tally]


def _both(found: Simulated, clock: str, by: str = "", value: str | None = None) -> tuple[Tally, Tally]:
    return found.tally("today", clock, by, value), found.tally("other", clock, by, value)


def _print_groups(found: Simulated, by: str, config: Configuration, screen: Screen) -> None:
    """The clocks of each group that come out otherwise; the others are in the answer to a program."""
    lines: list[Line] = [
        ([_value(config, by, value), words.clock_name(clock)], *_both(found, clock, by, value))
        for value in found.values(by)
        for clock in found.clocks(by, value)
    ]
    lines = [line for line in lines if line[1] != line[2]]
    if not lines:
        return
    screen.print()
    _print_clocks(screen, [Head(words.field_name(config, by)), Head(_("clock"))], lines)


def _value(config: Configuration, by: str, value: str | None) -> str:
    if value is None:
        return NONE
    return words.priority_name(config, value) if by == "priority" else field_text(config, by, value)


def _print_clocks(screen: Screen, heads: list[Head], lines: Sequence[Line]) -> None:
    """What was met and breached, and the share that was met, under each; the difference in percentage points."""
    numbers = [
        Head(_("met/breached"), right=True, optional=1),
        Head(_("by today's"), right=True),
        Head(_("met/breached"), right=True, optional=2),
        Head(_("by FILE"), right=True),
        Head(_("change"), right=True),
    ]
    rows = [
        [*names, *_numbers(today), *_numbers(other), _change(today, other)] for names, today, other in lines
    ]
    print_table(screen, [*heads, *numbers], rows)


def _numbers(tally: Tally) -> list[Cell | str]:
    return [f"{tally.met}/{tally.breached}", _("n/a") if tally.rate is None else f"{tally.rate:.1%}"]


def _change(today: Tally, other: Tally) -> Cell | str:
    if today.rate is None or other.rate is None:
        return ""
    points = round((other.rate - today.rate) * 100, 1) + 0.0
    return Cell(f"{points:+.1f}" if points else "0.0", "red" if points < 0 else "green" if points > 0 else "")


def _print_changes(changes: Sequence[Change], config: Configuration, screen: Screen) -> None:
    heads = [
        Head(_("id")),
        Head(_("priority"), optional=1),
        Head(_("clock")),
        Head(_("by today's")),
        Head(_("by FILE")),
        Head(_("title"), flexible=True, optional=2),
    ]
    print_table(screen, heads, [_change_row(it, config) for it in changes])


def _change_row(it: Change, config: Configuration) -> list[Cell | str]:
    return [
        Cell(it.ticket, "bold"),
        words.priority_name(config, it.priority),
        words.clock_name(it.clock, config),
        Cell(words.state_name(it.today), words.STATE_STYLES.get(it.today, "")),
        Cell(words.state_name(it.other), words.STATE_STYLES.get(it.other, "")),
        it.title or _("(no title)"),
    ]


def _say(screen: Screen, message: Message) -> None:
    for line in wrap(render(message), screen.columns):
        screen.print(line)
