"""How do the files for a forge come into a desk's repository?

They are yours once they are written: nothing that says something else is overwritten, unless that is asked for.
"""

from __future__ import annotations

from os.path import lexists
from pathlib import Path

from tkt.ci.files import Facts, Robot, ci_files
from tkt.ci.package import installed_from, is_same, package_there
from tkt.desk import Desk
from tkt.errors import GitError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.store.files import create_file, read_file, replace_file
from tkt.store.gitrepo import GitRepo, commit_message
from tkt.store.lock import desk_lock

_OWNERS = ("CODEOWNERS", "docs/CODEOWNERS")  # where a forge looks as well: a second file would hide the first


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: files for which forge, and what pip shall install tkt from there."""

    forge: str
    package: str = ""
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Paths from the top of the repository: written now, and left as they were because they say something else.

    `robot` commits there and is nobody of the desk's people; None where somebody is. `package` is what
    pip installs tkt from there (empty: a variable of the forge says so).
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    robot: Robot | None = None
    package: str = ""


def desk_branch(repo: GitRepo, named: str | None) -> str:
    """The branch that CI works on: `named`, else the remote's own, else what is checked out. Errors: GitError."""
    ours = repo.branch()
    if named is not None or ours is None:
        return named or "main"
    upstream = repo.remote.upstream()
    home = repo.remote.home(upstream, None) if upstream is not None else None
    return home.branch if home is not None else ours


def wanted_files(desk: Desk, repo: GitRepo, wish: Wish) -> Added:
    """Write the files of a forge that are missing; what says something else is left, or replaced by force.

    Without a wish for it, pip goes on installing tkt from where the files that are there say. Nothing is
    committed. Errors: FileError, GitError, Conflict, UsageError, PageError.
    """
    config = desk.config
    lead = config.people.teams["support"].lead if "support" in config.people.teams else None
    top = repository_at_top(repo).root
    facts = Facts(
        forge=wish.forge,
        language=config.desk.language,
        branch=desk_branch(repo, config.desk.git.branch),
        folder=repo.place.prefix.rstrip("/"),
        package=wish.package or package_there(top, wish.forge) or installed_from(),
        people=tuple(config.persons.values()),
        lead=config.persons.get(lead or ""),
    )
    told = {path: _put(top, path, text.encode(), wish) for path, text in ci_files(facts).items()}
    is_known = any(it.has_mail(facts.robot.mail) for it in facts.people)
    return Added(
        written=tuple(path for path, there in told.items() if there == ""),
        kept=tuple(there for there in told.values() if there),
        robot=None if is_known else facts.robot,
        package=facts.package,
    )


def add_to_desk(desk: Desk, wish: Wish, *, commits: bool) -> tuple[Added, str | None]:
    """The same, and a commit of what was written; its sha, None where there is none. Errors: also Locked."""
    repo = GitRepo.of(desk.root)
    if repo is None:
        raise GitError(
            msg("there is no git repository here, so no forge runs anything"), hint=msg("git init")
        )
    if commits:
        repo.refuse_unless_ready()
    with desk_lock(desk.root):
        added = wanted_files(desk, repo, wish)
        whole = repository_at_top(repo)
        changed = whole.dirty(added.written) if commits and added.written else ()
        if not changed:
            return added, None
        return added, whole.commit(changed, commit_message(f"CI for {wish.forge}", action="init"))


def repository_at_top(repo: GitRepo) -> GitRepo:
    """The repository around a desk, whose paths are those from its top. Errors: GitError."""
    top = repo.place.top
    whole = repo if top is None or not repo.place.prefix else GitRepo.of(top)
    if whole is None or top is None:
        raise GitError(msg("this repository has no working tree, so there is no place for files"))
    return whole


def _put(top: Path, path: str, data: bytes, wish: Wish) -> str | None:
    """Write a file: empty if that was done, None if it says so already, else the path of what is left alone."""
    there = _in_the_way(top, path)
    if there is None:
        create_file(top / path, data, root=top)
        return ""
    found = read_file(top / there, root=top)
    if is_same(found, data, wished=bool(wish.package)):
        return None
    if there != path or not wish.force:
        return there
    replace_file(top / path, data, expected=found, root=top)
    return ""


def _in_the_way(top: Path, path: str) -> str | None:
    """What is there already in the place of a file."""
    others = _OWNERS if path.endswith("/CODEOWNERS") else ()
    return next((it for it in (path, *others) if lexists(top / it)), None)
