"""`tkt export parquet` and `tkt export sql`: how is the desk asked in SQL?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.importing import tickets_counted
from tkt.commands.signature import reads
from tkt.commands.windows import FromOption, Last, LastOption, ToOption, WeekOption, windowed
from tkt.errors import NotFound, UsageError
from tkt.i18n import N_, msg, render
from tkt.store.places import refuse_ours

if TYPE_CHECKING:
    from tkt.kpis.window import Window

FolderOption = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="DIR", help=N_("The folder that the files go into."), show_default=False
    ),
]
NoTextOption = Annotated[
    bool, typer.Option("--no-text", help=N_("Without what people wrote: messages, titles, comments, names."))
]
WordsOption = Annotated[
    bool, typer.Option("--keywords", help=N_("Also a table of words, for K19; takes longer."))
]
ReplaceOption = Annotated[bool, typer.Option("--force", help=N_("Put it in the place of an earlier export."))]
NumberArgument = Annotated[
    str,
    typer.Argument(metavar="[KPI]", help=N_("K0 to K20, or its name in JSON: csat; none: which there are.")),
]
OnOption = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="DIR",
        help=N_("Begin with what makes DuckDB take the tables from this export."),
        show_default=False,
    ),
]


@reads
def parquet(
    session: Session,
    output: FolderOption = "",
    no_text: NoTextOption = False,
    keywords: WordsOption = False,
    force: ReplaceOption = False,
) -> int:
    """Write the whole desk as Parquet files, one a table: tickets, events, messages, verdicts and the rest.

    For who asks in SQL: tkt export sql prints what gives each key figure.
    """
    if not output:
        raise UsageError(msg("expected a folder to write to"), hint=msg("tkt export parquet -o parquet"))
    from tkt.export.parquet import Wish, content_of, needs_duckdb, write_parquet
    from tkt.reports.gathering import gathered
    from tkt.store.gitrepo import GitRepo

    desk = session.desk
    desk.refuse_left_out()
    refuse_ours(Path(output), desk.root, ending="parquet")
    needs_duckdb()
    repo = GitRepo.of(desk.root)
    more = gathered(desk, repo, keywords=keywords, customers=True)
    content = content_of(
        desk,
        session.now,
        Wish(with_text=not no_text, words=more.words),
        more,
        commit=repo.head() if repo else None,
        is_clean=repo.is_clean() if repo else None,
    )
    written = write_parquet(output, content.rows, force=force)
    session.say(msg("{tickets} in {file}", tickets=tickets_counted(written.rows["tickets"]), file=output))
    if session.json:
        session.answer({"folder": output, "rows": written.rows})
    return session.report(content.problems)


@reads
def sql(
    session: Session,
    name: NumberArgument = "",
    on: OnOption = "",
    from_: FromOption = "",
    to: ToOption = "",
    last: LastOption = None,
    week: WeekOption = "",
) -> int:
    """Print the SQL that gives a key figure from the Parquet files; without a name, which there are.

    Its window is $start, $end and $now, or with --from, --last or --week the instants themselves.
    """
    from tkt.export.queries import sql_of, with_window
    from tkt.kpis.explained import MEANINGS, number_of

    if not name and not on:
        if session.json:
            session.answer([{"number": number, "key": it.key} for number, it in MEANINGS.items()])
        else:
            session.say(*(f"{number:<4} {render(it.title)}" for number, it in MEANINGS.items()))
        return 0
    text = sql_of(number_of(name)) if name else ""
    window = _window(session, from_, to, last, week)
    if window is not None:
        text = with_window(text, window.start, window.end, session.now)
    text = (_views(on) if on else "") + text
    if session.json:
        session.answer({"number": number_of(name) if name else None, "sql": text})
    else:
        session.screen.print(text.rstrip("\n"))
    return 0


def _views(folder: str) -> str:
    """What begins with the tables of an export; an address (`s3://…`) is believed. Errors: NotFound."""
    from tkt.export.queries import views_on

    if "://" not in folder and not (Path(folder) / "tickets.parquet").is_file():
        raise NotFound(
            msg("{folder} holds no export, expected tickets.parquet in it", folder=folder),
            hint=msg("tkt export parquet -o {folder}", folder=folder),
        )
    return views_on(folder)


def _window(session: Session, from_: str, to: str, last: Last | None, week: str) -> Window | None:
    """The window that is named; none needs no desk."""
    named = windowed(from_, to, last, week)
    return named(session.desk.zone, session.now) if named else None
