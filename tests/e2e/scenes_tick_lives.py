"""Scenes of the gallery: canned replies that the time rules cannot send."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import replaced, ticket
from helpers import DeskAtWork

WAITING = ticket("261116-CCCC1").replace("channel: phone\nrec", "channel: email\nowner: li.wei\nrec").replace(
    "received_at: 2026-11-16T01:00:00Z\n",
    "received_at: 2026-11-16T01:00:00Z\n"
    "waiting: {on: customer, for: a photo, until: '2026-11-19T01:00:00Z'}\n",
) + (
    "- id: aaab00\n  at: 2026-11-16T01:30:00Z\n  by: li.wei\n  did: message\n  to: customer\n  text: A photo?\n"
    "- id: aaac00\n  at: 2026-11-16T01:31:00Z\n  by: li.wei\n  did: moved\n  from: new\n  to: waiting\n"
    "  waiting: {on: customer, for: a photo, until: '2026-11-19T01:00:00Z'}\n"
)  # fmt: skip
REMINDING = ("tick", "--dry-run", "--now", "2026-11-18T02:00:00Z")


def reply(text: str) -> Callable[[DeskAtWork], object]:
    """A ticket of which the customer is to be reminded, in these words."""

    def prepare(desk: DeskAtWork) -> None:
        replaced("config/channels.yaml", "sender: false", "sender: true")(desk)
        desk.write("tickets/waiting/261116-CCCC1.yaml", WAITING)
        desk.write("replies/remind.en.md", text)

    return prepare


SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "a canned reply with a place that is not known": (
        reply("---\nauto: true\n---\nHello {{ name }},\nwe need {{ mising }}.\n"),
        REMINDING,
    ),
    "a canned reply that would count": (
        reply("---\nauto: true\n---\n{{ id * 1000 }}\n"),
        REMINDING,
    ),
    "a canned reply with half a place": (reply("---\nauto: true\n---\n{{ id\n"), REMINDING),
    "a canned reply that no machine may send": (reply("---\nauto: false\n---\nHello\n"), REMINDING),
    "a canned reply whose keys do not end": (reply("---\nauto: true\nHello\n"), REMINDING),
}
