"""Which repository is this desk in, and who works here? Asked of git without loading GitPython.

Commands that only read must start fast, so these questions go to the git program directly, one
call each. A repository is found by the desk's folder alone: variables like GIT_DIR, which a hook
inherits from another repository's git, are not followed.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from tkt.errors import GitError, TktError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.store.files import FileError, os_message

Identity = tuple[str, str]
"""A name and a mail address."""
Role = Literal["author", "committer"]

REPOSITORY_VARIABLES = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
)
"""What git sets for its hooks to name *its* repository; identity and settings are not among them."""

_PLACE_QUESTIONS = ("--git-dir", "--git-common-dir", "--git-path", "tkt", "--show-prefix", "--show-toplevel")
_IDENTITY_KEYS = r"^(author|committer|user)\.(name|email)$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a desk lies in its repository. All paths are absolute.

    `git_dir` belongs to this working tree (index, HEAD), `common_dir` to the whole repository;
    they differ in a linked worktree.
    """

    git_dir: Path
    common_dir: Path
    tkt_dir: Path  # `git rev-parse --git-path tkt`
    top: Path | None  # of the working tree; None: bare
    prefix: str = ""  # of the desk below `top`: "" or "support/desk/"


def find_place(root: Path) -> Place | None:
    """The repository that `root` lies in; None where there is none.

    Errors: GitError, where git is not installed or refuses the repository (its words are shown).
    """
    answer = git_answer(root, "rev-parse", "--path-format=absolute", *_PLACE_QUESTIONS)
    if answer is None or "not a git repository (or any" in answer.stderr:
        return None
    lines = answer.stdout.split("\n")
    if len(lines) < 3:
        raise GitError(msg("git refuses this repository: {output}", output=answer.stderr.strip()))
    if answer.returncode == 0 and len(lines) > len(
        _PLACE_QUESTIONS
    ):  # a folder with a line break in its name
        lines = _asked_one_by_one(root)
    git_dir, common_dir, tkt_dir = (Path(line) for line in lines[:3])
    bare = answer.returncode != 0  # a bare repository answers everything but --show-toplevel
    return Place(
        git_dir=git_dir,
        common_dir=common_dir,
        tkt_dir=tkt_dir,
        top=None if bare else Path(lines[4]),
        prefix="" if bare else lines[3],
    )


def _asked_one_by_one(root: Path) -> list[str]:
    asked = [("--git-path", "tkt") if it == "--git-path" else (it,) for it in _PLACE_QUESTIONS if it != "tkt"]
    answers = (git_answer(root, "rev-parse", "--path-format=absolute", *question) for question in asked)
    return [answer.stdout.removesuffix("\n") for answer in answers if answer is not None]


def initialised(root: Path, identity: Identity | None) -> Place:
    """Make `root` a repository of its own; `identity` goes into its configuration.

    Errors: GitError.
    """
    preferred = git_answer(root, "config", "init.defaultBranch")
    named = preferred is not None and preferred.returncode == 0
    git_must(root, "init", "--quiet", *([] if named else ["--initial-branch=main"]))
    if identity is not None:
        name, email = identity
        git_must(root, "config", "user.name", name)
        git_must(root, "config", "user.email", email)
        git_must(root, "config", "commit.gpgsign", "false")  # the user's key does not sign for that name
    place = find_place(root)
    if place is None:
        raise _not_installed()
    return place


def state_folder(root: Path, place: Place | None) -> Path:
    """Where tkt keeps what is never tracked for this desk: its lock, its index.

    Desks that share a repository have a folder each; without git it is `.tkt` in the desk.
    """
    if place is None:
        return root / ".tkt"
    if not place.prefix:
        return place.tkt_dir / "desk"
    import hashlib  # takes 4 ms to load

    words = re.sub(r"[^a-z0-9]+", "-", place.prefix.lower()).strip("-")[:40]
    return place.tkt_dir / f"desk-{words}-{hashlib.sha256(place.prefix.encode()).hexdigest()[:8]}"


def make_state_folder(folder: Path) -> None:
    """Make a state folder. Git never sees it: a `.tkt` in a desk ignores itself. Errors: OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if folder.name == ".tkt" and not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")


def rescue_folder(root: Path, place: Place | None) -> Path:
    """Where the text of a command that failed is kept; it outlives a linked worktree."""
    return (root / ".tkt" if place is None else place.common_dir / "tkt") / "rescue"


def quick_identity(root: Path) -> Identity | None:
    """Name and address that git was told for authors, by variable or configuration.

    Unlike git's own answer it is never made up of the login and the host's name.
    """
    return _identity(_configured_identity(root), "author")


def may_commit(root: Path) -> bool:
    """Whether git was told a name and an address for both author and committer."""
    configured = _configured_identity(root)
    return None not in (_identity(configured, "author"), _identity(configured, "committer"))


def quick_user_email(root: Path) -> str | None:
    """The address of whoever works here; known even where git was told no name."""
    return _identity_part(_configured_identity(root), "author", "email")


def quick_pager(root: Path) -> str:
    """The command for long answers: $TKT_PAGER, else git's (core.pager, $PAGER, less); empty for none."""
    mine = os.environ.get("TKT_PAGER")
    if mine is not None:
        return mine
    with suppress(TktError):  # a pager is no reason to fail
        answer = git_answer(root, "var", "GIT_PAGER")
        if answer is not None and answer.returncode == 0:
            return answer.stdout.strip()
    return os.environ.get("PAGER", "less")


def foreign_free_environment(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment without the variables that name a repository; git's words in English."""
    inherited = os.environ if environ is None else environ
    kept = {name: value for name, value in inherited.items() if name not in REPOSITORY_VARIABLES}
    return {**kept, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}


def own_repository_variables(place: Place, environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """What must be set over the environment so that git commands are about `place` and no other.

    Empty outside of hooks. A hook of this very repository keeps its index (`git commit` gives it
    one of its own) and its objects.
    """
    inherited = os.environ if environ is None else environ
    own = {"GIT_DIR": str(place.git_dir), "GIT_COMMON_DIR": str(place.common_dir), "GIT_PREFIX": ""}
    if "GIT_DIR" in inherited and not _is_same(place.git_dir, inherited["GIT_DIR"]):
        own |= {"GIT_OBJECT_DIRECTORY": str(place.common_dir / "objects")}
        own |= {"GIT_ALTERNATE_OBJECT_DIRECTORIES": ""}
    if "GIT_INDEX_FILE" in inherited and not _is_index_of(place, inherited["GIT_INDEX_FILE"]):
        own |= {"GIT_INDEX_FILE": str(place.git_dir / "index")}
    own = {name: value for name, value in own.items() if name in inherited}
    if "GIT_DIR" in inherited or "GIT_WORK_TREE" in inherited:
        own |= {"GIT_DIR": str(place.git_dir), "GIT_WORK_TREE": str(place.top or place.git_dir)}
    return own


def _is_index_of(place: Place, index: str) -> bool:
    return _is_same(place.git_dir, str(Path(place.top or place.git_dir, index).parent))


def _is_same(folder: Path, named: str) -> bool:
    return folder.resolve() == Path(named).resolve()


def _identity(configured: Mapping[str, str], role: Role) -> Identity | None:
    name, email = (_identity_part(configured, role, part) for part in ("name", "email"))
    return (name, email) if name and email else None


def _identity_part(configured: Mapping[str, str], role: Role, part: str) -> str | None:
    told = os.environ.get(f"GIT_{role.upper()}_{part.upper()}")
    fallback = os.environ.get("EMAIL") if part == "email" else None
    return told or configured.get(f"{role}.{part}") or configured.get(f"user.{part}") or fallback


def _configured_identity(root: Path) -> dict[str, str]:
    answer = git_answer(root, "config", "-z", "--get-regexp", _IDENTITY_KEYS)
    entries = [] if answer is None else answer.stdout.split("\0")
    return {key: value for key, _, value in (entry.partition("\n") for entry in entries) if value}


def git_answer(root: Path, *args: str) -> subprocess.CompletedProcess[str] | None:
    """Git's answer; None where git is not installed and nothing here needs it. Errors: FileError."""
    try:
        return subprocess.run(
            ["git", *args],  # a list: nothing passes through a shell
            cwd=root,
            env=foreign_free_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="surrogateescape",
            check=False,
        )
    except FileNotFoundError:
        if any((parent / ".git").exists() for parent in (root, *root.absolute().parents)):
            raise _not_installed() from None
        return None
    except OSError as error:
        raise FileError(os_message(error), path=str(root)) from error


def git_must(root: Path, *args: str) -> None:
    """Have git do something that must succeed. Errors: GitError with git's words, FileError."""
    answer = git_answer(root, *args)
    if answer is None:
        raise _not_installed()
    if answer.returncode != 0:
        raise GitError(msg("git {command} failed: {output}", command=args[0], output=answer.stderr.strip()))


def _not_installed() -> GitError:
    return GitError(
        msg("git is not installed, expected the program `git` on the search path"),
        hint=msg("install it from https://git-scm.com/downloads"),
    )
