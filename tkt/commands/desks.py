"""`tkt init` and `tkt demo`: where does a desk come from?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkt import i18n
from tkt.commands.clone_setup import set_up_new
from tkt.commands.common import Session
from tkt.commands.signature import reads
from tkt.errors import NotFound, UsageError
from tkt.i18n import N_, Message, msg, msgn

if TYPE_CHECKING:
    from tkt.ci import Added, Wish
    from tkt.desk import Desk
    from tkt.newdesk import Started


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


class Forge(StrEnum):
    """Whose CI the files are for."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"


CiOption = Annotated[
    Forge | None,
    typer.Option(
        "--ci",
        help=N_("Write the jobs of this forge too; in a desk that is there, only these."),
        show_default=False,
    ),
]
PackageOption = Annotated[
    str,
    typer.Option(
        "--package",
        metavar="SPEC",
        help=N_("With --ci: what pip installs tkt from there, like tkt @ git+https://HOST/tkt@COMMIT."),
        show_default=False,
    ),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help=N_("With --ci: replace files that say something else."))
]


@reads
def init(
    session: Session,
    directory: DirArgument = "",
    profile: ProfileOption = Profile.SAAS,
    name: NameOption = "",
    zone: ZoneOption = "",
    ci: CiOption = None,
    package: PackageOption = "",
    force: ForceOption = False,
) -> int:
    """Make a new desk; in no repository yet, a repository too."""
    from tkt.ci import Wish
    from tkt.newdesk import start_desk

    _refuse_without_ci({"--package": bool(package), "--force": force} if ci is None else {})
    wish = None if ci is None else Wish(ci.value, package, force)
    there = _desk_here(session, directory) if wish and not (name or zone) else None
    if wish and there:
        return _add_ci(session, there, wish)
    root = session.door.directory / (directory or ".")
    made = start_desk(
        root,
        profile=profile.value,
        language=i18n.current_language(),
        name=name or None,
        zone=zone or None,
        ci=wish,
    )
    _tell_new(session, made, root, wish)
    return 0


def _tell_new(session: Session, made: Started, root: Path, wish: Wish | None) -> None:
    """What was made, once its clone is set up. `root`: its folder, as it was asked for."""
    set_up = tuple(set_up_new(root))
    if session.json:
        told = None if made.ci is None else asdict(made.ci)
        session.answer(
            {"path": str(made.root.resolve()), "paths": list(made.paths), "commit": made.commit, "ci": told}
        )
        return
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
        *(ci_lines(wish, made.ci) if wish and made.ci else ()),
        msg(
            "next: tkt new, tkt list, tkt config explain workflow; config/ is yours to edit, tkt check judges it"
        ),
    )


def _refuse_without_ci(given: Mapping[str, bool]) -> None:
    """Errors: UsageError."""
    for option in (name for name, wish in given.items() if wish):
        raise UsageError(msg("{option} goes with --ci", option=option), hint=msg("tkt init --ci github"))


def _desk_here(session: Session, directory: str) -> Desk | None:
    """The desk that is there already; without DIR the one around, too. Errors: ConfigError."""
    from tkt.desk import Desk
    from tkt.store.config import DESK_FILE, find_desk

    if directory:
        root = session.door.directory / directory
        return Desk.open(root) if (root / DESK_FILE).exists() else None
    try:
        return Desk.open(find_desk(session.door.directory))
    except NotFound:
        return None


def _add_ci(session: Session, desk: Desk, wish: Wish) -> int:
    from tkt.ci import add_to_desk

    added, commit = add_to_desk(desk, wish, commits=desk.config.desk.git.autocommit)
    if session.json:
        session.answer({"path": str(desk.root.resolve()), "paths": [], "commit": commit, "ci": asdict(added)})
        return 0
    session.say(*ci_lines(wish, added))
    return 0


def ci_lines(wish: Wish, added: Added) -> Iterator[Message]:
    """What became of the files of a forge, and what it needs to be told."""
    from tkt.ci import ROBOT_ID
    from tkt.ci import quoted_scalar as quoted

    if added.written:
        yield msgn(
            "wrote {count} file for {forge}: {paths}",
            "wrote {count} files for {forge}: {paths}",
            len(added.written),
            forge=wish.forge,
            paths=added.written,
        )
    elif not added.kept:
        yield msg("all files for {forge} are there already", forge=wish.forge)
    for path in added.kept:
        yield msg("left as it is, because it says something else: {path}", path=path)
    if added.kept:
        yield msg("to replace them: tkt init --ci {forge} --force", forge=wish.forge)
    if ".gitlab-ci.yml" in added.kept:
        yield msg("or add to {path}: include: [local: .gitlab/tkt.yml]", path=".gitlab-ci.yml")
    if added.written and not added.package:
        yield msg(
            "CI must know where to get tkt: set the variable TKT_PACKAGE there, like {example}",
            example="tkt @ git+https://HOST/tkt@COMMIT",
        )
    if added.robot is not None:
        yield msg(
            "its commits are those of {name}; add to `people:` of config/people.yaml: {line}",
            name=added.robot.name,
            line=f"{ROBOT_ID}: {{name: {quoted(added.robot.name)}, email: {quoted(added.robot.mail)}, kind: bot}}",
        )


@reads
def demo(
    session: Session, directory: DirArgument = "", tickets: TicketsOption = 240, seed: SeedOption = 1
) -> int:
    """Make a demo desk: people, customers, and tickets of the last weeks with their history."""
    from tkt.clock import now_at_the_door
    from tkt.demo import build_demo

    root = session.door.directory / (directory or "tkt-demo")
    now = now_at_the_door(session.common.now or None, "Asia/Shanghai")
    made = build_demo(root, tickets=tickets, seed=seed, now=now, language=i18n.current_language())
    set_up = tuple(set_up_new(root))
    if session.json:
        session.answer({"path": str(root.resolve()), "tickets": made.tickets, "commit": made.commit})
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
