"""What does one person need to see of a ticket now: what is new to them, asked of them, due, to be typed?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tkt.actions.standpoint import Standpoint, Task
from tkt.i18n import _, msg, msgn, render
from tkt.model import Event
from tkt.render import words
from tkt.render.brief_page import due_text, head_lines
from tkt.render.screen import Screen
from tkt.render.text import clean, wrap
from tkt.render.ticket_page import TicketPage, hanging, history_lines, told_words
from tkt.render.times import ago, when
from tkt.render.values import next_action_text, value_text, waiting_text, with_more
from tkt.workflow import action_ahead

MOST = 8
"""So many things that happened are told; `tkt log` has the others."""
TO_A_NEWCOMER = ("message", "note", "moved", "escalated", "attached", "disposed", "restored")
"""What is told of everything before somebody's first step."""
_INDENT = "  "


def my_lines(page: TicketPage, mine: Standpoint, commands: Sequence[str], screen: Screen) -> Iterator[str]:
    """The page for whoever `mine` is about; `commands` are what they may type."""
    yield from head_lines(page, screen)
    sections = (
        (_since(page, mine), _happened(page, mine, screen)),
        (_("the customer waits for an answer"), _asked(page, mine, screen)),
        (_("for you"), _for_me(page, mine)),
        (_("due"), _due(page)),
        (_("now"), commands),
    )
    for title, lines in sections:
        told = list(lines)
        if told:
            yield ""
            yield screen.styled(title, "bold")
            yield from (each for line in told for each in _indented(line, screen))


def _since(page: TicketPage, mine: Standpoint) -> str:
    if mine.since is None:
        return _("what happened; you have done nothing on it yet")
    return render(
        msg(
            "since your last step, {ago} ({when})",
            ago=ago(mine.since, page.now),
            when=when(mine.since, page.now, page.zone),
        )
    )


def _happened(page: TicketPage, mine: Standpoint, screen: Screen) -> Iterator[str]:
    """What others did, the latest of it; what stands below in full is left out."""
    below = {event.id for event in (*mine.unanswered, *mine.mentions)}
    told = [event for event in mine.events if event.id not in below]
    if mine.since is None:
        told = [event for event in told if event.did in TO_A_NEWCOMER]
    if not mine.events:
        yield _("nothing new")
    if len(told) > MOST:
        more = len(told) - MOST
        yield render(
            msgn(
                "… {count} earlier: tkt log {id}", "… {count} earlier: tkt log {id}", more, id=page.ticket.id
            )
        )
    yield from (
        line.removeprefix(_INDENT)
        for line in history_lines(told[-MOST:], page.ticket, page.config, _narrower(screen))
    )


def _asked(page: TicketPage, mine: Standpoint, screen: Screen) -> Iterator[str]:
    for event in mine.unanswered:
        yield from _worded(page, event, str(event.get("text") or ""), screen)


def _worded(page: TicketPage, event: Event, text: str, screen: Screen) -> Iterator[str]:
    """When, and the words beside it."""
    label = when(event.at, page.now, page.zone)
    said = "\n".join(line for line in clean(text).splitlines() if line.strip())
    yield from hanging(screen.styled(label, "dim"), label, said, _narrower(screen))


def _for_me(page: TicketPage, mine: Standpoint) -> Iterator[str]:
    for event in mine.mentions:
        yield f"{when(event.at, page.now, page.zone)}  {told_words(event, page.config)}"
    for task in mine.tasks:
        yield _task(page, task)


def _task(page: TicketPage, task: Task) -> str:
    due = value_text(task.due, page.zone)
    told = render(msg("task: {title}", title=task.title))
    return with_more(told, render(msg("by {when}", when=due)) if due else "")


def _due(page: TicketPage) -> Iterator[str]:
    ticket = page.ticket
    if due_text(page):
        yield due_text(page)
    if ticket.status not in page.config.finished:
        action = next_action_text(action_ahead(ticket, page.config), page.config, ticket.owner)
        if action:
            yield render(msg("next: {what}", what=action))
        waiting = waiting_text(ticket.get("waiting"), page.zone)
        if waiting:
            yield render(msg("waiting {waiting}", waiting=waiting))
    if page.missing:
        yield render(
            msg("missing: {names}", names=tuple(words.field_name(page.config, it) for it in page.missing))
        )


def _narrower(screen: Screen) -> Screen:
    return replace(screen, columns=max(screen.columns - len(_INDENT), 20))


def _indented(line: str, screen: Screen) -> Iterator[str]:
    """A line below its title; one of a command stays whole, to be pasted."""
    if "\x1b" in line or line.startswith(("tkt ", " ")):
        yield f"{_INDENT}{line}" if line else ""
        return
    for part in wrap(line, max(screen.columns - len(_INDENT), 20)):
        yield f"{_INDENT}{part}" if part else ""
