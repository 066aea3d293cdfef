"""How are the board's wishes carried out? By the same commands as on the command line, their words overheard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import Any

from tkt import workflow
from tkt.board.cards import Dealer
from tkt.board.lanes import Board, board_of, shown_statuses
from tkt.board.watching import mark_of
from tkt.board.work import SET, Answers, Choice, Page, Told, asked_by
from tkt.columns import Columns
from tkt.commands.asked import SIGNS, asked
from tkt.commands.common import Common, Door, Session
from tkt.errors import Problem, TktError, UsageError
from tkt.frozen import dataclass
from tkt.guards.talk import last_customer_message
from tkt.i18n import Message, _, msg, render
from tkt.model import Ticket
from tkt.render import words
from tkt.render.screen import Screen
from tkt.render.text import clean, one_line
from tkt.schema import Configuration

Command = Callable[[Session], object]
_PARAMETERS = {"for": "for_", "next": "next_"}
NOBODY = "none"
TEAM = "team:"
_SAID_BY_COMMANDS = 78  # columns


@dataclass(kw_only=True)
class Overheard(Session):
    """A command whose words are kept instead of being printed."""

    said: list[str] = field(default_factory=list)

    @cached_property
    def screen(self) -> Screen:
        """A page of its own."""
        return Screen(columns=_SAID_BY_COMMANDS)

    def say(self, *messages: Message | str) -> None:
        """Keep what is said, cleaned."""
        self.said += [clean(render(message)) for message in messages]

    def note(self, *messages: Message) -> None:
        """Keep what is told beside it, each once."""
        for message in messages:
            if message not in self.notes:
                self.notes.append(message)

    def report(self, problems: Iterable[Problem]) -> int:
        """Keep the problems of files."""
        self.unread += problems
        return 0

    @property
    def is_at_terminal(self) -> bool:
        """Nobody can be asked anything: the board has the terminal."""
        return False


def seen(session: Session, query: str) -> tuple[Sequence[Columns], Sequence[Problem]]:
    """The rows of the board for a query (empty: all), and the problems of files met. Errors: QueryError, NotFound."""
    desk = session.desk
    shown = shown_statuses(desk.config)
    if not query.strip():
        found = desk.rows(shown, session.now)
    else:
        meant = asked(session, [query])
        session.query(meant)  # what is wrong with it is told in its own words
        found = desk.matching(session.query(f"({meant}) status:{','.join(shown)}"), session.now)
    return found.rows, found.problems


def looked(session: Session, query: str) -> Board:
    """The board as it is now. Errors: as `seen`."""
    rows, problems = seen(session, query)
    desk = session.desk
    dealer = Dealer(session.told_config, desk.levels, session.now, session.me)
    return board_of(
        session.told_config, rows, dealer, query=query.strip(), now=session.now, problems=problems
    )


class CommandWork:
    """`tkt.board.work.Work`, done by the commands."""

    def __init__(self, door: Door, common: Common) -> None:
        self._door = door
        self._common = replace(common, json=False, quiet=False, query="", yes=False)

    def _session(self) -> Overheard:
        return Overheard(door=self._door, common=self._common)

    # --- looking ---

    def look(self, query: str) -> Board:
        """Errors: those of opening the desk, QueryError, NotFound."""
        return looked(self._session(), query)

    def mark(self) -> bytes:
        """Errors: those of opening the desk."""
        desk = self._session().desk
        return mark_of(desk.root, shown_statuses(desk.config))

    def page(self, ticket: str, columns: int) -> Page:
        """Errors: those of reading the ticket."""
        from tkt.commands.naming import remember
        from tkt.commands.views import page_of

        session = self._session()
        found = session.desk.ticket(ticket)
        remember(session, found.id)
        screen = Screen(columns=columns, has_colour=not os.environ.get("NO_COLOR"))
        return Page(lines=tuple(page_of(session, found).lines(screen)))

    def heard(self, ticket: str) -> str:
        """Errors: those of reading the ticket."""
        event = last_customer_message(self._session().desk.ticket(ticket))
        return clean(str(event.get("text") or "")).strip() if event is not None else ""

    def targets(self, ticket: str) -> Sequence[Choice]:
        """Where one move leads first. Errors: those of reading the ticket."""
        desk = self._session().desk
        found = desk.ticket(ticket)
        ways = [
            (name, workflow.route(desk.config, found.status, name)) for name in desk.config.workflow.statuses
        ]
        there = [(len(way), name, way) for name, way in ways if way is not None]
        return [_target(desk.config, name, way) for _length, name, way in sorted(there, key=lambda it: it[0])]

    def people(self) -> Sequence[Choice]:
        """Whoever types first, then all who work here, nobody, the teams. Errors: those of opening the desk."""
        session = self._session()
        config, me = session.desk.config, session.me
        agents = [person for person in config.persons.values() if person.kind == "agent"]
        agents.sort(key=lambda person: person.id != me)
        people = [
            Choice(value=it.id, label=one_line(it.name), beside=_of_person(it.id, it.teams, me))
            for it in agents
        ]
        teams = [
            Choice(value=f"{TEAM}{name}", label=one_line(words.team_name(config, name)), beside=_("team"))
            for name in config.people.teams
        ]
        return [*people, Choice(value=NOBODY, label=_("nobody")), *teams]

    def views(self) -> Sequence[Choice]:
        """All that is not closed, then the views of config/views.yaml. Errors: those of opening the desk."""
        views = self._session().desk.config.views.views
        everything = Choice(value="", label=_("everything that is not closed"))
        return [
            everything,
            *(
                Choice(value=f"{SIGNS[0]}{name}", label=f"{SIGNS[0]}{name}", beside=text)
                for name, text in views.items()
            ),
        ]

    # --- changing ---

    def move(self, ticket: str, to: str, given: Answers) -> Told:
        """As `tkt move ID STATUS` with these options."""
        from tkt.commands.moves import move

        return self._done(lambda session: move(session, [ticket, to], **_parameters(given)), ticket)

    def take(self, ticket: str, given: Answers) -> Told:
        """As `tkt take ID`."""
        from tkt.commands.moves import take

        return self._done(lambda session: take(session, [ticket], **_parameters(given)), ticket)

    def assign(self, ticket: str, to: str) -> Told:
        """As `tkt assign ID PERSON`, or with `--team`."""
        from tkt.commands.fields import assign

        if to.startswith(TEAM):
            return self._done(lambda session: assign(session, [ticket], team=to.removeprefix(TEAM)), ticket)
        return self._done(lambda session: assign(session, [ticket], owner=to), ticket)

    def reply(self, ticket: str, text: str) -> Told:
        """As `tkt reply ID`."""
        from tkt.commands.talk import reply

        return self._done(lambda session: reply(session, [ticket], text=_as_words(text)), ticket)

    def note(self, ticket: str, text: str) -> Told:
        """As `tkt note ID`."""
        from tkt.commands.talk import note

        return self._done(lambda session: note(session, [ticket], text=_as_words(text)), ticket)

    def undo(self) -> Told:
        """As `tkt undo`."""
        from tkt.commands.history import undo

        return self._done(undo)

    def edit(self, ticket: str) -> Told:
        """As `tkt edit ID`: the editor has the terminal."""
        from tkt.commands.edit import edit

        session = Session(door=self._door, common=self._common)
        return _told(session, lambda: edit(session, ticket), said=())

    def _done(self, command: Command, ticket: str = "") -> Told:
        session = self._session()
        told = _told(session, lambda: command(session), said=session.said)
        if told.error is None or not ticket:
            return told
        return replace(told, asked=_asked_by(session, told.error, ticket))


def _told(session: Session, command: Callable[[], object], *, said: Sequence[str]) -> Told:
    """What a command said, or its refusal; `said` fills while it runs."""
    error: TktError | None = None
    try:
        command()
    except TktError as refused:
        error = refused
    except OSError as refused:
        error = UsageError(msg("{fault}", fault=refused.strerror or str(refused)), path=_file_of(refused))
    notes = tuple(clean(render(note)) for note in session.notes)
    return Told(said=tuple(said), notes=notes, error=error)


def _file_of(error: OSError) -> str | None:
    return error.filename if isinstance(error.filename, str) else None


def _asked_by(session: Session, error: TktError, ticket: str) -> tuple[Any, ...]:
    found: Ticket = session.desk.ticket(ticket)
    return asked_by(error, found, session.desk.config)


def _target(config: Configuration, name: str, way: Sequence[str]) -> Choice:
    """A status, and over which others the way leads there."""
    between = [words.status_name(config, each) for each in way[1:-1]]
    beside = render(msg("by way of {statuses}", statuses=tuple(between))) if between else ""
    return Choice(value=name, label=one_line(words.status_name(config, name)), beside=beside or name)


def _of_person(person: str, teams: Sequence[str], me: str) -> str:
    parts = [_("you") if person == me else "", person, *teams]
    return one_line(" · ".join(part for part in parts if part))


def _parameters(given: Answers) -> dict[str, Any]:
    """`{"--set asks": "…", "--for": "…"}` as parameters of a command; what was left empty is not given."""
    found: dict[str, Any] = {}
    sets = []
    for option, value in given.items():
        if not value.strip():
            continue
        if option.startswith(SET):
            sets.append(f"{option.removeprefix(SET).strip()}={value}")
        else:
            name = option.removeprefix("--").replace("-", "_")
            found[_PARAMETERS.get(name, name)] = value
    return {**found, **({"set_": sets} if sets else {})}


def _as_words(text: str) -> str:
    """As the words themselves: neither nothing nor a lone dash is a wish to read standard input here."""
    return f"{text}\n" if text in ("", "-") else text
