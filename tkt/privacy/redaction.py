"""How are words taken out of one ticket: in the tree, and what then?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import msgspec

from tkt.actions import Actor, begun
from tkt.actions.personal import REDACTED, texts_in
from tkt.actions.pseudonyms import Pseudonyms, new_pseudonym
from tkt.actions.redacting import NothingToRedact, people_of, pseudonymised, redact
from tkt.desk import Desk, Loaded
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.model import Event, Ticket
from tkt.privacy.parts import counted_parts
from tkt.privacy.remains import Remains, remains_of
from tkt.privacy.writing import Rewriting, committed, refuse_uncommitted, written
from tkt.sla import Verdict
from tkt.store.codec.redacting import redacted_text
from tkt.store.gitrepo import GitRepo
from tkt.store.lock import desk_lock

SHORT = 6
"""Characters; a line that is shorter is not looked for elsewhere in the ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be taken out."""

    events: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    contact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was taken out of a ticket."""

    before: Ticket
    ticket: Ticket
    commit: str | None
    remains: Remains | None  # None without git
    elsewhere: tuple[str, ...]  # keys and ids of events in which a line that was taken out stands too
    judged_otherwise: bool  # a policy looks at what is gone
    parts: Mapping[str, int]  # parts of the contact's name that stay, and how often

    @property
    def touched(self) -> tuple[Event, ...]:
        """The events that lost words."""
        return tuple(event for event in self.ticket.events if _is_touched(event, self.before))

    @property
    def fields(self) -> tuple[str, ...]:
        """The keys that are other ones now."""
        return tuple(name for name in self.before.values if self.before.get(name) != self.ticket.get(name))


def redact_ticket(desk: Desk, part: str, wish: Wish, actor: Actor, *, commits: bool = True) -> Done:
    """Take words out of a ticket's file, and commit that.

    Errors: NotFound, NothingToRedact, Refused where the file has uncommitted changes, GitError, Conflict.
    """
    repo = GitRepo.of(desk.root)
    with desk_lock(desk.root):
        if repo is not None and commits:
            repo.refuse_unless_ready()
        loaded = desk.load(part)
        after = _without(desk, loaded.ticket, wish, actor)
        data = redacted_text(loaded.data, loaded.ticket, after)
        kept = remains_of(repo, desk.tree, after, data) if repo is not None else None
        commit = _write(desk, repo if commits else None, loaded, data, actor)
    return Done(
        before=loaded.ticket,
        ticket=after,
        commit=commit,
        remains=kept,
        elsewhere=tuple(_elsewhere(loaded.ticket, after)),
        parts=_parts(desk, loaded.ticket, after) if wish.contact else {},
        judged_otherwise=_judged(desk, loaded.ticket, actor) != _judged(desk, after, actor),
    )


def _without(desk: Desk, ticket: Ticket, wish: Wish, actor: Actor) -> Ticket:
    pen = begun(ticket, actor)
    after = ticket
    if wish.events or wish.fields:
        after = redact(after, pen, desk.config, events=wish.events, fields=wish.fields)
    if wish.contact:
        names = _contact_names(desk, ticket)
        after = pseudonymised(after, pen, desk.config, names)
        if after is ticket or (after.events == ticket.events and after.values == ticket.values):
            raise NothingToRedact(msg("{ticket} has no contact", ticket=ticket.id))
    return after


def _judged(desk: Desk, ticket: Ticket, actor: Actor) -> list[Verdict]:
    """What the clocks say, without words that somebody gave as a reason."""
    return [msgspec.structs.replace(verdict, reason=None) for verdict in desk.verdicts(ticket, now=actor.now)]


def _contact_names(desk: Desk, ticket: Ticket) -> Pseudonyms:
    """One pseudonym for whoever wrote as the customer of this ticket."""
    stands = new_pseudonym("customer")
    people = people_of(ticket, desk.config)
    literals = {text.strip(): stands for contact in people for text in texts_in(contact)}
    return Pseudonyms(literals={text: stands for text in literals if text != stands})


def _write(desk: Desk, repo: GitRepo | None, loaded: Loaded, data: bytes, actor: Actor) -> str | None:
    path = loaded.ticket.path or ""
    rewriting = Rewriting(path=path, original=loaded.data, data=data, ticket=loaded.ticket.id)
    if repo is not None:
        refuse_uncommitted(repo, [rewriting])
    with written(desk.root, [rewriting], actor.now) as work:
        return (
            committed(repo, work, action="redact", tickets=[loaded.ticket.id]) if repo is not None else None
        )


def _parts(desk: Desk, before: Ticket, after: Ticket) -> dict[str, int]:
    names = [str(it["name"]) for it in people_of(before, desk.config) if it.get("name")]
    return counted_parts(names, (text for _, text in _texts(after)))


def _elsewhere(before: Ticket, after: Ticket) -> Iterator[str]:
    """Where in the ticket a line still stands that was taken out, or a title that is its beginning."""
    there, left = _lines_by_place(before), _lines_by_place(after)
    gone = {line for place, lines in there.items() for line in lines - left.get(place, set())}
    for place, lines in left.items():
        if any(line in gone or _begins(line, gone) for line in lines):
            yield place


def _begins(line: str, others: Collection[str]) -> bool:
    """Whether this is one of the other lines, cut short."""
    return line.endswith("…") and any(other.startswith(line[:-1]) for other in others)


def _lines_by_place(ticket: Ticket) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for place, text in _texts(ticket):
        lines = (line.strip() for line in text.splitlines())
        found.setdefault(place, set()).update(line for line in lines if len(line) >= SHORT)
    return found


def _texts(ticket: Ticket) -> Iterator[tuple[str, str]]:
    for name, value in ticket.values.items():
        yield from ((name, text) for text in texts_in(value))
    for event in ticket.events:
        said = {key: value for key, value in event.data.items() if key != REDACTED}
        yield from ((event.id, text) for text in texts_in(said))


def _is_touched(event: Event, before: Ticket) -> bool:
    old = before.event(event.id)
    return old is not None and old != event
