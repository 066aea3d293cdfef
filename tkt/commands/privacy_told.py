"""What are people and programs told of what was taken out, and of what git's history still holds?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tkt.commands.common import Session
from tkt.i18n import msg, msgn
from tkt.privacy.files import Mention
from tkt.privacy.forgetting import Forgotten, Plan
from tkt.privacy.redaction import Done
from tkt.privacy.remains import Remains
from tkt.render.timeline import headline

SHOWN = 10
"""Paths that a person is shown; `--dry-run` and `--json` have them all."""
LISTED = 20
"""Places where somebody is named and nothing is changed; `--json` has them all."""


def tell_redacted(session: Session, done: Done) -> None:
    """Which events and keys lost words, and what to look at next."""
    session.say(msg("{id}: words taken out", id=done.ticket.id))
    for event in done.touched:
        session.say(f"  {event.id}  {headline([event], done.ticket, session.desk.config)}")
    for name in done.fields:
        session.say(msg("  {field} redacted", field=name))
    if done.elsewhere:
        session.note(
            msg(
                "words that were taken out stand elsewhere in {id} too: {places}",
                id=done.ticket.id,
                places=done.elsewhere,
            )
        )
    if done.parts:
        session.note(
            msg("parts of the contact's name stay in the words: {parts}", parts=_counted(done.parts))
        )
    if done.judged_otherwise:
        session.note(msg("its clocks are judged otherwise now: a policy looks at what is gone"))
    if done.remains is not None:
        _tell_remains(session, done.remains)


def redacted_json(done: Done) -> dict[str, Any]:
    """The same for a program (docs/privacy.md)."""
    return {
        "id": done.ticket.id,
        "events": [event.id for event in done.touched],
        "fields": list(done.fields),
        "elsewhere": list(done.elsewhere),
        "parts": dict(done.parts),
        "judged_otherwise": done.judged_otherwise,
        "commit": done.commit,
        "history": [_remains_json(done.remains)] if done.remains else [],
    }


def tell_plan(session: Session, planned: Plan, *, shown: int | None) -> None:
    """What forgetting somebody changes, and what it leaves; at most `shown` files."""
    files = sorted(planned.found.items())
    session.say(
        msg(
            "named in {files}, {tickets} among them; a pseudonym is to stand there:",
            files=msgn("{count} file", "{count} files", len(files)),
            tickets=msgn("{count} ticket", "{count} tickets", len(planned.tickets)),
        )
    )
    told = files[:shown]
    for path, count in told:
        session.say(msgn("  {path}: {count} time", "  {path}: {count} times", count, path=path))
    if len(files) > len(told):
        session.say(msg("  … and {count} more", count=len(files) - len(told)))
    if planned.parts:
        parts = _counted(planned.parts)
        session.note(msg("parts of their names stay unless you add them with --also: {parts}", parts=parts))
    if planned.mentions:
        places = [_place(mention) for mention in planned.mentions]
        more = ["…"] if len(places) > LISTED else []
        session.note(
            msg(
                "they, or others of the same name, are named in places that stay as they are: {places}",
                places=(*places[:LISTED], *more),
            )
        )


def tell_forgotten(session: Session, planned: Plan, done: Forgotten) -> None:
    """What stands for them now, and what history holds."""
    session.say("", msg("forgotten: {pseudonym} stands for them now", pseudonym=planned.subject.pseudonym))
    for remains in done.remains:
        _tell_remains(session, remains)
    if done.remains:
        session.say(
            msg(
                "look through it first: names are replaced in every file, of other customers too; "
                "take out lines that are too common"
            )
        )
    if done.left_out:
        session.note(msg("it leaves out {words}: files are made of that word", words=done.left_out))


def forgotten_json(planned: Plan, done: Forgotten | None, *, dry_run: bool) -> dict[str, Any]:
    """The same for a program (docs/privacy.md)."""
    return {
        "pseudonym": None if done is None else planned.subject.pseudonym,
        "dry_run": dry_run,
        "tickets": list(planned.tickets),
        "files": [{"path": path, "found": count} for path, count in sorted(planned.found.items())],
        "parts": dict(planned.parts),
        "mentions": [{"path": each.path, "line": each.line} for each in planned.mentions],
        "commit": None if done is None else done.commit,
        "history": [_remains_json(each) for each in done.remains] if done else [],
    }


def _tell_remains(session: Session, remains: Remains) -> None:
    """What git's history still holds, and the command that takes it out."""
    file = str(remains.file)
    session.say(
        "",
        msgn(
            "git's history still holds the words: {count} commit touches these files as they were",
            "git's history still holds the words: {count} commits touch these files as they were",
            remains.commits,
        ),
        *(f"  {path}" for path in remains.paths[:SHOWN]),
    )
    if len(remains.paths) > SHOWN:
        session.say(msg("  … and {count} more", count=len(remains.paths) - SHOWN))
    for blob in remains.unread:
        session.note(msg("a version cannot be read, so look at it yourself: git show {blob}", blob=blob))
    session.say(
        msg(
            "to take them out there too, when all is pushed: in a fresh clone (docs/privacy.md has the steps)"
        ),
        f"  {remains.command}",
        msg("every clone must then be made anew, and a forge keeps old commits until it is told to clean up"),
        msg("{file} holds the words: delete it when that is done", file=file),
    )


def _remains_json(remains: Remains) -> dict[str, Any]:
    return {
        "commits": remains.commits,
        "paths": list(remains.paths),
        "file": str(remains.file),
        "command": remains.command,
        "unread": list(remains.unread),
    }


def _counted(parts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(f"{part} ({count})" for part, count in parts.items())


def _place(mention: Mention) -> str:
    return mention.path if mention.line is None else f"{mention.path}:{mention.line}"
