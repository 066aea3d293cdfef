"""What has ever lain at these paths, on whatever branch?"""

from __future__ import annotations

from collections.abc import Iterable

from tkt.errors import GitError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.store.gitrepo.running import Runner
from tkt.store.gitrepo.state import is_shallow


@dataclass(frozen=True, slots=True, kw_only=True)
class Ever:
    """How many commits touch some paths, which of these there ever were, and what lay there: blob → path."""

    commits: int
    paths: frozenset[str]
    blobs: dict[str, str]


def ever_at(run: Runner, paths: Iterable[str]) -> Ever:
    """What every branch, tag and stash has put at these paths. Errors: GitError where a shallow clone cannot know."""
    if is_shallow(run.place):
        raise GitError(
            msg("this clone is shallow: what older commits hold cannot be told"),
            hint=msg("git fetch --unshallow"),
        )
    specs = "".join(f"{spec}\n" for spec in run.literally(paths))
    if not specs:
        return Ever(commits=0, paths=frozenset(), blobs={})
    answer = run(
        "log",
        "--all",
        "-m",
        "-z",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--no-show-signature",
        "--format=%x01%H",
        "--stdin",
        stdin=f"--\n{specs}".encode(),
    )
    commits: set[str] = set()
    blobs: dict[str, str] = {}
    there: set[str] = set()
    words = iter(answer.entries)
    for word in words:
        if word.startswith("\x01"):
            commits.add(word)
        elif word:
            path = run.outside(next(words))
            there.add(path)
            blobs |= {blob: path for blob in word.split(" ")[2:4] if blob.strip("0")}
    return Ever(commits=len(commits), paths=frozenset(there), blobs=blobs)
