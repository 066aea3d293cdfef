"""`tkt search`: where was that said?

Tickets first, then articles and customers. A terminal shows each hit with the words in their place; a pipe gets
the same table as `tkt list`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from tkt.columns import Columns
from tkt.commands.asked import asked
from tkt.commands.common import Session
from tkt.commands.listing import ANY, JsonlOption, SortOption, in_wanted_order
from tkt.commands.options import LimitOption, QueryArgument
from tkt.commands.signature import paged, reads
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import N_, Message, msg, msgn, render
from tkt.query import Query
from tkt.render.hits import marked, snippet
from tkt.render.screen import Screen
from tkt.render.text import cut, one_line, width
from tkt.searching.tickets import begun_search

if TYPE_CHECKING:
    from tkt.searching.pages import Page

T = TypeVar("T")
TERMINAL_ROWS = 20
_INDENT = "    "


class Where(StrEnum):
    """What is searched."""

    TICKETS = "tickets"
    KNOWLEDGE = "knowledge"
    CUSTOMERS = "customers"


InOption = Annotated[
    list[Where] | None,
    typer.Option("--in", help=N_("Search only there; may be repeated. Else everywhere."), show_default=False),
]
HEADINGS = {Where.KNOWLEDGE: msg("knowledge"), Where.CUSTOMERS: msg("customers")}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was found, the best first."""

    tickets: Sequence[Columns]
    pages: dict[Where, list[Page]]
    problems: Sequence[Problem]


@paged
@reads
def search(
    session: Session,
    query: QueryArgument = None,
    sort: SortOption = "",
    limit: LimitOption = ANY,
    jsonl: JsonlOption = False,
    in_: InOption = None,
) -> int:
    """Find tickets, articles and customers by words and fields."""
    wished = session.query(asked(session, list(query or ())))
    answer = _found(session, wished, set(in_ or Where), sort)
    code = session.report(answer.problems)
    if session.json or jsonl:
        _print_json(session, wished, answer, max(limit, 0), jsonl=jsonl)
    else:
        _print(session, wished, answer, limit)
    session.tell_synced()
    return code


def _found(session: Session, wished: Query, where: set[Where], sort: str) -> Answer:
    rows: Sequence[Columns] = ()
    problems: Sequence[Problem] = ()
    tickets = begun_search(session.desk, wished, session.now) if Where.TICKETS in where else None
    from tkt.searching.pages import articles, customers  # meanwhile

    pages = {
        each: look(session.desk.root, wished)
        for each, look in ((Where.KNOWLEDGE, articles), (Where.CUSTOMERS, customers))
        if each in where
    }
    if tickets is not None:
        with _building(session) as tell:
            found = tickets(tell)
        rows, problems = in_wanted_order(session, found.rows, sort), found.problems
    return Answer(tickets=rows, pages=pages, problems=problems)


@contextmanager
def _building(session: Session) -> Iterator[Callable[[int, int], None] | None]:
    """A line on a terminal that says how far the full text is, while it is built."""
    if session.json or session.common.quiet or not sys.stderr.isatty():
        yield None
        return
    told = False

    def tell(done: int, total: int) -> None:
        nonlocal told
        if total > TERMINAL_ROWS:
            told = True
            text = render(msg("making the text index, once: {done} of {total}", done=done, total=total))
            sys.stderr.write(f"\r{text}\x1b[K")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if told:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _print_json(session: Session, wished: Query, answer: Answer, limit: int, *, jsonl: bool) -> None:
    told: Iterator[dict[str, Any]] = _told(wished, answer, limit)
    if jsonl:
        from tkt.render.jsons import json_text, plain

        session.screen.print_each(json_text(plain(each), sys.stdout) for each in told)
    else:
        session.answer(list(told))


def _told(wished: Query, answer: Answer, limit: int) -> Iterator[dict[str, Any]]:
    for row in _first(answer.tickets, limit):
        yield {**row.row(), "in": Where.TICKETS.value}
    for where, pages in answer.pages.items():
        for page in _first(pages, limit):
            yield {
                "in": where.value,
                "id": page.id,
                "title": page.title,
                "path": page.path,
                **({"state": page.state} if page.state is not None else {}),
                "snippet": snippet(page.body, wished.wished, 200),
            }


def _print(session: Session, wished: Query, answer: Answer, limit: int) -> None:
    wanted = limit if limit != ANY else (TERMINAL_ROWS if session.screen.is_terminal else 0)
    rest = 0
    if answer.tickets:
        shown = _first(answer.tickets, wanted)
        _print_tickets(session, wished, shown)
        rest += max(len(answer.tickets) - wanted, 0) if wanted else 0
    for where, pages in answer.pages.items():
        if pages:
            session.screen.print(session.screen.styled(_heading(HEADINGS[where]), "bold"))
            for page in _first(pages, wanted):
                _print_page(session.screen, wished, page)
            rest += len(pages) - len(_first(pages, wanted))
    if not answer.tickets and not any(answer.pages.values()):
        session.note(msg("nothing matches"))
    if rest:
        session.note(msgn("{count} more: --limit 0 shows all", "{count} more: --limit 0 shows all", rest))


def _heading(name: Message) -> str:
    return render(msg("{name}:", name=name))


def _print_tickets(session: Session, wished: Query, rows: Sequence[Columns]) -> None:
    if session.screen.is_terminal:
        for row in rows:
            _print_hit(session, wished, row)
        return
    from tkt.render.tickets_table import print_tickets

    print_tickets(rows, session.told_config, session.now, session.screen, {})


def _print_hit(session: Session, wished: Query, row: Columns) -> None:
    """The ticket on a line, and below it where a word stands that its title lacks."""
    from tkt.fields import normalised
    from tkt.render.words import person_name, status_name

    screen, config = session.screen, session.told_config
    owner = row.line.owner
    about = "  ".join((status_name(config, row.status), *([person_name(config, owner)] if owner else [])))
    title = one_line(row.line.title or render(msg("(no title)")))
    room = max(screen.columns - len(row.id) - width(about) - 4, len(_INDENT))
    shown = marked(cut(title, room), wished.wished, screen)
    screen.print(f"{screen.styled(row.id, 'bold')}  {screen.styled(about, 'dim')}  {shown}")
    plain = normalised(title)
    missing = [word for word in wished.wished if word not in plain]
    if missing:
        from tkt.columns.history import searched_text

        _print_snippet(screen, searched_text(row.ticket), missing)


def _print_page(screen: Screen, wished: Query, page: Page) -> None:
    """Its name, its title, and where a word stands."""
    title = one_line(page.title)
    note = f"  ({render(msg('retired'))})" if page.is_retired else ""
    screen.print(
        f"  {screen.styled(one_line(page.path), 'bold')}  {marked(title, wished.wished, screen)}{note}"
    )
    if screen.is_terminal:
        _print_snippet(screen, page.body, wished.wished)


def _print_snippet(screen: Screen, text: str, words: Sequence[str]) -> None:
    found = snippet(text, words, max(screen.columns - len(_INDENT), 20))
    if found:
        screen.print(f"{_INDENT}{marked(found, words, screen, 'dim')}")


def _first(found: Sequence[T], count: int) -> Sequence[T]:
    return found[:count] if count > 0 else found
