"""What must somebody know of a ticket who takes it up now, on one screen?

What is wrong, in the customer's words; what was tried; what was decided; what is next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tkt.frozen import dataclass
from tkt.i18n import _, msg, msgn, render
from tkt.model import Event
from tkt.render import words
from tkt.render.clock_titles import clock_title
from tkt.render.remaining import remaining_text
from tkt.render.screen import Screen
from tkt.render.text import clean, cut, one_line, pad, rewrapped, width
from tkt.render.ticket_page import TicketPage, escalation_lines, spent_text, told_words
from tkt.render.times import ago, due_words, stamp_near, when
from tkt.render.values import asks_text, next_action_text, resolution_text, waiting_text, with_text
from tkt.workflow import action_ahead

if TYPE_CHECKING:
    from tkt.sla import Verdict

ROWS = 23
"""Lines of the page: a terminal of 24 keeps one for the prompt."""
COLUMNS = 100
"""No line of words is longer, however wide the terminal."""
_LEAST_TRIED = 3
_MOST_PROBLEM = 5
_MOST_DECIDED = 4
_MOST_SAID = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A heading at the left, and its lines."""

    label: str
    lines: Sequence[str]


def brief_lines(page: TicketPage, screen: Screen, rows: int = ROWS) -> list[str]:
    """The page in at most `rows` lines, where its least fits into them."""
    screen = replace(screen, columns=min(screen.columns, COLUMNS))
    labels = [
        _("problem"),
        _("tried"),
        _("decided"),
        _("escalated"),
        _("next"),
        _("waiting"),
        _("due"),
        _("missing"),
        _("spent"),
    ]
    indent = max(map(width, [*labels, _("asks for"), _("resolution")])) + 2
    room = max(screen.columns - indent, 20)
    above = [*_problem(page, room)]
    below = [*_decided(page, room), *_escalated(page, room), *_next(page, room)]
    head = list(head_lines(page, screen))
    used = len(head) + sum(len(part.lines) for part in (*above, *below)) + 2
    tried = _tried(page, room, max(rows - used, _LEAST_TRIED))
    groups = [above, [*tried, *below]]
    lines = [*head]
    for group in groups:
        told = [line for part in group for line in _part_lines(part, indent, screen)]
        lines += ["", *told] if told else []
    return lines


def head_lines(page: TicketPage, screen: Screen) -> Iterator[str]:
    """Which ticket it is, and how it stands: two lines."""
    ticket, config = page.ticket, page.config
    title = one_line(ticket.title) or _("(no title)")
    yield f"{screen.styled(ticket.id, 'bold')}  {cut(title, max(screen.columns - width(ticket.id) - 2, 8))}"
    parts = [
        words.status_name(config, ticket.status),
        words.priority_name(config, ticket.priority),
        words.category_name(config, ticket.get("type"), ticket.get("category")),
        words.person_name(config, ticket.owner) if ticket.owner else _("no owner"),
        *([str(ticket.get("customer"))] if ticket.get("customer") else []),
    ]
    yield cut(one_line(" · ".join(part for part in parts if part not in ("", "–"))), screen.columns)


def due_text(page: TicketPage) -> str:
    """The clocks that run or were missed, the most urgent first: `resolution by 15:30 today, 2h left`."""
    running = [it for it in page.verdicts if it.state in ("active", "breached") and it.fulfilled_at is None]
    running.sort(key=lambda it: it.remaining_s if it.remaining_s is not None else 0)
    told = [(it, text) for it in running if (text := remaining_text(it))]
    return " · ".join(
        f"{clock_title(it.clock, it.cycle, page.ticket, page.config)} {_dated(page, it, text) if place == 0 else text}"
        for place, (it, text) in enumerate(told)
    )


def _dated(page: TicketPage, verdict: Verdict, left_of_it: str) -> str:
    """What is left of a clock, and by when that is."""
    if verdict.due_at is None:
        return left_of_it
    due = due_words(verdict.due_at, page.now, page.zone)
    return render(msg("{due}, {left}", due=due, left=left_of_it))


def _problem(page: TicketPage, room: int) -> Iterator[Part]:
    opening = next((e for e in page.ticket.effective if e.did in ("message", "note")), None)
    said = clean(str(opening.get("text") or "")).strip() if opening is not None else ""
    said = "\n".join(line for line in said.splitlines() if line.strip())
    yield from _wrapped(_("problem"), said or one_line(page.ticket.title), room, _MOST_PROBLEM)
    yield from _wrapped(_("asks for"), one_line(asks_text(page.ticket.get("asks"))), room, 2)
    if page.ticket.status not in page.config.finished:
        names = _(", ").join(words.field_name(page.config, name) for name in page.missing)
        yield from _wrapped(_("missing"), names, room, 2)


def _tried(page: TicketPage, room: int, rows: int) -> Iterator[Part]:
    """What was said since, in as many lines as there is room for; where even one each is too much, the latest."""
    talk = _talk(page)
    if not talk:
        return
    shown = talk if len(talk) <= rows else talk[-(rows - 1) :]
    each = min(max(rows // len(shown), 1), _MOST_SAID)
    told = [line for event in shown for line in _said(page, event, room, each)]
    if len(shown) < len(talk):
        earlier = len(talk) - len(shown)
        told.insert(0, render(msgn("… {count} earlier", "… {count} earlier", earlier)))
    yield Part(_("tried"), told)


def _talk(page: TicketPage) -> list[Event]:
    said = [event for event in page.ticket.effective if event.did in ("message", "note")]
    return [event for event in said[1:] if not (event.did == "note" and event.get("decision"))]


def _said(page: TicketPage, event: Event, room: int, most: int) -> Iterator[str]:
    label = f"{stamp_near(event.at, page.now, page.zone)}  "
    text = one_line(with_text(_speaker(page, event), event.get("text")))
    for line in _shortened(text, max(room - width(label), 10), most):
        yield f"{label}{line}"
        label = " " * width(label)


def _speaker(page: TicketPage, event: Event) -> str:
    """`Li Wei`, for words to somebody with `→ customer` behind it."""
    if event.role == "customer":
        return words.party_name("customer")
    who = words.author_name(page.config, event.by)
    if event.did == "note":
        return who
    return f"{who} → {words.party_name(str(event.get('to', 'customer')))}"


def _decided(page: TicketPage, room: int) -> Iterator[Part]:
    told = []
    for event in page.decisions[-_MOST_DECIDED:]:
        at = stamp_near(event.at, page.now, page.zone)
        told += _shortened(f"{at}  {one_line(told_words(event, page.config))}", room, 2)
    if len(page.decisions) > _MOST_DECIDED:
        earlier = len(page.decisions) - _MOST_DECIDED
        told.insert(0, render(msgn("… {count} earlier", "… {count} earlier", earlier)))
    if told:
        yield Part(_("decided"), told)


def _escalated(page: TicketPage, room: int) -> Iterator[Part]:
    """From whom and why it came; what was asked last stands above."""
    told = []
    for _name, event, text in escalation_lines(page.ticket, page.config):
        if event.did == "escalated":
            told += _shortened(f"{stamp_near(event.at, page.now, page.zone)}  {text}", room, 2)
    if told:
        yield Part(_("escalated"), told)


def _next(page: TicketPage, room: int) -> Iterator[Part]:
    ticket, config = page.ticket, page.config
    if ticket.status in config.finished:
        yield from _wrapped(
            _("resolution"), one_line(resolution_text(ticket.get("resolution"), config)), room, 3
        )
    else:
        action = one_line(next_action_text(action_ahead(ticket, config), config, ticket.owner))
        waiting = one_line(waiting_text(ticket.get("waiting"), page.zone))
        yield from _wrapped(_("next"), action or _owed(page) or ("" if waiting else "–"), room, 2)
        yield from _wrapped(_("waiting"), waiting, room, 2)
        if action:
            yield from _wrapped("", _owed(page), room, 1)
    yield from _wrapped(_("due"), due_text(page), room, 2)
    yield from _wrapped(_("spent"), spent_text(ticket), room, 1)


def _owed(page: TicketPage) -> str:
    """That the customer waits for an answer, and since when."""
    if "reply" not in page.needs:
        return ""
    message = next((e for e in reversed(page.ticket.effective) if e.is_customer_message), None)
    if message is None:
        return ""
    return render(
        msg(
            "the customer waits for an answer, wrote {ago} ({when})",
            ago=ago(message.at, page.now),
            when=when(message.at, page.now, page.zone),
        )
    )


def _wrapped(label: str, text: str, room: int, most: int) -> Iterator[Part]:
    if text:
        yield Part(label, _shortened(text, room, most))


def _shortened(text: str, room: int, most: int) -> list[str]:
    """At most so many lines, the last one ending in … where something is left out."""
    lines = rewrapped(text, room)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(f"{lines[most - 1]}…", room)]


def _part_lines(part: Part, indent: int, screen: Screen) -> Iterable[str]:
    label = pad(part.label, indent)
    for line in part.lines:
        yield f"{screen.styled(label, 'dim')}{line}".rstrip()
        label = " " * indent
