"""Is every file of a desk as it should be? Gathers what `tkt.checks` and the store say of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING

from tkt.actions.adopting import is_misplaced
from tkt.attachments import FOLDER as ATTACHMENTS
from tkt.checks import Finding, check_change, check_configuration, check_ticket
from tkt.comparison import Comparison, Pair, Range, compare, no_repository, repository_of, two_places
from tkt.desk import UNREADABLE, Desk
from tkt.errors import DataError, Problem
from tkt.frozen import dataclass
from tkt.hooks.files import hook_problems
from tkt.i18n import msg
from tkt.learnt import lesson_problems
from tkt.model import Ticket
from tkt.policies.coverage import uncovered_years, years_fault
from tkt.policies.reaching import CONTRACT, unpromised
from tkt.repair import merge_problems, weaver_for
from tkt.searching.shelf import knowledge_problems
from tkt.store.attachments_judged import Folders, attachment_problems, folders, strange_folders
from tkt.store.codec.customers import read_customer
from tkt.store.codec.reading import read_document
from tkt.store.codec.tickets import event_line, ticket_document
from tkt.store.config import DESK_FILE
from tkt.store.customers import CUSTOMERS, scan_customers
from tkt.store.files import FileMissing, read_file
from tkt.store.gitrepo import EMPTY_TREE, GitRepo
from tkt.store.snapshots import Snapshot
from tkt.store.sparse import LeftOut
from tkt.store.strays import TICKET_SUFFIXES, wrong_month
from tkt.store.tree import TICKETS, Found, Scan, ticket_id_of

if TYPE_CHECKING:
    from tkt.sla import Verdict

LineOf = Callable[..., int | None]


@dataclass(frozen=True)
class Inspection:
    """How many ticket files were judged, and what is wrong, in order of the places."""

    checked: int
    problems: tuple[Problem, ...]


def inspect(desk: Desk) -> Inspection:
    """Judge every file of the desk."""
    scan = desk.tree.scan()
    problems = [*_configuration(desk), *scan.problems, *desk.tree.missing_gitkeeps(), *_customers(desk)]
    problems.extend(_merge(desk))
    problems.extend(hook_problems(desk.root))
    attached = folders(desk.root, _changed_attachments(desk))
    for found in (*scan.files, *scan.duplicates):
        problems.extend(_ticket_problems(desk, found, None, attached))
    every = (*scan.files, *scan.duplicates, *scan.left_out)
    there = {found.id for found in every}
    problems.extend(strange_folders(attached, there))
    problems.extend(lesson_problems(desk, there.__contains__))
    problems.extend(knowledge_problems(desk, there.__contains__))
    return Inspection(len(scan.files) + len(scan.duplicates), _sorted(problems))


def inspect_since(desk: Desk, rev: str) -> Inspection:
    """Judge only what the branch and the working tree have changed since they left `rev`.

    What was wrong there already is left alone; a change is judged by how it was made too: events are
    only appended, keys change only with an event.
    """
    since = _compared(desk, rev)
    changed = since.paths
    scan = desk.tree.scan()
    files = [found for found in (*scan.files, *scan.duplicates) if found.path in changed]
    left_out = [found for found in scan.left_out if found.path in changed]
    is_about = _about(desk, changed, scan.duplicates)
    customers = _customers(desk)
    problems = [each for each in (*scan.problems, *customers, *hook_problems(desk.root)) if is_about(each)]
    problems.extend(_merge(desk))
    if any(_is_configuration(path) for path in changed):
        problems.extend(_configuration(desk))
        problems.extend(each for each in customers if each.code == CONTRACT)
    earlier = {it.ticket.id: it.ticket for pair in since.tickets for it in pair.befores if it.ticket}
    attached = folders(desk.root, [path for path in changed if path.startswith(f"{ATTACHMENTS}/")])
    for found in files:
        problems.extend(_ticket_problems(desk, found, earlier.get(found.id), attached))
    about = {path.split("/")[1] for path in changed if path.startswith(f"{ATTACHMENTS}/")}
    for found in scan.files:
        if found.id in about and found.path not in changed:
            problems.extend(_attachments_alone(desk, found, attached))
    now = {it.path: it.data for pair in since.tickets for it in pair.afters}
    for found in left_out:
        if found.path in now:
            problems.extend(_judged_problems(desk, found, now[found.path], earlier.get(found.id), attached))
    there = {found.id for found in (*scan.files, *scan.duplicates, *scan.left_out)}
    learnt = (*lesson_problems(desk, there.__contains__), *knowledge_problems(desk, there.__contains__))
    problems.extend(each for each in learnt if each.path in changed)
    problems.extend(_gone(ticket) for ticket_id, ticket in earlier.items() if ticket_id not in there)
    return Inspection(len(files) + len(left_out) + _unread(desk, changed, scan), _sorted(problems))


def inspect_staged(root: Path) -> Inspection:
    """Judge only what the next commit would change: what git's index holds, by the configuration there.

    Strays, attachments, reviews and articles are looked at on the disk. Errors: GitError, where a merge left paths that git
    could not put together; ConfigError; NotFound where the desk itself is not in the index.
    """
    repo = GitRepo.of(root)
    if repo is None:
        raise no_repository()
    tree = repo.index_tree()
    desk = Desk(root, Snapshot(repo, tree).config)
    staged = compare(desk, Range(old=repo.head() or EMPTY_TREE, new=tree), repo=repo)
    scan = desk.tree.scan()
    is_about = _about(desk, staged.paths, scan.duplicates)
    problems = [each for each in (*scan.problems, *hook_problems(root)) if is_about(each)]
    if any(_is_configuration(path) for path in staged.paths):
        problems.extend(_configuration(desk))
    if repo.meeting() is not None:
        problems.extend(_merge(desk))
    problems.extend(_staged_customers(desk, staged))
    attached = folders(root, [path for path in staged.paths if path.startswith(f"{ATTACHMENTS}/")])
    for pair in staged.tickets:
        problems.extend(_staged_problems(desk, pair, attached))
    there = {found.id for found in (*scan.files, *scan.duplicates, *scan.left_out)}
    learnt = (*lesson_problems(desk, there.__contains__), *knowledge_problems(desk, there.__contains__))
    problems.extend(each for each in learnt if each.path in staged.paths)
    problems.extend(_misplaced_in(staged, tree))
    return Inspection(sum(len(pair.afters) for pair in staged.tickets), _sorted(problems))


def _staged_problems(desk: Desk, pair: Pair, attached: Folders) -> Iterator[Problem]:
    for it in pair.afters:
        status = it.path.split("/")[1]
        if status in desk.tree.statuses:
            found = Found(pair.id, status, it.path, str(desk.root / it.path))
            yield from _judged_problems(desk, found, it.data, pair.before, attached)


def _staged_customers(desk: Desk, staged: Comparison) -> Iterator[Problem]:
    for change in staged.files:
        if (
            change.new is not None
            and change.path.startswith(f"{CUSTOMERS}/")
            and change.path.endswith(".yaml")
        ):
            try:
                yield from _customer_problems(desk, change.path, staged.data(change)[1] or b"")
            except UNREADABLE as error:
                yield from error.problems


def _misplaced_in(staged: Comparison, tree: str) -> Iterator[Problem]:
    """Tickets that the index has twice, or no more."""
    if not any(it.old is None or it.new is None for it in staged.changed):
        return
    copies: dict[str, list[str]] = {}
    for path in staged.repo.blobs_below(tree, (TICKETS,)):
        copies.setdefault(ticket_id_of(path) or "", []).append(path)
    for pair in staged.tickets:
        paths = copies.get(pair.id, [])
        if not paths and pair.before is not None:
            yield _gone(pair.before)
        if len(paths) > 1:
            yield two_places(pair.id, paths)


def inspect_merge(desk: Desk, rev: str) -> Inspection:
    """Judge only whether the merge `rev` kept every event of both its parents, and one file an id."""
    repo = repository_of(desk)
    return Inspection(0, _sorted(merge_problems(weaver_for(desk, repo), rev)))


def _merge(desk: Desk) -> tuple[Problem, ...]:
    """What is wrong with the merge that HEAD is, or that waits for its commit."""
    repo = GitRepo.of(desk.root)
    return () if repo is None or repo.place.top is None else merge_problems(weaver_for(desk, repo))


def _is_configuration(path: str) -> bool:
    return path == DESK_FILE or path.startswith("config/")


def _compared(desk: Desk, rev: str) -> Comparison:
    """What differs from where this branch left `rev`: what `rev` has gained meanwhile is not missing here."""
    repo = repository_of(desk)
    return compare(desk, Range(old=repo.left_at(rev), new=None), repo=repo)


def _about(desk: Desk, changed: Collection[str], duplicates: Iterable[Found]) -> Callable[[Problem], bool]:
    """Whether a problem is about a changed path: its own, one in its directory, or its ticket's other copy."""
    copies: dict[str, set[str]] = {}
    for found in duplicates:
        copies.setdefault(found.id, set()).add(found.path)
    twins = {path: paths for paths in copies.values() for path in paths}
    there = [path for path in changed if lexists(desk.root / path)]

    def is_about(problem: Problem) -> bool:
        path = problem.path or ""
        if problem.code == LeftOut.code:
            return False  # those that have changed are judged by what git has of them
        if path in changed or any(each.startswith(f"{path}/") for each in there):
            return True
        return problem.code == "two-places" and not twins.get(path, set()).isdisjoint(changed)

    return is_about


def _unread(desk: Desk, changed: Collection[str], scan: Scan) -> int:
    """How many changed ticket files lie where none is read: they were judged by their place."""
    read = {found.path for found in (*scan.files, *scan.duplicates)}
    return sum(
        path.startswith(f"{TICKETS}/")
        and path.endswith(TICKET_SUFFIXES)
        and path not in read
        and lexists(desk.root / path)
        for path in changed
    )


def _configuration(desk: Desk) -> list[Problem]:
    from tkt.policies.checking import check_service_levels
    from tkt.ticking.pace import pace_problems

    config = desk.config
    return [*check_configuration(config), *check_service_levels(config), *pace_problems(desk)]


def _customers(desk: Desk) -> list[Problem]:
    paths, strange = scan_customers(desk.root)
    problems = list(strange)
    for path in paths:
        try:
            problems.extend(_customer_problems(desk, path, read_file(desk.root / path, root=desk.root)))
        except UNREADABLE as error:
            problems.extend(error.problems)
    return problems


def _customer_problems(desk: Desk, path: str, data: bytes) -> Iterator[Problem]:
    """What is wrong with a customer who can be read. Errors: DataError for one who cannot."""
    customer = read_customer(data, path=path)
    if customer.contract is not None:
        line = read_document(data, path).line("contract")
        yield from unpromised(desk.levels.policies.versions, customer.contract, path=path, line=line)


def _changed_attachments(desk: Desk) -> frozenset[str]:
    """The attachments that are not as committed; all that is known where there is no git."""
    repo = GitRepo.of(desk.root)
    if repo is None or repo.place.top is None:
        return frozenset()
    return frozenset(path for path in repo.dirty() if path.startswith(f"{ATTACHMENTS}/"))


def _attachments_alone(desk: Desk, found: Found, attached: Folders) -> list[Problem]:
    """What is wrong with the files of a ticket that has itself not changed."""
    try:
        ticket = desk.ticket(found.id)
    except UNREADABLE:
        return []  # it was so before
    return list(attachment_problems(desk.root, ticket, attached, before=ticket))


def _ticket_problems(desk: Desk, found: Found, before: Ticket | None, attached: Folders) -> list[Problem]:
    """What is wrong with one file; with `before`, also with how it was changed."""
    try:
        found, data = desk.bytes_of(found)
    except FileMissing:
        return []  # somebody has removed it since the directory was listed
    except UNREADABLE as error:
        return list(error.problems)
    return _judged_problems(desk, found, data, before, attached)


def _judged_problems(
    desk: Desk, found: Found, data: bytes, before: Ticket | None, attached: Folders
) -> list[Problem]:
    """The same for a file that holds `data`."""
    try:
        ticket, document = ticket_document(
            data, path=found.path, status=found.status, kinds=desk.config.field_kinds
        )
    except DataError as error:
        return list(error.problems)
    judged = _judged(desk, ticket)
    findings = [*check_ticket(ticket, desk.config), *_untargeted(desk, ticket, judged)]
    if before is not None:
        earlier = [*check_ticket(before, desk.config), *_untargeted(desk, before, _judged(desk, before))]
        known = {_mark(each) for each in earlier}
        findings = [each for each in findings if _mark(each) not in known]
        findings.extend(check_change(before, ticket, desk.config))
    told = [
        _problem(each, found.path, document.line, lambda event: event_line(document, event))
        for each in findings
    ]
    files = attachment_problems(desk.root, ticket, attached, before=before)
    unknown = uncovered_years(judged, desk.levels)
    of_calendars = (*_closed_calendars(desk, judged), *(years_fault(desk.config, it) for it in unknown))
    return [*told, *_wrong_month(desk, ticket), *of_calendars, *files]


def _wrong_month(desk: Desk, ticket: Ticket) -> Iterator[Problem]:
    """A closed ticket that lies in another month than the one of its last move; in none is told elsewhere."""
    path = ticket.path or ""
    if ticket.status not in desk.tree.sharded or path.count("/") < 3 or is_misplaced(ticket):
        return
    right = desk.tree.path_of(ticket)
    if right != path:
        yield wrong_month(path, right)


def _problem(
    finding: Finding, path: str, line: LineOf, line_of_event: Callable[[str], int | None]
) -> Problem:
    where = line_of_event(finding.event) if finding.event else line(*finding.key)
    return Problem(
        code=finding.code,
        message=finding.message,
        path=path,
        line=where,
        hint=finding.hint,
        severity=finding.severity,
    )


def _mark(finding: Finding) -> tuple[str, tuple[str, ...], str | None, str]:
    """By which a fault that was there before is known again."""
    return (finding.code, finding.key, finding.event, str(finding.message))


def _judged(desk: Desk, ticket: Ticket) -> Sequence[Verdict]:
    """What its clocks say at its last event, so that no check depends on the time of day."""
    return desk.verdicts(ticket, now=ticket.updated_at)


def _closed_calendars(desk: Desk, judged: Sequence[Verdict]) -> Iterator[Problem]:
    """docs/sla.md C5: a calendar by which a ticket cannot be judged, at its line of the configuration."""
    from tkt.policies.checking import calendar_fault

    for name in dict.fromkeys(it.calendar for it in judged if it.is_calendar_closed and it.calendar):
        yield calendar_fault(desk.config, name)


def _untargeted(desk: Desk, ticket: Ticket, judged: Sequence[Verdict]) -> Iterator[Finding]:
    """docs/sla.md P1: past `new`, a ticket with a policy has a priority and that policy a row for it.

    A ticket that was disposed of (L11) or merged has no clock that needs one.
    """
    counted = (verdict for verdict in judged if verdict.state != "cancelled")
    found = next((verdict for verdict in counted if verdict.untargeted), None)
    if found is None or found.priority not in (None, *desk.config.taxonomy.priority_names):
        return  # an unknown priority is named as one
    if found.priority is None:
        message = msg("no priority, expected one: only a new ticket can do without")
    else:
        message = msg(
            "policy {policy} has no row for {priority}", policy=found.policy, priority=found.priority
        )
    yield Finding(
        code="untargeted",
        message=message,
        key=("priority",),
        hint=msg("tkt set {id} impact=… urgency=…", id=ticket.id),
    )


def _gone(ticket: Ticket) -> Problem:
    return Problem(
        code="gone",
        message=msg("{id} was removed; a ticket is closed, never deleted", id=ticket.id),
        path=ticket.path,
        hint=msg("git checkout HEAD -- {path}", path=ticket.path),
    )


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """In order of their places; what several tickets show of the configuration is told once."""
    told = {(each.path, each.line, each.code, str(each.message)): each for each in problems}
    return tuple(sorted(told.values(), key=lambda each: (each.path or "", each.line or 0, each.code)))
