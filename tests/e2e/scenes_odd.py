"""Scenes of clones that are not whole, and of a sync that stops."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import replaced
from helpers import DeskAtWork

Prepare = Callable[[DeskAtWork], object]
TICKET = "tickets/new/261116-AAAA1.yaml"


def sparse(*how: str) -> Prepare:
    return lambda desk: desk.git("sparse-checkout", "set", *how)


def shallow(desk: DeskAtWork) -> None:
    """As if nothing but the last commit had been cloned."""
    desk.write(".git/shallow", desk.git("rev-parse", "HEAD"))


def with_remote(desk: DeskAtWork) -> None:
    """A remote that has all that is here."""
    desk.git("init", "-q", "--bare", "../odd.git")
    desk.git("remote", "add", "origin", "../odd.git")
    desk.git("push", "-q", "--force", "-u", "origin", "main")


def committed(prepare: Prepare) -> Prepare:
    def commit(desk: DeskAtWork) -> None:
        prepare(desk)
        desk.git("add", "-A")
        desk.git("commit", "-qm", "by hand")

    return commit


def parted(theirs: Prepare, ours: Prepare) -> Prepare:
    """Somebody else has pushed `theirs`; `ours` is done here."""

    def part(desk: DeskAtWork) -> None:
        start = desk.git("rev-parse", "HEAD").strip()
        committed(theirs)(desk)
        with_remote(desk)
        desk.git("reset", "-q", "--hard", start)
        ours(desk)

    return part


def titled(name: str) -> Prepare:
    return replaced("tkt.yaml", "\nname: ", f"\nname: {name} ")


def noted(words: str) -> Prepare:
    return lambda desk: desk.write(TICKET, (desk.root / TICKET).read_text() + f"# {words}\n")


def side(prepare: Prepare) -> Prepare:
    """The branch `side` of another clone: it is only here."""

    def branch(desk: DeskAtWork) -> None:
        desk.git("branch", "-f", "side")
        prepare(desk)
        desk.git("branch", "-f", "side", "HEAD")
        desk.git("reset", "-q", "--hard", "HEAD~1")

    return branch


def gone_there(desk: DeskAtWork) -> None:
    with_remote(desk)
    desk.git("switch", "-q", "-C", "trainee")
    desk.git("push", "-q", "-u", "origin", "trainee")
    desk.git("--git-dir=../odd.git", "branch", "-q", "-D", "trainee")


def followed_by_none(desk: DeskAtWork) -> None:
    for name in ("one", "two"):
        desk.git("remote", "add", name, "../odd.git")


def a_merge(desk: DeskAtWork) -> None:
    text = "261116-AAAA1: merge origin/main\n\nTicket: 261116-AAAA1\nAction: sync\n"
    parents = ("-p", "HEAD", "-p", "HEAD~1")
    desk.git("reset", "-q", "--hard", desk.git("commit-tree", "HEAD^{tree}", *parents, "-m", text).strip())


def no_common_commit(desk: DeskAtWork) -> None:
    with_remote(desk)
    alone = desk.git("commit-tree", "HEAD^{tree}", "-m", "all anew").strip()
    desk.git("reset", "-q", "--hard", alone)


SCENES: dict[str, tuple[Prepare, tuple[str, ...]]] = {
    # a clone that is not whole
    "a ticket that is left out": (sparse("--no-cone", "/*", "!/tickets/closed"), ("show", "BBBB1")),
    "a report without all tickets": (sparse("--no-cone", "/*", "!/tickets/closed"), ("report", "kpi")),
    "a configuration that is left out": (sparse("tickets"), ("list",)),
    "compare with what a shallow clone lacks": (shallow, ("check", "--changed-since", "HEAD~1")),
    "take back what a shallow clone lacks": (shallow, ("undo",)),
    "take back a merge": (a_merge, ("undo",)),
    # sync
    "sync without a remote": (lambda _desk: None, ("sync",)),
    "sync with nobody in particular": (followed_by_none, ("sync",)),
    "sync on a detached HEAD": (lambda desk: desk.git("checkout", "-q", "--detach"), ("sync",)),
    "sync with a remote that is nowhere": (lambda desk: desk.git("remote", "add", "origin", "../nowhere.git"), ("sync",)),
    "sync a branch that was deleted there": (gone_there, ("sync",)),
    "sync with changes in the way": (parted(noted("theirs"), noted("ours")), ("sync",)),
    "sync what both changed and only a person can merge": (
        parted(titled("Support A"), committed(titled("Support B"))),
        ("sync",),
    ),
    "sync histories that have nothing in common": (no_common_commit, ("sync",)),
    "sync what has faults": (
        lambda desk: (with_remote(desk), committed(replaced(TICKET, "channel: phone", "channel: fone"))(desk)),
        ("sync",),
    ),
    "foresee what a person must merge": (
        lambda desk: (side(committed(titled("Support A")))(desk), committed(titled("Support B"))(desk)),
        ("sync", "--forecast", "side"),
    ),
    "foresee a branch that is not here": (with_remote, ("sync", "--forecast", "origin/side")),
}  # fmt: skip
