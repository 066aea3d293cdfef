"""Who is on call, until when, and who then?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tkt.clock import instant_text
from tkt.i18n import _, msg, render
from tkt.render import words
from tkt.render.config_page import Block, ConfigPage
from tkt.render.times import stamp
from tkt.schema import Configuration
from tkt.schema.configuration import COVERING_TEAM
from tkt.timerules.on_call import next_change, on_call

Rows = tuple[tuple[str, ...], ...]


def on_call_page(config: Configuration, now: datetime, teams: Iterable[str], zone: str) -> ConfigPage:
    """Each team with whoever is on call, told in `zone`; what has no rota of its own goes by that of `support`.

    Teams of which the same is to be told stand together.
    """
    data: dict[str, Any] = {}
    alike: dict[Rows, list[str]] = {}
    for team in teams:
        rows, data[team] = _team(config, now, team, zone)
        alike.setdefault(rows, []).append(words.team_name(config, team))
    sections: list[Block] = [(_(", ").join(names), rows) for rows, names in alike.items()]
    return ConfigPage(data={"now": instant_text(now), "teams": data}, sections=tuple(sections))


def _team(config: Configuration, now: datetime, team: str, zone: str) -> tuple[Rows, dict[str, Any]]:
    source = next((it for it in (team, COVERING_TEAM) if it in config.people.on_call), None)
    if source is None:
        nothing = {"rota": None, "person": None, "until": None, "then": None}
        return ((_("on call"), _("nobody: no rota under on_call of config/people.yaml")),), nothing
    rota = config.people.on_call[source]
    person, change = on_call(rota, config, now), next_change(rota, config, now)
    until, then = change if change is not None else (None, None)
    rows = [(_("on call"), _name(config, person))]
    if until is not None:
        rows.append((_("ends"), stamp(until, zone)))
        rows.append((_("then"), _name(config, then)))
    if source != team:
        rows.append((_("by"), render(msg("the rota of {team}", team=words.team_name(config, source)))))
    told = {
        "rota": source,
        "person": person,
        "until": None if until is None else instant_text(until),
        "then": then,
    }
    return tuple(rows), told


def _name(config: Configuration, person: str | None) -> str:
    return words.person_name(config, person) if person is not None else _("nobody")
