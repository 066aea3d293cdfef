"""How is an import of holidays told, and written with one commit?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tkt.changes import Changes, FileEdit
from tkt.commands.committing import sync_after
from tkt.commands.common import Session
from tkt.errors import Refused
from tkt.holidays.files import region_of
from tkt.holidays.importing import Import, planned_import
from tkt.holidays.library import public_days
from tkt.i18n import N_, Message, _, msg, msgn, render
from tkt.policies.calendars import import_command
from tkt.render.times import WEEKDAYS, local

SHA = 10  # characters of a commit's name that are shown
VERB = "calendar"

_STATES = {
    "new": N_("{path}: new, {holidays}, {workdays}"),
    "changed": N_("{path}: changed, {holidays}, {workdays}"),
    "unchanged": N_("{path}: has these days already, {holidays}, {workdays}"),
}


def bring_in(
    session: Session,
    country: str,
    years: Sequence[int],
    *,
    subdivision: str | None,
    dry_run: bool,
    force: bool,
    commits: bool,
) -> None:
    """Compare, tell and write all of these years, or none. Errors: Refused for a file that was edited by hand."""
    desk = session.desk
    language, made = desk.config.desk.language, local(session.now, desk.zone).date()
    days = [
        public_days(country, year, subdivision=subdivision, language=language, today=made) for year in years
    ]
    plans = [planned_import(desk, each, made=made, force=force) for each in days]
    for plan in plans:
        session.say(*_told(plan))
        _note_doubt(session, plan)
    wanted = [plan for plan in plans if plan.state != "unchanged"]
    if not dry_run:
        _refuse_edited(wanted, force=force)
    commit = _written(session, wanted, commits=commits) if wanted and not dry_run else None
    _note_use(session, plans[0])
    if session.json:
        session.answer(_json(session, plans, commit, dry_run=dry_run))
    elif dry_run:
        session.say(msg("nothing was written: --dry-run"))
    elif commit is not None:
        session.say(msg("in commit {sha}", sha=commit[:SHA]))
    sync_after(session, commit)


def _written(session: Session, plans: Sequence[Import], *, commits: bool) -> str | None:
    """One commit of all files; None where none was made."""
    edits = [FileEdit(path=it.path, data=it.text.encode(), original=it.original) for it in plans]
    region, years = region_of(plans[0].days), " ".join(str(it.days.year) for it in plans)
    what = f"{VERB}: holidays of {region} in {years}".replace("'", "")
    changes = Changes(desk=session.desk, now=session.now, commits=commits)
    written = changes.write_planned(edits, pairs=(), what=what, verb=VERB)
    session.note(*written.notes)
    return written.commit


def _refuse_edited(plans: Sequence[Import], *, force: bool) -> None:
    edited = [plan.path for plan in plans if plan.is_edited and not force]
    if edited:
        raise Refused(
            msg("made or edited by hand, and not overwritten: {paths}", paths=tuple(edited)),
            hint=msg("write the differences above into it by hand, or overwrite it with --force"),
        )


def _told(plan: Import) -> Iterator[Message | str]:
    """A file, and each day that comes into it or goes."""
    file = plan.file
    yield msg(
        _STATES[plan.state],
        path=plan.path,
        holidays=msgn("{count} holiday", "{count} holidays", len(file.holidays)),
        workdays=msgn("{count} make-up day", "{count} make-up days", len(file.workdays)),
    )
    names = {str(day): name for day, name in plan.days.holidays.items()}
    for sign, key, day in plan.differences:
        name = names.get(day, "") if key == "holidays" else _("make-up day")
        yield f"  {sign} {day} {_(WEEKDAYS[date.fromisoformat(day).weekday()])}  {name}".rstrip()
    if plan.old is not None and plan.old.announced != file.announced:
        yield _("  now announced") if file.announced else _("  no longer taken for announced")


def _note_doubt(session: Session, plan: Import) -> None:
    if not plan.days.is_announced:
        region, year = region_of(plan.days), plan.days.year
        session.note(
            msg(
                "{region} has not announced {year}, as far as the package holidays knows: these are the days that"
                " the law fixes, or estimates, without days moved; the file says `announced: false`, and"
                " `tkt calendar check` reminds of it. Once it is announced: {command}",
                region=region,
                year=year,
                command=f"pip install --upgrade holidays; {import_command(region, year)}",
            )
        )


def _note_use(session: Session, plan: Import) -> None:
    region = region_of(plan.days)
    calendars = session.desk.config.sla.calendars
    if not any(it.holidays == region for it in calendars.values()):
        name = next(iter(calendars), "office")
        session.note(
            msg(
                "no calendar takes these days yet: in config/sla.yaml, write `holidays: {region}` into a calendar"
                " such as {name}",
                region=region,
                name=name,
            )
        )


def _json(session: Session, plans: Sequence[Import], commit: str | None, *, dry_run: bool) -> dict[str, Any]:
    return {
        "files": [_file_json(plan) for plan in plans],
        "dry_run": dry_run,
        "commit": commit,
        "notes": [render(note) for note in session.notes],
    }


def _file_json(plan: Import) -> dict[str, Any]:
    file = plan.file
    return {
        "path": plan.path,
        "region": file.region,
        "year": plan.days.year,
        "state": plan.state,
        "edited": plan.is_edited,
        "announced": file.announced,
        "holidays": [{"date": str(day), "name": name} for day, name in plan.days.holidays.items()],
        "workdays": list(file.workdays),
        "added": [{"date": day, "kind": key} for sign, key, day in plan.differences if sign == "+"],
        "removed": [{"date": day, "kind": key} for sign, key, day in plan.differences if sign == "-"],
        "source": plan.days.source,
    }
