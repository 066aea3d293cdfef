"""`tkt kb new`: what did this ticket teach, for others to read?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from os.path import lexists
from typing import Annotated

import typer

from tkt.attachments.names import is_device
from tkt.changes import FileEdit
from tkt.commands.articles import article_json, shelf_of, today_of, with_writing, written
from tkt.commands.committing import sync_after, written_json
from tkt.commands.common import Session
from tkt.commands.naming import named, remember
from tkt.commands.signature import AsOption, NoCommitOption, reads
from tkt.errors import Refused, UsageError
from tkt.i18n import N_, Message, current_language, msg, render
from tkt.ids import random_characters
from tkt.knowledge.article import FOLDER, RESERVED, Article, is_slug
from tkt.knowledge.drafting import OPEN, Draft, Wish, blank_draft, draft_of, is_open, slug_of
from tkt.knowledge.personal import MARKS, Found
from tkt.model import Ticket
from tkt.render.text import one_line
from tkt.store.codec.articles import article_text, read_article

LISTED = 20


class Kind(StrEnum):
    """What an article is."""

    ANSWER = "answer"
    GUIDE = "guide"
    PRACTICE = "practice"
    CASE = "case"


class Language(StrEnum):
    """In which language it is written."""

    EN = "en"
    ZH = "zh"


TitleArgument = Annotated[
    str,
    typer.Argument(metavar="[TITLE]", help=N_("What it is called; else as the ticket."), show_default=False),
]
FromOption = Annotated[
    str,
    typer.Option("--from", metavar="ID", help=N_("The ticket that it is drafted from."), show_default=False),
]
KindOption = Annotated[
    Kind,
    typer.Option(
        "--kind",
        help=N_("answer to a question, guide to a task, practice of the house, or a case worth knowing."),
    ),
]
PublicOption = Annotated[
    bool,
    typer.Option("--public", help=N_("For customers too, once it is verified; else for the desk alone.")),
]
LanguageOption = Annotated[
    Language | None,
    typer.Option("--language", help=N_("Else the one that the words are in."), show_default=False),
]
SlugOption = Annotated[
    str,
    typer.Option(
        "--slug",
        metavar="NAME",
        help=N_("The name of its file; else made of the title: [a-z0-9-]."),
        show_default=False,
    ),
]


@reads
def new(
    session: Session,
    title: TitleArgument = "",
    from_: FromOption = "",
    kind: KindOption = Kind.ANSWER,
    public: PublicOption = False,
    language: LanguageOption = None,
    slug: SlugOption = "",
    no_commit: NoCommitOption = False,
    by: AsOption = "",
) -> int:
    """Draft an article, from a ticket with --from; what says who somebody is, is left out and marked."""
    with_writing(session, no_commit=no_commit, by=by)
    if not (title.strip() or from_):
        raise UsageError(
            msg("an article needs a title, or a ticket to be drafted from"), hint=msg("tkt kb new --from ID")
        )
    articles, code = shelf_of(session)
    ticket = session.desk.ticket(named(session, from_, is_told=False)) if from_ else None
    wish = Wish(
        title=" ".join(title.split()) or None,
        kind=kind.value,
        is_public=public,
        language=language.value if language else None,
        owner=session.me,
    )
    draft = _drafted(session, ticket, wish)
    name = _name(session, slug.strip() or slug_of(draft.title) or _short(ticket), articles.values())
    if ticket is not None:
        remember(session, ticket.id)
        _note_others(session, ticket, list(articles.values()))
    _write(session, f"{FOLDER}/{name}.md", draft)
    return code


def _drafted(session: Session, ticket: Ticket | None, wish: Wish) -> Draft:
    desk, today = session.desk, today_of(session)
    if ticket is None:
        return blank_draft(wish, desk.config, today)
    return draft_of(ticket, wish, desk.config, desk.customers(), today)


def _short(ticket: Ticket | None) -> str:
    """The name of an article whose title gives none."""
    part = ticket.id.rpartition("-")[2] if ticket is not None else random_characters(5)
    return f"kb-{part.lower()}"


def _name(session: Session, slug: str, articles: Iterable[Article]) -> str:
    """The name, if an article may have it. Errors: UsageError, Refused where there is one of that name."""
    if not is_slug(slug):
        raise UsageError(_fault_of(slug), hint=msg("--slug NAME"))
    path = f"{FOLDER}/{slug}.md"
    there = next((each.path for each in articles if each.slug == slug), None)
    if there is None and lexists(session.desk.root / path):
        there = path
    if there is not None:
        raise Refused(
            msg("there is an article {path} already; nothing is written over it", path=there),
            hint=msg("name the new one: --slug {slug}-2", slug=slug),
        )
    return slug


def _fault_of(slug: str) -> Message:
    if slug in RESERVED:
        return msg("{slug}: a page of the help centre has this name, expected another one", slug=slug)
    if is_device(slug):
        return msg("{slug}: Windows keeps this name for itself, expected another one", slug=slug)
    return msg("{slug} is no name of an article, expected [a-z0-9-]", slug=slug)


def _note_others(session: Session, ticket: Ticket, articles: Sequence[Article]) -> None:
    made = tuple(each.slug for each in articles if ticket.id in each.sources)
    if made:
        session.note(msg("made of the same ticket already: {slugs}", slugs=made))


def _write(session: Session, path: str, draft: Draft) -> None:
    data = article_text(draft.keys, draft.body)
    article = read_article(data, path=path)
    done = written(session, [FileEdit(path=path, data=data)], f"kb: draft {article.slug}")
    if session.json:
        session.answer(
            {
                **article_json(article, today_of(session)),
                "open": is_open(article.body),
                "left_out": [{"what": it.mark, "words": it.words} for it in draft.left],
                "written": written_json(session, done),
            }
        )
        return
    session.note(*done.notes)
    session.say(msg("{path}: drafted", path=path))
    _tell_left(session, draft.left)
    if is_open(article.body):
        session.say(msg("to be filled in where {sign} stands", sign=OPEN))
    session.say(msg("when it is right: tkt kb verify {slug}", slug=article.slug))
    sync_after(session, done.commit)


def _tell_left(session: Session, left: Sequence[Found]) -> None:
    """What was left out, each thing once, for the author to see that it is right so."""
    if not left:
        return
    session.say(msg("left out, and marked in the text:"))
    counts = Counter((it.mark, it.words) for it in left)
    for (mark, words), count in list(counts.items())[:LISTED]:
        what = MARKS[mark] if current_language() == "zh" else mark
        times = render(msg(" (×{count})", count=count)) if count > 1 else ""
        session.say(f"  {what}: {one_line(words)}{times}")
    if len(counts) > LISTED:
        session.say(msg("  … and {count} more", count=len(counts) - LISTED))
