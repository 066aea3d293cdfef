"""`tkt check --fix`: show what can be put right, ask, do it in one commit, and judge again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from tkt.changes import Written
from tkt.commands.committing import changes_of, sync_after
from tkt.commands.common import Session
from tkt.errors import EXIT_NO, Problem, Refused, Severity
from tkt.fixing import Plan, Step, carried_out, planned
from tkt.i18n import Message, _, msg, msgn, render
from tkt.inspection import Inspection, inspect, inspect_since
from tkt.render import words
from tkt.render.errors import print_problems, problem_json
from tkt.render.jsons import event_json
from tkt.render.telling import changed, told
from tkt.render.text import one_line
from tkt.render.timeline import together
from tkt.render.times import stamp
from tkt.render.values import with_more
from tkt.schema import Configuration

SHA = 10  # characters of a commit's name that are shown


class NobodyToAsk(Refused):
    """There is no terminal at which somebody could say yes."""

    code = "nobody-to-ask"

    def __init__(self) -> None:
        super().__init__(
            msg("nothing was written: nobody is here to be asked"), hint=msg("tkt check --fix --yes")
        )


def fix(session: Session, since: str, *, yes: bool, dry_run: bool) -> int:
    """Put right what can be; exit code 1 while an error remains, or where nothing was done that could be."""
    plan = planned(session.desk, session.actor, since=since or None)
    session.say(*(line for step in plan.steps for line in _lines(session.desk.config, step)))
    written = None
    if plan.steps and not dry_run and (yes or _is_wanted(session, plan)):
        written = carried_out(plan, changes_of(session))
        session.note(*written.notes)
    remaining = _remaining(session, since, plan)
    _tell(session, plan, written, remaining, dry_run=dry_run)
    sync_after(session, written.commit if written else None)
    refused = bool(plan.steps) and written is None and not dry_run
    return EXIT_NO if refused or any(it.severity is Severity.ERROR for it in remaining) else 0


def inspected(session: Session, since: str) -> Inspection:
    """What `check` finds, of everything or of what has changed."""
    return inspect_since(session.desk, since) if since else inspect(session.desk)


def _is_wanted(session: Session, plan: Plan) -> bool:
    """Asked at a terminal, where a person sees the plan."""
    if not session.is_at_terminal:
        return False
    print_problems(plan.left)
    return typer.confirm(_("Carry this out?"), default=True)


def _remaining(session: Session, since: str, plan: Plan) -> tuple[Problem, ...]:
    """What `check` finds now; where a fixer knows why it can do nothing, in its words."""
    known = {(problem.code, problem.path) for problem in plan.left}
    found = inspected(session, since).problems
    return (*plan.left, *(it for it in found if (it.code, it.path) not in known))


def _tell(
    session: Session, plan: Plan, written: Written | None, remaining: tuple[Problem, ...], *, dry_run: bool
) -> None:
    if session.json:
        session.answer(
            {
                "planned": [_step_json(step) for step in plan.steps],
                "done": written is not None,
                "dry_run": dry_run,
                "commit": written.commit if written else None,
                "notes": [render(note) for note in session.notes],
                "remaining": [problem_json(problem) for problem in remaining],
            }
        )
        return
    if plan.steps and written is None:
        _tell_undone(session, plan, dry_run=dry_run)
        return
    print_problems(remaining)
    session.say(_summary(plan, written, remaining), _counts(remaining))


def _tell_undone(session: Session, plan: Plan, *, dry_run: bool) -> None:
    if dry_run:
        print_problems(plan.left)
        session.say(msg("nothing was written: --dry-run"))
    elif session.is_at_terminal:
        session.say(msg("nothing was written"))
    else:
        print_problems([*plan.left, NobodyToAsk().problem])


def _summary(plan: Plan, written: Written | None, remaining: tuple[Problem, ...]) -> Message:
    if written is None:
        is_stuck = any(problem.severity is Severity.ERROR for problem in remaining)
        return msg("nothing that tkt can fix by itself") if is_stuck else msg("nothing to fix")
    done = msgn("{count} step carried out", "{count} steps carried out", len(plan.steps))
    if written.commit is None:
        return done
    return msg("{done}, in commit {sha}", done=done, sha=written.commit[:SHA])


def _counts(remaining: tuple[Problem, ...]) -> Message:
    errors = sum(problem.severity is Severity.ERROR for problem in remaining)
    return msg(
        "remaining: {errors}, {warnings}",
        errors=msgn("{count} error", "{count} errors", errors),
        warnings=msgn("{count} warning", "{count} warnings", len(remaining) - errors),
    )


# --- the steps ---


def _lines(config: Configuration, step: Step) -> Iterator[str]:
    """A step, one line for each thing that it does."""
    if step.ticket is None:
        yield one_line(render(msg("{path}: made, an empty file", path=step.source)))
    elif step.fixer == "adopt":
        yield from _recorded(config, step)
    else:
        yield one_line(render(_MOVES[step.fixer](config, step)))


def _recorded(config: Configuration, step: Step) -> Iterator[str]:
    ticket = step.ticket
    if ticket is None:
        return
    where = _("not committed") if step.is_uncommitted else ""
    if step.commit is not None:
        at = stamp(step.commit.authored_at, config.desk.zone)
        where = render(msg("commit {sha} of {when}", sha=step.commit.sha[:SHA], when=at))
    for group in together(step.events):
        first = group[0]
        what = changed(group, config) if first.did == "set" else told(first, ticket, config)
        line = msg(
            "{id}: {who}: {told}",
            id=ticket.id,
            who=words.author_name(config, first.by),
            told=with_more(render(what), where),
        )
        yield one_line(render(line))


def _placed(_config: Configuration, step: Step) -> Message:
    return msg("{id}: to the month in which it was closed, {path}", **_place(step))


def _finished(config: Configuration, step: Step) -> Message:
    status = words.status_name(config, step.ticket.status) if step.ticket else ""
    return msg("{id}: its last event leads to {status}; to {path}", status=status, **_place(step))


def _renumbered(_config: Configuration, step: Step) -> Message:
    return msg("{path}: a second ticket of this id; becomes {id}", path=step.source, id=_place(step)["id"])


def _place(step: Step) -> dict[str, str]:
    ticket = step.ticket
    return {"id": ticket.id, "path": ticket.path or ""} if ticket else {"id": "", "path": step.source}


_MOVES = {"place": _placed, "finish": _finished, "renumber": _renumbered}


def _step_json(step: Step) -> dict[str, Any]:
    commit = step.commit
    return {
        "fixer": step.fixer,
        "id": step.ticket.id if step.ticket else None,
        "path": step.source,
        "to": (step.ticket.path if step.ticket else None) or step.source,
        "commit": commit.sha if commit else None,
        "uncommitted": step.is_uncommitted,
        "events": [event_json(event) for event in step.events],
    }
