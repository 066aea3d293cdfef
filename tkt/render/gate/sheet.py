"""What does every format of a gate know, and in which words does it tell of one clock?"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from tkt.clocks.cycle import family_of
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.gated import Fate, Gated, Judged
from tkt.i18n import N_, Message, _, msg, msgn, render
from tkt.render import words
from tkt.render.clock_titles import clock_title
from tkt.render.remaining import remaining_text
from tkt.render.screen import Screen
from tkt.render.text import one_line, without_orders
from tkt.render.times import stamp
from tkt.schema import Configuration

DESK_FILE = "tkt.yaml"
"""Where a fault stands that belongs to no other file."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What is told, and to whom. `config`: in whose words and zone; `prefix`: the desk's folder in its repository."""

    gated: Gated
    config: Configuration
    screen: Screen
    prefix: str = ""
    line_of: Callable[[Judged], int] = lambda _: 1
    is_brief: bool = False

    def path(self, judged: Judged) -> str:
        """Its file, from the top of the repository."""
        return self.prefix + (judged.ticket.path or DESK_FILE)

    def clock(self, judged: Judged) -> str:
        """`first response`."""
        verdict = judged.verdict
        if family_of(verdict.clock) in ("promise", "task"):
            return clock_title(verdict.clock, verdict.cycle, judged.ticket.ticket, self.config)
        return one_line(words.clock_name(verdict.clock, self.config))

    def title(self, judged: Judged) -> str:
        """The ticket's, on one line."""
        return without_orders(one_line(judged.ticket.title)) or _("(no title)")

    def head(self, fate: Fate, judged: Judged) -> str:
        """`first response breached: 261116-AAAA1`."""
        return render(msg(HEADS[fate], clock=self.clock(judged), id=judged.ticket.id))

    def sentence(self, judged: Judged) -> str:
        """`261116-AAAA1 The title · P3 · first response · due 2026-11-16 12:00, 25m over · li.wei · tech`."""
        priority, *others = self._parts(judged)
        return _line(f"{judged.ticket.id} {self.title(judged)}", priority, self.clock(judged), *others)

    def issue(self, fate: Fate, judged: Judged) -> str:
        """The head and the sentence in one, each thing said once: `first response breached: ID The title · P3 · …`."""
        return _line(f"{self.head(fate, judged)} {self.title(judged)}", *self._parts(judged))

    def _parts(self, judged: Judged) -> tuple[str, ...]:
        """Priority, due, owner, team and excuse; empty where there is none."""
        ticket, verdict = judged.ticket, judged.verdict
        return (
            words.priority_name(self.config, ticket.priority) if ticket.priority else "",
            self.due(judged),
            words.person_name(self.config, ticket.owner) if ticket.owner else "",
            words.team_name(self.config, ticket.team) if ticket.team else "",
            render(self.excuse(judged)) if verdict.acknowledged else "",
        )

    def due(self, judged: Judged) -> str:
        """`due 2026-11-16 12:00, 25m over`; the time in full, as it is read later and elsewhere."""
        verdict = judged.verdict
        zone = self.config.desk.zone
        parts = []
        if verdict.late_since is not None:
            parts.append(render(msg("late since {at}", at=stamp(verdict.late_since, zone))))
        elif verdict.due_at is not None:
            parts.append(render(msg("due {at}", at=stamp(verdict.due_at, zone))))
        if verdict.fulfilled_at is not None or verdict.late_since is None:
            parts.append(remaining_text(verdict))
        parts = [part for part in parts if part]
        return listed(parts) if parts else ""

    def excuse(self, judged: Judged) -> Message:
        """Who acknowledged its breach, and why."""
        event = judged.acknowledgement
        if event is None:
            return msg("acknowledged")
        who = words.person_name(self.config, event.by)
        if event.reason is None:
            return msg("acknowledged by {person}", person=one_line(who))
        why = without_orders(one_line(event.reason))
        return msg("acknowledged by {person}: {why}", person=one_line(who), why=why)

    def counts(self) -> str:
        """`2 breaches, 40 tickets checked, 3 without a policy, 1 acknowledged`, and what else was asked for."""
        return listed([render(each) for each in _counts(self.gated)])


def _line(*parts: str) -> str:
    return " · ".join(one_line(part) for part in parts if part)


HEADS: Mapping[Fate, str] = MappingProxyType(
    {
        Fate.FAILING: N_("{clock} breached: {id}"),
        Fate.WARNED: N_("{clock} about to run out: {id}"),
        Fate.KNOWN: N_("{clock} breached before: {id}"),
        Fate.EARLIER: N_("{clock} breached earlier: {id}"),
        Fate.ACKNOWLEDGED: N_("{clock} breached and acknowledged: {id}"),
    }
)
"""What a clock's line is called."""


def fingerprint(fate: Fate, judged: Judged) -> str:
    """What stays the same of a breach from run to run, whatever its line, its words and its delay."""
    kind = "warning" if fate is Fate.WARNED else "breach"
    return hashlib.sha256("\x1f".join((kind, *judged.mark)).encode()).hexdigest()[:32]


def fault_fingerprint(problem: Problem) -> str:
    """The same of a file that cannot be judged."""
    about = ("fault", problem.code, problem.path or "", str(problem.message))
    return hashlib.sha256("\x1f".join(about).encode()).hexdigest()[:32]


def fault_sentence(problem: Problem) -> str:
    """What is wrong with a file, on one line."""
    return without_orders(one_line(render(problem.message)))


def listed(parts: Sequence[str]) -> str:
    """`one, two, three`; never of none."""
    first, *more = parts
    return render(msg("{one}, {more}", one=first, more=listed(more))) if more else first


def _counts(gated: Gated) -> Iterator[Message]:
    failing = len(gated.failing)
    if gated.known is None:
        yield msgn("{count} breach", "{count} breaches", failing)
    else:
        yield msgn("{count} new breach", "{count} new breaches", failing)
        yield msg("{count} that {rev} has too", count=len(gated.known), rev=one_line(gated.new_since or ""))
    if gated.earlier is not None:
        yield msgn("{count} earlier breach", "{count} earlier breaches", len(gated.earlier))
    unreadable = {it.path for it in gated.faults}
    if unreadable:
        yield msgn("{count} file unreadable", "{count} files unreadable", len(unreadable))
    yield msgn("{count} ticket checked", "{count} tickets checked", len(gated.tickets))
    yield msg("{count} without a policy", count=gated.uncovered)
    yield _acknowledged(gated)


def _acknowledged(gated: Gated) -> Message:
    """`3 acknowledged (2 overload, 1 outside)`."""
    told = msg("{count} acknowledged", count=len(gated.acknowledged))
    events = (it.acknowledgement for it in gated.acknowledged)
    causes = Counter(str(event.get("cause") or "") for event in events if event is not None)
    named = [it for it in causes.most_common() if it[0]]
    if not named:
        return told
    parts = tuple(
        msg("{count} {cause}", count=count, cause=one_line(words.breach_cause(cause)))
        for cause, count in named
    )
    return msg("{told} ({more})", told=told, more=parts)
