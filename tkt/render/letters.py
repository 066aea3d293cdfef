"""What does a notice say, as it is to be sent, in the language and the zone of whoever gets it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from tkt.frozen import dataclass
from tkt.i18n import LANGUAGES, N_, _, msg, render, speaking
from tkt.model import Ticket
from tkt.notices import CUSTOMER, Notice
from tkt.render import words
from tkt.render.clock_titles import clock_title
from tkt.render.remaining import remaining_text
from tkt.render.text import one_line
from tkt.render.timeline import headline
from tkt.render.times import due_words, when
from tkt.schema import Configuration
from tkt.sla import Verdict

RULES: Mapping[str, str] = {
    "remind": N_("the customer has not answered yet; remind them, as tkt cannot write to them"),
    "remind decide": N_("the customer was reminded and has not answered: decide how it goes on"),
    "resume": N_("the date until which it waited has passed: chase it, or decide how it goes on"),
    "next-action": N_("the time that was set for the next action has passed"),
    "untold": N_("it is resolved, and the customer has not been told"),
    "untold lead": N_("it is resolved, and the customer has still not been told; the owner was reminded"),
    "closing-reminder": N_("it closes by itself soon; tell the customer, as tkt cannot write to them"),
    "closing-reminder bounced": N_("it closes by itself soon, and what told the customer so came back"),
}
"""Rule, or rule and step → what it tells people of the desk, in a sentence; of any other its name is told."""
TOPICS: Mapping[str, str] = {
    "remind": N_("reminder"),
    "resume": N_("wait is over"),
    "next-action": N_("next action"),
    "untold": N_("customer not told"),
    "closing-reminder": N_("about to close"),
}
"""Rule → what its notices are about, in a few words."""
_PRIORITY_UNKNOWN = N_("without a priority")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A notice in words. Strangers wrote some of them: clean them for a terminal."""

    to: str  # the name of whoever gets it
    address: str | None  # None: none is known
    language: str
    subject: str
    text: str


def letter(
    notice: Notice, ticket: Ticket, verdicts: tuple[Verdict, ...], config: Configuration, now: datetime
) -> Letter:
    """The words of a notice; `verdicts` are the ticket's at `now`."""
    language = language_of(notice.to, ticket, config)
    with speaking(language):
        if notice.to == CUSTOMER:
            text = "\n".join(_to_customer(notice, ticket))
        else:
            told = config.told_in(zone_of(notice.to, config))
            text = "\n".join(_to_person(notice, ticket, verdicts, told, now))
        return Letter(
            to=_name(notice.to, ticket, config),
            address=address_of(notice.to, ticket, config),
            language=language,
            subject=_subject(notice, ticket, config),
            text=text,
        )


def language_of(to: str, ticket: Ticket, config: Configuration) -> str:
    """A person's first language that tkt speaks, the customer's the ticket's; else the desk's."""
    if to == CUSTOMER:
        known = [str(ticket.get("language"))]
    else:
        person = config.persons.get(to)
        known = list(person.languages) if person else []
    return next((it for it in known if it in LANGUAGES), config.desk.language)


def zone_of(person: str, config: Configuration) -> str:
    """In which times are told to a person."""
    declared = config.people.people.get(person)
    return (declared.zone if declared else None) or config.desk.zone


def address_of(to: str, ticket: Ticket, config: Configuration) -> str | None:
    """The mail address, else for a customer the phone or account."""
    if to != CUSTOMER:
        person = config.persons.get(to)
        return person.email if person else None
    contact = ticket.get("contact")
    known = contact if isinstance(contact, Mapping) else {}
    found = next((known[key] for key in ("email", "phone", "account") if known.get(key)), None)
    return None if found is None else str(found)


def about_text(notice: Notice, config: Configuration) -> str:
    """`resolution: due escalate lead`, a rule's name, or that it is a message."""
    about = notice.about
    if about.get("clock"):
        clock = words.clock_name(str(about["clock"]), config)
        return render(msg("{clock}: {rung}", clock=clock, rung=about.get("rung")))
    if about.get("event"):
        return _("escalation")
    if about.get("rule") in TOPICS:
        return _(TOPICS[str(about["rule"])])
    if about.get("rule"):
        return render(msg("rule {name}", name=about["rule"]))
    return _("a message")


def _name(to: str, ticket: Ticket, config: Configuration) -> str:
    if to != CUSTOMER:
        return words.person_name(config, to)
    contact = ticket.get("contact")
    name = contact.get("name") if isinstance(contact, Mapping) else None
    return str(name or _("the customer"))


def _subject(notice: Notice, ticket: Ticket, config: Configuration) -> str:
    title = ticket.title or _("(no title)")
    if notice.to == CUSTOMER:
        return f"[{ticket.id}] {title}"
    about = about_text(notice, config).partition(":")[0]
    return f"[{ticket.id}] {about} · {title}"


def _to_customer(notice: Notice, ticket: Ticket) -> Iterator[str]:
    event = ticket.event(notice.message or "")
    if event is not None:
        yield str(event.get("text") or "")
    elif notice.canned:
        yield render(msg("the canned reply {name}", name=notice.canned))
    else:
        yield _("the message is gone from the ticket")


def _to_person(
    notice: Notice, ticket: Ticket, verdicts: tuple[Verdict, ...], config: Configuration, now: datetime
) -> Iterator[str]:
    yield ticket.title or _("(no title)")
    priority = words.priority_name(config, ticket.priority) if ticket.priority else _(_PRIORITY_UNKNOWN)
    status = words.status_name(config, ticket.status)
    owner = words.person_name(config, ticket.owner) if ticket.owner else _("nobody")
    yield render(msg("{priority} · {status} · owner {owner}", priority=priority, status=status, owner=owner))
    yield ""
    event = ticket.event(str(notice.about.get("event") or ""))
    if event is not None:
        yield headline([event], ticket, config)
    else:
        yield from _why(notice, ticket, verdicts, config, now)
    yield ""
    yield f"tkt show {ticket.id}"


def _why(
    notice: Notice, ticket: Ticket, verdicts: tuple[Verdict, ...], config: Configuration, now: datetime
) -> Iterator[str]:
    about = notice.about
    if not about.get("clock"):
        rule = str(about.get("rule") or "")
        step = f"{rule} {about.get('step')}"
        said = RULES.get(step, RULES.get(rule))
        yield _(said) if said else about_text(notice, config)
        return
    clock = clock_title(str(about["clock"]), str(about.get("cycle")), ticket, config)
    key = (about.get("clock"), about.get("cycle"))
    verdict = next((it for it in verdicts if (it.clock, it.cycle) == key), None)
    if verdict is None or verdict.due_at is None:
        yield about_text(notice, config)
        return
    if verdict.ended_at is not None:
        ended = when(verdict.ended_at, now, config.desk.zone)
        yield render(msg("{clock}: no longer open, since {when}", clock=clock, when=ended))
        return
    yield render(
        msg(
            "{clock}: due {when}, {left}",
            clock=clock,
            when=due_words(verdict.due_at, now, config.desk.zone),
            left=remaining_text(verdict),
        )
    )
    yield render(msg("you are told by the rung {rung}", rung=one_line(str(about.get("rung")))))
