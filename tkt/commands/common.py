"""What do all commands share: the desk, the time, the person, and a way to print?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tkt import clock
from tkt.errors import EXIT_ERROR, DataError, Problem, TktError
from tkt.frozen import dataclass
from tkt.i18n import Message, msg, render
from tkt.render.screen import Screen, print_aside
from tkt.render.text import clean

if TYPE_CHECKING:
    from tkt.actions import Actor
    from tkt.changes import FileEdit
    from tkt.desk import Desk
    from tkt.model import Ticket
    from tkt.query import Query
    from tkt.schema import Configuration


@dataclass(frozen=True, kw_only=True)
class Door:
    """What was said before the command: `tkt -C DIR --lang zh …`."""

    directory: Path
    language: str | None = None
    no_pager: bool = False


@dataclass(frozen=True, kw_only=True)
class Common:
    """What was said with the options that commands share."""

    now: str = ""
    json: bool = False
    quiet: bool = False
    lang: str = ""
    here: bool = False
    at: str = ""
    reason: str = ""
    no_commit: bool = False
    by: str = ""
    query: str = ""
    yes: bool = False
    no_pager: bool = False


@dataclass(kw_only=True)
class Session:
    """One command being carried out."""

    door: Door
    common: Common
    notes: list[Message] = field(default_factory=list)
    """What a person is told beside the answer; where a program reads, it is part of the answer."""
    beside: Callable[[Ticket], Iterable[FileEdit]] | None = None
    """The files that belong to a ticket as it is to be, written with it: its attachments."""
    unread: list[Problem] = field(default_factory=list)
    """The problems of files, told at the end where a program reads: one object on standard error."""
    is_about_several: bool = False
    """Whether a note must say which ticket it is about."""

    @cached_property
    def desk(self) -> Desk:
        """The desk that the command was started in, on its own branch."""
        from tkt.desk import Desk

        desk = self._on_its_branch(Desk.open(self.door.directory))
        desk.is_live = not (self.common.now or clock.is_set())
        return desk

    def _on_its_branch(self, desk: Desk) -> Desk:
        """The desk in the worktree of the branch that `git.branch` names, if another is checked out here."""
        branch = desk.config.desk.git.branch
        if branch is None or self.common.here:
            return desk
        from tkt.desk import Desk
        from tkt.store.linked import linked_desk

        linked = linked_desk(desk.root, branch)
        if linked is None:
            return desk
        self.note(
            msg(
                "on the desk's branch {branch}, in {folder} (--here works on {here})",
                branch=branch,
                folder=linked.shown,
                here=linked.here,
            )
        )
        return Desk.open(linked.root)

    @cached_property
    def now(self) -> datetime:
        """The instant by which everything is judged, read once (docs/sla.md S1)."""
        return clock.now_at_the_door(self.common.now or None, self.desk.zone)

    @cached_property
    def screen(self) -> Screen:
        """Where the answer is printed."""
        return Screen.of_this_process()

    @property
    def json(self) -> bool:
        """Whether a program reads the answer."""
        return self.common.json

    @cached_property
    def me(self) -> str:
        """Who types: `--by`, else whom git's mail address names, else that address."""
        return self.desk.person_named(self.common.by) if self.common.by else self.desk.me()

    @cached_property
    def zone_of_reader(self) -> str:
        """In which times are told: the zone of the person who types, else the desk's."""
        people = self.desk.config.people.people
        if not any(person.zone for person in people.values()):
            return self.desk.zone
        reader = people.get(self.desk.me())
        return (reader and reader.zone) or self.desk.zone

    @cached_property
    def told_config(self) -> Configuration:
        """The desk's configuration as it is printed by: times in the reader's zone."""
        return self.desk.config.told_in(self.zone_of_reader)

    @cached_property
    def actor(self) -> Actor:
        """Who does it, and when."""
        from tkt.actions import Actor

        at = clock.parse_instant(self.common.at, zone=self.desk.zone) if self.common.at else None
        return Actor(
            by=self.me,
            now=self.now,
            at=at,
            reason=self.common.reason.strip() or None,
            auto=self.desk.is_bot(self.me),
        )

    def query(self, text: str) -> Query:
        """A query in the desk's words; who asks is found out only where it matters."""
        found = self.desk.query(text, self.now)
        return self.desk.query(text, self.now, self.me) if found.uses_reader else found

    @property
    def commits(self) -> bool:
        """Whether this command makes its own commit."""
        return not self.common.no_commit and self.desk.config.desk.git.autocommit

    def answer(self, data: Any) -> None:
        """Print the answer for a program: one JSON object."""
        from tkt.render.jsons import print_json

        print_json(data)

    def say(self, *messages: Message | str) -> None:
        """Print lines for a person, unless a program reads or quiet was asked for.

        Everything is cleaned: what is styled goes to `screen.print`, its parts cleaned by hand.
        """
        if not self.json and not self.common.quiet:
            for message in messages:
                self.screen.print(clean(render(message)))

    def note(self, *messages: Message) -> None:
        """Tell a person something beside the answer, on standard error; a program gets `notes`. Each once."""
        for message in messages:
            if message in self.notes:
                continue
            self.notes.append(message)
            if not self.json and not self.common.quiet:
                print_aside(clean(render(msg("note: {text}", text=message))))

    def tell_synced(self) -> None:
        """The last line of a list on a terminal: when commits were exchanged, and how many wait to be."""
        if self.json or self.common.quiet or not self.screen.is_terminal:
            return
        from tkt.synced import synced

        found = synced(self.desk.root)
        if found is not None:
            self.screen.print(self.screen.styled(render(found.told(self.now)), "dim"))

    def report(self, problems: Iterable[Problem]) -> int:
        """Name the files that could not be read; they hide nothing else.

        Returns the exit code that they call for: 2 where there are any, else 0.
        """
        from tkt.render.errors import print_problems

        found = tuple(problems)
        if self.json:
            self.unread += found
        else:
            print_problems(found)
        return EXIT_ERROR if any(problem.severity == "error" for problem in found) else 0

    def run(self, command: Callable[[], int | None], *, is_long: bool = False) -> int:
        """Carry the command out; what was kept back for a program is told with its end.

        `is_long`: its answer may be longer than the terminal, and goes through a pager then.
        """
        try:
            with self._paged() if is_long else nullcontext():
                code = command() or 0
        except TktError as error:
            error.problems = (*error.problems, *self.unread)
            raise
        if self.unread:
            from tkt.render.errors import print_error

            print_error(DataError(self.unread), as_json=True)
        if code == 0 and "desk" in self.__dict__ and self.is_at_terminal:
            from tkt.commands.clone_setup import offer_once

            offer_once(self.desk.root)
        return code

    def _paged(self) -> AbstractContextManager[None]:
        if self.json or self.common.no_pager or self.door.no_pager or not sys.stdout.isatty():
            return nullcontext()
        from tkt.render.pager import paged
        from tkt.store.gitquick import quick_pager

        _ = self.screen  # as wide and colourful as the terminal is, whatever stands before it
        return paged(lambda: quick_pager(self.door.directory))

    @property
    def is_at_terminal(self) -> bool:
        """Whether a person reads along and can be asked something."""
        if self.json or self.common.quiet or os.environ.get("CI"):
            return False
        return sys.stdin.isatty() and sys.stdout.isatty()
