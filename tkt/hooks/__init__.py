"""What do the desk's own programs say to a change, before it is written and after it is committed?

They run only where this clone's owner allowed exactly them (`tkt.hooks.trusting`), and never for a
command that a hook itself has started. One command is one run of each, however many tickets it changes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import datetime
from typing import Any

from tkt.desk import Desk
from tkt.errors import Refused, TktError, add_hint
from tkt.frozen import dataclass
from tkt.hooks.files import FOLDER, HookFile
from tkt.hooks.names import ANY, HookName, When
from tkt.hooks.running import IN_HOOK, TIMEOUT, Ending, run_hook, told_as
from tkt.hooks.trusting import HooksState, Standing, quick_state, state
from tkt.i18n import Message, msg
from tkt.model import Ticket
from tkt.render.jsons import plain, ticket_object
from tkt.store.codec.writing import new_ticket_text
from tkt.store.files import shown
from tkt.store.gitrepo import GitRepo
from tkt.store.undoable import rescue_text

SCHEMA = 1
Pair = tuple[Ticket | None, Ticket]
"""A ticket as it was (None: a new one) and as it is to be."""


class Vetoed(Refused):
    """A hook says no to a change. Nothing was written."""

    code = "hook"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The hooks before a change said yes; this remembers what those after it are told."""

    notes: tuple[Message, ...] = ()
    later: Callable[[str | None], Iterator[Message]] = field(default=lambda _commit: iter(()))

    def after(self, commit: str | None) -> tuple[Message, ...]:
        """Run the hooks after the change; what they said, and what went wrong: the change stays."""
        return tuple(self.later(commit))


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a command is about to do: `verb` to these tickets. `who` is asked only where there are hooks."""

    desk: Desk
    verb: str
    pairs: Sequence[Pair]
    now: datetime
    who: Callable[[], str] | None = None

    def told(self) -> dict[str, Any]:
        """What hooks get to read (docs/hooks.md)."""
        return {
            "schema": SCHEMA,
            "desk": str(self.desk.root),
            "verb": self.verb,
            "by": (self.who or self.desk.me)(),
            "now": plain(self.now),
            "commit": None,
            "changes": [{"old": self._seen(old), "new": self._seen(new)} for old, new in self.pairs],
        }

    def _seen(self, ticket: Ticket | None) -> dict[str, Any] | None:
        if ticket is None:
            return None
        told: dict[str, Any] = plain(ticket_object(self.desk.columns(ticket, self.now)))
        return told


def ask(change: Change, *, timeout: float = TIMEOUT) -> Asked:
    """Run the hooks before a change, of which the first that says no ends the command.

    Errors: Vetoed; FileError; Refused for a command that such a hook has started.
    """
    if os.environ.get(IN_HOOK):
        _refuse_before_a_change()
        return Asked()
    found = quick_state(change.desk.root)
    if found.standing is Standing.CHANGED:
        return Asked(notes=(_changed_since(),))
    before, after = (_called(found, when, change.verb) for when in ("pre", "post"))
    if found.standing is not Standing.TRUSTED or not (before or after) or not change.pairs:
        return Asked()
    told = change.told()
    notes = tuple(_before(change, before, told, timeout))
    return Asked(notes=notes, later=lambda commit: _after(change, after, {**told, "commit": commit}, timeout))


def _called(found: HooksState, when: When, verb: str) -> list[HookFile]:
    """The hooks that a command calls, in order: the general ones, then its own."""
    names = (HookName(when, ANY), HookName(when, verb))
    return [file for name in names for file in found.hooks if file.name == name]


def _before(
    change: Change, hooks: Sequence[HookFile], told: Mapping[str, Any], timeout: float
) -> Iterator[Message]:
    with told_as(told) as payload:
        for hook in hooks:
            ending = run_hook(change.desk.root, hook, payload, timeout=timeout)
            if not ending.is_yes:
                raise _kept(change, Vetoed(ending.refusal, path=ending.path, hint=ending.hint))
            yield from _said(ending)


def _after(
    change: Change, hooks: Sequence[HookFile], told: Mapping[str, Any], timeout: float
) -> Iterator[Message]:
    """The change stands whatever happens here, an interruption too."""
    try:
        with told_as(told) as payload:
            for hook in hooks:
                ending = run_hook(change.desk.root, hook, payload, timeout=timeout)
                yield from _said(ending) if ending.is_yes else _failed(ending)
    except KeyboardInterrupt:
        yield msg("the hooks after the change were interrupted; the change stands")
    except TktError as error:
        yield msg("the hooks after the change did not run: {fault}", fault=error.message)


def _said(ending: Ending) -> Iterator[Message]:
    if ending.said:
        yield msg("{hook}: {words}", hook=ending.path, words=ending.said)


def _failed(ending: Ending) -> Iterator[Message]:
    yield msg("{hook} failed, the change stands: {fault}", hook=ending.path, fault=ending.failure)


def _kept(change: Change, refusal: Vetoed) -> Vetoed:
    """The refusal; the text of a single ticket is kept, since nobody likes to type it again."""
    repo = GitRepo.of(change.desk.root)
    if repo is not None and len(change.pairs) == 1:
        new = change.pairs[0][1]
        with suppress(TktError):  # the refusal itself is what must be told
            text = new_ticket_text(new).encode()
            kept = rescue_text(repo.rescue_folder, f"{new.id}.yaml", text, change.now)
            files = (shown(kept, change.desk.root),)
            add_hint(refusal, msg("what was to be written is kept in {files}", files=files))
    return refusal


def _changed_since() -> Message:
    return msg(
        "{folder} is not what was allowed here, so nothing of it was run; look at it, then allow it: tkt trust",
        folder=FOLDER,
    )


def _refuse_before_a_change() -> None:
    if os.environ.get(IN_HOOK) == "pre":
        raise Refused(
            msg("a hook before a change may only read, and this command writes"),
            hint=msg("let a post- hook do it: it runs when the change is committed"),
        )


__all__ = ["Asked", "Change", "HooksState", "Standing", "Vetoed", "ask", "state"]
