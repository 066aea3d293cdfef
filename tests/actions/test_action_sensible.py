"""Which commands are put before somebody on a ticket: lines that can be pasted, and nothing out of a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flowdesk import NINE, desk, new, started

from tkt.actions.sensible import ENOUGH, Outlook, sensible_commands
from tkt.model import Ticket


def commands(ticket: Ticket, **more: Any) -> tuple[str, ...]:
    outlook = Outlook(ticket=ticket, config=desk(), me="li.wei", needs=(), missing=(), now=NINE)
    return sensible_commands(replace(outlook, **more))


def waiting(on: object) -> Ticket:
    """Waits for somebody until a time that has come."""
    ticket = started()
    values = {**ticket.values, "waiting": {"on": on, "for": "a part", "until": "2026-11-19T01:00:00Z"}}
    return replace(ticket, status="waiting", values=values)


@pytest.mark.parametrize("on", ["customer", "vendor", "colleague"])
def test_who_was_waited_for_in_vain_is_asked_again(on: str) -> None:
    first = commands(waiting(on))[0]
    assert first.startswith("tkt reply 261120-")
    assert ("--and wait" in first) if on == "customer" else (f"--to {on} " in first)


@pytest.mark.parametrize("on", ["{x}", "$(reboot)", "a b", 7, None])
def test_what_a_file_says_of_whom_it_waits_for_gets_into_no_command(on: object) -> None:
    ticket = waiting(on)
    assert commands(ticket) == (f"tkt start {ticket.id}",)


def test_a_new_one_is_completed_taken_or_put_away() -> None:
    ticket = new()
    found = commands(ticket, missing=("type",), needs=("reply",))
    assert found[0] == f'tkt reply {ticket.id} --text "…"'
    assert f"tkt set {ticket.id} type=…" in found
    assert f"tkt take {ticket.id}" in found
    assert len(found) <= ENOUGH
