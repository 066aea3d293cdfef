"""tkt.actions.escalating: another skill, or somebody above; who had it and why stays on record (docs/sla.md E4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from flowdesk import NINE, TRIAGE, desk, new, who

from tkt.actions import CannotEscalate, ReasonNeeded, escalate, reply, set_values, take
from tkt.actions.escalated import last_asked, standing_escalations
from tkt.checks import check_ticket
from tkt.errors import UsageError
from tkt.model import Event, Ticket
from tkt.schema import Configuration, PersonDecl, TeamDecl
from tkt.sla import ServiceLevels, verdicts


def staffed() -> Configuration:
    """Tech with a lead, a manager and a director above them, a support team, quality without anybody."""
    config = desk()
    people = {
        "li.wei": PersonDecl(name="李伟", email="li.wei@desk.example", teams=["tech"]),
        "sun.li": PersonDecl(name="孙丽", teams=["tech"]),
        "wang.fang": PersonDecl(name="王芳", teams=["support"]),
        "zhao.min": PersonDecl(name="赵敏"),
        "chen.jie": PersonDecl(name="陈洁"),
        "gone": PersonDecl(name="老手", kind="former", teams=["tech"]),
    }
    teams = {
        **config.people.teams,
        "support": TeamDecl(lead="wang.fang"),
        "quality": TeamDecl(),
        "tech": TeamDecl(lead="zhao.min", manager="gone", levels={"director": "chen.jie"}),
    }
    return replace(config, people=msgspec.structs.replace(config.people, people=people, teams=teams))


CONFIG = staffed()


def taken(by: str = "li.wei") -> Ticket:
    triaged = set_values(new(), who(1), CONFIG, {**TRIAGE, "team": "tech", "complexity": "simple"})
    return take(triaged, who(2, by=by), CONFIG)


def up(ticket: Ticket, minutes: float, by: str = "li.wei", reason: str = "it burns") -> Ticket:
    return escalate(ticket, who(minutes, by=by, reason=reason), CONFIG)


def escalations(ticket: Ticket) -> list[Event]:
    return [event for event in ticket.events if event.did == "escalated"]


def told(ticket: Ticket) -> list[str]:
    return [str(event.get("to")) for event in ticket.events if event.did == "queued"]


def test_another_team_gets_it_with_who_had_it_and_why() -> None:
    after = escalate(taken(), who(5, reason="needs the lab"), CONFIG, to="support", note="restarted twice")
    (event,) = escalations(after)
    assert dict(event.data) == {"to_team": "support", "from_team": "tech", "from_owner": "li.wei"}
    assert event.reason == "needs the lab"
    assert (after.team, after.owner, after.status) == ("support", None, "in-progress")
    assert [e.get("from") for e in after.events if e.did == "set" and e.get("field") == "owner"][
        -1
    ] == "li.wei"
    assert (
        after.events[-2].get("text") == "restarted twice" or after.events[-1].get("text") == "restarted twice"
    )
    assert told(after) == ["wang.fang"]
    (notice,) = (e for e in after.events if e.did == "queued")
    assert notice.get("about") == {"rule": "escalate", "event": event.id}
    assert sum(e.reason is not None for e in after.events) == 1
    assert not [it for it in check_ticket(after, CONFIG) if it.severity == "error"]


def test_the_one_who_gets_it_is_told_alone() -> None:
    after = escalate(
        taken("wang.fang"), who(5, by="wang.fang", reason="x"), CONFIG, to="quality", owner="sun.li"
    )
    assert (after.team, after.owner, told(after)) == ("quality", "sun.li", ["sun.li"])


def test_a_team_without_people_is_looked_after_by_support() -> None:
    after = escalate(taken(), who(5, reason="x"), CONFIG, to="quality")
    assert (after.team, told(after)) == ("quality", ["wang.fang"])


def test_whoever_escalates_gets_no_notice() -> None:
    after = escalate(taken(), who(5, by="wang.fang", reason="x"), CONFIG, to="quality")
    assert told(after) == []


def test_a_ticket_may_be_escalated_before_triage() -> None:
    after = escalate(
        new(config=CONFIG), who(5, reason="only they know"), CONFIG, to="quality", owner="sun.li"
    )
    assert (after.status, after.team, after.owner) == ("new", "quality", "sun.li")
    assert not [it for it in check_ticket(after, CONFIG) if it.severity == "error"]


def test_no_clock_changes_with_an_escalation() -> None:
    """docs/sla.md L7."""
    levels = ServiceLevels.from_configuration(CONFIG)
    before = taken()
    after = up(escalate(before, who(5, reason="x"), CONFIG, to="support"), 6)
    later = NINE + timedelta(hours=30)
    assert verdicts(after, levels, later) == verdicts(before, levels, later)


def test_the_levels_above_are_called_in_one_after_the_other() -> None:
    first = up(taken(), 5)
    second = up(first, 6)
    levels = [(e.get("level"), e.get("to")) for e in escalations(second)]
    assert levels == [("lead", ["zhao.min"]), ("director", ["chen.jie"])]  # the manager has left
    assert told(second) == ["zhao.min", "chen.jie"]
    assert (second.team, second.owner) == ("tech", "li.wei")
    with pytest.raises(CannotEscalate, match=r"^陈洁 \(director\) has "):
        up(second, 7)


def test_a_rung_counts_as_a_level_that_was_called_in() -> None:
    by_tick = Event(
        id="zzzz00", at=NINE + timedelta(minutes=3), by="tick", did="escalated", role="system", auto=True,
        data={"clock": "first_response", "cycle": "a", "rung": "due escalate lead", "level": "lead", "to": ["zhao.min"]},
    )  # fmt: skip
    after = up(taken().with_events(by_tick), 5)
    assert escalations(after)[-1].get("level") == "director"


@pytest.mark.parametrize("by", ["zhao.min", "chen.jie"])
def test_a_level_that_escalates_or_owns_it_is_passed_by(by: str) -> None:
    ticket = taken()
    if by == "chen.jie":
        with pytest.raises(CannotEscalate, match="nobody stands above"):
            up(ticket, 5, by=by)
    else:
        assert escalations(up(ticket, 5, by=by))[-1].get("to") == ["chen.jie"]


def test_another_team_begins_with_its_own_lead() -> None:
    there = escalate(up(taken(), 5), who(6, reason="x"), CONFIG, to="support")
    assert escalations(up(there, 7))[-1].get("to") == ["wang.fang"]


def test_what_is_refused_says_what_to_type() -> None:
    ticket = taken()
    with pytest.raises(ReasonNeeded) as unexplained:
        escalate(ticket, who(5), CONFIG, to="support")
    assert "--to support --reason" in str(unexplained.value.hint)
    with pytest.raises(CannotEscalate, match="tech has") as already:
        escalate(ticket, who(5, reason="x"), CONFIG, to="tech", owner="sun.li")
    assert str(already.value.hint) == f"tkt assign {ticket.id} sun.li"
    with pytest.raises(UsageError, match="--to"):
        escalate(ticket, who(5, reason="x"), CONFIG, owner="sun.li")
    with pytest.raises(UsageError, match="team cannot be tehc"):
        escalate(ticket, who(5, reason="x"), CONFIG, to="tehc")


def test_what_the_new_owner_must_know_stands_while_it_is_theirs() -> None:
    asked = reply(taken(), who(4), CONFIG, text="Which version?", asks_customer=True)
    asked = reply(asked, who(5), CONFIG, text="We look into it.")
    there = up(escalate(asked, who(6, reason="x"), CONFIG, to="support"), 7)
    assert [e.get("to_team") or e.get("level") for e in standing_escalations(there, CONFIG)] == [
        "support",
        "lead",
    ]
    assert last_asked(there).get("text") == "Which version?"  # type: ignore[union-attr]
    back = set_values(there, who(8), CONFIG, {"team": "tech"})
    assert standing_escalations(back, CONFIG) == ()
