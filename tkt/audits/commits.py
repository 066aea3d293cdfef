"""What do the commits of the range say of themselves: signed by whom, dated when?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.audits.cases import Commit, RangeCase
from tkt.audits.finding import Finding, Level
from tkt.audits.naming import clock_time, short, span, stamp
from tkt.i18n import Message, msg, msgn

GOOD = ("G", "U")
_BAD = {
    "B": msg("its signature is wrong: it was changed after it was signed"),
    "R": msg("it is signed with a key that was revoked"),
    "X": msg("its signature has expired"),
    "Y": msg("it is signed with a key that has expired"),
}
_SHOWN = 5
"""So many commits are named in one line; the rest are counted."""


def signatures(case: RangeCase) -> Iterator[Finding]:
    """A signature is good, and its signer wrote or committed the commit."""
    for commit in case.commits:
        fault = _BAD.get(commit.signature)
        if fault is not None:
            yield _of(commit, Level.ERROR, msg("commit {sha}: {fault}", sha=short(commit.sha), fault=fault))
        elif commit.signature == "E":
            told = msg(
                "commit {sha} is signed, but this machine has no key to verify it", sha=short(commit.sha)
            )
            level = Level.ERROR if case.manner.require_signed else Level.WARNING
            yield _of(commit, level, told, hint=msg("git verify-commit -v {sha}", sha=short(commit.sha)))
        elif commit.signature in GOOD and not _is_by_its_signer(commit, case):
            told = msg(
                "commit {sha} is signed by {signer}, who is neither its author nor its committer",
                sha=short(commit.sha),
                signer=commit.signer,
            )
            yield _of(commit, Level.WARNING, told)


def unsigned(case: RangeCase) -> Iterator[Finding]:
    """Where signatures are required, every commit has one."""
    for commit in case.commits if case.manner.require_signed else ():
        if commit.signature == "N":
            told = msg("commit {sha} is not signed", sha=short(commit.sha))
            yield _of(
                commit,
                Level.ERROR,
                told,
                hint=msg("sign them again: git rebase --force-rebase --gpg-sign BASE"),
            )


def dates(case: RangeCase) -> Iterator[Finding]:
    """A commit is not older than what it builds on; those that were made again are told."""
    known = {it.sha: it for it in (*case.commits, *((case.base,) if case.base else ()))}
    zone, tolerance = case.manner.zone, case.manner.tolerance
    for commit in case.commits:
        parent = next((known[it] for it in commit.parents if it in known), None)
        if parent is not None and commit.committed_at < parent.committed_at - tolerance:
            told = msg(
                "commit {sha} is dated {at}, {span} before the commit that it builds on",
                sha=short(commit.sha),
                at=stamp(commit.committed_at, zone),
                span=span(parent.committed_at - commit.committed_at),
            )
            yield _of(commit, Level.WARNING, told)
    again = [it for it in case.commits if it.committed_at > it.authored_at + tolerance]
    if again:
        yield _made_again(again, zone)


def diverged(case: RangeCase) -> Iterator[Finding]:
    """Where the older end has commits that the newer lacks, what they did looks removed."""
    if case.lost:
        told = msgn(
            "the older end has {count} commit that the newer one lacks: what it did looks removed here",
            "the older end has {count} commits that the newer one lacks: what they did looks removed here",
            case.lost,
        )
        yield Finding(level=Level.NOTE, message=told, hint=msg("from where they parted: tkt audit A...B"))


def _made_again(commits: list[Commit], zone: str) -> Finding:
    first = commits[0]
    told = msgn(
        "{count} commit was written earlier than it was committed, by a rebase or by hand, "
        "and is believed as of then: {names}",
        "{count} commits were written earlier than they were committed, by a rebase or by hand, "
        "and are believed as of then: {names}",
        len(commits),
        names=_names(commits, zone),
    )
    return _of(first, Level.NOTE, told)


def _names(commits: list[Commit], zone: str) -> Message | tuple[Message, ...]:
    shown = tuple(
        msg(
            "{sha} ({written}, committed {committed})",
            sha=short(it.sha),
            written=stamp(it.authored_at, zone),
            committed=clock_time(it.committed_at, it.authored_at, zone),
        )
        for it in commits[:_SHOWN]
    )
    more = len(commits) - _SHOWN
    return (*shown, msgn("{count} more", "{count} more", more)) if more > 0 else shown


def _is_by_its_signer(commit: Commit, case: RangeCase) -> bool:
    """Whether the key is that of an author, co-author or the committer; git may not tell whose it is."""
    if not commit.signer:
        return True
    signer = commit.signer.casefold()
    for _name, mail in (*commit.writers, commit.committer):
        person = case.manner.config.person_of(mail)
        mails = (mail, person.email or "", *person.aliases) if person else (mail,)
        if any(it and it.casefold() in signer for it in mails):
            return True
    return False


def _of(commit: Commit, level: Level, told: Message, *, hint: Message | None = None) -> Finding:
    return Finding(level=level, message=told, commit=commit.sha, hint=hint)
