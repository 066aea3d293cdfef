"""What lies below tickets/ that should not, and how is each told?

One function a fault; each gives the `Problem` with a hint that can be pasted where there is one.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Sequence

from tkt.errors import Problem, Severity, did_you_mean, nearest
from tkt.i18n import Message, msg
from tkt.ids import is_ticket_id, lenient

TICKET_SUFFIXES = (".yaml", ".yml")


def unknown_status(path: str, statuses: Collection[str]) -> Problem:
    """A directory of tickets that no status is named for."""
    name = path.rpartition("/")[2]
    guess = nearest(name, statuses)
    return Problem(
        code="unknown-status",
        path=path,
        message=msg("{name} is not a status, its tickets are not read; expected a status", name=name),
        hint=_git_mv_all(path, f"tickets/{guess}") if guess else did_you_mean(name, statuses),
    )


def not_a_ticket(path: str) -> Problem:
    """A file among the tickets whose name is not an id and `.yaml`."""
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".yaml").removesuffix(".yml")
    if not name.endswith(TICKET_SUFFIXES) and not is_ticket_id(name[:12]):
        return Problem(
            code="stray",
            path=path,
            message=msg("is not a ticket, expected tickets only here"),
            severity=Severity.WARNING,
        )
    meant = f"{folder}/{lenient(stem)}.yaml" if is_ticket_id(lenient(stem)) else None
    return Problem(
        code="not-a-ticket",
        path=path,
        message=msg(
            "is not read: its name is not a ticket id and .yaml, expected one like 261121-K7Q2M.yaml"
        ),
        hint=_git_mv(path, meant) if meant else None,
    )


def outside_of_a_status(path: str) -> Problem:
    """A file directly in tickets/."""
    is_ticket = path.endswith(TICKET_SUFFIXES)
    return Problem(
        code="no-status",
        path=path,
        message=msg("is not read: it lies in no status, expected it in a directory like tickets/new"),
        hint=_git_mv(path, "tickets/new/") if is_ticket else None,
        severity=Severity.ERROR if is_ticket else Severity.WARNING,
    )


def outside_of_a_month(path: str) -> Problem:
    """A closed ticket that lies beside the months."""
    folder = path.rpartition("/")[0]
    return Problem(
        code="no-month",
        path=path,
        message=msg("lies in no month, expected it in a directory like {folder}/2026-11", folder=folder),
        hint=msg("tkt check --fix"),
        severity=Severity.WARNING,
    )


def wrong_month(path: str, right: str) -> Problem:
    """A closed ticket in another month than the one in which it was closed."""
    return Problem(
        code="wrong-month",
        path=path,
        message=msg("lies in a wrong month, expected it in {folder}", folder=right.rpartition("/")[0]),
        hint=msg("tkt check --fix"),
        severity=Severity.WARNING,
    )


def wrong_folder(path: str, *, months: bool) -> Problem:
    """A directory with tickets inside of a status that is not one of its months."""
    if months:
        return Problem(
            code="wrong-month",
            path=path,
            message=msg("is not a month, its tickets are not read; expected a name like 2026-11"),
            hint=msg("tkt check --fix"),
        )
    return Problem(
        code="wrong-folder",
        path=path,
        message=msg("is not read: only closed tickets lie in directories of their own, expected none here"),
        hint=_git_mv_all(path, path.rpartition("/")[0]),
    )


def symbolic_link(path: str) -> Problem:
    """A link; whatever it leads to may lie outside of the desk."""
    return Problem(
        code="link",
        path=path,
        message=msg("is a symbolic link and is not followed, expected the file or directory itself"),
    )


def special_file(path: str) -> Problem:
    """A pipe, a socket, a device."""
    return Problem(code="not-a-file", path=path, message=msg("is not a regular file, expected one"))


def unreadable(path: str, reason: Message) -> Problem:
    """A directory that cannot be listed."""
    return Problem(code="unreadable", path=path, message=reason)


def two_places(ticket_id: str, paths: Sequence[str]) -> Problem:
    """One id that several files claim; none of them is written."""
    one, two = (shlex.quote(path) for path in paths[:2])
    return Problem(
        code="two-places",
        path=paths[0],
        message=msg(
            "ticket {id} lies in {count} places, expected one: {paths}",
            id=ticket_id,
            count=len(paths),
            paths=tuple(paths),
        ),
        hint=msg(
            "diff {one} {two}; tkt repair, if it is one ticket twice; tkt check --fix, if they are two tickets",
            one=one,
            two=two,
        ),
    )


def missing_keep(folder: str) -> Problem:
    """A status directory that git would forget when it is empty."""
    keep = f"{folder}/.gitkeep"
    return Problem(
        code="no-gitkeep",
        path=keep,
        message=msg(
            "is missing, expected an empty file: without it a merge may carry tickets to another status"
        ),
        hint=msg("tkt check --fix"),
        severity=Severity.WARNING,
    )


def _git_mv(source: str, target: str) -> Message:
    return msg("git mv {source} {target}", source=shlex.quote(source), target=shlex.quote(target))


def _git_mv_all(source: str, target: str) -> Message:
    return msg("git mv {source} {target}", source=f"{shlex.quote(source)}/*", target=shlex.quote(target))
