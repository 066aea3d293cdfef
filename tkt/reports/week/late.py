"""Which promises were missed in the week, and why, in one line?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tkt.clock import instant_text
from tkt.columns import Columns
from tkt.durations import duration_text, open_time_text
from tkt.frozen import dataclass
from tkt.i18n import Message, _, current_language, msg, msgn, render
from tkt.kpis.lateness import Lateness, Seconds, breaches, broken_promises, lateness_of
from tkt.kpis.life import Life, seconds_between
from tkt.render import words
from tkt.render.times import stamp_near
from tkt.reports.material import Material
from tkt.reports.parts import MOST, Entry, Part, priority_cell, section_of, ticket_data, tickets_grid
from tkt.schema import Configuration
from tkt.sla import Outcome, Standing
from tkt.worktime import Calendar, active_seconds

_NO_WORD = "other"


def late(material: Material) -> Part:
    """The tickets with a breach decided in the window: the acknowledged cause, else a computed one.

    What is open comes first, then what is finished; each by how late it is, or was, at most.
    """
    missed = _by_ticket(breaches(material.population))
    material.row_of.look_at(life.id for life, _ in missed)
    found = sorted(missed, key=lambda each: _urgency(each[0], each[1], material))
    entries = [entry for life, cycles in found[:MOST] for entry in _entry(life, cycles, material)]
    heads = (_("priority"), _("clocks"), _("late since"), _("why"))
    section = section_of(
        "breaches",
        msg("Breaches, and why"),
        (tickets_grid("breaches", msg("ticket"), entries, heads, material.config, total=len(found)),),
        empty=msg("No service level was missed."),
        notes=_sum(found, broken_promises(material.population)),
    )
    cycles = [cycle for _life, its in found for cycle in its]
    data = {
        "count": len(cycles),
        "acknowledged": sum(cycle.cause is not None for cycle in cycles),
        "on": len(found),
        "tickets": [ticket_data(it) for it in entries],
    }
    return Part(section, data)


def _by_ticket(found: Sequence[tuple[Life, Outcome]]) -> list[tuple[Life, list[Outcome]]]:
    """Each ticket once, with its breaches, the first of them first."""
    lives = {life.id: life for life, _cycle in found}
    cycles: dict[str, list[Outcome]] = {}
    for life, cycle in found:
        cycles.setdefault(life.id, []).insert(0, cycle)
    return [(lives[ticket], its) for ticket, its in cycles.items()]


def _urgency(life: Life, cycles: Sequence[Outcome], material: Material) -> tuple[bool, int, str]:
    row, now = material.row_of.get(life.id), material.now
    late_s = max(seconds_between(it.breached_at or now, it.ended_at or now) for it in cycles)
    return row is None or row.status in material.config.finished, -late_s, life.id


def _sum(
    found: Sequence[tuple[Life, list[Outcome]]], promised: Sequence[tuple[Life, Outcome]]
) -> Iterator[str]:
    cycles = [cycle for _life, its in found for cycle in its]
    if cycles:
        one = msgn("{count} breach", "{count} breaches", len(cycles))
        on = msgn("on {count} ticket", "on {count} tickets", len(found))
        said = sum(cycle.cause is not None for cycle in cycles)
        yield render(
            msg(
                "{breaches} {tickets}, {said} acknowledged (tkt sla ack)", breaches=one, tickets=on, said=said
            )
        )
        yield _("Open tickets first, then finished ones; in both the one that was late longest first.")
        alone = {life.id for life, _cycle in promised} - {life.id for life, _cycles in found}
        if alone:
            yield render(
                msgn(
                    "At a glance {count} more ticket counts as breached, for a broken promise alone (below).",
                    "At a glance {count} more tickets count as breached, for a broken promise alone (below).",
                    len(alone),
                )
            )


def _entry(life: Life, cycles: Sequence[Outcome], material: Material) -> Iterator[Entry]:
    row = material.row_of.get(life.id)
    if row is None:
        return
    config = material.config
    reasons = [_judged(row, life, cycle, material) for cycle in cycles]
    told = max(reasons, key=lambda it: (it.why.kind == "acknowledged", it.why.of_s))
    clocks = dict.fromkeys(words.clock_name(cycle.clock, config) for cycle in cycles)
    since = cycles[0].breached_at or cycles[0].start_at
    cells = (
        priority_cell(row),
        _(", ").join(clocks),
        stamp_near(since, material.now, material.zone),
        why_text(told.why, config, is_open_time=told.is_open_time),
    )
    yield Entry(row, cells, {"breaches": [_data(it) for it in reasons]})


@dataclass(frozen=True, slots=True)
class _Judged:
    cycle: Outcome
    why: Lateness
    is_open_time: bool


def _judged(row: Columns, life: Life, cycle: Outcome, material: Material) -> _Judged:
    config, standing = material.config, standing_of(row, cycle)
    calendar = None if standing is None else material.desk.calendars.get(standing.calendar or "")
    why = lateness_of(life, cycle, config, team=_team(row, config), seconds=_counting(calendar))
    return _Judged(cycle, why, calendar is not None)


def standing_of(row: Columns, cycle: Outcome) -> Standing | None:
    """The same cycle with all that is known of it."""
    same = (it for it in row.standings.cycles if (it.clock, it.start_at) == (cycle.clock, cycle.start_at))
    return next(same, None)


def _team(row: Columns, config: Configuration) -> tuple[str, ...]:
    """The people who could have taken it: those of its team, else everybody."""
    team = row.get("team")
    people = {name: it for name, it in config.persons.items() if it.kind == "agent"}
    members = tuple(name for name, it in people.items() if team in config.teams_of(it))
    return members or tuple(people)


def _counting(calendar: Calendar | None) -> Seconds:
    """Open time where a calendar is known, else that of the wall."""
    if calendar is None:
        return seconds_between
    return lambda start, end: active_seconds(calendar, start, end)


def why_text(why: Lateness, config: Configuration, *, is_open_time: bool) -> str:
    """One line: `late pickup (acknowledged)`, `nobody owned it for 3h 20m of 4h`."""
    return render(_SAID[why.kind](why, config, is_open_time))


def _acknowledged(why: Lateness, _config: Configuration, _open: bool) -> Message:
    return msg("{cause} (acknowledged)", cause=words.breach_cause(why.cause or _NO_WORD))


def _unassigned(why: Lateness, _config: Configuration, is_open: bool) -> Message:
    return msg("nobody owned it for {span}", span=_span(why, is_open))


def _off_duty(why: Lateness, _config: Configuration, is_open: bool) -> Message:
    return msg("nobody was on duty, and nobody owned it for {span}", span=_span(why, is_open))


def _status(why: Lateness, config: Configuration, is_open: bool) -> Message:
    status = words.status_name(config, why.status or "")
    return msg("in “{status}” for {span}", status=status, span=_span(why, is_open))


def _span(why: Lateness, is_open_time: bool) -> Message:
    text = open_time_text if is_open_time else duration_text
    language = current_language()
    whole = text(why.of_s, language)
    if why.seconds == why.of_s:
        return msg("all of {whole}", whole=whole)
    return msg("{span} of {whole}", span=text(why.seconds, language), whole=whole)


_SAID: Mapping[str, Callable[[Lateness, Configuration, bool], Message]] = {
    "acknowledged": _acknowledged,
    "reclassified": lambda *_: msg("a stricter promise came to hold when it was late by it already"),
    "off-duty": _off_duty,
    "owner-away": lambda why, config, _: msg(
        "{owner}, who owned it, was away", owner=words.person_name(config, why.person)
    ),
    "unassigned": _unassigned,
    "status": _status,
    "unknown": lambda *_: msg("its events do not tell"),
}
"""How each kind of reason is said."""


def _data(it: _Judged) -> dict[str, Any]:
    why, since = it.why, it.cycle.breached_at
    return {
        "clock": it.cycle.clock,
        "breached_at": since and instant_text(since),
        "why": why.kind,
        "cause": why.cause,
        "person": why.person,
        "in": why.status,
        "seconds": why.seconds,
        "of_s": why.of_s,
    }
