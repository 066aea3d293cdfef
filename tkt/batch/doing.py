"""What does one operation do to a ticket? Each of the table becomes a pure action of `tkt.actions`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from tkt import actions
from tkt.actions import Actor, Given
from tkt.actions.acknowledging import acknowledge
from tkt.actions.given import MoveAction, PureAction
from tkt.actions.messages import awaited
from tkt.actions.rating import rate, scale_of
from tkt.batch.events import recorder
from tkt.batch.lines import BadLine
from tkt.batch.table import Values
from tkt.dated import dated
from tkt.desk import Desk
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.model import Ticket, Value
from tkt.requesters import Requesters
from tkt.schema import Configuration
from tkt.searching.citing import cited_by

_GIVEN: Mapping[str, str] = MappingProxyType(
    {
        "on": "on", "for": "what_for", "until": "until", "code": "code", "text": "text", "cause": "cause",
        "next": "next_what", "by_when": "next_by", "reply": "reply", "sent_by": "sent_by",
        "confirmed": "confirmed", "evidence": "evidence", "spent": "spent", "force": "force",
    }
)  # fmt: skip
"""Key of a line → what it gives to a move."""
_PLAIN = (
    "title", "channel", "customer", "type", "category", "impact", "urgency", "priority", "asks", "team", "owner",
)  # fmt: skip
_FIRST_CONTACT: Mapping[str, Literal["live", "proactive"]] = {"live": "live", "proactive": "proactive"}
_NOBODY = ("none", "nobody", "无")


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One line that is to be carried out. `ticket` finds a ticket by an id or by the `$name` of an earlier line."""

    desk: Desk
    now: datetime
    keys: Values
    actor: Actor
    ticket: Callable[[str], Ticket]
    requesters: Requesters

    def get(self, key: str) -> Any:
        """What a key says; None where it says nothing."""
        return self.keys.get(key)

    def given(self, *, but: tuple[str, ...] = ()) -> Given:
        """All that the line gives to a move. Errors: Unfilled."""
        named: dict[str, Any] = {
            name: self.keys[key] for key, name in _GIVEN.items() if key in self.keys and key not in but
        }
        changes: dict[str, Value] = self.requesters.changes_for(self.keys.get("set", {}))
        if "owner" in self.keys:
            changes["owner"] = self.keys["owner"]
        return Given(changes=changes, **named)

    def dated(self, ticket: Ticket, given: Given, act: Callable[[Given], Ticket]) -> Ticket:
        """As `tkt.dated.dated`."""
        return dated(self.desk, self.now, ticket, given, act)


def action_of(it: Operation) -> PureAction:
    """The action of an operation about a ticket that is there. Errors: those of what it names."""
    return _CHANGES[it.keys["do"]](it)


def opened_by(it: Operation, ticket_id: str) -> Ticket:
    """The ticket that a `new` makes. Errors: those of `open_ticket`, and of `resolved` those of a move."""
    raised = it.get("raised") or "customer"
    follows = it.get("follows")
    values = _values(it)
    return actions.open_ticket(
        it.actor,
        it.desk.config,
        id=ticket_id,
        values=values,
        words=it.get("text") or it.get("words") or "",
        raised_by="agent" if raised == "proactive" else "customer",
        first_contact=_FIRST_CONTACT.get(raised),
        source=it.get("source"),
        external_id=it.get("external_id"),
        follows=it.ticket(follows).id if follows else None,
        and_then="resolve" if it.get("resolved") else None,
        given=_solution(it, values),
    )


def _solution(it: Operation, values: Mapping[str, Value]) -> Given:
    """What resolves a call that was solved at once; whoever records it owns it."""
    if "resolved" not in it.keys:
        return actions.NOTHING_GIVEN
    return Given(
        text=it.keys["resolved"],
        code=it.get("code") or "answered",
        cause=it.get("cause") or "unknown",
        changes={} if values.get("owner") else {"owner": it.actor.by},
    )


def refuse_together(keys: Values) -> None:
    """What a line cannot say at once, or must say together. Errors: BadLine."""
    do = keys["do"]
    if do == "new" and "text" in keys and "words" in keys:
        raise BadLine(msg("{do}: text and words are the same: give one of them", do=do))
    if do == "new" and "external_id" in keys and "source" not in keys:
        raise BadLine(
            msg("{do}: {key} is missing, expected where the number comes from", do=do, key='"source"')
        )
    if do == "new" and "resolved" not in keys and ("code" in keys or "cause" in keys):
        raise BadLine(msg("{do}: code and cause belong to {key}", do=do, key='"resolved"'))
    if do == "tag" and not ("add" in keys or "remove" in keys):
        raise BadLine(msg("{do}: {key} is missing, expected it", do=do, key='"add"'))
    if do == "assign" and not ("person" in keys or "team" in keys):
        raise BadLine(msg("{do}: say to whom: a person or a team", do=do))


def _values(it: Operation) -> dict[str, Value]:
    given: dict[str, Value] = {name: it.keys[name] for name in _PLAIN if name in it.keys}
    if "from" in it.keys:
        given["contact"] = it.keys["from"]
    if "tag" in it.keys:
        given["tags"] = it.keys["tag"]
    given |= it.keys.get("set", {})
    return given | it.requesters.values_for(given)


def _set(it: Operation) -> PureAction:
    given = it.requesters.changes_for(it.keys["set"])
    return lambda ticket, actor, config: actions.set_values(ticket, actor, config, given)


def _tag(it: Operation) -> PureAction:
    add, remove = it.get("add") or [], it.get("remove") or []
    return lambda ticket, actor, config: actions.tag(ticket, actor, config, add=add, remove=remove)


def _assign(it: Operation) -> PureAction:
    person = it.get("person")
    is_nobody = person is not None and person.casefold() in _NOBODY
    owner = None if is_nobody or person is None else it.actor.by if person in ("me", "我") else person
    return lambda ticket, actor, config: actions.assign(
        ticket, actor, config, owner=owner, team=it.get("team"), nobody=is_nobody
    )


def _escalate(it: Operation) -> PureAction:
    return lambda ticket, actor, config: actions.escalate(
        ticket, actor, config, to=it.get("to"), owner=it.get("owner"), note=it.get("note")
    )


def _moving(act: MoveAction) -> Callable[[Operation], PureAction]:
    def prepared(it: Operation) -> PureAction:
        given = it.given()
        return lambda ticket, actor, config: it.dated(
            ticket, given, lambda complete: act(ticket, actor, config, complete)
        )

    return prepared


def _move(it: Operation) -> PureAction:
    status = it.keys["status"]
    return _moving(lambda ticket, actor, config, given: actions.move(ticket, actor, config, status, given))(
        it
    )


def _ack(it: Operation) -> PureAction:
    def act(ticket: Ticket, actor: Actor, _config: Configuration) -> Ticket:
        return acknowledge(
            ticket,
            actor,
            it.desk.verdicts(ticket, now=it.now),
            cause=it.keys["cause"],
            clocks=it.get("clock") or (),
            cycles=it.get("cycle") or (),
        )

    return act


def _reply(it: Operation) -> PureAction:
    cited = cited_by(it.desk, it.get("kb") or ())
    text, then = cited.in_words(it.keys["text"], to=it.get("to") or "customer"), it.get("and")
    given = it.given(but=("text", "sent_by", "spent"))
    if then == "wait":
        given = replace(given, on="customer", what_for=given.what_for or awaited(text))
    if then == "resolve":
        given = replace(given, text=it.get("solution") or text.strip())

    def act(ticket: Ticket, actor: Actor, config: Configuration) -> Ticket:
        return it.dated(
            ticket,
            given,
            lambda complete: actions.reply(
                ticket,
                actor,
                config,
                text=text,
                to=it.get("to") or "customer",
                sent_by=it.get("sent_by"),
                asks_customer=then == "wait",
                canned=it.get("canned"),
                articles=cited.slugs,
                and_then=then,
                given=complete,
                spent=it.get("spent"),
            ),
        )

    return act


def _heard(it: Operation) -> PureAction:
    return lambda ticket, actor, config: it.dated(
        ticket,
        Given(),
        lambda complete: actions.heard(
            ticket,
            actor,
            config,
            text=it.keys["text"],
            channel=it.get("channel") or ticket.get("channel"),
            from_name=it.get("from"),
            given=complete,
            spent=it.get("spent"),
        ),
    )


def _note(it: Operation) -> PureAction:
    return lambda ticket, actor, config: actions.note(
        ticket,
        actor,
        config,
        text=it.keys["text"],
        decision=bool(it.get("decision")),
        spent=it.get("spent"),
    )


def _rate(it: Operation) -> PureAction:
    solved = it.get("solved")
    return lambda ticket, actor, config: rate(
        ticket,
        actor,
        config,
        score=it.keys["score"],
        scale=scale_of(it.get("scale") or ""),
        comment=it.get("comment"),
        solved=None if solved is None else solved == "yes",
        survey=it.get("survey"),
        channel=it.get("channel"),
        from_name=it.get("from"),
    )


def _spam(it: Operation) -> PureAction:
    kind = it.get("as") or "spam"
    return lambda ticket, actor, config: actions.spam(ticket, actor, config, kind=kind)


def _duplicate(it: Operation) -> PureAction:
    of = it.ticket(it.keys["of"])
    return lambda ticket, actor, config: actions.duplicate(
        ticket, actor, config, of=of, reply=it.get("reply"), sent_by=it.get("sent_by")
    )


def _event(it: Operation) -> PureAction:
    return recorder(it.desk, it.keys["event"])


_CHANGES: Mapping[str, Callable[[Operation], PureAction]] = MappingProxyType(
    {
        "set": _set,
        "tag": _tag,
        "assign": _assign,
        "escalate": _escalate,
        "take": _moving(actions.take),
        "move": _move,
        "start": _moving(actions.start),
        "wait": _moving(actions.wait),
        "resolve": _moving(actions.resolve),
        "close": _moving(actions.close),
        "reopen": _moving(actions.reopen),
        "reply": _reply,
        "heard": _heard,
        "note": _note,
        "noreply": lambda _it: actions.noreply,
        "rate": _rate,
        "spam": _spam,
        "duplicate": _duplicate,
        "not-spam": lambda _it: actions.restore,
        "ack": _ack,
        "event": _event,
    }
)
"""Operation (all of `table.VERBS` but `new`) → its action."""
