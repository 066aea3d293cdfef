"""How is it explained which service-level policy a ticket has, and why none of those above it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from tkt.clocks.choosing import Choice, ClauseJudged, PolicyTried
from tkt.i18n import _, msg, render
from tkt.model import Ticket
from tkt.policies.levels import ServiceLevels
from tkt.policies.values import PolicyVersion, Row
from tkt.render import words
from tkt.render.config_page import Block, ConfigPage
from tkt.render.jsons import plain
from tkt.render.text import one_line
from tkt.render.times import open_time, stamp
from tkt.render.values import with_more
from tkt.schema import Configuration


def policies_page(levels: ServiceLevels, config: Configuration) -> ConfigPage:
    """Every policy in its order, each version with its rows. `config` has the reader's zone."""
    versions = levels.policies.versions
    sections: tuple[Block, ...] = tuple((_title(it, config), tuple(_row_lines(it))) for it in versions)
    return ConfigPage(data={"policies": [_version_json(it) for it in versions]}, sections=sections)


def choice_page(ticket: Ticket, choice: Choice, levels: ServiceLevels, config: Configuration) -> ConfigPage:
    """The promise that a ticket has, and how each policy was judged. `config` has the reader's zone."""
    title = f"{ticket.id}  {one_line(ticket.title)}"
    sections: list[Block] = [(title, tuple(_facts(ticket, choice, levels, config)))]
    row = choice.promise.row
    if row is not None:
        targets = tuple((words.clock_name(clock), open_time(it)) for clock, it in row.targets.items())
        sections.append((_("promised, in open time"), targets or ((_("nothing"), ""),)))
    tried = tuple(line for each in choice.tried for line in _tried_lines(each, config))
    if tried:
        sections.append((_("policies, from the top"), tried))
    return ConfigPage(data=_choice_json(ticket, choice), sections=tuple(sections))


def _facts(
    ticket: Ticket, choice: Choice, levels: ServiceLevels, config: Configuration
) -> Iterator[tuple[str, str]]:
    zone = config.desk.zone
    policy, row = choice.policy, choice.promise.row
    yield _("policy"), policy.name if policy else _("none matches: uncovered, and no clock is judged")
    if policy is not None:
        yield _("version"), _version_told(policy, levels, zone)
        yield _("holds since"), _since_told(ticket, choice.since, zone)
        yield _("row"), _row_told(choice, config)
    if row is not None:
        yield _("calendar"), row.calendar
        yield _("ladder"), row.ladder or _("none: warned at 80 % of the target")
    if choice.is_exempt and levels.enforce_from is not None:
        exempt = msg(
            "yes: received before {at}, from when promises count", at=stamp(levels.enforce_from, zone)
        )
        yield _("exempt"), render(exempt)


def _version_told(policy: PolicyVersion, levels: ServiceLevels, zone: str) -> str:
    """From when this version holds, and that there are others."""
    begins = policy.effective_from
    told = render(msg("from {at}", at=stamp(begins, zone))) if begins else _("since ever")
    others = [it for it in levels.policies.versions if it.name == policy.name and it is not policy]
    named = tuple(stamp(it.effective_from, zone) if it.effective_from else _("since ever") for it in others)
    return with_more(told, render(msg("others: {versions}", versions=named)) if named else "")


def _since_told(ticket: Ticket, since: datetime, zone: str) -> str:
    return with_more(stamp(since, zone), _("received") if since == ticket.received_at else "")


def _row_told(choice: Choice, config: Configuration) -> str:
    promise = choice.promise
    if promise.row is None and promise.priority is None:
        return _("none: it has no priority, and there is no row `default` for it")
    if promise.row is None:
        return render(msg("none for {priority}", priority=promise.priority))
    if promise.priority is None:
        return render(msg("{row}, until it has a priority", row=promise.row.name))
    return words.priority_name(config, promise.row.name)


def _tried_lines(tried: PolicyTried, config: Configuration) -> Iterator[tuple[str, str, str]]:
    name = tried.version.name
    if not tried.is_tried:
        yield name, _("not asked"), tried.version.match.text or _("everything")
        return
    verdict = _("holds") if tried.is_chosen else _("does not match")
    if not tried.clauses:
        yield name, verdict, _("everything")
    for place, clause in enumerate(tried.clauses):
        is_first = place == 0
        yield name if is_first else "", verdict if is_first else "", _clause_told(clause, config)


def _clause_told(clause: ClauseJudged, config: Configuration) -> str:
    """`tier:vip: no, customer tier is standard`."""
    values = tuple(
        msg("{field} is {value}", field=words.field_name(config, name), value=_value_told(value))
        for name, value in clause.values.items()
    )
    if clause.holds:
        return render(msg("{clause}: yes, {values}", clause=clause.text, values=values))
    return render(msg("{clause}: no, {values}", clause=clause.text, values=values))


def _value_told(value: object) -> str:
    if value is None or value == () or value == []:
        return _("empty")
    if isinstance(value, (list, tuple)):
        return one_line(" / ".join(map(str, value)))
    return one_line(str(value))


def _title(version: PolicyVersion, config: Configuration) -> str:
    since = version.effective_from
    begins = render(msg("from {at}", at=stamp(since, config.desk.zone))) if since else ""
    told = msg("{policy}: {match}", policy=version.name, match=version.match.text or _("everything"))
    return with_more(render(told), begins)


def _row_lines(version: PolicyVersion) -> Iterator[tuple[str, str, str]]:
    for row in version.rows.values():
        targets = (
            render(msg("{clock} {span}", clock=words.clock_name(clock), span=open_time(it)))
            for clock, it in row.targets.items()
        )
        yield row.name, with_more(row.calendar, row.ladder or ""), _(", ").join(targets) or "–"


def _choice_json(ticket: Ticket, choice: Choice) -> dict[str, Any]:
    promise, policy = choice.promise, choice.policy
    return {
        "ticket": ticket.id,
        "policy": policy.name if policy else None,
        "effective_from": plain(policy.effective_from) if policy else None,
        "since": plain(choice.since),
        "chosen_at": plain(choice.chosen_at),
        "priority": promise.priority,
        "row": _row_json(promise.row) if promise.row else None,
        "untargeted": promise.is_untargeted,
        "exempt": choice.is_exempt,
        "tried": [_tried_json(each) for each in choice.tried if each.is_tried],
        "not_asked": [each.version.name for each in choice.tried if not each.is_tried],
    }


def _tried_json(tried: PolicyTried) -> dict[str, Any]:
    return {
        "policy": tried.version.name,
        "effective_from": plain(tried.version.effective_from),
        "match": tried.version.match.text,
        "holds": tried.is_chosen,
        "clauses": [
            {"clause": it.text, "holds": it.holds, "values": _plain(it.values)} for it in tried.clauses
        ],
    }


def _plain(values: Mapping[str, object]) -> dict[str, Any]:
    found: dict[str, Any] = plain(values)
    return found


def _version_json(version: PolicyVersion) -> dict[str, Any]:
    return {
        "policy": version.name,
        "effective_from": plain(version.effective_from),
        "match": version.match.text,
        "rows": [_row_json(row) for row in version.rows.values()],
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {"row": row.name, "calendar": row.calendar, "ladder": row.ladder, "targets_s": dict(row.targets)}
