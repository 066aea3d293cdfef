"""Who is said to have done something fits who committed it."""

from __future__ import annotations

from audit_desk import LI, WANG, case, commit, event, manner, reply, told, with_event, with_other
from flowdesk import changed, desk, last, new, started

from tkt.audits.authors import authors, former, machines, strangers
from tkt.model import Event


def brought(*added: Event, by: tuple[str, str] = LI, **more: object):
    return case(started(), with_event(started(), *added), commit(60, by=by, **more))  # type: ignore[arg-type]


def test_ones_own_commits_are_in_order() -> None:
    judged = brought(reply(60), reply(60, id="zzzz01", by="li.wei"))
    assert [*authors(judged), *strangers(judged), *former(judged), *machines(judged)] == []


def test_an_event_in_somebody_elses_commit_is_a_warning_for_all_of_them_together() -> None:
    (found,) = authors(brought(reply(60), event(60, "note", id="zzzz01", text="x"), by=WANG))
    assert (found.level, found.person, found.event) == ("warning", "li.wei", "zzzz00")
    assert (
        str(found.message)
        == "2 events are by li.wei, but were committed by Wang Fang <wang.fang@desk.example>"
    )


def test_strict_makes_it_an_error() -> None:
    judged = case(
        started(), with_event(started(), reply(60)), commit(60, by=WANG), judged=manner(strict=True)
    )
    assert [it.level for it in authors(judged)] == ["error"]


def test_a_co_author_counts() -> None:
    assert list(authors(brought(reply(60), by=WANG, writers=(WANG, LI)))) == []


def test_mail_addresses_are_compared_without_case() -> None:
    assert list(authors(brought(reply(60), by=("Li Wei", "Li.Wei@DESK.example")))) == []


def test_what_customers_vendors_and_rules_did_is_written_down_by_anybody() -> None:
    customer = event(60, "message", id="aaaa00", by="zhang@acme.example", role="customer", text="And?")
    vendor = event(60, "message", id="bbbb00", by="maker", role="vendor", text="Next week.")
    rule = event(60, "set", id="cccc00", by="rule:vip", role="system", auto=True, field="team", to="tech")
    tick = event(60, "warned", id="dddd00", by="tick", role="system", auto=True, clock="resolution")
    judged = brought(customer, vendor, rule, tick, by=WANG)
    assert [*authors(judged), *strangers(judged), *machines(judged)] == []


def test_somebody_whom_the_desk_does_not_know() -> None:
    judged = brought(reply(60, by="no.body"))
    assert told(strangers, judged) == [
        ("warning", "1 event is by no.body, who is nobody of config/people.yaml")
    ]
    assert list(authors(judged)) == []


def test_who_has_left_does_nothing_new() -> None:
    judged = brought(reply(60, by="chen.gone"))
    assert told(former, judged) == [("error", "1 new event is by chen.gone, who has left the desk")]


def test_what_a_machine_does_is_marked_auto() -> None:
    robo = ("Robo", "robo@desk.example")
    assert list(machines(brought(reply(60, by="robo", auto=True), by=robo))) == []
    assert told(machines, brought(reply(60, by="robo"), by=robo)) == [
        ("error", "robo's reply is a machine's, but is not marked auto")
    ]
    assert [it.level for it in machines(brought(reply(60, by="rule:answers")))] == ["error"]
    assert [it.level for it in machines(brought(reply(60, by="import:servicenow")))] == ["error"]


def test_a_redaction_is_a_claim_too() -> None:
    before = new()
    message = last(before, "message")
    said = {"by": "li.wei", "at": "2026-11-20T02:00:00Z", "why": "a password"}
    hidden = with_other(before, message, text=None, redacted=said)
    judged = case(before, hidden, redactions={message.id: commit(60, by=WANG)})
    assert [it.person for it in authors(judged)] == ["li.wei"]


def test_people_are_those_of_the_configuration_that_judges() -> None:
    people = {name: it for name, it in desk().people.people.items() if name != "li.wei"}
    judged = case(
        started(),
        with_event(started(), reply(60)),
        commit(60),
        judged=manner(config=changed("people", people=people)),
    )
    assert [it.person for it in strangers(judged)] == ["li.wei"]
