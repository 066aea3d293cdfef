"""How is an audit told: to a person ticket by ticket, to a program as one object?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from tkt.audits import RULES
from tkt.audits.finding import Finding, Level
from tkt.audits.naming import short
from tkt.audits.outcome import Audited
from tkt.i18n import N_, Message, _, msg, msgn, render
from tkt.render.screen import Screen
from tkt.render.text import clean, one_line, pad, width, wrap

LEVELS = {Level.ERROR: N_("error"), Level.WARNING: N_("warning"), Level.NOTE: N_("note")}
_STYLES = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "dim"}
_GAP = "  "


def audit_lines(found: Audited, screen: Screen, *, brief: bool = False) -> Iterator[str]:
    """The findings ticket by ticket, what the rules in question want, and the sum. `brief`: findings and sum."""
    if not brief:
        yield from _wrapped(_heading(found), screen)
    for place, (ticket, findings) in enumerate(groupby(found.findings, key=lambda it: it.ticket)):
        if place or not brief:
            yield ""
        yield from _title(ticket, found, screen)
        for finding in findings:
            yield from _finding_lines(finding, screen)
    if found.findings and not brief:
        yield from _rules(found, screen)
    if found.findings or not brief:
        yield ""
    yield from _wrapped(summary(found), screen)
    if not brief:
        yield from _wrapped(_claims(found), screen)


def summary(found: Audited) -> str:
    """`1 error, 0 warnings, 2 notes: 3 tickets and 2 commits audited`."""
    told = msg(
        "{errors}, {warnings}, {notes}: {tickets} and {commits} audited",
        errors=msgn("{count} error", "{count} errors", found.count(Level.ERROR)),
        warnings=msgn("{count} warning", "{count} warnings", found.count(Level.WARNING)),
        notes=msgn("{count} note", "{count} notes", found.count(Level.NOTE)),
        tickets=msgn("{count} changed ticket", "{count} changed tickets", found.tickets),
        commits=msgn("{count} commit", "{count} commits", found.commits),
    )
    return render(told)


def audit_json(found: Audited) -> dict[str, Any]:
    """An audit for a program (docs/json.md)."""
    return {
        "range": {"asked": found.words, "old": found.old, "new": found.new},
        "config_from": found.judged_by,
        "tickets": found.tickets,
        "commits": found.commits,
        "signatures": dict(sorted(found.signatures.items())),
        "errors": found.count(Level.ERROR),
        "warnings": found.count(Level.WARNING),
        "notes": found.count(Level.NOTE),
        "findings": [finding_json(finding) for finding in found.findings],
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding; `message` and `hint` are in the reader's language."""
    return {
        "rule": finding.rule,
        "level": str(finding.level),
        "ticket": finding.ticket,
        "event": finding.event,
        "path": finding.path,
        "line": finding.line,
        "message": render(finding.message),
        "hint": render(finding.hint) if finding.hint is not None else None,
        "commit": finding.commit,
        "person": finding.person,
    }


def _heading(found: Audited) -> str:
    ends = msg("{old} to {new}", old=short(found.old), new=_end(found.new))
    judge = _("the files on this disk") if found.judged_by == "work" else short(found.judged_by)
    told = msg(
        "Audit of {range} ({ends}), judged by the configuration of {judge}; times of {zone}.",
        range=one_line(found.words),
        ends=ends,
        judge=judge,
        zone=found.zone,
    )
    return render(told)


def _end(new: str | None) -> str:
    return _("the files on this disk") if new is None else short(new)


def _title(ticket: str | None, found: Audited, screen: Screen) -> Iterator[str]:
    if ticket is None:
        yield screen.styled(_("The range as a whole"), "bold")
        return
    name = one_line(found.titles.get(ticket, ""))
    lines = wrap(f"{ticket}{_GAP}{name}".rstrip(), screen.columns)
    yield screen.styled(lines[0], "bold")
    yield from lines[1:]


def _finding_lines(finding: Finding, screen: Screen) -> Iterator[str]:
    room = max(width(_(name)) for name in LEVELS.values())
    label = pad(_(LEVELS[finding.level]), room)
    start = f"{_GAP}{label}{_GAP}"
    lines = wrap(_told(finding), max(screen.columns - width(start), 20))
    yield f"{_GAP}{screen.styled(label, _STYLES[finding.level])}{_GAP}{lines[0]}"
    yield from (" " * width(start) + line for line in lines[1:])


def _told(finding: Finding) -> str:
    """`tickets/new/x.yaml:12: what [rule, commit]`; the path alone only where the words do not name it."""
    told = one_line(render(finding.message))
    mark = ", ".join(filter(None, (finding.rule, short(finding.commit or ""))))
    where = one_line(finding.path or "")
    if finding.line is not None:
        where = f"{where}:{finding.line}"
    return f"{told} [{mark}]" if not where or where in told else f"{where}: {told} [{mark}]"


def _rules(found: Audited, screen: Screen) -> Iterator[str]:
    """What the rules want that found something, and what to do."""
    codes = {finding.rule for finding in found.findings}
    yield ""
    yield screen.styled(_("What these rules want"), "bold")
    room = max(width(code) for code in codes)
    for rule in RULES:
        if rule.code in codes:
            start = f"{_GAP}{pad(rule.code, room)}{_GAP}"
            told = render(msg("{rule} {advice}", rule=Message(rule.title), advice=Message(rule.advice)))
            lines = wrap(told, max(screen.columns - width(start), 20))
            yield start + lines[0]
            yield from (" " * width(start) + line for line in lines[1:])


def _claims(found: Audited) -> str:
    """How far it can be believed who wrote what."""
    if not found.commits:
        return render(msg("There are no commits in this range: who wrote what is what the files say."))
    if found.signed == found.commits:
        return render(
            msg("All commits are signed: who committed what is proven, who did what is what they say.")
        )
    told = msg(
        "Who did what, and when, is what commits say of themselves: {signed} of {commits} are signed.",
        signed=found.signed,
        commits=found.commits,
    )
    return render(told)


def _wrapped(text: str, screen: Screen) -> Iterator[str]:
    yield from wrap(clean(text), screen.columns)
