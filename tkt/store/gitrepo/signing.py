"""Is a commit signed, and what does git say of its signature?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from tkt.store.gitrepo.running import Runner

UNSIGNED: Final = "N"
UNVERIFIABLE: Final = "E"
_HEADER = ("gpgsig ", "gpgsig-sha256 ")


class Signature(NamedTuple):
    """`letter` is git's (%G?): G good, U good and nobody vouches for the key, B bad, X Y R expired or revoked,
    E cannot be verified here, N none. `signer` is whose key it is, as git names it; empty where unknown.
    """

    letter: str
    signer: str


def signatures(run: Runner, *selected: str) -> dict[str, Signature]:
    """Commit → its signature, of the commits that `git log` selects (`A..B`).

    Git says N of a signature that it was not told how to verify (SSH without
    gpg.ssh.allowedSignersFile); here it is E.
    """
    answer = run("log", "-z", "--no-show-signature", "--format=%H%x01%G?%x01%GS", *selected, "--")
    found = {sha: Signature(letter, signer.strip()) for sha, letter, signer in _rows(answer.text)}
    if any(it.letter == UNSIGNED for it in found.values()):
        for sha in _signed(run, *selected):
            if found[sha].letter == UNSIGNED:
                found[sha] = Signature(UNVERIFIABLE, "")
    return found


def _rows(text: str) -> Iterator[list[str]]:
    return (entry.strip("\n").split("\x01", 2) for entry in text.split("\0") if entry.strip())


def _signed(run: Runner, *selected: str) -> Iterator[str]:
    """The commits whose header holds a signature."""
    answer = run("rev-list", "--header", *selected, "--")
    for entry in answer.text.split("\0"):
        head = entry.strip("\n").split("\n\n", 1)[0].split("\n")
        if any(line.startswith(_HEADER) for line in head[1:]):
            yield head[0]
