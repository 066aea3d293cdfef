"""What comes of all operations together? All are judged; where one is refused, none is carried out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import datetime
from typing import ClassVar, Literal, Protocol

from tkt.actions import Actor, CannotOpen, ClockShift
from tkt.batch.doing import Operation, action_of, opened_by, refuse_together
from tkt.batch.known import Number, known_numbers
from tkt.batch.lines import BadLine, Faulty, Input, Line
from tkt.batch.table import NAME, VERBS, Values, fitting
from tkt.clock import parse_instant
from tkt.desk import Desk
from tkt.durations import DurationError
from tkt.errors import (
    EXIT_NO,
    Ambiguous,
    ConfigError,
    DataError,
    NotFound,
    Problem,
    Refused,
    TktError,
    UsageError,
    did_you_mean,
)
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.late import late
from tkt.model import Event, Ticket
from tkt.requesters import Requesters
from tkt.store.codec.plain import WriteError
from tkt.workflow import MoveRefused

FAULTS = 100
"""So many faulty lines are told; what follows is not looked at."""
_AT_FAULT = (UsageError, NotFound, Ambiguous, Refused, DataError, WriteError, ClockShift, DurationError)
_OPTION = late(r"--([a-z-]+) (.*)", re.DOTALL)

Did = Literal["created", "changed", "unchanged", "skipped"]


class Drafts(Protocol):
    """The tickets as they are to be (`changes.Bulk`)."""

    def create(self, make: Callable[[str], Ticket], *, day: datetime) -> Ticket:
        """A new one, of the id that `make` is given."""

    def change(self, part: str, action: Callable[[Ticket], Ticket]) -> Ticket:
        """What the action makes of one."""

    def ticket(self, part: str) -> Ticket:
        """One as it is to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one line."""

    line: int
    do: str
    id: str
    name: str | None  # what the line called its ticket
    did: Did
    status: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What came of all lines."""

    outcomes: tuple[Outcome, ...]
    dropped: int  # characters that no text can hold, left out


class FaultyLines(DataError):
    """Some lines cannot be carried out, so none was."""

    code = "batch"


class RefusedLines(FaultyLines):
    """The rules of the desk say no to some lines, so none was carried out."""

    exit_code: ClassVar[int] = EXIT_NO


class _Consequence(TktError):
    """An earlier line about the same ticket is at fault: what this one would find is not known."""


Seen = Callable[[Outcome, Ticket, tuple[Event, ...]], None]
"""Told of each line: what came of it, the ticket as it is to be, its new events."""
Tell = Callable[[Message], None]
"""Told what is no fault and is to be known."""


def run(
    sent: Input,
    desk: Desk,
    drafts: Drafts,
    actor: Callable[[str | None], Actor],
    *,
    now: datetime,
    skip_known: bool = False,
    seen: Seen = lambda _outcome, _ticket, _events: None,
    tell: Tell = lambda _note: None,
) -> Ran:
    """Carry out every line in `drafts`. `actor` is who does what: the person that a line names, else who calls.

    Errors: FaultyLines with every line that is at fault, RefusedLines where the desk's rules alone say no;
    what is no fault of a line (a full disk) at once.
    """
    found = _Run(
        sent=sent, desk=desk, drafts=drafts, actor=actor, now=now, skip_known=skip_known, seen=seen, tell=tell
    )
    return found.ran()


@dataclass(kw_only=True)
class _Run:
    sent: Input
    desk: Desk
    drafts: Drafts
    actor: Callable[[str | None], Actor]
    now: datetime
    skip_known: bool
    seen: Seen
    tell: Tell
    outcomes: list[Outcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    named: dict[str, str | None] = field(default_factory=dict)  # `as` → id; None: its line was skipped
    lost: set[str] = field(
        default_factory=set
    )  # names and ids of tickets that an earlier faulty line was about
    is_no: bool = True  # whether the desk's rules alone said no
    dropped: int = 0

    def ran(self) -> Ran:
        """What came of all lines. Errors: FaultyLines, RefusedLines."""
        self.requesters = Requesters(self.desk, self.tell)
        self.known = known_numbers(self.desk, self._numbers())
        for line in self.sent.lines():
            if len(self.problems) >= FAULTS:
                self.problems.append(self._too_many())
                break
            if isinstance(line, Faulty):
                self._at_fault(line.number, line.error)
            else:
                self.dropped += line.dropped
                self._line(line)
        if self.problems:
            raise (RefusedLines if self.is_no else FaultyLines)(self.problems)
        return Ran(outcomes=tuple(self.outcomes), dropped=self.dropped)

    def _numbers(self) -> set[Number]:
        """The numbers that requests have elsewhere; faults are told later."""
        found = set()
        for line in self.sent.lines():
            if isinstance(line, Line):
                source, number = line.keys.get("source"), line.keys.get("external_id")
                if source and number:
                    found.add((str(source), str(number)))
        return found

    def _line(self, line: Line) -> None:
        keys: Values = {}
        try:
            keys = fitting(line.keys)
            refuse_together(keys)
            if VERBS[keys["do"]].makes:
                self._new(line.number, keys)
            else:
                self._change(line.number, keys)
        except ConfigError:
            raise
        except _Consequence:
            self._lose(line, keys)
        except _AT_FAULT as error:
            self._lose(line, keys)
            self._at_fault(line.number, error, keys)

    # --- what a line does ---

    def _new(self, number: int, keys: Values) -> None:
        name = keys.get("as")
        if name is not None:
            self._refuse_name(name)
        pair = (keys["source"], keys["external_id"]) if "external_id" in keys else None
        if pair is not None and pair in self.known:
            self._skip(number, keys, pair)
            return
        operation = self._operation(keys)
        day = operation.actor.at or self.now
        ticket = self.drafts.create(lambda ticket_id: opened_by(operation, ticket_id), day=day)
        if pair is not None:
            self.known[pair] = ticket.id
        if name is not None:
            self.named[name] = ticket.id
        self._did(number, keys, ticket, "created", ticket.events)

    def _change(self, number: int, keys: Values) -> None:
        wish = keys["id"]
        if wish.startswith("$") and self.named.get(wish[1:], "") is None:
            self._did_not(number, keys)
            return
        operation = self._operation(keys)
        act = action_of(operation)
        part = self._part(wish)
        raised: list[tuple[TktError, tuple[Problem, ...]]] = []
        known: set[str] = set()

        def action(ticket: Ticket) -> Ticket:
            known.update(event.id for event in ticket.events)
            if ticket.id in self.lost:
                return ticket
            try:
                return act(ticket, operation.actor, self.desk.config)
            except TktError as error:
                self.lost.add(ticket.id)
                raised.append((error, error.problems))
                raise

        try:
            ticket = self.drafts.change(part, action)
        except TktError as error:
            for its_own, problems in raised:
                its_own.problems = problems  # the line says itself which ticket it is about
            raise error from None
        events = tuple(event for event in ticket.events if event.id not in known)
        self._did(number, keys, ticket, "changed" if events else "unchanged", events)

    def _operation(self, keys: Values) -> Operation:
        """Errors: NotFound for who is nobody here, UsageError for a bad time."""
        person = self.desk.person_named(keys["by"]) if "by" in keys else None
        base = self.actor(person)
        at = parse_instant(keys["at"], zone=self.desk.zone) if "at" in keys else base.at
        reason = str(keys.get("reason") or "").strip() or base.reason
        actor = Actor(by=base.by, now=base.now, at=at, reason=reason, auto=base.auto)
        return Operation(
            desk=self.desk,
            now=self.now,
            keys=keys,
            actor=actor,
            ticket=lambda wish: self.drafts.ticket(self._part(wish)),
            requesters=self.requesters,
        )

    def _part(self, wish: str) -> str:
        """By what a ticket is found. Errors: _Consequence; NotFound for a name that no line before gave."""
        if wish in self.lost:
            raise _Consequence(msg("an earlier line about {ticket} is at fault", ticket=wish))
        if not wish.startswith("$"):
            return wish
        found = self.named.get(wish[1:])
        if found is None:
            names = [f"${name}" for name in self.named]
            message = msg("no line before calls a ticket {name}", name=wish)
            raise NotFound(
                message, hint=did_you_mean(wish, names) or msg('"do": "new", "as": "a" makes one $a')
            )
        return found

    def _refuse_name(self, name: str) -> None:
        if not NAME.fullmatch(name):
            raise BadLine(
                msg("{name} cannot be a name, expected letters, digits, - and _, a letter first", name=name)
            )
        if name in self.named or f"${name}" in self.lost:
            raise BadLine(msg("an earlier line calls its ticket {name} already", name=name))

    def _skip(self, number: int, keys: Values, pair: Number) -> None:
        """The request is on the desk already. Errors: Refused, unless that is fine."""
        there = self.known[pair]
        if not self.skip_known:
            message = msg(
                "{ticket} has number {number} of {source} already",
                ticket=there,
                number=pair[1],
                source=pair[0],
            )
            raise Refused(message, hint=msg("--skip-known passes over what is there"))
        if "as" in keys:
            self.named[keys["as"]] = None
        ticket = self.drafts.ticket(there)
        self._did(number, keys, ticket, "skipped", ())

    # --- what is kept of it ---

    def _did(self, number: int, keys: Values, ticket: Ticket, did: Did, events: tuple[Event, ...]) -> None:
        outcome = Outcome(
            line=number,
            do=keys["do"],
            id=ticket.id,
            name=keys.get("as") if keys["do"] == "new" else None,
            did=did,
            status=ticket.status,
            path=ticket.path or "",
        )
        self.outcomes.append(outcome)
        self.seen(outcome, ticket, events)

    def _did_not(self, number: int, keys: Values) -> None:
        """A line about a ticket whose own line was skipped: it was carried out together with that."""
        self.outcomes.append(
            Outcome(line=number, do=keys["do"], id="", name=None, did="skipped", status="", path="")
        )

    def _lose(self, line: Line, keys: Values) -> None:
        """Later lines about this ticket are not judged: they would find it as it never will be."""
        name = line.keys.get("as") if line.keys.get("do") == "new" else None
        wish = keys.get("id")
        self.lost |= {f"${name}"} if isinstance(name, str) and name not in self.named else set()
        if wish is not None:
            self.lost.add(wish)
            if wish.startswith("$") and self.named.get(wish[1:]):
                self.lost.add(str(self.named[wish[1:]]))

    def _at_fault(self, number: int, error: TktError, keys: Values | None = None) -> None:
        self.is_no = self.is_no and isinstance(error, Refused)
        hint = _hint_of(error)
        for problem in error.problems:
            fault = problem.message if problem.path is None else _placed(problem)
            self.problems.append(
                Problem(
                    code=problem.code,
                    message=_about(keys, fault, error),
                    path=self.sent.name,
                    line=number,
                    hint=hint or problem.hint,
                )
            )

    def _too_many(self) -> Problem:
        message = msg("{count} lines are at fault; those that follow were not looked at", count=FAULTS)
        return Problem(code=FaultyLines.code, message=message, path=self.sent.name)


def _about(keys: Values | None, fault: Message, error: TktError) -> Message:
    """With what was to be done to which ticket, in the words of the line."""
    if not keys or isinstance(error, BadLine):
        return fault
    wish = keys.get("id") or (f"${keys['as']}" if keys["do"] == "new" and "as" in keys else None)
    if wish is None:
        return msg("{do}: {fault}", do=keys["do"], fault=fault)
    return msg("{do} {ticket}: {fault}", do=keys["do"], ticket=wish, fault=fault)


def _placed(problem: Problem) -> Message:
    return msg("{place}{fault}", place=problem.where(), fault=problem.message)


def _hint_of(error: TktError) -> Message | None:
    """What a guard asks for as keys of a line; None where the error says it better itself."""
    if not isinstance(error, (MoveRefused, CannotOpen)):
        return None
    plain: list[str] = []
    fields: list[str] = []
    for give in dict.fromkeys(each.give for each in error.missing if each.give):
        for key, value in _keys_of(give):
            (fields if key == "set" else plain).append(value)
    found = [*plain, *([f'"set": {{{", ".join(fields)}}}'] if fields else [])]
    return msg("on that line: {keys}", keys=", ".join(found)) if found else None


def _keys_of(give: str) -> Iterator[tuple[str, str]]:
    """`--set owner=…` → set, `"owner": "…"`."""
    found = _OPTION.fullmatch(give)
    if found is None:
        return
    name, words = found[1].replace("-", "_"), " ".join(shlex.split(found[2]))
    if name == "set":
        field_name, _, value = words.partition("=")
        yield "set", f'"{field_name}": "{value}"'
    else:
        yield name, f'"{name}": "{words}"'
