"""What does a believable ticket look like, written a hundred thousand times in a few seconds?

Plain text from templates: no library is asked. The same seed gives the same tickets.
"""

from __future__ import annotations

import time
from calendar import timegm
from collections.abc import Iterator
from random import Random

from phrases import ASKS_EN, ASKS_ZH, SPAM, TAGS
from steps import answered, assigned, closed, noted, opening, progress, reopened, resolved, started, waiting
from story import CUSTOMERS, NOW, OPEN_EVERY, OPEN_SHARES, STATUSES, Story, asker, begun, digits


def tickets(number: int, seed: int) -> Iterator[tuple[str, str]]:
    """Path and text of so many tickets; one in ten is open."""
    askers = [asker(place) for place in range(CUSTOMERS)]
    for place in range(number):
        dice = Random(seed * 1_000_003 + place)
        story = begun(place, dice, askers)
        is_open = place % OPEN_EVERY == 0
        status = open_story(story) if is_open else closed_story(story)
        yield written(story, place, seed, status)


def closed_story(story: Story) -> str:
    """How a closed ticket went: most straight, some with questions, reopened, or spam."""
    kind = story.dice.random()
    if kind < 0.03:
        return spam(story)
    opening(story, triage="whole" if kind > 0.97 else "short")
    if kind < 0.60:
        resolved(story, "new")
        closed(story)
        return "closed"
    assigned(story)
    if kind > 0.74:
        started(story)
    if 0.88 < kind < 0.97:
        waiting(story)
        answered(story)
    if 0.70 < kind < 0.76:
        noted(story)
    if 0.66 < kind < 0.72 or kind > 0.97:
        progress(story)
    resolved(story, "in-progress" if kind > 0.74 else "assigned")
    if 0.74 < kind < 0.78:
        reopened(story)
        resolved(story)
    closed(story)
    return "closed"


def open_story(story: Story) -> str:
    """How far an open one has come."""
    status = story.dice.choices(STATUSES, OPEN_SHARES)[0]
    received = story.at
    triage = "short" if story.dice.random() < 0.92 else "whole"
    opening(story, triage="none" if status == "new" else triage)
    if status != "new":
        assigned(story)
    if status in ("in-progress", "waiting", "resolved"):
        started(story)
        if story.dice.random() < 0.2:
            noted(story)
        if status == "in-progress" and story.dice.random() < 0.25:
            waiting(story)
            answered(story)
        elif story.dice.random() < 0.3:
            progress(story)
    if status == "waiting":
        waiting(story)
    if status == "resolved":
        resolved(story)
    return status if story.at < NOW else shortened(story, received)


def shortened(story: Story, received: int) -> str:
    """What has not happened yet is not told: the ticket is as it was when it came in."""
    story.at, story.events, story.tail = received, [], {}
    story.owner = ""
    opening(story, triage="none")
    return "new"


def spam(story: Story) -> str:
    """Thrown away at once."""
    story.tail["spam"] = story.dice.choice(SPAM)
    opening(story, triage="none")
    story.step(1, 50)
    story.event("zhao.min", "disposed", "  as: spam\n")
    story.event("zhao.min", "moved", "  from: new\n  to: closed\n  resolution: {code: spam}\n")
    story.tail["resolution"] = "resolution: {code: spam}\n"
    return "closed"


def written(story: Story, place: int, seed: int, status: str) -> tuple[str, str]:
    """Path and text of the finished ticket."""
    tail = story.tail
    received = timegm(time.strptime(tail["received_at"], "%Y-%m-%dT%H:%M:%SZ"))
    wall = time.strftime("%y%m%d", time.gmtime(received + 8 * 3600))
    # An odd factor makes every tail of five digits come once in 33 million tickets.
    name = f"{wall}-{digits((place * 15_485_863 + seed * 7919) % 2**25, 5)}"
    month = time.strftime("%Y-%m/", time.gmtime(story.at)) if status == "closed" else ""
    head = unsorted_head(story, name) if tail["triage"] == "none" else sorted_head(story, name)
    return f"tickets/{status}/{month}{name}.yaml", head + "events:\n" + "".join(story.events)


def unsorted_head(story: Story, name: str) -> str:
    """The stored keys of a ticket that nobody has sorted."""
    title = story.tail.get("spam") or story.said(story.dice.choice(story.matter.titles))
    return f"id: {name}\ntitle: {title}\n{requester(story)}{story.tail.get('resolution', '')}"


def sorted_head(story: Story, name: str) -> str:
    """The stored keys of a ticket that was sorted."""
    it, tail = story.matter, story.tail
    owner = f"owner: {story.owner}\n" if "owned" in tail else ""
    order = f"order_no: {story.places['order']}\n" if it.category in ("delivery", "refund", "billing") else ""
    own = "".join(f"{key}: {story.said(value)}\n" for key, value in it.fields)
    wish = f"asks: {{kind: other, text: {story.one_of(ASKS_ZH, ASKS_EN)}}}\n"
    if it.type in ("inquiry", "request"):
        wish = ""  # a question says itself what is wanted
    tag = f"tags: [{story.dice.choice(TAGS)}]\n" if story.dice.random() < 0.2 else ""
    return (
        f"id: {name}\ntitle: {story.said(story.dice.choice(it.titles))}\ntype: {it.type}\n"
        f"category: {it.category}\nproduct: {it.product}\n{order}"
        + (f"occurred_at: {story.places['ago']}\n" if it.category in ("fault", "outage", "api") else "")
        + f"impact: {tail['impact']}\nurgency: {tail['urgency']}\ncomplexity: {tail['complexity']}\n"
        f"priority: {tail['priority']}\nteam: {it.team}\n{owner}{requester(story)}"
        f"{wish}{tag}"
        + tail.get("next_action", "")
        + tail.get("waiting", "")
        + tail.get("resolution", "")
        + own
    )


def requester(story: Story) -> str:
    """Who asks, by what, since when."""
    who = story.asker
    return (
        f"channel: {story.channel}\ncustomer: {who.id}\ntier: {who.tier}\n"
        f"contact: {{name: {who.name}, email: {who.email}}}\n"
        f"received_at: {story.tail['received_at']}\nlanguage: {who.language}\n"
    )
