"""`tkt diff`: what does a branch do to which tickets, in words?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.formats import Format
from tkt.commands.signature import paged, reads
from tkt.comparison import repository_of
from tkt.desk import Desk
from tkt.differences import Difference
from tkt.differing import difference
from tkt.differing.ends import names_of
from tkt.errors import EXIT_NO, ConfigError, GitError, NotFound, Problem
from tkt.i18n import N_, Message
from tkt.schema import Configuration
from tkt.store.config import find_desk
from tkt.store.gitrepo import GitRepo
from tkt.store.snapshots import Snapshot

RangeArgument = Annotated[
    str,
    typer.Argument(
        metavar="[A..B]",
        help=N_("From A to B; A alone: to what lies here; without one: what is not committed."),
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help=N_("How it is written; md fits a pull-request comment."))
]
AllOption = Annotated[bool, typer.Option("--all", help=N_("Tell every ticket and file, not only examples."))]
ExitCodeOption = Annotated[
    bool, typer.Option("--exit-code", help=N_("Leave with 1 where anything differs, as git does."))
]


@paged
@reads
def diff(
    session: Session,
    span: RangeArgument = "",
    format_: FormatOption = Format.TEXT,
    everything: AllOption = False,
    exit_code: ExitCodeOption = False,
) -> int:
    """Say in words what differs: tickets, verdicts, routing, what becomes public."""
    desk, faults = _desk_here(session, span)
    found = difference(
        desk, repository_of(desk), span, session.now, faults=faults, forecast=partial(_foreseen, desk)
    )
    code = session.report(found.problems)
    if session.json or format_ is Format.JSON:
        from tkt.render.differences import difference_json

        session.answer(difference_json(found))
    else:
        _print(session, found, format_, everything=everything)
    return code or (EXIT_NO if exit_code and not found.is_empty else 0)


def _foreseen(desk: Desk, repo: GitRepo, into: str, coming: str) -> Sequence[Message]:
    """Whether the one would merge into the other, and what a forge will say."""
    from tkt.sync.forecast import forecast

    return forecast(desk, repo, into, coming).lines()


def _desk_here(session: Session, span: str) -> tuple[Desk, tuple[Problem, ...]]:
    """The desk as it is checked out here, and why its configuration cannot be read.

    Then it stands on the one of HEAD, else of an end of `span`. Errors: ConfigError where none of them
    can be read; NotFound.
    """
    try:
        session.desk = Desk.open(session.door.directory)
    except ConfigError as error:
        root = find_desk(session.door.directory)
        found = _readable(root, ("HEAD", *names_of(span)))
        if found is None:
            raise
        session.desk = Desk(root, found)
        return session.desk, error.problems
    return session.desk, ()


def _readable(root: Path, revs: Iterable[str]) -> Configuration | None:
    """The first of these configurations that can be read. Errors: GitError."""
    repo = GitRepo.of(root)
    if repo is None:
        return None
    for rev in filter(None, revs):
        with suppress(ConfigError, NotFound, GitError):
            return Snapshot(repo, repo.resolved(rev)).config
    return None


def _print(session: Session, found: Difference, format_: Format, *, everything: bool) -> None:
    from tkt.render.differences import difference_page, page_lines, page_markdown

    page = difference_page(found)
    if format_ is Format.MARKDOWN:
        session.screen.print(page_markdown(page).rstrip("\n"))
    else:
        session.screen.print("\n".join(page_lines(page, session.screen, everything=everything)))
