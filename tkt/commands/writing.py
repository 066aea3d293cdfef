"""What do the commands that change a ticket share: carrying an action out, and telling of it?"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from tkt.actions import Actor, Given
from tkt.actions.given import MoveAction, PureAction
from tkt.actions.values import typed_pair
from tkt.changes import Written
from tkt.commands.choosing import chosen
from tkt.commands.committing import changes_of, sync_after, written_json
from tkt.commands.common import Session
from tkt.commands.due_next import due_told
from tkt.commands.naming import remember
from tkt.commands.several import change_several
from tkt.commands.views import ticket_json
from tkt.dated import dated
from tkt.errors import TktError, UsageError, add_hint
from tkt.i18n import Message, msg, msgn, render
from tkt.late import late
from tkt.model import Ticket, Value
from tkt.render import words
from tkt.render.text import hanging, one_line
from tkt.render.timeline import headlines
from tkt.requesters import Requesters
from tkt.schema import Configuration
from tkt.store.codec.scalars import clean_text
from tkt.store.undoable import rescue_text

_PAIR = late("(?P<name>[^=＝]*)[=＝](?P<value>.*)", re.DOTALL)


def changed(session: Session, tickets: str | Sequence[str] | None, action: PureAction, *, verb: str) -> int:
    """Carry out `action` on the tickets that are meant, commit it once, and tell what happened.

    `tickets` are parts of ids as they were typed; none where `--query` says which. All are changed, or
    none is.
    """
    parts = chosen(session, tickets, verb=verb)
    if len(parts) == 1:
        return _changed_one(session, parts[0], action, verb)
    return change_several(session, parts, action, verb=verb)


def _changed_one(session: Session, part: str, action: PureAction, verb: str) -> int:
    before: list[Ticket] = []

    def apply(found: Ticket) -> Ticket:
        before.append(found)
        if not session.common.query:
            remember(session, found.id)  # also where it is refused: it was named, and is tried again
        return action(found, session.actor, session.desk.config)

    written = changes_of(session).change(part, apply, verb=verb)
    told(session, before[-1], written)
    return 0


def moved(
    session: Session, tickets: str | Sequence[str] | None, verb_action: MoveAction, given: Given, *, verb: str
) -> int:
    """Carry out a move with what is given, and with what it fills in by itself."""
    given = replace(given, changes=requesters_of(session).changes_for(given.changes))

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        return dated(
            session.desk, session.now, found, given, lambda whole: verb_action(found, actor, config, whole)
        )

    return changed(session, tickets, action, verb=verb)


def requesters_of(session: Session) -> Requesters:
    """The desk's customers; of one that no file knows there is a note."""
    return Requesters(session.desk, session.note)


def given_as(set_: Sequence[str] | None, *, force: bool = False, **typed: str) -> Given:
    """What was typed with a move; an option that was left out is None."""
    return Given(changes=pairs(set_), force=force, **{name: value or None for name, value in typed.items()})  # type: ignore[arg-type]


def told(session: Session, before: Ticket | None, written: Written) -> None:
    """Tell a program the ticket as it is now, a person what was recorded."""
    ticket = written.ticket
    if session.json:
        beside = written_json(session, written)
        session.answer({**ticket_json(session.desk, ticket, session.now), "written": beside})
        return
    session.note(*written.notes)
    if before is not None and not written.paths:
        session.say(msg("{id}: nothing to change", id=ticket.id))
        return
    session.say(
        msg("{id} is {status}: {path}", id=ticket.id, status=_status(session, ticket), path=ticket.path)
    )
    known = {event.id for event in before.events} if before else set()
    recorded = (event for event in ticket.events if event.id not in known)
    for line in headlines(recorded, ticket, session.told_config):
        session.say(*hanging(one_line(line), session.screen.columns))
    if not session.common.quiet:
        for due in due_told(session, before, ticket):
            session.say(*hanging(render(due), session.screen.columns))
    sync_after(session, written.commit)


def _status(session: Session, ticket: Ticket) -> str:
    return words.status_name(session.desk.config, ticket.status)


def pairs(given: Sequence[str] | None) -> dict[str, Value]:
    """`FIELD=VALUE` words as a mapping; an empty value removes the field. Errors: UsageError, Unfilled."""
    found: dict[str, Value] = {}
    for word in given or ():
        typed = _PAIR.fullmatch(word)
        if typed is None or not typed["name"].strip():
            raise UsageError(
                msg("{word} is not FIELD=VALUE", word=word),
                hint=msg("tkt set ID urgency=red order_no=A-1001"),
            )
        name, value = typed_pair(typed["name"], typed["value"])
        found[name] = value
    refuse_no_title(found)
    return found


def refuse_no_title(wanted: Mapping[str, Value]) -> None:
    """A ticket is known by its title: it can be changed, not removed. Errors: UsageError."""
    if "title" in wanted and not str(wanted["title"] or "").strip():
        raise UsageError(msg("a ticket keeps a title: give another one"), hint=msg('title="…"'))


def keep_typed(session: Session, name: str, typed: bytes, error: TktError) -> None:
    """Keep in the rescue folder what somebody typed; the error's hint names the file."""
    repo = changes_of(session).repo
    folder = repo.rescue_folder if repo else session.desk.root / ".tkt" / "rescue"
    with suppress(TktError):  # the failure itself is what must be told
        kept = rescue_text(folder, name, typed, session.now)
        add_hint(error, msg("what you typed is kept in {path}", path=str(kept)))


def text_given(session: Session, text: str, what: Message) -> str:
    """The words of `--text`; `-` reads standard input. Errors: UsageError without any."""
    if text:
        return words_given(session, text)
    piped = "" if sys.stdin.isatty() else sys.stdin.read()
    if not piped.strip():
        raise UsageError(what, hint=msg('--text "…", or --text - to read it from standard input'))
    return words_given(session, piped)


def words_given(session: Session, text: str) -> str:
    """What was typed or piped, without what no file can hold; what is left out is told."""
    words, dropped = clean_text(sys.stdin.read() if text == "-" else text)
    if dropped:
        session.note(left_out(dropped))
    return words


def left_out(count: int) -> Message:
    """That so many characters are not in what was typed or sent."""
    return msgn(
        "{count} character was left out that no text can hold",
        "{count} characters were left out that no text can hold",
        count,
    )
