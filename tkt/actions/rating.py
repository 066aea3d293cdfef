"""What does the customer say of the work: how many stars, solved or not, and in which words?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tkt.actions.actor import Actor, pen_for
from tkt.actions.opening import requester
from tkt.actions.values import BadValue, parsed
from tkt.errors import Refused
from tkt.guards.disposal import disposal
from tkt.i18n import Message, msg
from tkt.model import Ticket, Value
from tkt.schema import Configuration

CSAT = "csat"
STARS, GRADES = 5, 10
SCALES = range(2, GRADES + 1)
"""How many stars there may be; of 10 there are 0 too."""
_YES = frozenset({"yes", "y", "true", "是", "满意"})
_NO = frozenset({"no", "n", "false", "否", "不满意"})


class CannotRate(Refused):
    """There is nothing yet that could be rated, or never was."""

    code = "not-rateable"


def rate(
    ticket: Ticket,
    actor: Actor,
    config: Configuration,
    *,
    score: str,
    scale: int = STARS,
    comment: str | None = None,
    solved: bool | None = None,
    survey: str | None = None,
    channel: str | None = None,
    from_name: str | None = None,
) -> Ticket:
    """Write down how the customer rated it: so many of `scale` (`scale_of`), or yes and no.

    A second answer to the same survey replaces the first in every figure (docs/kpi.md K6); both stay. A late
    record needs no reason (docs/sla.md S5). Errors: CannotRate, BadValue for what the scale does not have,
    BadTime.
    """
    answer = _answer(score, scale)
    pen = pen_for(ticket, actor, excused=True)
    _must_be_rateable(ticket, pen.at, config)
    via = parsed(config, "channel", channel, {}) if channel else None
    theirs = pen.held_by(from_name or requester(ticket.values), role="customer", auto=False, via=via)
    theirs = replace(theirs, actor=replace(theirs.actor, reason=actor.reason))
    rated = theirs.event(
        "rated",
        survey=survey or _latest_survey(ticket),
        kind=CSAT,
        score=answer,
        scale=None if isinstance(answer, str) else scale,
        solved=solved,
        comment=(comment or "").strip() or None,
    )
    return ticket.with_events(rated)


def scale_of(text: str) -> int:
    """The number of stars that was typed; nothing is five. Errors: BadValue."""
    word = text.strip()
    if not word:
        return STARS
    if not (word.isascii() and word.isdigit()) or int(word) not in SCALES:
        raise BadValue(
            msg("no scale of {scale}, expected {low} to {high}", scale=word, low=SCALES[0], high=SCALES[-1])
        )
    return int(word)


def _answer(score: str, scale: int) -> Value:
    """`yes`, `no`, or a number of the scale. Errors: BadValue."""
    word = score.strip().casefold()
    if word in _YES or word in _NO:
        return "yes" if word in _YES else "no"
    lowest = 0 if scale == GRADES else 1
    number = _number(word)
    if number is None or not lowest <= number <= scale:
        raise BadValue(
            msg(
                "{score} is no rating, expected {low} to {high}, or yes or no",
                score=score,
                low=lowest,
                high=scale,
            ),
            hint=_other_scale(number, scale),
        )
    return number


def _other_scale(number: int | float | None, scale: int) -> Message | None:
    """What was perhaps meant by a number that is too high."""
    if number is None or number <= scale or number > GRADES:
        return None
    return msg("of ten: --scale {scale}", scale=GRADES)


def _number(word: str) -> int | float | None:
    try:
        found = float(word.replace("，", ".").removesuffix("星").removesuffix("分"))
    except ValueError:
        return None
    return int(found) if found.is_integer() else found


def _must_be_rateable(ticket: Ticket, at: datetime, config: Configuration) -> None:
    """It was solved at some time before `at`, and is a request. Errors: CannotRate."""
    put_away = disposal(ticket)
    code = put_away.get("as") if put_away is not None else (ticket.get("resolution") or {}).get("code")
    if put_away is not None or code in config.workflow.uncounted:
        raise CannotRate(
            msg("{ticket} is put away as {kind}: nobody rates that", ticket=ticket.id, kind=str(code)),
            hint=msg("if it is a request: tkt not-spam {ticket}", ticket=ticket.id),
        )
    ends = [it.at for it in ticket.effective if it.did == "moved" and it.get("to") in config.finished]
    if min(ends) > at if ends else ticket.status not in config.finished:
        raise CannotRate(
            msg("{ticket} is not solved yet: there is nothing to rate", ticket=ticket.id),
            hint=msg(
                'tkt resolve {ticket} …; what they said until then: tkt heard {ticket} --text "…"',
                ticket=ticket.id,
            ),
        )


def _latest_survey(ticket: Ticket) -> str:
    """The survey that they were asked last; without one they answered by themselves."""
    asked = [it for it in ticket.effective if it.did == "surveyed" and it.get("kind", CSAT) == CSAT]
    return str(asked[-1].get("survey") or CSAT) if asked else CSAT
