"""A status page has what is its customer's, and not a word of anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from secret_tickets import LOGIN, NOW, START, config, event, ticket

from tkt.addressed import customer_page_name, page_lack, page_until, ticket_page_name
from tkt.model import KINDS, STORED, Event, Ticket
from tkt.render.pages import Templates
from tkt.render.times import stamp
from tkt.sla import ServiceLevels, verdicts
from tkt.statuspages.rendering import ticket_html
from tkt.statuspages.telling import StatusPage, status_page, told_due

TEMPLATES = Templates()


def shown(of: Ticket, survivor: Ticket | None = None) -> StatusPage:
    levels = ServiceLevels.from_configuration(config())
    return status_page(of, config(), verdicts(of, levels, NOW), NOW, survivor=survivor)


def html(of: Ticket) -> str:
    return ticket_html(shown(of), TEMPLATES, config(), lambda name: f"{name}.html")


said = event(1, "message", role="customer", by="SECRET@acme.example", text="The invoice fails.")
answered = event(2, "message", to="customer", text="Which browser is it?")


def test_it_has_the_messages_between_the_desk_and_the_customer_in_order() -> None:
    page = shown(ticket(said, answered))
    assert [(it.side, it.name, it.text) for it in page.messages] == [
        ("you", "", "The invoice fails."),
        ("us", "Lily", "Which browser is it?"),
    ]
    assert page.owner == "Lily"


MOVE: dict[str, Any] = {"from": "new", "to": "in-progress", "next_action": {"what": "SECRET"}}


@pytest.mark.parametrize(
    "hidden",
    [
        event(3, "note", text="SECRET"),
        event(3, "message", to="vendor", text="SECRET"),
        event(3, "message", to="colleague", text="SECRET"),
        event(3, "message", role="vendor", by="SECRET", text="SECRET"),
        event(3, "message", role="vendor", by="SECRET", to="customer", text="SECRET"),
        event(3, "moved", **MOVE),
        event(3, "promised", promise="SECRET", until=NOW + timedelta(days=1), text="SECRET"),
        event(3, "attached", file="SECRET.png", sha256="0" * 64),
    ],
    ids=lambda it: f"{it.did}-{it.role}-{it.get('to', '')}",
)
def test_what_is_not_the_customers_is_not_there(hidden: Event) -> None:
    assert "SECRET" not in html(ticket(said, answered, hidden))


def test_an_answer_that_was_taken_back_is_not_there() -> None:
    wrong = event(3, "message", to="customer", text="SECRET")
    assert "SECRET" not in html(ticket(said, wrong, event(4, "corrected", event=wrong.id)))


def test_redacted_words_stay_redacted_and_nobody_is_told_why() -> None:
    taken = event(3, "message", role="customer", redacted={"why": "SECRET", "by": LOGIN})
    told = html(ticket(said, taken))
    assert "The words of this message were taken out." in told
    assert "SECRET" not in told


def test_files_are_named_with_their_message_and_never_linked() -> None:
    file = event(3, "attached", file="screen.png", sha256="0" * 64, message=said.id)
    told = html(ticket(said, file))
    assert "screen.png" in told
    assert "screen.png</a>" not in told
    assert "0" * 16 not in told


def test_the_title_is_the_customers_own_or_a_public_word() -> None:
    assert shown(ticket(said)).title == "E104 when invoicing"
    changed = event(3, "set", field="title", **{"from": "E104", "to": "SECRET"})
    assert shown(ticket(said, changed, title="SECRET")).title == "Fault"


def test_a_title_that_an_agent_gave_is_not_shown() -> None:
    mine = ticket(said, title="SECRET")
    opened = replace(mine.events[0], role="agent", by=LOGIN)
    assert shown(replace(mine, events=(opened, said))).title == "Fault"


def test_what_is_needed_is_told_where_the_customer_is_waited_for_alone() -> None:
    asked = ticket(said, answered, status="waiting", waiting={"on": "customer", "for": "a screenshot"})
    assert (shown(asked).status, shown(asked).needed) == ("Waiting for you", "a screenshot")
    vendor = ticket(said, answered, status="waiting", waiting={"on": "vendor", "for": "SECRET"})
    assert (shown(vendor).status, shown(vendor).needed) == ("In progress", "")


def test_when_an_answer_is_due_is_told_while_it_is_to_come() -> None:
    until = NOW + timedelta(hours=5)
    promised = event(3, "promised", promise="call", until=until, text="SECRET")
    assert shown(ticket(said, answered, promised)).due_at == until
    late = event(3, "promised", promise="call", until=NOW - timedelta(hours=5), text="SECRET")
    assert shown(ticket(said, answered, late)).due_at is None


def test_a_resolution_target_is_not_told() -> None:
    levels = ServiceLevels.from_configuration(config())
    found = verdicts(ticket(said, answered), levels, START + timedelta(minutes=30))
    running = [it for it in found if it.clock == "resolution"]
    assert told_due(running, START) is None


def test_a_duplicate_leads_to_the_customers_own_ticket_and_to_nobody_elses() -> None:
    theirs = replace(ticket(said), id="261116-BBBB2")
    gone = event(3, "disposed", **{"as": "duplicate", "of": theirs.id})
    closed = ticket(said, gone, status="closed")
    assert shown(closed, theirs).moved_to == theirs.id
    other = replace(theirs, values={**theirs.values, "customer": "other"})
    assert shown(closed, other).moved_to is None
    nobodys = replace(theirs, values={k: v for k, v in theirs.values.items() if k != "customer"})
    assert shown(closed, nobodys).moved_to is None


@pytest.mark.parametrize(
    ("of", "lack"),
    [
        (ticket(said), None),
        (ticket(said, type="request", category="account"), None),
        (ticket(said, event(3, "disposed", **{"as": "spam"}), status="closed"), "disposed"),
        (ticket(said, resolution={"code": "test"}, status="closed"), "disposed"),
    ],
)
def test_spam_and_tests_have_no_page(of: Ticket, lack: str | None) -> None:
    assert page_lack(of, config(), NOW) == lack


def test_a_request_of_the_house_has_no_page() -> None:
    internal = next(
        (kind, name)
        for kind, group in config().taxonomy.types.items()
        for name, it in group.items()
        if it.audience == "internal"
    )
    of = ticket(said, type=internal[0], category=internal[1])
    assert page_lack(of, config(), NOW) == "internal"


def test_a_page_is_gone_thirty_days_after_closing_unless_it_is_renewed() -> None:
    closing = event(5, "moved", **{"from": "resolved", "to": "closed"})
    closed = ticket(said, closing, status="closed")
    gone = closing.at + timedelta(days=30)
    assert page_until(closed, config()) == gone
    assert page_lack(closed, config(), gone - timedelta(seconds=1)) is None
    assert page_lack(closed, config(), gone) == "over"
    renewed = closed.with_values(status_page_until=gone + timedelta(days=30))
    assert page_lack(renewed, config(), gone) is None


def test_names_follow_from_the_secret_alone_and_cannot_be_guessed() -> None:
    name = ticket_page_name(b"s" * 16, "261116-AAAA1")
    assert name == ticket_page_name(b"s" * 16, "261116-AAAA1")
    assert len(name.removesuffix(".html")) >= 26
    assert name != ticket_page_name(b"t" * 16, "261116-AAAA1")
    assert name != customer_page_name(b"s" * 16, "261116-AAAA1")


def test_it_is_in_the_customers_language_and_no_script_runs_and_nobody_indexes_it() -> None:
    told = unescape(html(ticket(said, language="zh")))
    assert '<html lang="zh-CN">' in told
    assert "noindex" in told
    assert 'content="no-referrer"' in told
    assert "script-src 'none'" in told
    assert "<script" not in told


def test_hostile_words_are_words() -> None:
    bad = "<script>alert(1)</script>\x1b[31m=1+1" + "x" * 5000 + " [a](javascript:alert(1))"
    words = event(3, "message", role="customer", text=bad)
    told = html(ticket(words, title=bad, status="waiting", waiting={"on": "customer", "for": bad}))
    assert "<script" not in told
    assert "javascript:" not in told.replace("(javascript:alert(1))", "")
    assert "\x1b" not in told
    assert "x" * 5000 in told


SECRETS = st.text(st.characters(codec="ascii", categories=["Lu", "Nd"]), min_size=12, max_size=20).map(
    lambda text: f"SECRET{text}"
)
VALUES = st.one_of(SECRETS, st.lists(SECRETS, max_size=2), st.dictionaries(SECRETS, SECRETS, max_size=2))
_OF_THE_CUSTOMER = {"id", "title", "received_at", "language", "status_page_until"}
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    name: {
        "mapping": st.dictionaries(
            st.sampled_from(["for", "what", "code", "text", "name", "email"]), SECRETS
        ),
        "words": st.lists(SECRETS, max_size=2),
        "instant": st.just(START),
    }.get(kind, SECRETS)
    for name, kind in {**STORED, "odd": "text"}.items()
    if name not in _OF_THE_CUSTOMER
}


@st.composite
def internal_events(draw: Any) -> Event:
    """Any event that is no public message, every word in it secret."""
    did = draw(st.sampled_from([*KINDS, "unheard-of"]))
    keys = draw(st.lists(st.sampled_from([*KINDS.get(did, ()), "odd"]), unique=True, max_size=4))
    data = {key: draw(VALUES) for key in keys if key not in ("into", "of", "event")}
    role = draw(st.sampled_from(["agent", "customer", "vendor", "system"]))
    if did == "message":
        data = {**data, "to": draw(st.sampled_from(["vendor", "colleague", "SECRET"]))}
    if did == "opened":
        did = "imported"
    return replace(event(draw(st.integers(1, 50)), did, role=role, by=draw(SECRETS)), data=data)


@given(
    events=st.lists(internal_events(), max_size=8),
    values=st.fixed_dictionaries({}, optional=FIELDS),
    waits=st.sampled_from(["vendor", "colleague", "SECRET"]),
    status=st.sampled_from(["new", "in-progress", "waiting", "resolved", "closed"]),
)
def test_no_word_of_anything_internal_is_ever_on_a_page(
    events: list[Event], values: dict[str, Any], waits: str, status: str
) -> None:
    numbered = [replace(it, id=f"bbbb{place:02d}") for place, it in enumerate(events)]
    of = ticket(said, answered, *numbered, status=status, **values)
    if isinstance(of.get("waiting"), dict):
        of = of.with_values(waiting={**of.get("waiting"), "on": waits})
    page = status_page(of, config(), (), NOW)
    told = ticket_html(page, TEMPLATES, config(), lambda _name: "")
    assert "SECRET" not in told
    assert LOGIN not in told
    assert "@desk.example" not in told


def test_the_contact_of_the_desk_is_told_where_it_is_given() -> None:
    site = msgspec.structs.replace(config().reports.site, contact={"en": "mail us", "zh": "发邮件"})
    reports = msgspec.structs.replace(config().reports, site=site)
    page = status_page(ticket(said, language="zh"), replace(config(), reports=reports), (), NOW)
    assert page.contact == "发邮件"


def test_a_mail_address_of_the_desk_opens_a_letter_that_names_the_ticket() -> None:
    page = replace(shown(ticket(said)), contact="mail <help@desk.example>, or call")
    text = ticket_html(page, TEMPLATES, config(), lambda _name: "")
    mail = f'<a href="mailto:help@desk.example?subject={page.ticket}">help@desk.example</a>'
    assert f"mail &lt;{mail}&gt;, or call" in text


def test_it_says_as_of_when_it_tells() -> None:
    assert f"as of {stamp(NOW, config().desk.zone)}" in html(ticket(said))


def test_the_templates_stand_where_they_are_packaged() -> None:
    assert (Path(__file__).parents[2] / "templates/status/ticket.html.j2").is_file()
