"""Options and arguments that several commands take, each said once."""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.i18n import N_

TicketArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help=N_("A ticket: any unique part of its id of two characters or more; @ is the one named last."),
    ),
]
TicketsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID…",
        help=N_("Tickets: parts of their ids, apart or with commas; @ is the one named last."),
        show_default=False,
    ),
]
QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUERY", help=N_("What to look for, e.g. owner:me priority:P1,P2 发票.")),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help=N_("Set a field in the same step; may be repeated."),
        show_default=False,
    ),
]
TextOption = Annotated[
    str,
    typer.Option(
        "--text",
        "-m",
        metavar="TEXT",
        help=N_("The words; - reads them from standard input."),
        show_default=False,
    ),
]
ArticlesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--kb",
        metavar="SLUG",
        help=N_("An article that the reply rests on; a public one is linked. May be repeated."),
        show_default=False,
    ),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help=N_("Overrule the guards; needs --reason, is recorded."))
]
LimitOption = Annotated[
    int,
    typer.Option(
        "--limit",
        "-n",
        metavar="N",
        help=N_("At most N; 0 is all. A terminal shows 50 by default."),
        show_default=False,
    ),
]
AttachOption = Annotated[
    list[str] | None,
    typer.Option(
        "--attach",
        metavar="FILE",
        help=N_("A file to keep with it; may be repeated."),
        show_default=False,
    ),
]
OwnerOption = Annotated[
    str, typer.Option("--owner", metavar="PERSON", help=N_("Who is responsible."), show_default=False)
]
ForOption = Annotated[
    str, typer.Option("--for", metavar="WHAT", help=N_("What it waits for."), show_default=False)
]
UntilOption = Annotated[
    str,
    typer.Option(
        "--until", metavar="WHEN", help=N_("Until when: 3d, 2 working days, 2026-11-30."), show_default=False
    ),
]
CodeOption = Annotated[
    str,
    typer.Option(
        "--code",
        metavar="CODE",
        help=N_("How it was solved: fixed, answered, refunded …"),
        show_default=False,
    ),
]
CauseOption = Annotated[
    str,
    typer.Option(
        "--cause",
        metavar="CAUSE",
        help=N_("Why it happened: product, process, documentation …"),
        show_default=False,
    ),
]
NextOption = Annotated[
    str, typer.Option("--next", metavar="WHAT", help=N_("The next action."), show_default=False)
]
SentByOption = Annotated[
    str,
    typer.Option(
        "--sent-by",
        metavar="CHANNEL",
        help=N_("The reply was given already: by phone, wechat …"),
        show_default=False,
    ),
]
TeamOption = Annotated[
    str, typer.Option("--team", metavar="TEAM", help=N_("The owning team."), show_default=False)
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=N_("Say what would happen and write nothing."))]
