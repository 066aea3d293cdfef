"""Which ticket files are there, and where does a ticket's file belong?

`tickets/<status>/<id>.yaml`; statuses of the category closed have a directory a month,
`tickets/closed/2026-11/<id>.yaml`. Only names are looked at here, never contents, and only the
directories that are asked for. Links are never followed.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import chain
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import NamedTuple, cast

from tkt.errors import Problem, UsageError, did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.ids import TICKET_PATTERN, is_ticket_id, lenient
from tkt.late import late
from tkt.model import Ticket
from tkt.schema.configuration import Configuration
from tkt.store import sparse, strays
from tkt.store.files import os_message
from tkt.store.names import SUFFIX, KeptNames, Names, listed

TICKETS = "tickets"
KEEP = ".gitkeep"
_NONE = Names("", "")
_TAIL = len("261121-K7Q2M")
_Place = tuple[str, str]  # a status, and a directory of it
_LOOKS = 3  # at directories that change while they are listed
_TICKET_FILE = late(rf"{TICKET_PATTERN}\.yaml")
_MONTH = late(r"\d{4}-(0[1-9]|1[0-2])")


class Found(NamedTuple):
    """A ticket file. `path` is posix and relative to the desk, `abspath` is for opening it."""

    id: str
    status: str
    path: str
    abspath: str


_found = cast("Callable[[tuple[str, str, str, str]], Found]", partial(tuple.__new__, Found))
"""`Found` in half the time, for those who find ten thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What lies in the directories that were asked for.

    `files` are in order of their ids and may be read and written; `duplicates` are the files of
    ids that lie in two places, which nobody may write. `left_out` are the files that a sparse checkout
    keeps off the disk.
    """

    files: tuple[Found, ...]
    duplicates: tuple[Found, ...] = ()
    left_out: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()


class Tree:
    """The ticket files of the desk at `root`, in the directories that its workflow describes."""

    def __init__(self, root: Path, config: Configuration) -> None:
        self.root = root
        self.statuses = tuple(config.workflow.statuses)
        self.sharded = config.closed

    def path_for(self, ticket_id: str, status: str, at: datetime) -> str:
        """Where the file of a ticket belongs that is in `status` since `at` (aware).

        The month of a closed ticket is that of `at` in UTC. Errors: UsageError.
        """
        self._require([status])
        if not is_ticket_id(ticket_id):
            raise UsageError(msg("{text} is not a ticket id, expected one like 261121-K7Q2M", text=ticket_id))
        month = f"{at.astimezone(UTC):%Y-%m}/" if status in self.sharded else ""
        return f"{TICKETS}/{status}/{month}{ticket_id}{SUFFIX}"

    def path_of(self, ticket: Ticket) -> str:
        """Where the file of a ticket belongs: in its status, in the month in which it entered a closed one."""
        changes = ticket.status_changes
        entered = changes[-1][0] if changes else ticket.received_at
        return self.path_for(ticket.id, ticket.status, entered)

    @cached_property
    def left_out(self) -> tuple[Found, ...]:
        """The tickets that a sparse checkout keeps off the disk: git has them, here they cannot be read.

        Errors: GitError, FileError.
        """
        return tuple(
            Found(stem, parts[1], path, str(self.root / path))
            for path in sparse.left_out(self.root, TICKETS)
            if is_ticket_id(stem := PurePosixPath(path).stem)
            and path.endswith(SUFFIX)
            and (parts := path.split("/"))[1] in self.statuses
        )

    def scan(self, statuses: Collection[str] | None = None, *, month: str = "") -> Scan:
        """The ticket files of `statuses` (None: of all), and what does not belong there.

        `month` (`2026-11`): of those that ended, only what ended in it or later. An id that lies in two
        places is seen where both are asked for. Errors: UsageError.
        """
        wanted = self.statuses if statuses is None else self._require(statuses)
        for _ in range(_LOOKS):
            before = self._stamps(wanted, month)
            scan = self._scanned(wanted, month)
            if self._stamps(wanted, month) == before:
                break  # else a writer may have moved a ticket past us: from a directory not listed yet
        return scan

    def lately(self, month: str) -> list[Found]:
        """The ticket files that are open, or ended in `month` (`2026-11`) or later, in no order."""
        files: list[Found] = []
        for status, folder in self._places(self.statuses, month):
            self._collect(status, folder, files, [])
        files, twice = _without_moved(files)
        return [it for it in files if it.id not in twice] if twice else files

    def _scanned(self, wanted: Iterable[str], month: str) -> Scan:
        files: list[Found] = []
        problems = list(self._strays())
        for status, folder in self._places(wanted, month):
            self._collect(status, folder, files, problems)
        files.sort(key=attrgetter("id"))  # places come in a fixed order, and sorting keeps it
        files, twice = _without_moved(files)
        left_out = tuple(it for it in self.left_out if it.status in wanted and is_since(it.path, month))
        if left_out:
            problems.append(sparse.tickets_left_out(self.root, [it.path for it in left_out]))
            twice = _repeated([*files, *left_out])
        duplicates = tuple(it for it in (*files, *left_out) if it.id in twice) if twice else ()
        for ticket_id in twice:
            problems.append(
                strays.two_places(ticket_id, [it.path for it in duplicates if it.id == ticket_id])
            )
        return Scan(
            files=tuple(it for it in files if it.id not in twice) if twice else tuple(files),
            duplicates=duplicates,
            left_out=left_out,
            problems=tuple(problems),
        )

    def find(self, part: str) -> tuple[Found, ...]:
        """The tickets whose id contains `part`, typed leniently (ids.lenient); a whole id wins.

        In order of ids, with those that a sparse checkout leaves out. One id given twice lies in two
        places. No file is opened. Errors: UsageError for fewer than two characters.
        """
        wanted = lenient(part)
        if len(wanted) < 2:
            raise UsageError(
                msg("{part} is too short, expected two characters of a ticket id or more", part=repr(part))
            )
        whole = _whole_id(part)
        places = list(self._places(self.statuses))
        exact = () if whole is None else self.named(whole, places)
        if exact:
            return exact
        found = self._partly(wanted, places, self._names) or self._partly(wanted, places, self._listed)
        found += [it for it in self.left_out if wanted in lenient(it.id)]
        return tuple(sorted(found))

    def ids(self) -> list[str]:
        """The ids of all tickets, by the names of files alone; those that a sparse checkout leaves out too."""
        found = [it.id for it in self.left_out]
        for _status, folder in self._places(self.statuses):
            found += filter(None, self._names(folder).stems.split("/"))
        return found

    def named(self, ticket_id: str, places: Sequence[_Place] | None = None) -> tuple[Found, ...]:
        """The tickets of exactly this id; no folder is listed but those that hold months."""
        wanted = list(self._places(self.statuses)) if places is None else places
        for _ in range(2):  # it may move past us, from a place not looked at yet to one that was
            found, _twice = _without_moved(self._among([ticket_id], wanted))
            found += [it for it in self.left_out if it.id == ticket_id]
            if found:
                break
        return tuple(found)

    def missing_gitkeeps(self) -> tuple[Problem, ...]:
        """A warning for every status directory without its `.gitkeep`."""
        keeps = {f"{TICKETS}/{status}/{KEEP}": f"{TICKETS}/{status}" for status in self.statuses}
        missing = {path: folder for path, folder in keeps.items() if not (self.root / path).is_file()}
        left_out = sparse.left_out(self.root, TICKETS) if missing else ()
        return tuple(strays.missing_keep(folder) for path, folder in missing.items() if path not in left_out)

    def _require(self, statuses: Collection[str]) -> tuple[str, ...]:
        for status in statuses:
            if status not in self.statuses:
                raise UsageError(
                    msg("{name} is not a status, expected one of this desk", name=status),
                    hint=did_you_mean(status, self.statuses),
                )
        return tuple(status for status in self.statuses if status in statuses)

    def _places(self, statuses: Iterable[str], since: str = "") -> Iterator[_Place]:
        """Every (status, directory) where tickets of `statuses` may lie, no month before `since`; links are none."""
        if (self.root / TICKETS).is_symlink():
            return
        for status in statuses:
            folder = f"{TICKETS}/{status}"
            if (self.root / folder).is_symlink():
                continue
            yield status, folder
            if status in self.sharded:
                months = sorted(entry.name for entry in self._entries(folder) if _is_month(entry))
                yield from ((status, f"{folder}/{month}") for month in months if month >= since)

    def _stamps(self, statuses: Iterable[str], month: str) -> list[int]:
        """When names were last added to each directory, or went."""
        stamps = []
        for _, folder in self._places(statuses, month):
            with suppress(OSError):
                stamps.append((self.root / folder).stat().st_mtime_ns)
        return stamps

    def _collect(self, status: str, folder: str, files: list[Found], problems: list[Problem]) -> None:
        """Sort what lies in one directory into tickets and problems. Runs once a file: kept short."""
        has_months = status in self.sharded and folder == f"{TICKETS}/{status}"
        is_ticket, beginning = _TICKET_FILE.fullmatch, f"{folder}/"
        for entry in self._entries(folder, problems):
            name = entry.name
            if is_ticket(name) and entry.is_file(follow_symlinks=False):
                files.append(_found((name[: -len(SUFFIX)], status, beginning + name, entry.path)))
                if has_months:
                    problems.append(strays.outside_of_a_month(f"{folder}/{name}"))
            elif not (has_months and _is_month(entry)):
                problems.extend(_stray(entry, f"{folder}/{name}", months=status in self.sharded))

    def _strays(self) -> Iterator[Problem]:
        """What lies directly in tickets/ and is not a status."""
        if (self.root / TICKETS).is_symlink():
            yield strays.symbolic_link(TICKETS)
            return
        problems: list[Problem] = []
        for entry in self._entries(TICKETS, problems):
            path = f"{TICKETS}/{entry.name}"
            if entry.is_symlink():
                yield strays.symbolic_link(path)
            elif not entry.is_dir():
                yield strays.outside_of_a_status(path)
            elif entry.name not in self.statuses and _has_tickets(entry.path):
                yield strays.unknown_status(path, self.statuses)
        yield from problems

    def _entries(self, folder: str, problems: list[Problem] | None = None) -> list[os.DirEntry[str]]:
        """What `folder` holds, without hidden files; nothing where it is not there."""
        try:
            with os.scandir(self.root / folder) as entries:
                return [entry for entry in entries if entry.name[0] != "."]
        except FileNotFoundError:
            return []
        except OSError as error:
            if problems is not None:
                problems.append(strays.unreadable(folder, os_message(error)))
            return []

    def _among(self, ticket_ids: Iterable[str], places: Iterable[_Place]) -> Iterator[Found]:
        """The tickets of these ids in these places."""
        for ticket_id in ticket_ids:
            for status, folder in places:
                path = f"{folder}/{ticket_id}{SUFFIX}"
                found = Found(ticket_id, status, path, str(self.root / path))
                if _is_there(found):
                    yield found

    def _partly(self, wanted: str, places: Iterable[_Place], names: Callable[[str], Names]) -> list[Found]:
        """The tickets in these places whose ids contain `wanted`, a text in the lenient spelling."""
        partly = (
            self._among(_ids_with(names(folder), wanted), [(status, folder)]) for status, folder in places
        )
        found, _twice = _without_moved(chain.from_iterable(partly))
        return found

    def _names(self, folder: str) -> Names:
        """The names in `folder`, as they were kept if they still hold."""
        try:
            return self._kept.names(folder)
        except OSError:  # a scan reports it
            return _NONE

    def _listed(self, folder: str) -> Names:
        try:
            return listed(str(self.root / folder))
        except OSError:
            return _NONE

    @cached_property
    def _kept(self) -> KeptNames:
        return KeptNames(self.root)


def _ids_with(names: Names, wanted: str) -> list[str]:
    if wanted not in names.spelled:  # one look at the whole folder and not one a name
        return []
    both = zip(names.stems.split("/"), names.spelled.split("/"), strict=False)
    return [stem for stem, text in both if wanted in text and is_ticket_id(stem)]


def _without_moved(found: Iterable[Found]) -> tuple[list[Found], list[str]]:
    """`found` as it is now, and the ids that lie in two places.

    Of an id found twice each is looked at again: it was moved while we looked, or there are two.
    """
    files = list(found)
    twice = set(_repeated(files))
    if not twice:
        return files, []
    files = [it for it in files if it.id not in twice or _is_there(it)]
    return files, _repeated(files)


def _repeated(files: Sequence[Found]) -> list[str]:
    if len({it.id for it in files}) == len(files):
        return []
    return [ticket_id for ticket_id, count in Counter(it.id for it in files).items() if count > 1]


def _is_there(found: Found) -> bool:
    """Whether the file is there and a regular one."""
    try:
        return stat.S_ISREG(os.lstat(found.abspath).st_mode)
    except OSError:
        return False


def _is_month(entry: os.DirEntry[str]) -> bool:
    return _MONTH.fullmatch(entry.name) is not None and entry.is_dir(follow_symlinks=False)


def _stray(entry: os.DirEntry[str], path: str, *, months: bool) -> Iterator[Problem]:
    """The problem with an entry of a status directory that is neither ticket nor month."""
    if entry.is_symlink():
        yield strays.symbolic_link(path)
    elif entry.is_dir():
        if _has_tickets(entry.path):
            yield strays.wrong_folder(path, months=months)
    elif not entry.is_file():
        yield strays.special_file(path)
    else:
        yield strays.not_a_ticket(path)


def _has_tickets(folder: str) -> bool:
    names: Iterable[str] = (name for _, _, files in os.walk(folder) for name in files)
    return any(name.endswith(strays.TICKET_SUFFIXES) for name in names)


def month_of(path: str) -> str | None:
    """The month of `tickets/closed/2026-11/ID.yaml`; None of a ticket that has not ended."""
    parts = path.split("/")
    return parts[2] if len(parts) == 4 else None


def is_since(path: str, month: str) -> bool:
    """Whether the ticket in `path` has not ended, or ended in `month` or later."""
    return (month_of(path) or month) >= month


def ticket_id_of(path: str) -> str | None:
    """The id that a file below tickets/ is named for; None for every other path of a desk."""
    place = PurePosixPath(path)
    is_ticket = path.startswith(f"{TICKETS}/") and place.suffix == SUFFIX and len(place.parts) >= 3
    return place.stem if is_ticket and is_ticket_id(place.stem) else None


def _whole_id(part: str) -> str | None:
    """`part` as a whole id, if it is one; letters of a desk's prefix are taken as they are."""
    text = part.strip().upper().replace("_", "-")
    whole = text[:-_TAIL] + lenient(text[-_TAIL:])
    return whole if is_ticket_id(whole) else None
