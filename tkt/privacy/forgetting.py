"""How is a person forgotten everywhere in the tree? First it is told what that means, then it is done.

A plan holds what changes and nothing else of the desk, so memory grows with what is about that person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from tkt.actions.actor import Actor
from tkt.actions.personal import texts_in
from tkt.actions.redacting import people_of
from tkt.desk import Desk
from tkt.errors import Problem, Refused
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.model import Ticket
from tkt.privacy.expressions import name_expressions, own_words
from tkt.privacy.files import Files, Mention, Outcome
from tkt.privacy.parts import counted_parts
from tkt.privacy.remains import Remains, places_of, remains
from tkt.privacy.subject import Subject, subject_of
from tkt.privacy.writing import Rewriting, committed, refuse_uncommitted, written
from tkt.store.customers import CUSTOMERS
from tkt.store.files import read_file
from tkt.store.gitrepo import GitRepo
from tkt.store.lock import desk_lock

ACTION = "forget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What it means to forget somebody. Nothing is written yet."""

    subject: Subject
    rewritings: tuple[Rewriting, ...]
    found: Mapping[str, int]  # path of a file that changes → how often they are named in it
    mentions: tuple[Mention, ...]  # where they are named, and nothing is changed
    parts: Mapping[str, int]  # parts of their names in what is about them → how often
    places: tuple[str, ...]  # every path at which files that change have lain
    problems: tuple[Problem, ...]  # files that cannot be read: nobody knows what they hold

    @property
    def tickets(self) -> tuple[str, ...]:
        """The ids of the tickets that change."""
        return tuple(each.ticket for each in self.rewritings if each.ticket is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was done. `remains`: of this repository, and of the one in customers/ where there is one."""

    commit: str | None
    remains: tuple[Remains, ...]
    left_out: tuple[str, ...] = ()  # words that no expression may replace: files are made of them


def plan(desk: Desk, wish: str, actor: Actor, *, also: Collection[str] = (), knowledge: bool = False) -> Plan:
    """What forgetting `wish` changes.

    Errors: NotFound, Ambiguous, BadTime; LeftOut where files are not on the disk, Refused where the
    customers are in a submodule that is not.
    """
    desk.refuse_left_out(".")
    _refuse_absent_submodule(desk)
    subject = subject_of(desk, wish, also)
    own = Files(desk, subject, actor, knowledge=knowledge).own_tickets()
    found = [contact for ticket in own for contact in people_of(ticket, desk.config)]
    subject = subject.with_people(
        contact for contact in found if subject.customer is not None or subject.is_of(contact)
    )
    files = Files(desk, subject, actor, knowledge=knowledge)
    outcomes = list(files.outcomes())
    return _planned(desk, subject, outcomes, files.problems)


def carry_out(desk: Desk, wanted: Plan, actor: Actor, *, commits: bool = True) -> Forgotten:
    """Write the files and commit them: those of a submodule in customers/ there, all others here.

    Errors: Refused where one has uncommitted changes, Conflict where one has changed meanwhile, GitError.
    """
    repo, inner = GitRepo.of(desk.root), _submodule(desk)
    theirs = tuple(_inside(each) for each in wanted.rewritings if inner and _is_customers(each.path))
    ours = tuple(each for each in wanted.rewritings if not inner or not _is_customers(each.path))
    with desk_lock(desk.root):
        for each, files in ((inner, theirs), (repo, ours)):
            if each is not None and commits:
                each.refuse_unless_ready()
                refuse_uncommitted(each, files)
        kept = tuple(_remains(desk, wanted, repo, inner))
        with (
            _in_submodule(inner, theirs, actor, commits=commits),
            written(desk.root, ours, actor.now) as work,
        ):
            sha = None
            if repo is not None and commits:
                beside = [CUSTOMERS] if theirs else []
                sha = committed(repo, work, action=ACTION, tickets=wanted.tickets, beside=beside)
    own = own_words(desk.config)
    left_out = tuple(word for word in wanted.subject.own.literals if word.casefold() in own)
    return Forgotten(commit=sha, remains=kept, left_out=left_out)


@contextmanager
def _in_submodule(
    inner: GitRepo | None, files: Sequence[Rewriting], actor: Actor, *, commits: bool
) -> Iterator[None]:
    """The files of a submodule, written and committed there; what fails inside takes that back."""
    if inner is None or not files:
        yield
        return
    with written(inner.root, files, actor.now) as work:
        if commits:
            committed(inner, work, action=ACTION)
        try:
            yield
        except BaseException:
            made = inner.last_commit() if commits else None
            if made is not None:
                inner.take_off_last_commit(made)
            raise


def _planned(desk: Desk, subject: Subject, outcomes: Sequence[Outcome], problems: Sequence[Problem]) -> Plan:
    changed = [(each.rewriting, each) for each in outcomes if each.rewriting is not None]
    tickets = [each.ticket for each in outcomes if each.ticket is not None]
    places = [place for ticket in tickets for place in places_of(ticket, desk.tree)]
    return Plan(
        subject=subject,
        rewritings=tuple(rewriting for rewriting, _ in changed),
        found={rewriting.path: each.found for rewriting, each in changed},
        mentions=(*(mention for each in outcomes for mention in each.mentions), *_rescued(desk, subject)),
        parts=counted_parts(_names(subject), _left_texts(subject, tickets)),
        places=tuple(dict.fromkeys((*places, *(rewriting.path for rewriting, _ in changed)))),
        problems=tuple(problems),
    )


def _rescued(desk: Desk, subject: Subject) -> Iterator[Mention]:
    """The texts of commands that failed, which are kept outside of the tree."""
    repo = GitRepo.of(desk.root)
    folder = repo.rescue_folder if repo is not None else desk.root / ".tkt" / "rescue"
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.is_file() and subject.own.count(read_file(file).decode(errors="replace")):
            yield Mention(str(file))


def _names(subject: Subject) -> Iterator[str]:
    return (str(contact["name"]) for contact in subject.people if contact.get("name"))


def _left_texts(subject: Subject, tickets: Sequence[Ticket]) -> Iterator[str]:
    """What is said in tickets, without the words that go."""
    for ticket in tickets:
        for value in (*ticket.values.values(), *(event.data for event in ticket.events)):
            yield from (subject.own.word(text) for text in texts_in(value))


def _remains(desk: Desk, wanted: Plan, repo: GitRepo | None, inner: GitRepo | None) -> Iterator[Remains]:
    lines = tuple(name_expressions(wanted.subject.own, desk.config))
    name = f"{ACTION}-{wanted.subject.pseudonym}"
    renamed = [each.path for each in wanted.rewritings if each.target is not None]
    if repo is not None:
        yield remains(repo, wanted.places, lines, name=name, gone=renamed)
    theirs = [_inner_path(path) for path in wanted.places if _is_customers(path)]
    if inner is not None and theirs:
        yield remains(inner, theirs, lines, name=name, gone=[_inner_path(path) for path in renamed])


def _submodule(desk: Desk) -> GitRepo | None:
    """The repository in customers/, where it is one of its own."""
    folder = desk.root / CUSTOMERS
    return GitRepo.of(folder) if (folder / ".git").exists() else None


def _refuse_absent_submodule(desk: Desk) -> None:
    repo = GitRepo.of(desk.root)
    if repo is None or repo.place.top is None or (desk.root / CUSTOMERS / ".git").exists():
        return
    listed = repo.place.top / ".gitmodules"
    named = re.compile(rf"^\s*path\s*=\s*{re.escape(repo.place.prefix + CUSTOMERS)}\s*$", re.MULTILINE)
    if listed.is_file() and named.search(read_file(listed).decode(errors="replace")):
        raise Refused(
            msg("customers/ is a submodule that is not here, expected it: they are named there too"),
            hint=msg("git submodule update --init customers && git -C customers switch main"),
        )


def _is_customers(path: str) -> bool:
    return path.startswith(f"{CUSTOMERS}/")


def _inside(rewriting: Rewriting) -> Rewriting:
    target = rewriting.target
    return replace(
        rewriting,
        path=_inner_path(rewriting.path),
        target=None if target is None else _inner_path(target),
    )


def _inner_path(path: str) -> str:
    return path.removeprefix(f"{CUSTOMERS}/")
