"""May git merge tickets by their events in this clone? Asked once of whoever owns it.

Asked behind the answer of the first command at a terminal, so that it stands between nobody and their
work; both answers are remembered in .git/config. Where no person can answer nothing is asked or changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from tkt.clone import Setup, decline, is_set_up, set_up
from tkt.errors import TktError
from tkt.i18n import Message, msg, render
from tkt.render.errors import print_error
from tkt.store.gitrepo import GitRepo


def set_up_new(root: Path) -> Iterator[Message]:
    """Set up where a command has just made a desk; what there is to say of it. Errors: GitError."""
    repo = GitRepo.of(root)
    if repo is not None and not is_set_up(repo):
        set_up(repo)
        yield msg("git merges tickets by their events here: merge.tkt.driver in .git/config")


def offer_once(root: Path) -> None:
    """Ask where git was not told yet and nobody was asked; the command before it succeeded, whatever comes."""
    setup = Setup(root)
    if setup.is_answered or setup.is_complete:
        return
    try:
        repo = GitRepo.of(root)
        if repo is not None and repo.place.top is not None:
            offer(repo)
    except TktError as error:
        print_error(error, as_json=False)


def offer(repo: GitRepo) -> bool:
    """Ask, remember what is said, and do it; whether it is done. Errors: GitError."""
    question = msg("Merge tickets by their events in this clone (sets merge.tkt.driver in .git/config)?")
    try:
        said = typer.confirm(render(question), default=True, err=True)
    except typer.Abort:  # Ctrl-C, or no more input: no answer, so ask again another time
        typer.echo(err=True)
        return False
    if said:
        set_up(repo)
    else:
        decline(repo)
    return said
