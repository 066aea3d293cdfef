"""How is it told what was said: the opening, messages, notes, notices, surveys?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tkt.i18n import N_, _, msg, msgn
from tkt.model import Event, Ticket, Value
from tkt.notices import is_withheld
from tkt.render import words
from tkt.render.telling.base import Teller, Told, listed, spent, told_as, told_with
from tkt.render.values import names_text
from tkt.schema import Configuration

FIRST_CONTACTS = {
    "live": N_("in a live conversation"),
    "proactive": N_("we turned to the customer"),
}
SURVEYS = {"csat": N_("satisfaction"), "nps": N_("recommendation")}


def opened(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """How the request came in."""
    channel, follows = event.get("channel"), event.get("follows")
    told: Told = msg("opened")
    if follows:
        told = msg("opened, follows {id}", id=follows)
    elif channel:
        told = msg("opened by {channel}", channel=words.channel_name(config, str(channel)))
    first = FIRST_CONTACTS.get(str(event.get("first_contact")), "")
    return told_with(told, [_(first), _elsewhere(event)])


def _elsewhere(event: Event) -> str:
    number, source = event.get("external_id"), event.get("source")
    return " ".join(str(word) for word in (source, number) if word) if number else ""


def message(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """Who wrote to whom."""
    attached = len(listed(event.get("attachments")))
    files = msgn("{count} attachment", "{count} attachments", attached) if attached else None
    return told_with(_written(event, config), [files, spent(event)])


def _written(event: Event, config: Configuration) -> Told:
    if event.role == "customer":
        return _by_channel(msg("the customer wrote"), event.via, config)
    if event.role == "vendor":
        return _by_channel(msg("the vendor wrote"), event.via, config)
    to = event.get("to", "customer")
    if to == "vendor":
        return msg("wrote to the vendor")
    if to == "colleague":
        return msg("wrote to a colleague")
    if event.auto:
        return msg("automatic message to the customer")
    told = msg("asked the customer") if event.get("asks_customer") else msg("answered the customer")
    return _by_channel(told, event.get("sent_by"), config)


def _by_channel(told: Told, channel: object, config: Configuration) -> Told:
    return told_with(told, [words.channel_name(config, str(channel))]) if channel else told


def note(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """Words among ourselves."""
    return told_with(msg("decided") if event.get("decision") else msg("noted"), [spent(event)])


def no_reply(_event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """A message that needs no answer."""
    return msg("no reply is needed")


def queued(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """A notice waits to be sent, or never is."""
    told = msg("a notice is withheld") if is_withheld(event) else msg("a notice is to be sent")
    return _notice(told, event, config)


def sending(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """A notice is on its way."""
    return _notice(msg("a notice is on its way"), event, config)


def sent(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """A notice was delivered."""
    return _notice(msg("a notice was delivered"), event, config)


def bounced(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    """A notice came back."""
    return _notice(msg("a notice came back"), event, config)


def _notice(told: Told, event: Event, config: Configuration) -> Told:
    channel = event.get("channel")
    by = words.channel_name(config, str(channel)) if channel else None
    to = event.get("to")
    who = _("the customer") if to == "customer" else names_text(config, to)
    return told_as(told_with(told, [by, who, *_about(event)]), event.get("answer"))


def _about(event: Event) -> Iterator[Told]:
    """The clock and rung, or the rule, that led to a notice."""
    about = event.get("about")
    if isinstance(about, Mapping) and about.get("clock"):
        clock = words.clock_name(str(about.get("clock")))
        yield msg("{clock}: {rung}", clock=clock, rung=about.get("rung"))
    elif isinstance(about, Mapping) and about.get("event"):
        yield msg("escalation")
    elif isinstance(about, Mapping) and about.get("rule"):
        yield msg("rule {name}", name=about.get("rule"))


def surveyed(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """The customer was asked how it was."""
    return told_with(msg("sent the customer a survey"), [_survey(event)])


def rated(event: Event, _ticket: Ticket, _config: Configuration) -> Told:
    """The customer said how it was."""
    score, scale = event.get("score"), event.get("scale")
    told = msg("rated it {score} of {scale}", score=score, scale=scale)
    if score in ("yes", "no"):
        told = msg("is content") if score == "yes" else msg("is not content")
    elif scale is None:
        told = msg("rated it") if score is None else msg("rated it {score}", score=score)
    return told_as(told_with(told, [_survey(event), _solved(event.get("solved"))]), event.get("comment"))


def _solved(answer: Value) -> Told | None:
    if not isinstance(answer, bool):
        return None
    return msg("solved") if answer else msg("not solved")


def _survey(event: Event) -> str:
    kind = str(event.get("kind") or "")
    return _(SURVEYS[kind]) if kind in SURVEYS else kind


TALK: Mapping[str, Teller] = {
    "opened": opened,
    "message": message,
    "note": note,
    "no-reply-needed": no_reply,
    "queued": queued,
    "sending": sending,
    "sent": sent,
    "bounced": bounced,
    "surveyed": surveyed,
    "rated": rated,
}
