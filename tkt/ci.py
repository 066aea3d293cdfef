"""What does a forge run for a desk, and how do these files come into its repository?

The files are made from templates/ci/; comments are in the desk's language. They are yours once they
are written: nothing that says something else is overwritten, unless that is asked for.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import asdict, replace
from importlib.metadata import PackageNotFoundError, distribution
from os.path import lexists
from pathlib import Path

from tkt.desk import Desk
from tkt.errors import GitError, UsageError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.late import late
from tkt.model import Person
from tkt.store.files import create_file, read_file, replace_file
from tkt.store.gitrepo import GitRepo, commit_message
from tkt.store.lock import desk_lock

FORGES = ("github", "gitlab", "gitea")
ROBOT_ID = "tkt-bot"
PRE_COMMIT = ".pre-commit-config.yaml"

_WORKFLOWS = ("pull-request", "schedule", "merge", "pages")
_OWNERS = ("CODEOWNERS", "docs/CODEOWNERS")  # where a forge looks as well: a second file would hide the first
_BRANCH = late(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_MARKS = {
    "variable_start_string": "[[",
    "variable_end_string": "]]",
    "block_start_string": "[%",
    "block_end_string": "%]",
    "comment_start_string": "[#",
    "comment_end_string": "#]",
}


@dataclass(frozen=True, slots=True)
class Robot:
    """Whose name stands on what CI commits."""

    name: str
    mail: str


ROBOTS: Mapping[str, Robot] = {
    "github": Robot("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com"),
    "gitlab": Robot("tkt", "tkt-bot@noreply.invalid"),
    "gitea": Robot("tkt", "tkt-bot@noreply.invalid"),
}
"""By forge; where the desk has no bot of its own."""


def robot_person(forge: str) -> Person:
    """The robot as one of the desk's people."""
    robot = ROBOTS[forge]
    return Person(id=ROBOT_ID, name=robot.name, email=robot.mail, kind="bot")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: files for which forge, and what pip shall install tkt from there."""

    forge: str
    package: str = ""
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the files are made of.

    `branch` is the desk's, `folder` the desk's place in its repository (empty: the top), `package` what
    pip installs tkt from (empty: a variable of the forge says so).
    """

    forge: str
    language: str
    branch: str
    folder: str = ""
    package: str = ""
    people: tuple[Person, ...] = ()
    lead: Person | None = None

    @property
    def robot(self) -> Robot:
        """The first bot of the desk that has a mail address, else the forge's own."""
        bots = (Robot(it.name, it.email) for it in self.people if it.kind == "bot" and it.email)
        return next(bots, ROBOTS[self.forge])


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Paths from the top of the repository: written now, and left as they were because they say something else.

    `robot` commits there and is nobody of the desk's people; None where somebody is.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    robot: Robot | None = None


def ci_files(facts: Facts) -> dict[str, str]:
    """Path from the top of the repository → text. Errors: UsageError, PageError."""
    if not _BRANCH.fullmatch(facts.branch):
        raise UsageError(
            msg(
                "branch {name} cannot stand in a CI file, expected letters, digits and . _ - /",
                name=facts.branch,
            ),
            hint=msg("git branch -m main"),
        )
    made = {path: _text(template, facts) for path, template in _templates(facts.forge).items()}
    return {path: made[path] for path in sorted(made)}


def _templates(forge: str) -> dict[str, str]:
    common = {PRE_COMMIT: "pre-commit-config.yaml", f".{forge}/CODEOWNERS": "codeowners"}
    if forge == "gitlab":
        return {**common, ".gitlab-ci.yml": "gitlab/gitlab-ci.yml", ".gitlab/tkt.yml": "gitlab/tkt.yml"}
    workflows = {f".{forge}/workflows/tkt-{name}.yml": f"actions/{name}.yml" for name in _WORKFLOWS}
    return {**common, **workflows}


def _text(template: str, facts: Facts) -> str:
    from tkt.defaults import in_one_language
    from tkt.render.pages import filled

    values = {
        "forge": facts.forge,
        "language": facts.language,
        "branch": facts.branch,
        "folder": facts.folder,
        "inside": f"{facts.folder}/" if facts.folder else "",
        "package": facts.package,
        "robot": asdict(facts.robot),
        "lead": None
        if facts.lead is None
        else {"id": facts.lead.id, "name": facts.lead.name, "mail": facts.lead.email},
        "handle": "NAME",
    }
    filters = {"yaml": quoted_scalar, "shell": shlex.quote}
    page = filled(f"ci/{template}.j2", values, filters=filters, marks=_MARKS)
    return in_one_language(page.strip("\n").split("\n"), facts.language)


def quoted_scalar(text: str) -> str:
    """A double-quoted scalar, which JSON and YAML write alike."""
    return json.dumps(text, ensure_ascii=not text.isprintable())


def installed_from() -> str:
    """What pip can install this very tkt from, as pip recorded it; empty where that is no address for others."""
    try:
        recorded = distribution("tkt").read_text("direct_url.json")
    except PackageNotFoundError:
        return ""
    origin = json.loads(recorded) if recorded else {}
    url: str = origin.get("url", "")
    if not url.startswith(("https://", "ssh://")):
        return ""
    if "vcs_info" in origin:
        folder = f"#subdirectory={origin['subdirectory']}" if origin.get("subdirectory") else ""
        return f"tkt @ {origin['vcs_info']['vcs']}+{url}@{origin['vcs_info']['commit_id']}{folder}"
    hashes: dict[str, str] = origin.get("archive_info", {}).get("hashes", {})
    return f"tkt @ {url}" + "".join(f"#{name}={value}" for name, value in list(hashes.items())[:1])


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

    Nothing is committed. Errors: FileError, GitError, Conflict, UsageError, PageError.
    """
    config = desk.config
    lead = config.people.teams["support"].lead if "support" in config.people.teams else None
    facts = Facts(
        forge=wish.forge,
        language=config.desk.language,
        branch=desk_branch(repo, config.desk.git.branch),
        folder=repo.place.prefix.rstrip("/"),
        package=wish.package or installed_from(),
        people=tuple(config.persons.values()),
        lead=config.persons.get(lead or ""),
    )
    added = _added(repo, ci_files(facts), force=wish.force)
    is_known = any(it.has_mail(facts.robot.mail) for it in facts.people)
    return added if is_known else replace(added, robot=facts.robot)


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


def _added(repo: GitRepo, files: Mapping[str, str], *, force: bool) -> Added:
    top = repository_at_top(repo).root
    told = {path: _put(top, path, text.encode(), force=force) for path, text in files.items()}
    return Added(
        written=tuple(path for path, there in told.items() if there == ""),
        kept=tuple(there for there in told.values() if there),
    )


def _put(top: Path, path: str, data: bytes, *, force: bool) -> str | None:
    """Write a file: empty if that was done, None if it says so already, else the path of what is left alone."""
    there = _in_the_way(top, path)
    if there is None:
        create_file(top / path, data, root=top)
        return ""
    found = read_file(top / there, root=top)
    if found == data:
        return None
    if there != path or not force:
        return there
    replace_file(top / path, data, expected=found, root=top)
    return ""


def _in_the_way(top: Path, path: str) -> str | None:
    """What is there already in the place of a file."""
    others = _OWNERS if path.endswith("/CODEOWNERS") else ()
    return next((it for it in (path, *others) if lexists(top / it)), None)
