"""`tkt trust`: may the programs of config/hooks/ run in this clone?

They come with a clone and with every pull. So they are shown before they are allowed, and what is
allowed is exactly what was shown.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from tkt.commands.common import Session
from tkt.commands.signature import reads
from tkt.errors import EXIT_NO, GitError, UsageError
from tkt.hooks.files import FOLDER, HookFile
from tkt.hooks.names import ANY
from tkt.hooks.trusting import PINNED, HooksState, Standing, allow, revoke, state
from tkt.i18n import N_, Message, _, msg, msgn
from tkt.render.errors import print_problems, problem_json
from tkt.render.text import clean, cut, one_line
from tkt.store.gitrepo import GitRepo

SHOWN_LINES = 12
SHOWN_COLUMNS = 500

YesOption = Annotated[bool, typer.Option("--yes", help=N_("Allow them without being asked."))]
ListOption = Annotated[bool, typer.Option("--list", help=N_("Only show them, and whether they run."))]
RevokeOption = Annotated[bool, typer.Option("--revoke", help=N_("Run none of them any more."))]


@reads
def trust(
    session: Session, yes: YesOption = False, list_: ListOption = False, revoke_: RevokeOption = False
) -> int:
    """Look at the programs of config/hooks/ and let exactly these run in this clone."""
    if sum((yes, list_, revoke_)) > 1:
        raise UsageError(msg("--yes, --list and --revoke exclude each other"), hint=msg("tkt trust --list"))
    repo = GitRepo.of(session.desk.root)
    if revoke_:
        return _revoked(session, _needed(repo))
    found = state(session.desk.root, repo)
    if list_ or found.standing in (Standing.NONE, Standing.TRUSTED):
        return _told(session, found)
    repo = _needed(repo)
    if not yes and not _agreed(session, found):
        session.note(msg("nothing was allowed"))
        return EXIT_NO
    allow(session.desk.root, repo, found.files)
    return _allowed(session, state(session.desk.root, repo), shown=not yes)


def _needed(repo: GitRepo | None) -> GitRepo:
    if repo is None:
        raise GitError(
            msg("there is no git repository here, and what is allowed is kept in its folder"),
            hint=msg("git init"),
        )
    return repo


def _revoked(session: Session, repo: GitRepo) -> int:
    was_allowed = revoke(session.desk.root, repo)
    found = state(session.desk.root, repo)
    if session.json:
        return _told(session, found)
    if was_allowed:
        session.say(msg("what was allowed in this clone is allowed no more"))
    else:
        session.say(msg("nothing was allowed in this clone"))
    if found.standing is Standing.TRUSTED:
        session.say(msg("{variable} is set and lets them run all the same", variable=PINNED))
    return 0


def _agreed(session: Session, found: HooksState) -> bool:
    """Show what there is and ask. Errors: UsageError where nobody can be asked."""
    if session.json or session.common.quiet or not sys.stdin.isatty():
        raise UsageError(
            msg("what may run is looked at first, expected a terminal to ask at"),
            hint=msg("tkt trust --list shows the programs, tkt trust --yes allows them as they are"),
        )
    _print(session, found)
    session.say("")
    try:
        return typer.confirm(_("Let these programs run in this clone?"), default=False)
    except typer.Abort:
        typer.echo(err=True)
        return False


def _allowed(session: Session, found: HooksState, *, shown: bool) -> int:
    """Tell what was allowed; the set is looked at again, for it may have changed while it was read."""
    if not session.json and not shown:
        _print(session, found)
    if session.json or found.standing is not Standing.TRUSTED:
        return _told(session, found)
    count = len(found.hooks)
    session.say(
        msgn(
            "{count} program runs in this clone from now on, as long as nothing in {folder} changes",
            "{count} programs run in this clone from now on, as long as nothing in {folder} changes",
            count,
            folder=FOLDER,
        )
    )
    return 0


def _told(session: Session, found: HooksState) -> int:
    if session.json:
        session.answer(_state_json(found))
        return 0
    _print(session, found)
    if found.files:
        session.say("")
    session.say(_STANDINGS[found.standing])
    if found.digest is not None and found.hooks:
        session.say(
            msg(
                "for a job that works in a new clone: {variable}={digest}",
                variable=PINNED,
                digest=found.digest,
            )
        )
    return 0


def _state_json(found: HooksState) -> dict[str, Any]:
    return {
        "state": str(found.standing),
        "sha256": found.digest,
        "files": [_file_json(file) for file in found.files],
        "changed": list(found.changed),
        "problems": [problem_json(problem) for problem in found.problems],
    }


def _file_json(file: HookFile) -> dict[str, Any]:
    return {
        "path": file.path,
        "sha256": file.digest,
        "bytes": len(file.data),
        "kind": file.kind,
        "hook": f"{file.name.when}-{file.name.what}" if file.name else None,
        "runs": file.runs,
    }


def _print(session: Session, found: HooksState) -> None:
    for place, file in enumerate(found.files):
        session.say(*([""] if place else []), *_page(file, is_changed=file.path in found.changed))
    gone = [path for path in found.changed if path not in {file.path for file in found.files}]
    session.say(*(msg("{path}: is gone", path=path) for path in gone))
    print_problems(found.problems)


def _page(file: HookFile, *, is_changed: bool) -> Iterator[Message | str]:
    when = _when(file)
    if is_changed:
        yield msg("{path}: {when}; is new or has changed", path=one_line(file.path), when=when)
    else:
        yield msg("{path}: {when}", path=one_line(file.path), when=when)
    size = msgn("{count} byte", "{count} bytes", len(file.data))
    yield msg("  {size}, sha256 {digest}", size=size, digest=file.digest)
    yield from (f"  | {line}" for line in _beginning(file))
    rest = _lines(file)[SHOWN_LINES:]
    if rest:
        yield msgn("  … {count} more line", "  … {count} more lines", len(rest))


def _when(file: HookFile) -> Message:
    if file.kind == "link":
        return msg("a link, which does not run")
    if file.name is None or not file.runs:
        return msg("does not run by itself")
    if file.name.what == ANY:
        is_before = file.name.when == "pre"
        return msg("runs before every change") if is_before else msg("runs after every change")
    return msg(_OWN_TIME[file.name.when], verb=file.name.what)


def _beginning(file: HookFile) -> list[str]:
    if b"\0" in file.data:
        return [_("(not a text)")]
    return [cut(line, SHOWN_COLUMNS) for line in _lines(file)[:SHOWN_LINES]]


def _lines(file: HookFile) -> list[str]:
    if b"\0" in file.data:
        return []
    return clean(file.data.decode("utf-8", "replace")).splitlines()


_OWN_TIME = {"pre": N_("runs before every {verb}"), "post": N_("runs after every {verb}")}
_STANDINGS = {
    Standing.NONE: msg("there is no program in {folder} that runs on changes", folder=FOLDER),
    Standing.UNTRUSTED: msg("none of them runs in this clone; to allow them: tkt trust"),
    Standing.TRUSTED: msg("they run in this clone"),
    Standing.CHANGED: msg("none of them runs, since others were allowed; to allow these: tkt trust"),
}
