"""Do the stored keys and the directory say what the events say (docs/file-format.md, Stored keys)?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.checks.finding import Finding
from tkt.clock import instant_text
from tkt.i18n import Message, msg
from tkt.model import Ticket, Value, folded, status_of
from tkt.schema import Configuration


def status(ticket: Ticket, _config: Configuration) -> Iterator[Finding]:
    """The directory is the status that the last `moved`, or else `opened`, leads to (docs/sla.md S3)."""
    told = status_of(ticket.events)
    if told is not None and told != ticket.status:
        yield Finding(
            code="status",
            message=msg(
                "it lies in {directory}, but its events lead to {status}",
                directory=ticket.status,
                status=told,
            ),
            hint=msg("tkt repair, if a merge or rebase left it here; tkt check --fix records a move by hand"),
        )


def keys(ticket: Ticket, config: Configuration) -> Iterator[Finding]:
    """A key that events speak of is what they say."""
    for name, told in folded(ticket.events, finished=config.finished).items():
        message = _contradiction(name, told, ticket.get(name))
        if message is not None:
            yield Finding(
                code="fold",
                message=message,
                key=(name,) if name in ticket.values else (),
                hint=msg("tkt check --fix records the change; or put the old value back"),
            )


def _contradiction(name: str, told: Value, stored: Value) -> Message | None:
    if isinstance(told, tuple):
        return _members_contradict(name, told, stored)
    if told == stored:
        return None
    if stored is None:
        return msg("{key} is absent, but its events say {told}", key=name, told=_shown(told))
    if told is None:
        return msg(
            "{key} is {stored}, but its events say that it was removed", key=name, stored=_shown(stored)
        )
    return msg(
        "{key} is {stored}, but its events say {told}", key=name, stored=_shown(stored), told=_shown(told)
    )


def _members_contradict(
    name: str, told: tuple[frozenset[str], frozenset[str]], stored: Value
) -> Message | None:
    present, absent = told
    members = set(stored) if isinstance(stored, list) else set()
    lacking, excess = sorted(present - members), sorted(absent & members)
    if lacking:
        return msg("{key} lacks {members}, which its events add", key=name, members=lacking)
    if excess:
        return msg("{key} holds {members}, which its events remove", key=name, members=excess)
    return None


def _shown(value: Value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_shown(each)}" for key, each in value.items()) + "}"
    return instant_text(value) if hasattr(value, "astimezone") else str(value)
