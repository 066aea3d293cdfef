"""Which commits made these files what they are, and what did each make of them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from tkt.frozen import dataclass
from tkt.store.gitquick import Identity
from tkt.store.gitrepo.running import FEW, Runner

_FORMAT = "%x02%H%x01%P%x01%at%x01%ae%x01%an"
_NO_BLOB = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A commit, and path → blob of what it made of the files asked for; None where it removed one.

    `parents` are the next commits in the same answer, not those that git names. A merge that took
    each file from one of them has no `blobs`. `authored_at` is UTC.
    """

    sha: str
    parents: tuple[str, ...]
    author: Identity
    authored_at: datetime
    blobs: Mapping[str, str | None]


def made(run: Runner, paths: Iterable[str]) -> tuple[Made, ...]:
    """The commits up to HEAD that touch these paths below tickets/, the latest first, merges where lines meet.

    No likeness is guessed at: a file that was renamed is gone here and new there.
    """
    wanted = frozenset(paths)
    answer = run(
        "log",
        "-z",
        "-c",
        "--raw",
        "--root",
        "--no-follow",
        "--parents",
        "--topo-order",
        "--no-renames",
        "--no-abbrev",
        "--no-show-signature",
        "--encoding=UTF-8",
        f"--format={_FORMAT}",
        "HEAD",
        "--",
        *run.literally(sorted(wanted) if len(wanted) <= FEW else ["tickets"]),
    )
    return tuple(_commits(run, answer.text.split("\0"), wanted))


def _commits(run: Runner, tokens: Iterable[str], wanted: frozenset[str]) -> Iterator[Made]:
    """A commit begins with STX; `:mode mode blob blob letter` (a colon and a blob more for each parent), a path."""
    head: list[str] = []
    blobs: dict[str, str | None] = {}
    places = iter(tokens)
    for token in places:
        line = token.lstrip("\n")
        if line.startswith("\x02"):
            if head:
                yield _commit(head, blobs)
            head, blobs = line[1:].split("\x01", 4), {}
        elif line.startswith(":"):
            path = run.outside(next(places))
            if path in wanted:
                blobs[path] = _result(line)
    if head:
        yield _commit(head, blobs)


def _result(line: str) -> str | None:
    """The blob that the path has now; None for no file, a link or a submodule."""
    parents = len(line) - len(line.lstrip(":"))
    words = line.lstrip(":").split(" ")
    mode, blob = words[parents], words[2 * parents + 1]
    return blob if mode.startswith("100") and blob.strip(_NO_BLOB) else None


def _commit(head: list[str], blobs: Mapping[str, str | None]) -> Made:
    sha, parents, at, mail, name = head
    return Made(
        sha=sha,
        parents=tuple(parents.split()),
        author=(name, mail),
        authored_at=datetime.fromtimestamp(int(at), UTC),
        blobs=blobs,
    )
