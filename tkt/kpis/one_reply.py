"""How many requests were solved with one reply, or at the first contact? (docs/kpi.md K4)"""

from __future__ import annotations

from datetime import datetime

from tkt.i18n import msg
from tkt.kpis.figures import Grid, Kpi, Row, count, rate
from tkt.kpis.life import Life
from tkt.kpis.population import Population
from tkt.kpis.repeats import SOON, Repeats
from tkt.kpis.story import Story


def one_reply(population: Population) -> Kpi:
    """Over the tickets first resolved in the window whose messages are on record.

    First contact is judged once seven days have passed without the matter coming back; until then a
    ticket is `immature`.
    """
    cases = [(life, at, population.story(life)) for life, at in population.first_resolved]
    unrecorded = [life.id for life, _, story in cases if not story.is_recorded]
    known = [each for each in cases if each[2].is_recorded]
    once = [life.id for life, _, story in known if _took_one_reply(life, story)]
    ripe = [each for each in known if each[1] + SOON <= population.now]
    repeats = population.repeats
    first = [it.id for it, at, story in ripe if _was_first_contact(it, at, story, repeats)]
    immature = [life.id for life, at, _ in known if at + SOON > population.now]
    resolved = count([life.id for life, _, _ in known], "resolved")
    judged = count([life.id for life, _, _ in ripe], "n")
    one, fcr = rate(len(once), len(known), "one_reply_rate"), rate(len(first), len(ripe), "fcr_rate")
    return Kpi(
        name="one_reply",
        title=msg("Solved at once"),
        grids=(
            Grid(
                (msg("n"), msg("number"), msg("rate")),
                (
                    Row(msg("with one reply"), (resolved, count(once, "one_reply"), one)),
                    Row(msg("at the first contact"), (judged, count(first, "fcr"), fcr)),
                ),
                about=msg("first resolved in the window"),
            ),
            Grid(
                (msg("number"),),
                (
                    Row(msg("not judged yet: seven days have not passed"), (count(immature, "immature"),)),
                    Row(msg("not counted: messages were never recorded"), (count(unrecorded, "unrecorded"),)),
                ),
            ),
        ),
    )


def _took_one_reply(life: Life, story: Story) -> bool:
    people = len(story.said_by) - story.said_by.count(None)
    return people == 1 and not life.facts.reopens


def _was_first_contact(life: Life, resolved_at: datetime, story: Story, repeats: Repeats) -> bool:
    is_back = repeats.is_back(life.id, story, resolved_at)
    return not (is_back or life.facts.reopens or story.asked)
