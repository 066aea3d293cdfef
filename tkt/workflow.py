"""May a ticket go there, by which way, and what does it lack?

A move over several statuses checks all guards on its way at once and names everything that is
missing in one refusal.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tkt.errors import ConfigError, Problem, Refused, UsageError, did_you_mean
from tkt.guards import GUARDS, Guard, Missing, Situation
from tkt.guards.conditions import conditions_of
from tkt.i18n import Message, current_language, msg
from tkt.model import Ticket, Value
from tkt.schema import FILES, Configuration, GuardDecl
from tkt.schema.base import words_in

_USUAL = {
    "start": "in-progress",
    "wait": "waiting",
    "resolve": "resolved",
    "close": "closed",
    "reopen": "in-progress",
}
_SAYS = {"--set", "--reply", "--sent-by", "--spent"}
_SOLVES = {*_SAYS, "--code", "--text", "--cause"}
_OPTIONS = {
    "start": {"--set", "--next", "--by-when"},
    "wait": {*_SAYS, "--on", "--for", "--until"},
    "resolve": _SOLVES,
    "close": {*_SOLVES, "--confirmed", "--evidence"},
}
"""The options of the commands of their own; `tkt move` has them all."""
_CATEGORY = {
    "start": "active",
    "wait": "waiting",
    "resolve": "resolved",
    "close": "closed",
    "reopen": "active",
}


class MoveRefused(Refused):
    """Guards say no; `missing` holds all that they ask for."""

    code = "guards"

    def __init__(
        self, ticket: str, to: str, missing: Sequence[Missing], *, given: str = "", told: str = ""
    ) -> None:
        """`given`: the options that were typed, so that the hint repeats them; `told`: what people call `to`."""
        super().__init__(
            msg(
                "{ticket} cannot go to {to} yet; missing:{what}",
                ticket=ticket,
                to=told or to,
                what=line_each(missing),
            ),
            hint=_command(ticket, to, missing, given),
        )
        self.missing = tuple(missing)


def route(config: Configuration, start: str, to: str, *, code: str | None = None) -> tuple[str, ...] | None:
    """The statuses of the shortest way from `start` to `to`, both included; None where there is none.

    Ties go by the order of `moves`. The step from `new` to `closed` stands open only to an uncounted
    `code`; from waiting to waiting is a way (a new question), to stay elsewhere is none. A finished
    status lies on the way only where the way ends in one, an open one never between two finished ones:
    to reopen is a decision of its own (docs/sla.md L8).
    """
    if start == to:
        return (start, to) if config.status_category(start) == "waiting" else None
    ways: deque[tuple[str, ...]] = deque([(start,)])
    seen = {start}
    while ways:
        way = ways.popleft()
        for step in config.workflow.moves.get(way[-1], ()):
            if step in seen or not _is_open(config, way[-1], step, code):
                continue
            if step == to:
                return (*way, step)
            seen.add(step)
            if _may_pass(config, start, to, step):
                ways.append((*way, step))
    return None


def _may_pass(config: Configuration, start: str, to: str, step: str) -> bool:
    """Whether a way from `start` to `to` may lead over `step`."""
    if step in config.finished:
        return to in config.finished
    return not (start in config.finished and to in config.finished)


def is_uncounted(config: Configuration, to: str, code: str | None) -> bool:
    """Whether the move takes a ticket out of every count (spam, test, duplicate …): no guard applies."""
    return code in config.workflow.uncounted and config.status_category(to) == "closed"


def missing(
    after: Ticket, way: Sequence[str], config: Configuration, *, open_children: Sequence[str] = ()
) -> tuple[Missing, ...]:
    """Everything that the guards along `way` ask for and `after` lacks.

    `after` is the ticket as it would be: the values and messages given with the move and the `moved`
    event itself included. Guards: `leave` of the start, both of what is passed, `enter` of the target.
    Errors: ConfigError for a guard that does not exist.
    """
    resolution = after.get("resolution")
    if is_uncounted(config, way[-1], resolution.get("code") if resolution else None):
        return ()
    return _asked(after, _guards_along(config, way), config, tuple(open_children))


def missing_to_leave(ticket: Ticket, config: Configuration) -> tuple[Missing, ...]:
    """What the ticket still lacks to leave the status it is in; lists and pages name it."""
    return _asked(ticket, config.workflow.statuses[ticket.status].leave, config, ())


def missing_to_enter(ticket: Ticket, status: str, config: Configuration) -> tuple[Missing, ...]:
    """What a ticket lacks to begin in `status`."""
    return _asked(ticket, config.workflow.statuses[status].enter, config, ())


def target(config: Configuration, verb: str) -> str:
    """The status that `start`, `wait`, `resolve`, `close` or `reopen` lead to on this desk.

    The usual name where the desk has it, else the last active status (for `start` and `reopen`) or
    the first of the verb's category. Errors: UsageError where there is none.
    """
    statuses = config.workflow.statuses
    if _USUAL[verb] in statuses:
        return _USUAL[verb]
    fitting = [name for name, it in statuses.items() if it.category == _CATEGORY[verb]]
    if not fitting:
        raise UsageError(msg("this desk has no status of the category {category}", category=_CATEGORY[verb]))
    return fitting[-1] if _CATEGORY[verb] == "active" else fitting[0]


def destination(config: Configuration, text: str) -> str:
    """The status that a verb (`wait`) or a status typed by somebody means. Errors: UsageError."""
    return target(config, text) if text in _USUAL else status_named(config, text)


def status_word(config: Configuration, status: str) -> str:
    """A status in a sentence: its label for a Chinese reader; in English as it is typed."""
    declared = config.workflow.statuses.get(status)
    return declared.label("zh", status) if declared is not None and current_language() == "zh" else status


def code_word(config: Configuration, code: str) -> str:
    """How a ticket ended, in a sentence; as `status_word`."""
    declared = {**config.workflow.codes, **config.workflow.uncounted}.get(code, code)
    return words_in(declared, "zh", code) if current_language() == "zh" else code


def status_named(config: Configuration, text: str) -> str:
    """The status that somebody typed, by its name or its label. Errors: UsageError with the nearest."""
    wanted = text.strip().casefold()
    labels = {name: name for name in config.workflow.statuses}
    for name, it in config.workflow.statuses.items():
        labels |= {label.casefold(): name for label in (it.en, it.zh) if label}
    if wanted not in labels:
        raise UsageError(msg("no status {status}", status=text), hint=did_you_mean(wanted, labels))
    return labels[wanted]


def action_ahead(ticket: Ticket, config: Configuration) -> Value:
    """The next action, where it is still ahead; one from before a wait or a resolve has been done."""
    if ticket.status in config.finished:
        return None
    if config.status_category(ticket.status) != "waiting":
        return ticket.get("next_action")
    last = next((event for event in reversed(ticket.effective) if event.did == "moved"), None)
    return ticket.get("next_action") if last is None else last.get("next_action")


def all_of(missing: Sequence[Missing]) -> Message:
    """What is missing, as one sentence; not empty."""
    said = missing[0].what
    for each in missing[1:]:
        said = msg("{before}; {after}", before=said, after=each.what)
    return said


def line_each(missing: Sequence[Missing]) -> Message:
    """What is missing, each on a line of its own, the first one too; not empty."""
    said = msg("\n  {what}", what=missing[0].what)
    for each in missing[1:]:
        said = msg("{before}\n  {after}", before=said, after=each.what)
    return said


def _is_open(config: Configuration, start: str, to: str, code: str | None) -> bool:
    from_new = config.status_category(start) == "new" and config.status_category(to) == "closed"
    return not from_new or code in config.workflow.uncounted


def _guards_along(config: Configuration, way: Sequence[str]) -> Iterator[str | GuardDecl]:
    statuses = config.workflow.statuses
    for left, entered in pairwise(way):
        yield from statuses[left].leave
        yield from statuses[entered].enter


def _asked(
    ticket: Ticket, guards: Iterable[str | GuardDecl], config: Configuration, open_children: tuple[str, ...]
) -> tuple[Missing, ...]:
    situation = Situation(ticket=ticket, config=config, open_children=open_children)
    names = dict.fromkeys(
        each if isinstance(each, str) else each.guard for each in _applying(guards, ticket, config)
    )
    return tuple(found for name in names for found in _guard(name)(situation))


def _applying(
    guards: Iterable[str | GuardDecl], ticket: Ticket, config: Configuration
) -> Iterator[str | GuardDecl]:
    for each in guards:
        if isinstance(each, str) or conditions_of(config).holds(each.when, ticket):
            yield each


def _guard(name: str) -> Guard:
    if name not in GUARDS:
        message = msg("there is no guard {guard}", guard=name)
        hint = did_you_mean(name, GUARDS)
        raise ConfigError([Problem(code="config", message=message, path=FILES["workflow"][0], hint=hint)])
    return GUARDS[name]


def _command(ticket: str, to: str, missing: Sequence[Missing], given: str) -> Message | None:
    options = dict.fromkeys(each.give for each in missing if each.give)
    if not options:
        return None
    words = " ".join(filter(None, (given, *options)))
    verb = _verb(to, words)
    if verb is not None:
        return msg("tkt {verb} {ticket} {options}", verb=verb, ticket=ticket, options=words)
    return msg("tkt move {ticket} {to} {options}", ticket=ticket, to=to, options=words)


def _verb(to: str, words: str) -> str | None:
    """The command that leads to `to` and takes all of these options; None where only `tkt move` does."""
    from shlex import split

    named = {word for word in split(words) if word.startswith("--")}
    return next((verb for verb, known in _OPTIONS.items() if _USUAL[verb] == to and named <= known), None)
