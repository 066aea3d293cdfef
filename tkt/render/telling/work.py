"""How is it told what was done around a ticket: effort, files, links, tasks, promises, escalations, visits?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tkt.clocks.causes import CAUSES
from tkt.i18n import N_, _, msg
from tkt.model import Event, Ticket, Value
from tkt.render import words
from tkt.render.telling.base import Teller, Told, listed, minutes_text, near, spent, told_as, told_with
from tkt.render.values import names_text, value_text
from tkt.schema import Configuration

RELATIONS = {
    "parent": N_("parent"),
    "child": N_("child"),
    "duplicate": N_("duplicate"),
    "duplicates": N_("duplicate"),
    "follows": N_("follow-up"),
    "related": N_("related"),
}
PART_STATES = {
    "requested": N_("requested"),
    "issued": N_("issued"),
    "used": N_("used"),
    "returned": N_("returned"),
}
VISIT_STATES = {
    "planned": N_("planned"),
    "confirmed": N_("confirmed"),
    "on-the-way": N_("on the way"),
    "done": N_("done"),
    "cancelled": N_("called off"),
}
HEIGHTS = {"lead": N_("lead"), "manager": N_("manager")}
DECISIONS = {"approved": N_("approved"), "refused": N_("refused"), "rejected": N_("refused")}


def effort(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """Time that was spent."""
    return told_with(
        msg("spent {time}", time=minutes_text(event.get("minutes", "?"))), listed(event.get("on"))
    )


def attached(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """A file that was added."""
    return msg("attached {file}", file=event.get("file", "?"))


def linked(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """A link to another ticket."""
    return told_with(msg("linked {id}", id=event.get("to", "?")), [_known(RELATIONS, event.get("relation"))])


def unlinked(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """A link that is gone."""
    told = msg("took the link to {id} away", id=event.get("to", "?"))
    return told_with(told, [_known(RELATIONS, event.get("relation"))])


def split(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """Several problems, each a ticket of its own now."""
    return msg("split into {ids}", ids=listed(event.get("into")))


def merged(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """Two tickets that are one now."""
    if event.get("into"):
        return msg("merged into {id}", id=event.get("into"))
    return msg("took in {ids}", ids=listed(event.get("absorbed") or event.get("from")))


def task(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """A sub-task that was given out."""
    title = event.get("title") or event.get("task", "?")
    return told_with(msg("new task: {title}", title=title), _task_parts(event, config))


def task_changed(event: Event, ticket: Ticket, config: Configuration) -> Told:
    """A sub-task that is different now."""
    parts = list(_task_parts(event, config))
    return told_with(msg("changed the task: {title}", title=_task_title(event, ticket)), parts)


def task_done(event: Event, ticket: Ticket, _config: Configuration) -> Told:
    """A sub-task that is done."""
    return told_with(msg("task done: {title}", title=_task_title(event, ticket)), [spent(event)])


def _task_title(event: Event, ticket: Ticket) -> str:
    kinds = ("task", "task-changed")
    named = (each.get("title") for each in _before(event, ticket, kinds, "task") if each.get("title"))
    return str(next(named, event.get("task", "?")))


def _task_parts(event: Event, config: Configuration) -> Iterator[Told]:
    for key in ("owner", "team"):
        if event.get(key):
            yield names_text(config, event.get(key))
    if event.get("target"):
        yield msg("within {target}", target=event.get("target"))
    if event.get("due"):
        yield msg("by {when}", when=near(event.get("due"), event, config))
    approval = event.get("approval")
    if isinstance(approval, Mapping):
        yield from _approval(approval, config)


def _approval(approval: Mapping[str, Value], config: Configuration) -> Iterator[Told]:
    if approval.get("amount") is not None:
        amount = " ".join(str(approval[key]) for key in ("amount", "currency") if approval.get(key))
        yield msg("approval of {amount}", amount=amount)
    if approval.get("approver"):
        yield names_text(config, approval["approver"])
    yield _known(DECISIONS, approval.get("decision"))


def promised(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """What the customer was promised."""
    told = msg("promised the customer")
    if event.get("until"):
        told = msg("promised the customer by {when}", when=near(event.get("until"), event, config))
    return told_as(told, event.get("text"))


def kept(event: Event, ticket: Ticket, _config: Configuration) -> Told:
    """A promise that was kept."""
    promise = next(_before(event, ticket, ("promised",), "promise"), None)
    return told_as(msg("kept the promise"), promise.get("text") if promise else event.get("promise"))


def warned(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """A clock is about to run out."""
    return told_with(msg("warning: {clock}", clock=_clock(event, config)), _rung(event, config))


def escalated(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """Somebody above, or another team, was called in."""
    if event.get("to_team"):
        team = names_text(config, event.get("to_team"))
        return told_with(msg("called in the experts: {team}", team=team), _before_them(event, config))
    if event.get("clock"):
        return told_with(msg("escalated: {clock}", clock=_clock(event, config)), _rung(event, config))
    who = names_text(config, event.get("to"))
    return told_with(msg("escalated to {who}", who=who), [_known(HEIGHTS, event.get("level"))])


def _before_them(event: Event, config: Configuration) -> Iterator[Told]:
    """The clock that led to it, and who had it before."""
    if event.get("clock"):
        yield _clock(event, config)
    if event.get("from_team"):
        yield msg("was with {team}", team=words.team_name(config, str(event.get("from_team"))))
    if event.get("from_owner"):
        yield msg("owned by {person}", person=words.person_name(config, str(event.get("from_owner"))))


def _rung(event: Event, config: Configuration) -> Iterator[Told]:
    if event.get("rung") is not None:
        yield msg("rung {rung}", rung=event.get("rung"))
    if event.get("to"):
        yield msg("to {who}", who=names_text(config, event.get("to")))


def _clock(event: Event, config: Configuration) -> str:
    return words.clock_name(str(event.get("clock") or ""), config)


def acknowledged(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """Why a clock was missed."""
    cause = str(event.get("cause") or "")
    name = words.breach_cause(cause) if cause in CAUSES else words.cause_name(config, cause)
    return told_as(msg("acknowledged the breach of {clock}", clock=_clock(event, config)), name)


def handed_over(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """Somebody else goes on with it."""
    told = msg("handed over to {who}", who=names_text(config, event.get("to")))
    return told_as(told, event.get("note"))


def visit(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """Somebody goes to the customer."""
    return told_with(msg("visit arranged"), _visit_parts(event, config))


def visit_changed(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """A visit that is different now, or over."""
    return told_with(msg("visit changed"), _visit_parts(event, config))


def _visit_parts(event: Event, config: Configuration) -> Iterable[str]:
    zone = config.desk.zone
    return (
        _known(VISIT_STATES, event.get("state")),
        names_text(config, event.get("engineer")),
        value_text(event.get("window"), zone),
        value_text(event.get("place"), zone),
        value_text(event.get("signature"), zone),
    )


def part(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """A spare part on its way."""
    name = event.get("sku") or event.get("part", "?")
    quantity = event.get("quantity")
    told = msg("spare part {name}", name=name)
    if quantity is not None:
        told = msg("spare part {name} × {quantity}", name=name, quantity=quantity)
    return told_with(told, [_known(PART_STATES, event.get("state"))])


def reviewed(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """Why it happened was looked into."""
    return told_as(msg("looked into the root cause"), event.get("review"))


def improved(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """What will be better from now on."""
    return told_as(msg("led to an improvement"), event.get("improvement"))


def _before(event: Event, ticket: Ticket, kinds: tuple[str, ...], key: str) -> Iterator[Event]:
    """The events of these kinds about the same thing, the latest first."""
    return (
        each
        for each in reversed(ticket.events)
        if each.did in kinds and each.get(key) == event.get(key) and each.order <= event.order
    )


def _known(names: Mapping[str, str], word: Value) -> str:
    """A word of the format in the reader's language; any other as it is."""
    return _(names[word]) if isinstance(word, str) and word in names else str(word or "")


WORK: Mapping[str, Teller] = {
    "spent": effort,
    "attached": attached,
    "linked": linked,
    "unlinked": unlinked,
    "split": split,
    "merged": merged,
    "task": task,
    "task-changed": task_changed,
    "task-done": task_done,
    "promised": promised,
    "kept": kept,
    "warned": warned,
    "escalated": escalated,
    "acknowledged": acknowledged,
    "handed-over": handed_over,
    "visit": visit,
    "visit-changed": visit_changed,
    "part": part,
    "reviewed": reviewed,
    "improved": improved,
}
