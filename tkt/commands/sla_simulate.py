"""`tkt sla simulate`: what would the verdicts have been under another config/sla.yaml?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from tkt.commands.common import Session
from tkt.commands.importing import input_bytes
from tkt.commands.options import QueryArgument
from tkt.commands.signature import paged, reads
from tkt.commands.windows import ByOption, FromOption, InternalOption, ToOption
from tkt.errors import UsageError
from tkt.i18n import N_, _, msg
from tkt.kpis.simulated import SIDES, Simulated, Tally
from tkt.kpis.window import parse_window
from tkt.metrics import grouping_field
from tkt.simulation import Wish, later_policies, other_levels
from tkt.simulation import simulate as simulated

LARGEST = 4 * 1024 * 1024
"""Bytes of a file with policies."""
SHOWN = 20
"""So many tickets are listed where nobody says otherwise."""
PRIORITY = "priority"

PolicyOption = Annotated[
    str,
    typer.Option(
        "--policy",
        metavar="FILE",
        help=N_("Another sla.yaml; calendars and ladders that it lacks are the desk's."),
        show_default=False,
    ),
]
LimitOption = Annotated[
    int,
    typer.Option(
        "--limit",
        "-n",
        metavar="N",
        help=N_("List at most N of the verdicts that change; 0 is all. 20 by default, with --json all."),
        show_default=False,
    ),
]
AlwaysOption = Annotated[
    bool,
    typer.Option(
        "--from-the-start",
        help=N_(
            "As if the newest version of each policy of FILE had always held, whatever effective_from says."
        ),
    ),
]


@paged
@reads
def simulate(
    session: Session,
    query: QueryArgument = None,
    policy: PolicyOption = "",
    from_: FromOption = "",
    to: ToOption = "",
    by: ByOption = "",
    limit: LimitOption = -1,
    from_the_start: AlwaysOption = False,
    internal: InternalOption = False,
) -> int:
    """Judge the past by other targets."""
    if not policy:
        raise UsageError(
            msg("by which promises? --policy FILE names another sla.yaml"),
            hint=msg("cp config/sla.yaml other.yaml, edit it, tkt sla simulate --policy other.yaml"),
        )
    desk, now, asked = session.desk, session.now, " ".join(query or ())
    desk.refuse_left_out()
    wanted = limit if limit >= 0 else (0 if session.json else SHOWN)
    wish = Wish(
        window=parse_window(from_ or None, to or None, desk.zone, now),
        now=now,
        fields=tuple(dict.fromkeys((PRIORITY, *([grouping_field(by, desk.config)] if by else [])))),
        limit=wanted,
        ids=_asked_for(session, asked),
        internal=internal,
    )
    levels = other_levels(desk, input_bytes(policy, LARGEST), policy, from_the_start=from_the_start)
    if not from_the_start:
        _note_later(session, later_policies(levels, wish.window.end))
    with _progress(session) as seen:
        found = simulated(desk, levels, wish, seen)
    if session.json:
        session.answer(_as_json(found, policy, wish, from_the_start=from_the_start))
    else:
        from tkt.render.simulated import print_simulated

        print_simulated(found, policy, wish.fields, session.told_config, session.screen)
    return session.report(found.problems)


def _note_later(session: Session, names: tuple[str, ...]) -> None:
    if names:
        session.note(
            msg(
                "not in force in the window: {names}; --from-the-start judges by them all the same",
                names=names,
            )
        )


def _asked_for(session: Session, asked: str) -> frozenset[str] | None:
    """The ids of the tickets that the query holds for; None without one."""
    query = session.query(asked)
    if query.is_empty:
        return None
    return frozenset(row.id for row in session.desk.matching(query, session.now).rows)


@contextmanager
def _progress(session: Session) -> Iterator[Callable[[], object]]:
    """A bar on a terminal; nothing in a pipe."""
    if session.json or session.common.quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from tkt.render.progress import progress_bar

    with progress_bar(_("judging tickets"), len(session.desk.tree.scan().files)) as advance:
        yield lambda: advance(None)


def _as_json(found: Simulated, policy: str, wish: Wish, *, from_the_start: bool) -> dict[str, Any]:
    """docs/json.md, sla simulate."""
    return {
        "window": {"from": wish.window.start, "to": wish.window.end, "zone": wish.window.zone},
        "now": found.now,
        "policy": policy,
        "from_the_start": from_the_start,
        "tickets": found.tickets,
        "clocks": _clocks_json(found),
        "by": {
            by: {
                value if value is not None else "none": _clocks_json(found, by, value)
                for value in found.values(by)
            }
            for by in wish.fields
        },
        "changes": {
            "better": found.better,
            "worse": found.worse,
            "others": found.others,
            "cycles": [
                {
                    "id": it.ticket,
                    "clock": it.clock,
                    "cycle": it.cycle,
                    "priority": it.priority,
                    "title": it.title,
                    **{
                        side: {"state": state, "due_at": due}
                        for side, state, due in (
                            ("today", it.today, it.due_today),
                            ("other", it.other, it.due_other),
                        )
                    },
                }
                for it in found.changes
            ],
        },
    }


def _clocks_json(found: Simulated, by: str = "", value: str | None = None) -> dict[str, Any]:
    return {
        clock: {side: _tally_json(found.tally(side, clock, by, value)) for side in SIDES}
        for clock in found.clocks(by, value)
    }


def _tally_json(tally: Tally) -> dict[str, Any]:
    return {"n": tally.n, "met": tally.met, "breached": tally.breached, "rate": tally.rate}
