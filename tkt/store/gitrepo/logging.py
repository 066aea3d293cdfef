"""Who made which commits, and when?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from tkt.frozen import dataclass
from tkt.late import late
from tkt.store.gitquick import Identity
from tkt.store.gitrepo.message import trailers_of
from tkt.store.gitrepo.running import Runner

_FIELDS = ("%H", "%P", "%an", "%ae", "%cn", "%ce", "%at", "%ct", "%B")
_CO_AUTHOR = late(
    r"^Co-authored-by:\s*(?P<name>[^<\n]*?)\s*<(?P<email>[^>\n]+)>\s*$", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitInfo:
    """One commit, without its changes. Instants are UTC."""

    sha: str
    parents: tuple[str, ...]
    author: Identity
    committer: Identity
    authored_at: datetime
    committed_at: datetime
    message: str
    trailers: Mapping[str, tuple[str, ...]]
    co_authors: tuple[Identity, ...]

    @property
    def subject(self) -> str:
        """The first line of its message."""
        return self.message.split("\n", 1)[0]

    @property
    def writers(self) -> tuple[Identity, ...]:
        """Everybody who claims to have written it."""
        return (self.author, *self.co_authors)


def commits(run: Runner, *selected: str, paths: Iterable[str] = ()) -> tuple[CommitInfo, ...]:
    """The commits that `git log` selects (`A..B`, `-n3`), oldest first; with `paths`, those that touch them."""
    specs = run.literally(paths)
    answer = run(
        "log",
        "-z",
        "--reverse",
        "--topo-order",
        "--no-show-signature",
        "--encoding=UTF-8",
        f"--format={'%x01'.join(_FIELDS)}",
        *selected,
        "--",
        *specs,
    )
    return tuple(_commit(entry) for entry in _entries(answer.text))


def first_written(run: Runner, selected: str, paths: Iterable[str]) -> dict[str, datetime]:
    """Path → when the earliest of the selected commits (`A..B`) that touch it was written; merges left out."""
    wanted = tuple(paths)
    if not wanted:
        return {}
    answer = run(
        "log",
        "-z",
        "--no-merges",
        "--no-renames",
        "--name-only",
        "--no-show-signature",
        "--format=%x02%at",
        selected,
        "--",
        *run.named(wanted),
    )
    found: dict[str, datetime] = {}
    at = datetime.max.replace(tzinfo=UTC)
    for token in _entries(answer.text):
        if token.startswith("\x02"):
            at = datetime.fromtimestamp(int(token[1:]), UTC)
        else:
            name = run.outside(token.removeprefix("\n"))
            found[name] = min(at, found.get(name, at))
    return {path: found[path] for path in wanted if path in found}


def raw_parents(run: Runner, rev: str) -> tuple[str, ...]:
    """The parents that a commit names, also those that a shallow clone does not have."""
    answer = run("cat-file", "commit", rev)
    head = answer.text.split("\n\n", 1)[0].splitlines()
    return tuple(line.removeprefix("parent ") for line in head if line.startswith("parent "))


def _entries(text: str) -> Iterator[str]:
    return (entry for entry in text.split("\0") if entry.strip())


def _commit(entry: str) -> CommitInfo:
    sha, parents, author, author_mail, committer, committer_mail, authored, committed, message = entry.split(
        "\x01", len(_FIELDS) - 1
    )
    return CommitInfo(
        sha=sha.strip(),
        parents=tuple(parents.split()),
        author=(author, author_mail),
        committer=(committer, committer_mail),
        authored_at=datetime.fromtimestamp(int(authored), UTC),
        committed_at=datetime.fromtimestamp(int(committed), UTC),
        message=message,
        trailers=trailers_of(message),
        co_authors=tuple((it["name"], it["email"]) for it in _CO_AUTHOR.finditer(message)),
    )
