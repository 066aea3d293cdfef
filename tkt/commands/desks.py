"""`tkt init` and `tkt demo`: where does a desk come from?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tkt import i18n
from tkt.commands.clone_setup import set_up_new
from tkt.commands.common import Session
from tkt.commands.signature import reads
from tkt.i18n import N_, msg, msgn


class Profile(StrEnum):
    """For whom the desk's defaults are made."""

    SAAS = "saas"
    AFTER_SALES = "after-sales"


DirArgument = Annotated[
    str,
    typer.Argument(
        metavar="[DIR]", help=N_("The desk's folder; it is made if it is not there."), show_default=False
    ),
]
ProfileOption = Annotated[
    Profile,
    typer.Option("--profile", help=N_("Software as a service, or goods and their after-sales service.")),
]
NameOption = Annotated[
    str, typer.Option("--name", help=N_("The desk's name; else the folder's."), show_default=False)
]
ZoneOption = Annotated[
    str,
    typer.Option(
        "--zone", metavar="ZONE", help=N_("The desk's time zone, e.g. Asia/Shanghai."), show_default=False
    ),
]
TicketsOption = Annotated[int, typer.Option("--tickets", min=1, max=1_000_000, help=N_("How many tickets."))]
SeedOption = Annotated[int, typer.Option("--seed", help=N_("The same seed and --now give the same desk."))]


@reads
def init(
    session: Session,
    directory: DirArgument = "",
    profile: ProfileOption = Profile.SAAS,
    name: NameOption = "",
    zone: ZoneOption = "",
) -> int:
    """Make a new desk; in no repository yet, a repository too."""
    from tkt.newdesk import start_desk

    root = session.door.directory / (directory or ".")
    made = start_desk(
        root, profile=profile.value, language=i18n.current_language(), name=name or None, zone=zone or None
    )
    set_up = tuple(set_up_new(root))
    if session.json:
        session.answer({"path": str(made.root), "paths": list(made.paths), "commit": made.commit})
        return 0
    session.note(*made.notes)
    if made.around is not None:
        session.note(msg("it lies in the repository {path}", path=str(made.around)))
    session.say(
        msgn(
            "made a desk of {count} file in {path}",
            "made a desk of {count} files in {path}",
            len(made.paths),
            path=str(root),
        ),
        *set_up,
        msg(
            "next: tkt new, tkt list, tkt config explain workflow; config/ is yours to edit, tkt check judges it"
        ),
    )
    return 0


@reads
def demo(
    session: Session, directory: DirArgument = "", tickets: TicketsOption = 60, seed: SeedOption = 1
) -> int:
    """Make a demo desk: people, customers, and tickets of the last weeks with their history."""
    from tkt.clock import now_at_the_door
    from tkt.demo import build_demo

    root = session.door.directory / (directory or "tkt-demo")
    now = now_at_the_door(session.common.now or None, "Asia/Shanghai")
    made = build_demo(root, tickets=tickets, seed=seed, now=now, language=i18n.current_language())
    set_up = tuple(set_up_new(root))
    if session.json:
        session.answer({"path": str(root), "tickets": made.tickets, "commit": made.commit})
        return 0
    session.say(
        msgn(
            "made a demo desk with {count} ticket in {path}",
            "made a demo desk with {count} tickets in {path}",
            made.tickets,
            path=str(root),
        ),
        *set_up,
        msg("try: cd {path} && tkt list", path=_shell(root)),
    )
    return 0


def _shell(path: Path) -> str:
    from shlex import quote

    return quote(str(path))
