"""Is it clear who works on a ticket, what comes next, and what it waits for?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.guards.base import Guard, Missing, Situation, part, present
from tkt.guards.talk import was_asked
from tkt.i18n import msg

PARTIES = ("customer", "vendor", "colleague")


def one_owner(situation: Situation) -> Iterator[Missing]:
    """Exactly one person is responsible."""
    if not present(situation, "owner"):
        what = msg("owner: the one person who is responsible")
        yield Missing(guard="one_owner", names=("owner",), what=what, give="--set owner=…")


def next_action(situation: Situation) -> Iterator[Missing]:
    """The next step is written down."""
    if not part(situation, "next_action", "what"):
        what = msg("next action: what happens next")
        yield Missing(guard="next_action", names=("next_action",), what=what, give='--next "…"')


def waiting_on(situation: Situation) -> Iterator[Missing]:
    """On whom it waits."""
    if part(situation, "waiting", "on") not in PARTIES:
        what = msg("waiting on: whom ({choices})", choices=PARTIES)
        yield Missing(guard="waiting_on", names=("on",), what=what, give="--on …")


def waiting_for(situation: Situation) -> Iterator[Missing]:
    """For what it waits."""
    if not part(situation, "waiting", "for"):
        what = msg("waiting for: what must come")
        yield Missing(guard="waiting_for", names=("for",), what=what, give='--for "…"')


def until(situation: Situation) -> Iterator[Missing]:
    """Until when it waits at most."""
    if not part(situation, "waiting", "until"):
        what = msg("until: when waiting ends at the latest")
        yield Missing(guard="until", names=("until",), what=what, give="--until 3d")


def asked_if_customer(situation: Situation) -> Iterator[Missing]:
    """Who waits for the customer has asked them something (docs/sla.md L3)."""
    if part(situation, "waiting", "on") == "customer" and not was_asked(situation.ticket):
        what = msg("a question to the customer: nobody has written since their last message")
        yield Missing(guard="asked_if_customer", names=("reply",), what=what, give='--reply "…"')


WORK: dict[str, Guard] = {
    "one_owner": one_owner,
    "next_action": next_action,
    "waiting_on": waiting_on,
    "waiting_for": waiting_for,
    "until": until,
    "asked_if_customer": asked_if_customer,
}
