"""Which commands are there, and where does each live?

A command's module is imported only when the command is asked for. A new command is one function and
one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from tkt.frozen import dataclass
from tkt.i18n import N_


@dataclass(frozen=True)
class CommandRef:
    """Where a command's function is, and its help.

    `here`: it is about what is checked out, whatever branch `git.branch` says the desk is on.
    """

    module: str
    function: str
    help: str
    here: bool = False

    def load(self) -> Callable[..., Any]:
        """The function; imports its module."""
        found: Callable[..., Any] = getattr(import_module(f"tkt.commands.{self.module}"), self.function)
        return found


@dataclass(frozen=True)
class GroupRef:
    """A noun with commands of its own."""

    help: str
    commands: Mapping[str, CommandRef]
    others: str = ""  # the module that has a desk's own: `named(name)`, and `mentioned()` for the help


COMMANDS: Mapping[str, CommandRef] = {
    "init": CommandRef(
        "desks", "init", N_("Make a new desk here or in DIR, commented and working as it stands."), here=True
    ),
    "demo": CommandRef("desks", "demo", N_("Make a demo desk full of tickets to try tkt on."), here=True),
    "new": CommandRef("new", "new", N_("Record a request; a channel and the customer's words are enough.")),
    "list": CommandRef(
        "listing",
        "list_tickets",
        N_("List tickets, next due first; without a query those that wait for you."),
    ),
    "show": CommandRef(
        "show", "show", N_("Show one ticket as a page: what it is, what is due, what happened.")
    ),
    "search": CommandRef(
        "searching",
        "search",
        N_("Find tickets, articles and customers by words and fields, the best first."),
    ),
    "next": CommandRef("next", "next_ticket", N_("Show the ticket to take up next, and why that one.")),
    "edit": CommandRef(
        "edit", "edit", N_("Edit a ticket's fields in your editor; what changed is recorded.")
    ),
    "set": CommandRef(
        "fields", "set_fields", N_("Set fields of a ticket: FIELD=VALUE …; an empty value removes one.")
    ),
    "tag": CommandRef("fields", "tag", N_("Add tags to a ticket, or remove them with a leading -.")),
    "assign": CommandRef("fields", "assign", N_("Give a ticket to a person or a team.")),
    "take": CommandRef("moves", "take", N_("Make a ticket yours and start on it.")),
    "move": CommandRef("moves", "move", N_("Move a ticket to another status.")),
    "start": CommandRef("moves", "start", N_("Start work: move a ticket to in-progress.")),
    "wait": CommandRef("moves", "wait", N_("Wait for the customer, a vendor or a colleague.")),
    "resolve": CommandRef("moves", "resolve", N_("Mark a ticket solved, with how and why.")),
    "close": CommandRef("moves", "close", N_("Close a ticket that the customer knows to be solved.")),
    "reopen": CommandRef(
        "moves", "reopen", N_("Reopen a ticket; after the reopen window a new one that follows it.")
    ),
    "reply": CommandRef("talk", "reply", N_("Answer the customer; what you write is public.")),
    "heard": CommandRef(
        "talk", "heard", N_("Record what the customer said elsewhere: phone, chat, counter.")
    ),
    "noreply": CommandRef(
        "talk", "noreply", N_("Say why the customer's last message needs no answer; its clock is cancelled.")
    ),
    "note": CommandRef("talk", "note", N_("Write an internal note; the customer never sees it.")),
    "rate": CommandRef("rating", "rate", N_("Record how a customer rated the work on a ticket.")),
    "spam": CommandRef("disposing", "spam", N_("Put tickets away as spam: outside every clock and figure.")),
    "duplicate": CommandRef(
        "disposing", "duplicate", N_("Put a ticket away as a duplicate of another one, named by --of.")
    ),
    "not-spam": CommandRef(
        "disposing", "not_spam", N_("Take back that a ticket was put away as spam or as a duplicate.")
    ),
    "escalate": CommandRef(
        "escalating",
        "escalate",
        N_("Escalate a ticket: to another team with --to, else to the next level above."),
    ),
    "tick": CommandRef(
        "ticking",
        "tick",
        N_("Do what the time asks for: warn, escalate, remind, take up again, close."),
    ),
    "board": CommandRef(
        "board", "board", N_("See the desk live in the terminal: columns by status, work from the keyboard.")
    ),
    "batch": CommandRef(
        "batch", "batch", N_("Carry out JSON lines from standard input: all with one commit, or none.")
    ),
    "log": CommandRef(
        "history", "log", N_("Show what happened to a ticket, or what happened lately on the desk.")
    ),
    "undo": CommandRef(
        "history",
        "undo",
        N_("Take back the last command; what others may have seen is corrected, not removed."),
    ),
    "check": CommandRef(
        "check", "check", N_("Check files and configuration; exit code 1 names faults."), here=True
    ),
    "sync": CommandRef(
        "sync",
        "sync",
        N_("Fetch, merge by ticket, check and push; --forecast says whether a branch would merge."),
    ),
    "repair": CommandRef(
        "repair",
        "repair",
        N_("Repair what a merge left: tickets are put together event by event."),
        here=True,
    ),
    "diff": CommandRef("diff", "diff", N_("Say in words what a branch does to which tickets."), here=True),
    "audit": CommandRef(
        "audit",
        "audit",
        N_("Judge how the history was changed: nothing removed, nothing back-dated unseen."),
        here=True,
    ),
    "redact": CommandRef(
        "privacy", "redact", N_("Remove the words of an event, or a contact; who and why is recorded.")
    ),
    "forget": CommandRef(
        "privacy", "forget", N_("Replace a customer's name and contacts everywhere by a pseudonym.")
    ),
    "trust": CommandRef("trust", "trust", N_("Allow this clone to run the programs of config/hooks/.")),
    "doctor": CommandRef(
        "doctor",
        "doctor",
        N_("Say what this clone lacks to work well, and set up what you allow."),
        here=True,
    ),
    "merge-driver": CommandRef(
        "driver", "merge_driver", N_("Merge three versions of one ticket; git calls this."), here=True
    ),
    "textconv": CommandRef(
        "driver", "textconv", N_("Print a ticket file for reading in a diff; git calls this."), here=True
    ),
}

GROUPS: Mapping[str, GroupRef] = {
    "config": GroupRef(
        N_("Show, explain and check the configuration."),
        {
            "show": CommandRef("config", "show", N_("Print the configuration as tkt reads it."), here=True),
            "schema": CommandRef(
                "config", "schema", N_("Print the JSON Schema of a file, for editors."), here=True
            ),
            "explain": CommandRef(
                "config", "explain", N_("Explain a rule: priority, workflow, sla, on-call."), here=True
            ),
        },
    ),
    "import": GroupRef(
        N_("Bring tickets in from other systems."),
        {
            "log": CommandRef(
                "imports",
                "log",
                N_("Import an event log: one row a change becomes tickets with their history."),
            ),
            "csv": CommandRef(
                "tables", "table", N_("Import a table, CSV or XLSX: one row becomes one ticket.")
            ),
        },
    ),
    "export": GroupRef(
        N_("Hand tickets over to other programs."),
        {
            "csv": CommandRef("exports", "csv", N_("Write tickets as CSV, one row a ticket.")),
            "json": CommandRef("exports", "json", N_("Write tickets as one JSON object.")),
            "jsonl": CommandRef("exports", "jsonl", N_("Write tickets as JSON lines, one object a ticket.")),
            "metrics": CommandRef(
                "export_metrics", "metrics", N_("Write the desk's numbers in Prometheus' text format.")
            ),
            "parquet": CommandRef(
                "export_parquet",
                "parquet",
                N_("Write tickets, events, verdicts and messages as Parquet files."),
            ),
            "sql": CommandRef(
                "export_parquet",
                "sql",
                N_("Print the SQL that computes a key figure from the Parquet files."),
            ),
        },
    ),
    "attach": GroupRef(
        N_("Keep files with a ticket, and get them back."),
        {
            "add": CommandRef("attach", "add", N_("Keep copies of files with a ticket.")),
            "list": CommandRef("attach", "list_attachments", N_("List the files that a ticket has.")),
            "get": CommandRef("attach", "get", N_("Write a ticket's file to where you say.")),
            "open": CommandRef("attach", "open_attachment", N_("Open a ticket's file in its program.")),
        },
    ),
    "calendar": GroupRef(
        N_("See when the desk is open, and bring public holidays in."),
        {
            "show": CommandRef("calendars", "show", N_("Draw a month with its open hours."), here=True),
            "check": CommandRef(
                "calendars",
                "check",
                N_("Check the calendars, and how far their holidays are known."),
                here=True,
            ),
            "import": CommandRef(
                "calendars",
                "import_holidays",
                N_("Write a country's holidays and make-up days of a year into config/calendars/."),
                here=True,
            ),
        },
    ),
    "outbox": GroupRef(
        N_("See what waits to be told: notices to people and to customers."),
        {
            "list": CommandRef("outbox", "list_notices", N_("List the notices that wait, oldest first.")),
            "show": CommandRef("outbox", "show", N_("Show one notice as it is to be sent.")),
        },
    ),
    "kb": GroupRef(
        N_("Write down what was learnt, and find it again."),
        {
            "new": CommandRef(
                "kb_new", "new", N_("Draft an article, from a ticket with --from; personal data is left out.")
            ),
            "list": CommandRef(
                "kb", "list_articles", N_("List articles with state, visibility, owner and use.")
            ),
            "show": CommandRef("kb", "show", N_("Show one article.")),
            "search": CommandRef("kb", "search", N_("Find articles by words, the best first.")),
            "suggest": CommandRef(
                "kb_suggesting", "suggest", N_("Name the articles that may answer a ticket.")
            ),
            "verify": CommandRef(
                "kb_changing", "verify", N_("Say that an article was looked at and is right.")
            ),
            "retire": CommandRef(
                "kb_changing", "retire", N_("Take an article out of use; it stays readable.")
            ),
            "check": CommandRef(
                "kb_check",
                "check",
                N_("Name overdue reviews, dead links, leaks, and what is not written yet."),
            ),
            "build": CommandRef(
                "kb_build", "build", N_("Write the help centre: articles and a search, no server.")
            ),
            "import-searches": CommandRef(
                "kb_importing", "import_searches", N_("Bring in what was searched for and not found.")
            ),
            "import-votes": CommandRef(
                "kb_importing", "import_votes", N_("Bring in who found which article helpful or not.")
            ),
        },
    ),
    "nps": GroupRef(
        N_("How likely customers are to recommend the desk."),
        {
            "import": CommandRef(
                "nps", "import_answers", N_("Bring in the answers of a survey from CSV or XLSX.")
            )
        },
    ),
    "completion": GroupRef(
        N_("Complete commands, ids and values in your shell."),
        {
            "install": CommandRef(
                "completion", "install", N_("Set completion up for bash, zsh or fish."), here=True
            ),
            "show": CommandRef(
                "completion", "show", N_("Print the completion script of a shell."), here=True
            ),
        },
    ),
    "sla": GroupRef(
        N_("Judge service levels."),
        {
            "check": CommandRef(
                "sla_check",
                "check",
                N_("Name the breached tickets, most urgent first; exit code 1 if there are any."),
            ),
            "list": CommandRef("sla_list", "list_clocks", N_("List running clocks, next due first.")),
            "explain": CommandRef(
                "sla",
                "explain",
                N_("Explain a ticket's clocks: every interval counted, paused and closed, with its rule."),
            ),
            "ack": CommandRef(
                "sla_ack",
                "ack",
                N_("Acknowledge a breach: who and why; it stops failing builds and stays in every figure."),
            ),
            "simulate": CommandRef(
                "sla_simulate",
                "simulate",
                N_("Judge the past by other targets: what would have been breached under FILE."),
            ),
        },
    ),
    "report": GroupRef(
        N_("Report what the history says."),
        {
            "kpi": CommandRef(
                "reports",
                "kpi",
                N_("Response, service level, backlog, satisfaction, trends … of a window of time."),
            ),
            "sla": CommandRef(
                "report_kinds", "sla", N_("Service levels met and breached, and by whose clock.")
            ),
            "trend": CommandRef("report_kinds", "trend", N_("What grows and what shrinks, week by week.")),
            "agents": CommandRef(
                "report_kinds", "agents", N_("Who resolved and answered what; alphabetical, for coaching.")
            ),
            "customers": CommandRef(
                "report_kinds", "customers", N_("Which customers write how much, and how content they are.")
            ),
            "causes": CommandRef(
                "report_kinds", "causes", N_("What the tickets came from, and what repeats.")
            ),
            "flow": CommandRef(
                "report_kinds", "flow", N_("Where work is stuck: backlog, time in status, hand-offs.")
            ),
            "loop": CommandRef(
                "report_kinds", "loop", N_("Whether customers were told, promises kept, lessons learnt.")
            ),
            "releases": CommandRef("report_kinds", "releases", N_("What each release did to the requests.")),
            "week": CommandRef(
                "report_week", "week", N_("The weekly review: what to talk about, with who and what next.")
            ),
            "month": CommandRef(
                "report_week", "month", N_("The month: the figures, their course, and what was learnt.")
            ),
            "sample": CommandRef("sampling", "sample", N_("Draw tickets at random for quality checks.")),
            "site": CommandRef("site", "site", N_("Write the dashboard: linked pages that need no server.")),
            "page": CommandRef(
                "status_pages",
                "page",
                N_("A ticket's status page for its customer: its address, or a longer life."),
            ),
            "knowledge": CommandRef(
                "kb_build", "build", N_("Write the help centre: articles and a search, no server.")
            ),
            "explain": CommandRef("reports", "explain", N_("What a key figure means.")),
        },
        others="report_named",
    ),
}
