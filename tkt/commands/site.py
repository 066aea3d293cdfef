"""`tkt report site`: the dashboard as a folder of linked pages, and what of it customers may see."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.options import QueryArgument
from tkt.commands.reporting import WhichOption, joined
from tkt.commands.signature import reads
from tkt.commands.windows import FromOption, LastOption, ToOption, WeekOption, windowed
from tkt.errors import Problem, UsageError
from tkt.i18n import N_, msg, msgn
from tkt.store.places import refuse_ours

if TYPE_CHECKING:
    from tkt.site.writing import Written

OutOption = Annotated[
    str,
    typer.Option(
        "--output",
        "--out",
        "-o",
        metavar="DIR",
        help=N_("The folder to write: new, empty, or one written before."),
    ),
]
PublicOption = Annotated[
    bool,
    typer.Option("--public", help=N_("Customers' status pages alone: what may be published.")),
]
ForceOption = Annotated[bool, typer.Option("--force", help=N_("Make every page again."))]
INDEX = "index.html"


@reads
def site(
    session: Session,
    query: QueryArgument = None,
    out: OutOption = "",
    public: PublicOption = False,
    from_: FromOption = "",
    to: ToOption = "",
    last: LastOption = None,
    week: WeekOption = "",
    which: WhichOption = "",
    force: ForceOption = False,
) -> int:
    """Write the dashboard: linked pages that need no server, for those who may see every ticket.

    What may be published is written with --public, into a folder of its own.
    """
    asked = joined(query, which)
    window = windowed(from_, to, last, week)
    if not out:
        raise UsageError(msg("no folder was named to write into"), hint=msg("tkt report site -o ../site"))
    if public and (asked or window is not None):
        raise UsageError(
            msg("--public takes no query and no window: every page is as its ticket stands now"),
            hint=msg("tkt report site --public -o ../public"),
        )
    folder = (session.door.directory / Path(out).expanduser()).resolve()
    refuse_ours(folder, session.desk.root, ending="public" if public else "site")
    if public:
        written, problems = _public(session, folder, force=force)
    else:
        from tkt.reports.asked import Asked
        from tkt.site.building import build_site

        built = build_site(session.desk, Asked(window=window, query=asked), session.now, folder, force=force)
        written, problems = built.written, built.problems
    code = session.report(problems)
    _tell(session, folder, written, is_public=public)
    return code


def _public(session: Session, folder: Path, *, force: bool) -> tuple[Written, tuple[Problem, ...]]:
    from tkt.statuspages import build_status_pages

    built = build_status_pages(session.desk, session.now, folder, force=force)
    session.note(*built.notes)
    return built.written, built.problems


def _tell(session: Session, folder: Path, written: Written, *, is_public: bool) -> None:
    if session.json:
        session.answer(
            {
                "folder": str(folder),
                "public": is_public,
                "written": list(written.written),
                "left": written.left,
                "removed": list(written.removed),
            }
        )
        return
    session.say(
        msg(
            "{written}, {left} left as they were, {removed} removed",
            written=msgn("wrote {count} file", "wrote {count} files", len(written.written)),
            left=written.left,
            removed=len(written.removed),
        )
    )
    if (folder / INDEX).is_file():
        session.say(msg("open {page}", page=str(folder / INDEX)))
