"""Does the range change the rules by which it is judged, or what runs on people's machines?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.audits.cases import RangeCase
from tkt.audits.finding import Finding, Level
from tkt.i18n import Message, msg
from tkt.model import Person
from tkt.schema.configuration import FILES, Configuration

PEOPLE = FILES["people"][0]
DESK = FILES["desk"][0]
_HOOKS = "config/hooks/"
_SCHEMAS = "config/.schemas/"
_ATTRIBUTES = ".gitattributes"


def configuration(case: RangeCase) -> Iterator[Finding]:
    """A changed configuration is told; it does not judge the change that brings it."""
    for path in case.files:
        if is_configuration(path):
            told = msg("{path} was changed; what it says counts from the next audit on", path=path)
            yield Finding(level=Level.NOTE, message=told, path=path)
    if not case.is_readable:
        told = msg("the configuration of the newer state cannot be used")
        yield Finding(level=Level.ERROR, message=told, path=DESK, hint=msg("tkt check"))


def people(case: RangeCase) -> Iterator[Finding]:
    """Who was added to the desk, taken off it, or is known otherwise; until it is merged the old file counts."""
    ours = case.ours
    if ours is None or PEOPLE not in case.files:
        return
    before, after = case.manner.config.persons, ours.persons
    for name in dict.fromkeys((*before, *after)):
        told = _difference(name, before.get(name), after.get(name))
        if told is not None:
            yield Finding(level=Level.NOTE, message=told, path=PEOPLE, line=_line(ours, name), person=name)


def programs(case: RangeCase) -> Iterator[Finding]:
    """Programs that would run on people's machines, and how git treats the desk's files."""
    for path in case.files:
        if path.startswith(_HOOKS):
            told = msg(
                "{path} is a program that runs on people's machines once they trust it: read it", path=path
            )
            yield Finding(level=Level.NOTE, message=told, path=path)
        elif path.rpartition("/")[2] == _ATTRIBUTES:
            told = msg(
                "{path} was changed: it says which programs git merges and shows these files with", path=path
            )
            yield Finding(level=Level.NOTE, message=told, path=path)


def is_configuration(path: str) -> bool:
    """Whether a file says how the desk judges; programs and schemas do not."""
    is_below = path.startswith("config/") and path.endswith(".yaml")
    return path == DESK or (is_below and not path.startswith((_HOOKS, _SCHEMAS)))


def _difference(name: str, old: Person | None, new: Person | None) -> Message | None:
    if old is None:
        return msg("{who} was added to config/people.yaml: nobody yet to this audit", who=name)
    if new is None:
        return msg("{who} was removed from config/people.yaml: still of the desk to this audit", who=name)
    if old.kind != new.kind:
        return msg(
            "{who} becomes {new} in config/people.yaml: {old} to this audit",
            who=name,
            new=new.kind,
            old=old.kind,
        )
    if (old.email, old.aliases) != (new.email, new.aliases):
        mails = tuple(filter(None, (new.email, *new.aliases)))
        return msg("{who} gets other mail addresses, unknown to this audit: {mails}", who=name, mails=mails)
    return None


def _line(config: Configuration, name: str) -> int | None:
    return config.line_of("people", "people", name)
