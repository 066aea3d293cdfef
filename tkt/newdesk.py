"""How does a new desk come to be?"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from os.path import lexists
from pathlib import Path

from tkt.ci import Added, Wish, repository_at_top, robot_person, wanted_files
from tkt.defaults import PROFILES, default_files
from tkt.desk import Desk
from tkt.errors import Refused, UsageError, did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import LANGUAGES, Message, msg
from tkt.model import Person
from tkt.schema.schemas import SCHEMAS, json_schema
from tkt.store.codec.reading import read_document
from tkt.store.config import DESK_FILE, nearest_zone, unknown_zone
from tkt.store.files import create_file, make_folder, read_file, replace_file
from tkt.store.gitquick import Identity, quick_identity
from tkt.store.gitrepo import GitRepo, commit_message
from tkt.store.lock import desk_lock

DEFAULT_ZONE = "Asia/Shanghai"
SCHEMA_FILES = "config/.schemas"
GROWING = (".gitignore", ".gitattributes")
"""Files that a repository may have already: what is missing in them is added at their end."""

_FOLDERS = (
    "attachments",
    "config/hooks",
    "customers",
    "improvements",
    "knowledge",
    "reviews",
    "templates",
)
_WORKFLOW = "config/workflow.yaml"


def create_desk(
    root: Path,
    *,
    profile: str = "saas",
    language: str = "en",
    name: str | None = None,
    zone: str | None = None,
    people: Sequence[Person] = (),
    manager: str | None = None,
) -> list[Path]:
    """Write a new desk into `root` (made if absent); the paths written, relative to it, in order.

    `manager`: the id of whom the ladders' last rungs reach; None leaves it to be written.
    Nothing that exists is overwritten; what is already there word for word is left alone, so that
    an interrupted `init` can be run again. Errors: UsageError for an unknown profile, language or
    zone; Refused where a desk is, or files stand in the way; FileError; Conflict where somebody else
    is making it.
    """
    zone = zone or DEFAULT_ZONE
    _check_wishes(profile, language, zone)
    _refuse_second_desk(root)
    texts = desk_files(
        profile=profile,
        language=language,
        name=name or root.resolve().name,
        zone=zone,
        people=people,
        manager=manager,
    )
    wanted = _not_there(root, {path: text.encode() for path, text in texts.items()})
    for path, data in wanted.items():
        _write(root, path, data)
    return [Path(path) for path in sorted(wanted)]


def desk_files(
    *,
    profile: str,
    language: str,
    name: str,
    zone: str,
    people: Sequence[Person] = (),
    manager: str | None = None,
) -> dict[str, str]:
    """Path → text of every file of a new desk; tkt.yaml, which makes it one, comes last."""
    texts = default_files(
        profile=profile, language=language, name=name, zone=zone, people=people, manager=manager
    )
    desk = texts.pop(DESK_FILE)
    keeps = {f"{folder}/.gitkeep": "" for folder in (*_FOLDERS, *_status_folders(texts[_WORKFLOW]))}
    return {**texts, **schema_files(), **keeps, DESK_FILE: desk}


def schema_files() -> dict[str, str]:
    """Path → text of the JSON Schemas that the first lines of configuration files point editors to."""
    return {
        f"{SCHEMA_FILES}/{name}.json": json.dumps(json_schema(name), ensure_ascii=False, indent=1) + "\n"
        for name in SCHEMAS
    }


def _check_wishes(profile: str, language: str, zone: str) -> None:
    if profile not in PROFILES:
        raise UsageError(msg("no profile {profile}", profile=profile), hint=did_you_mean(profile, PROFILES))
    if language not in LANGUAGES:
        raise UsageError(
            msg("no language {language}", language=language), hint=did_you_mean(language, LANGUAGES)
        )
    fault = unknown_zone(zone)
    if fault is not None:
        raise UsageError(fault, hint=nearest_zone(zone))


def _refuse_second_desk(root: Path) -> None:
    if (root / DESK_FILE).exists():
        raise Refused(
            msg("there is a desk in {path} already", path=str(root)),
            hint=msg("to see what it holds: tkt -C {path} list", path=str(root)),
        )


def _status_folders(workflow: str) -> list[str]:
    statuses = read_document(workflow.encode(), _WORKFLOW).value["statuses"]
    return [f"tickets/{status}" for status in statuses]


def _not_there(root: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What must be written. Errors: Refused, naming every file that is there and says something else."""
    wanted: dict[str, bytes] = {}
    in_the_way: list[str] = []
    for path, data in files.items():
        if not lexists(root / path):
            wanted[path] = data
            continue
        found = read_file(root / path, root=root)
        if path in GROWING:
            if missing := _missing_lines(data, found):
                wanted[path] = missing
        elif data not in (b"", found):
            in_the_way.append(path)
    if in_the_way:
        raise Refused(
            msg(
                "these files are there already, and nothing is overwritten: {paths}", paths=tuple(in_the_way)
            ),
            hint=msg("make the desk in a folder of its own: tkt init DIR"),
        )
    return wanted


def _missing_lines(wanted: bytes, found: bytes) -> bytes:
    """What to add to `found`, so that it holds every line of `wanted` that acts."""
    lines = found.splitlines()
    missing = [line for line in wanted.splitlines() if not line.startswith(b"#") and line not in lines]
    start = b"\n" if missing and found and not found.endswith(b"\n") else b""
    return start + b"".join(line + b"\n" for line in missing)


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_bytes() == text.encode()


def _write(root: Path, path: str, data: bytes) -> None:
    """A new file; of one that grows and is there, `data` is what it lacks."""
    file = root / path
    if path in GROWING and file.exists():
        found = read_file(file, root=root)
        replace_file(file, found + data, expected=found, root=root, sync=False)
    else:
        create_file(file, data, root=root, sync=False)


@dataclass(frozen=True, kw_only=True)
class Started:
    """A new desk: what was written, its first commit (None where git could not make one), and why."""

    root: Path
    paths: tuple[str, ...]
    around: Path | None = None  # the repository that was there already
    commit: str | None = None
    ci: Added | None = None
    notes: tuple[Message, ...] = ()


def start_desk(
    root: Path,
    *,
    profile: str,
    language: str,
    name: str | None = None,
    zone: str | None = None,
    ci: Wish | None = None,
) -> Started:
    """Write a desk, make it a repository where it lies in none, and commit it.

    Whoever git says is working here becomes its first agent. With `ci` the files for a forge are part of
    the commit, and its robot is one of the people. Before anything is written it is clear
    that git can take it. Errors: as create_desk; GitError; Locked.
    """
    _check_wishes(profile, language, zone or DEFAULT_ZONE)
    make_folder(root)
    repo = GitRepo.of(root)
    around = None if repo is None else repo.place.top
    if repo is None:
        _refuse_full_folder(root)
        repo = GitRepo.init(root)
    repo.refuse_unless_writable()
    with desk_lock(root):
        return _started(root, repo, around, profile=profile, language=language, name=name, zone=zone, ci=ci)


def _started(
    root: Path,
    repo: GitRepo,
    around: Path | None,
    *,
    profile: str,
    language: str,
    name: str | None,
    zone: str | None,
    ci: Wish | None,
) -> Started:
    identity = quick_identity(root)
    people = (*((_first_agent(identity),) if identity else ()), *((robot_person(ci.forge),) if ci else ()))
    paths = create_desk(root, profile=profile, language=language, name=name, zone=zone, people=people)
    written = tuple(path.as_posix() for path in paths)
    added = wanted_files(Desk.open(root), repo, ci) if ci else None
    if identity is None:
        note = msg(
            "git does not know you, so nothing is committed; tell it, then commit the desk: {commands}",
            commands='git config --global user.name "Your Name" && git config --global user.email you@example.com'
            ' && git add -A && git commit -m "new desk"',
        )
        return Started(root=root, paths=written, around=around, ci=added, notes=(note,))
    # What an interrupted `init` has left belongs to this commit too.
    texts = desk_files(profile=profile, language=language, name="", zone=zone or DEFAULT_ZONE)
    ours = (path for path, text in texts.items() if path not in GROWING or _holds(root / path, text))
    desk = {f"{repo.place.prefix}{path}" for path in (*written, *repo.dirty(ours))}
    whole = repository_at_top(repo)
    commit = whole.commit(
        (*sorted(desk), *(added.written if added else ())), commit_message("new desk", action="init")
    )
    return Started(root=root, paths=written, around=around, commit=commit, ci=added)


def _refuse_full_folder(root: Path) -> None:
    """A folder that holds other things and is no repository is hardly meant to become a desk."""
    if (root / DESK_FILE).exists() or not any(root.iterdir()):
        return
    raise Refused(
        msg("{path} is not empty and not in a git repository", path=str(root.resolve())),
        hint=msg("tkt init DIR makes a folder for the desk; or make this one a repository first: git init"),
    )


def _first_agent(identity: Identity) -> Person:
    name, email = identity
    short = re.sub(r"[^a-z0-9]+", ".", email.partition("@")[0].lower()).strip(".")
    return Person(id=short or "agent", name=name, email=email, teams=("support",))
