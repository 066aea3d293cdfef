"""How is a verdict explained: every interval counted, paused and closed, with the rule that decided it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import msgspec

from tkt.clocks.causes import acknowledgement
from tkt.i18n import N_, Message, _, msg, render
from tkt.model import Ticket
from tkt.render import words
from tkt.render.clock_picture import Picture, Sign, legend, picture_of
from tkt.render.clock_titles import clock_title, excuse_told
from tkt.render.jsons import plain
from tkt.render.remaining import remaining_text
from tkt.render.screen import Screen
from tkt.render.text import one_line, table, width, without_orders, wrap
from tkt.render.times import open_time, stamp
from tkt.render.values import with_more
from tkt.schema import Configuration
from tkt.sla import Explained, Interval, TargetChange, Tried, Verdict

KINDS = {"counted": N_("counted"), "paused": N_("paused"), "closed": N_("closed"), "resolved": N_("resolved")}

NOT_ASKED = N_("waiting on the customer, with no question that stands")
STOPS_THIS = N_("waiting on a vendor or colleague")

RULES = {
    "C1": N_("outside opening hours"),
    "C3": N_("open time"),
    "C4": N_("a fixed time, whatever the calendar says"),
    "L3": N_("waiting on the customer, who was asked"),
    "L4": N_("waiting on a vendor or colleague does not stop this clock"),
    "L8": N_("resolved"),
    "L11": N_("put away"),
    "P1": N_("the first policy that matches"),
    "P3": N_("another policy matches from here on"),
    "L6": N_("another target from here on"),
}

REASONS = {
    "uncovered": N_("no policy matches"),
    "untargeted": N_("no priority, or no target for it"),
    "no-target": N_("the policy has no target for this clock"),
    "agent-raised": N_("we turned to the customer first"),
    "not-recorded": N_("its source recorded no messages"),
    "calendar-closed": N_("the calendar does not open in time"),
    "reclassified": N_("the new target was over already"),
    "promised-anew": N_("promised anew"),
}


def explanation_json(explained: Explained) -> dict[str, Any]:
    """A clock with its intervals, targets and the policies tried (docs/json.md)."""
    found: dict[str, Any] = plain(msgspec.structs.asdict(explained.verdict))
    found["intervals"] = [{**plain(asdict(each)), "seconds": each.seconds} for each in explained.intervals]
    found["targets"] = [plain(asdict(each)) for each in explained.targets]
    found["tried"] = [plain(asdict(each)) for each in explained.tried]
    return found


def print_explanation(
    ticket: Ticket, cycles: Sequence[Explained], config: Configuration, now: datetime, screen: Screen
) -> None:
    """Every clock of a ticket, one after the other: what is late first, then what runs.

    The policies that were tried stand where they differ from those of the clock above.
    """
    zone = config.desk.zone
    screen.print(f"{screen.styled(ticket.id, 'bold')}  {one_line(ticket.title)}")
    screen.print(render(msg("judged at {now} {zone}", now=stamp(now, zone), zone=zone)))
    signs: list[Sign] = []
    tried: tuple[Tried, ...] = ()
    for each in sorted(cycles, key=_urgency):
        picture = picture_of(each, zone, now, screen)
        signs += picture.signs if picture else ()
        screen.print()
        is_tried_anew = each.tried != tried
        for line in _lines(ticket, each, picture, config, screen, is_tried_anew=is_tried_anew):
            screen.print(line)
        tried = each.tried or tried
    if signs:
        screen.print()
    for line in legend(signs, screen):
        screen.print(line)


def _urgency(explained: Explained) -> int:
    """Breached, running, ended; in the order of the clocks within."""
    verdict = explained.verdict
    return 0 if verdict.state == "breached" else 1 if verdict.is_running else 2


def _lines(
    ticket: Ticket,
    explained: Explained,
    picture: Picture | None,
    config: Configuration,
    screen: Screen,
    *,
    is_tried_anew: bool,
) -> Iterator[str]:
    verdict = explained.verdict
    yield _state_line(verdict, ticket, config, screen)
    yield from (f"  {line}" for line in (picture.lines if picture else ()))
    for fact in _facts(explained, ticket, config, is_tried_anew=is_tried_anew):
        yield from _hanging(fact, "  ", screen)
    yield from _interval_lines(explained.intervals, config.desk.zone, screen)


def _state_line(verdict: Verdict, ticket: Ticket, config: Configuration, screen: Screen) -> str:
    state = screen.styled(words.state_name(verdict.state), words.STATE_STYLES.get(verdict.state, ""))
    reason = verdict.reason or ""
    line = msg(
        "{clock}: {state}",
        clock=screen.styled(clock_title(verdict.clock, verdict.cycle, ticket, config), "bold"),
        state=with_more(state, _(REASONS[reason]) if reason in REASONS else reason),
    )
    return render(line)


def _facts(
    explained: Explained, ticket: Ticket, config: Configuration, *, is_tried_anew: bool
) -> Iterator[str]:
    """What there is to know of a clock; of one that promises nothing only the policies that were tried."""
    verdict, zone = explained.verdict, config.desk.zone
    is_judged = verdict.state != "n/a"
    if is_judged:
        yield from _clock_facts(verdict, zone)
        yield from _excuse(verdict, ticket, config)
    for tried in explained.tried if is_tried_anew else ():
        line = msg(
            "policy {name} ({match}): {mark}",
            name=tried.policy,
            match=tried.match or _("everything"),
            mark=_("matches") if tried.holds else _("does not match"),
        )
        yield render(line)
    if is_judged:
        yield from (_target(change, verdict.clock, config) for change in explained.targets)


def _excuse(verdict: Verdict, ticket: Ticket, config: Configuration) -> Iterator[str]:
    """Who acknowledged the breach, when, with which cause and why."""
    event = acknowledgement(ticket, verdict.clock, verdict.cycle) if verdict.acknowledged else None
    if event is not None:
        told = msg(
            "{told}, {at}: {reason}",
            told=excuse_told(verdict, ticket, config),
            at=stamp(event.at, config.desk.zone),
            reason=without_orders(one_line(event.reason or "–")),
        )
        yield render(told)


def _clock_facts(verdict: Verdict, zone: str) -> Iterator[str]:
    if verdict.due_at is not None:
        yield render(msg("due {at}", at=stamp(verdict.due_at, zone)))
    if verdict.late_since is not None:
        yield render(msg("late since {at}", at=stamp(verdict.late_since, zone)))
    if verdict.fulfilled_at is not None:
        yield render(msg("done {at}", at=stamp(verdict.fulfilled_at, zone)))
    if verdict.elapsed_s is not None and verdict.target_s is not None and verdict.calendar is None:
        elapsed, target = open_time(verdict.elapsed_s), open_time(verdict.target_s)
        yield render(
            msg("{elapsed} of {target} used, by the clock on the wall", elapsed=elapsed, target=target)
        )
    elif verdict.elapsed_s is not None and verdict.target_s is not None:
        yield render(
            msg(
                "{elapsed} of {target} used, {paused} paused, calendar {calendar}",
                elapsed=open_time(verdict.elapsed_s),
                target=open_time(verdict.target_s),
                paused=open_time(verdict.paused_s or 0),
                calendar=verdict.calendar,
            )
        )
    if verdict.remaining_s is not None and verdict.late_since is None:
        yield remaining_text(verdict)


def _target(change: TargetChange, clock: str, config: Configuration) -> str:
    zone = config.desk.zone
    target = _("no target") if change.target_s is None else open_time(change.target_s)
    due = msg("due {at}", at=stamp(change.due_at, zone)) if change.due_at else msg("no due time")
    line = msg(
        "from {at}: {promise}: {target}, {due}; {why}",
        at=stamp(change.at, zone),
        promise=_promise(change, clock, config),
        target=target,
        due=due,
        why=_with_rule(RULES.get(change.rule, ""), change.rule),
    )
    return render(line)


def _promise(change: TargetChange, clock: str, config: Configuration) -> Message:
    """What names the target: a row of a policy, the limit of a status, the task or promise itself."""
    if change.source == "status":
        status = words.status_name(config, clock.partition(":")[2])
        return msg("limit of status {status} (config/workflow.yaml)", status=status)
    if change.source == "task":
        return msg("as the sub-task says")
    if change.source == "promise":
        return msg("as it was promised")
    return msg("{policy}, {row}", policy=change.policy or _("no policy"), row=change.row or "–")


def _interval_lines(intervals: Sequence[Interval], zone: str, screen: Screen) -> Iterator[str]:
    """A row each; the reasons stand behind, or below where they do not fit."""
    rows = table([_interval_row(each, zone) for each in intervals], right=[3]).splitlines()
    reasons = [_rule(each) for each in intervals]
    room = max(map(width, rows), default=0)
    fits = all(room + width(reason) + 6 <= screen.columns for reason in reasons)
    for row, reason in zip(rows, reasons, strict=True):
        if fits:
            yield f"    {row}{' ' * (room - width(row))}  {reason}"
        else:
            yield f"    {row}"
            yield from _hanging(reason, "      ", screen)


def _interval_row(interval: Interval, zone: str) -> list[str]:
    return [
        _(KINDS[interval.kind]),
        stamp(interval.start, zone),
        stamp(interval.end, zone),
        open_time(interval.seconds),
    ]


def _rule(interval: Interval) -> str:
    """Why; a wait on a customer whom nobody asked counts, and some clocks do stop for others (docs/sla.md L3, L4)."""
    decided = (interval.rule, interval.kind)
    why = {("L3", "counted"): NOT_ASKED, ("L4", "paused"): STOPS_THIS}.get(decided)
    return _with_rule(why or RULES.get(interval.rule, ""), interval.rule)


def _with_rule(why: str, rule: str) -> str:
    """`outside opening hours (sla rule C1)`: the words first, as the code means something only in docs/sla.md."""
    return with_more(_(why), render(msg("sla rule {name}", name=rule)))


def _hanging(text: str, indent: str, screen: Screen) -> Iterator[str]:
    """`text` behind an indent, its further lines two columns deeper."""
    first, *others = wrap(one_line(text), max(screen.columns - len(indent) - 2, 20))
    yield indent + first
    yield from (f"{indent}  {line}" for line in others)
