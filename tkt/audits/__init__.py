"""Was the history of a desk changed as it may be? One function a rule, all findings told (docs/audit.md).

Pure: tickets before and after, commits and a configuration go in. A new rule is one function and one
entry in a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tkt.audits import authors, closing, commits, dating, edits, files, history, improving, settings
from tkt.audits.cases import Commit, Manner, RangeCase, TicketCase
from tkt.audits.finding import Finding, Level, Rule
from tkt.i18n import N_

TICKET_RULES: tuple[Rule[TicketCase], ...] = (
    Rule(
        code="append-only",
        level=Level.ERROR,
        title=N_("What was recorded stays: events are added, never removed or rewritten."),
        advice=N_("A mistake is taken back by a later event: tkt undo."),
        judge=history.append_only,
    ),
    Rule(
        code="redaction",
        level=Level.ERROR,
        title=N_("Words may be taken out where the event says by whom, when and why; all else of it stays."),
        advice=N_("Use tkt redact, which writes that down."),
        judge=history.redactions,
    ),
    Rule(
        code="immutable",
        level=Level.ERROR,
        title=N_("When a ticket was received and how it was opened never changes."),
        advice=N_("Put it back as it was."),
        judge=history.immutable,
    ),
    Rule(
        code="hand-edit",
        level=Level.ERROR,
        title=N_("A field changes with an event that says who changed it, and when."),
        advice=N_(
            "Use tkt set; tkt check --fix --changed-since A writes the event for what was edited by hand."
        ),
        judge=edits.keys,
    ),
    Rule(
        code="hand-move",
        level=Level.ERROR,
        title=N_("A ticket's file lies in the directory that its last move leads to."),
        advice=N_("Use tkt move; tkt check --fix writes the event for what was moved by hand."),
        judge=edits.directory,
    ),
    Rule(
        code="contradiction",
        level=Level.ERROR,
        title=N_("A ticket's fields say what its events say."),
        advice=N_("tkt check --fix writes the event that is missing."),
        judge=edits.contradictions,
    ),
    Rule(
        code="back-dated",
        level=Level.ERROR,
        title=N_("What is recorded more than a few minutes late says when it was recorded, and why."),
        advice=N_('Record it with --at TIME --reason "…": both times are kept.'),
        judge=dating.back_dated,
    ),
    Rule(
        code="recorded-at",
        level=Level.ERROR,
        title=N_("The time at which an event says it was recorded is that of its commit."),
        advice=N_("Leave recorded_at to tkt, which takes it from the clock."),
        judge=dating.recorded_at,
    ),
    Rule(
        code="future",
        level=Level.ERROR,
        title=N_("Nothing happens after it was committed."),
        advice=N_("Look at the clock of the machine that wrote it."),
        judge=dating.ahead,
    ),
    Rule(
        code="before-base",
        level=Level.NOTE,
        title=N_("New events that are older than the state they were added to are listed."),
        advice=N_("Usual after a squash, or where branches were merged; else ask who wrote it."),
        judge=dating.before_base,
    ),
    Rule(
        code="response-time",
        level=Level.ERROR,
        title=N_("A late record that makes a clock look better than it ran is shown."),
        advice=N_("Ask what shows that it happened then: a mail, a call, a chat."),
        judge=improving.improved,
    ),
    Rule(
        code="author",
        level=Level.WARNING,
        title=N_("What somebody did was committed by them, or names them as co-author."),
        advice=N_("A commit's author is a claim too, unless commits are signed."),
        judge=authors.authors,
    ),
    Rule(
        code="stranger",
        level=Level.WARNING,
        title=N_("Who did something is somebody of config/people.yaml."),
        advice=N_("Add the person, or the mail address, in a change of its own."),
        judge=authors.strangers,
    ),
    Rule(
        code="former",
        level=Level.ERROR,
        title=N_("Who has left the desk does nothing new."),
        advice=N_("Ask who wrote it."),
        judge=authors.former,
    ),
    Rule(
        code="machine",
        level=Level.ERROR,
        title=N_("What a machine does is marked auto, as its words answer nobody."),
        advice=N_("The program writes auto: true, or works through tkt."),
        judge=authors.machines,
    ),
    Rule(
        code="forced",
        level=Level.WARNING,
        title=N_("Guards of the workflow that somebody overruled are listed, with the reason."),
        advice=N_("Read the reason."),
        judge=closing.forced,
    ),
    Rule(
        code="untold",
        level=Level.NOTE,
        title=N_("Tickets that were closed without a word to the customer are listed."),
        advice=N_('Tell them: tkt reply ID --text "…".'),
        judge=closing.untold,
    ),
)

RANGE_RULES: tuple[Rule[RangeCase], ...] = (
    Rule(
        code="gone",
        level=Level.ERROR,
        title=N_("A ticket is closed, never deleted."),
        advice=N_("Bring the file back from the older state."),
        judge=files.gone,
    ),
    Rule(
        code="twice",
        level=Level.ERROR,
        title=N_("A ticket lies in one place."),
        advice=N_("tkt repair puts the two together, event by event."),
        judge=files.twice,
    ),
    Rule(
        code="unreadable",
        level=Level.ERROR,
        title=N_("Every ticket can be read, before and after."),
        advice=N_("tkt check says what is wrong, and where."),
        judge=files.unreadable,
    ),
    Rule(
        code="imported",
        level=Level.NOTE,
        title=N_("What an import brought is counted: its source says who did it, and when."),
        advice=N_("Look at the command that imported it, and at its file."),
        judge=files.imported,
    ),
    Rule(
        code="signature",
        level=Level.ERROR,
        title=N_("A commit's signature is good, and whoever signed it also wrote or committed it."),
        advice=N_("git log --show-signature tells more."),
        judge=commits.signatures,
    ),
    Rule(
        code="unsigned",
        level=Level.ERROR,
        title=N_("Every commit is signed, where that is asked for (--require-signed)."),
        advice=N_("git config commit.gpgsign true signs from now on."),
        judge=commits.unsigned,
    ),
    Rule(
        code="commit-date",
        level=Level.WARNING,
        title=N_("A commit is not older than what it builds on; commits that were made again are told."),
        advice=N_("Usual after a rebase; dates of commits are claims, too."),
        judge=commits.dates,
    ),
    Rule(
        code="diverged",
        level=Level.NOTE,
        title=N_("The newer state holds all that the older one does."),
        advice=N_("Three dots compare from where the two parted: A...B."),
        judge=commits.diverged,
    ),
    Rule(
        code="configuration",
        level=Level.ERROR,
        title=N_(
            "A range is judged by the configuration that it started from, and its own changes are told."
        ),
        advice=N_("--config-from chooses another one."),
        judge=settings.configuration,
    ),
    Rule(
        code="people",
        level=Level.NOTE,
        title=N_(
            "Who was added, removed or is known otherwise is told; until it is merged the old list counts."
        ),
        advice=N_("Merge changes of people before the work of these people."),
        judge=settings.people,
    ),
    Rule(
        code="programs",
        level=Level.NOTE,
        title=N_("Changed programs, and settings of git that run programs, are told."),
        advice=N_("Read them as you read code."),
        judge=settings.programs,
    ),
)

RULES: tuple[Rule[Any], ...] = (*TICKET_RULES, *RANGE_RULES)


def audit_ticket(case: TicketCase) -> Iterator[Finding]:
    """Everything that the rules find in one ticket."""
    for rule in TICKET_RULES:
        for found in rule.judge(case):
            yield replace(found, rule=rule.code, ticket=case.after.id)


def audit_range(case: RangeCase) -> Iterator[Finding]:
    """Everything that they find in the range as a whole."""
    for rule in RANGE_RULES:
        for found in rule.judge(case):
            yield replace(found, rule=rule.code)


__all__ = [
    "RANGE_RULES",
    "RULES",
    "TICKET_RULES",
    "Commit",
    "Finding",
    "Level",
    "Manner",
    "RangeCase",
    "Rule",
    "TicketCase",
    "audit_range",
    "audit_ticket",
]
