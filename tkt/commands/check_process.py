"""`tkt check --process`: what lies about neglected? For a scheduled job; no pull request fails for it."""

from __future__ import annotations

from tkt.commands.common import Session
from tkt.commands.formats import Format
from tkt.errors import EXIT_NO, Problem
from tkt.neglect import unpatrolled
from tkt.neglecting import neglected_on
from tkt.render.neglect_page import Neglect, neglect_json, neglect_lines, neglect_markdown
from tkt.store.journals import last_patrols


def check_process(session: Session, format_: Format) -> int:
    """Tell what is neglected; 1 where anything is, 2 where a file cannot be read."""
    problems: list[Problem] = []
    found = _looked_for(session, problems)
    code = session.report(problems)
    if session.json or format_ is Format.JSON:
        session.answer(neglect_json(found))
    elif format_ is Format.MARKDOWN:
        session.screen.print_each(neglect_markdown(found))
    elif found.count or not session.common.quiet:
        session.screen.print_each(neglect_lines(found, session.screen))
    return code or (EXIT_NO if found.count else 0)


def _looked_for(session: Session, problems: list[Problem]) -> Neglect:
    desk, now = session.desk, session.now
    tickets, ground, checked = neglected_on(desk, now, problems)
    return Neglect(
        tickets=tickets,
        patrols=tuple(unpatrolled(last_patrols(desk.root, problems), ground)),
        checked=checked,
        config=session.told_config,
        now=now,
    )
