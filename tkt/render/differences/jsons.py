"""What does a program read of a difference (docs/json.md, `diff`)?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tkt.differences import Difference, Effect, End, TextChange, TicketChange, Turn
from tkt.differences.dating import Late
from tkt.differences.events import Altered
from tkt.differences.keys import KeyChange
from tkt.i18n import render
from tkt.model import Event
from tkt.render.errors import problem_json
from tkt.render.jsons import event_json, plain
from tkt.sla import Verdict


def difference_json(difference: Difference) -> dict[str, Any]:
    """The whole difference; texts of problems and of the forecast in the reader's language."""
    found: dict[str, Any] = {
        "from": _end(difference.old),
        "to": _end(difference.new),
        "now": difference.now,
        "proposed": difference.is_proposed,
        "base": difference.base,
        "moved_on": difference.moved_on,
        "summary": _summary(difference),
        "tickets": [_ticket(change, difference) for change in difference.tickets],
        "configuration": {
            "files": [asdict(it) for it in difference.configuration],
            "unread": list(difference.unread_configuration),
            "considered": difference.effects.considered,
            "effects": [_effect(effect) for effect in difference.effects.all],
        },
        "knowledge": {
            "articles": [_article(it) for it in difference.articles],
            "replies": [_reply(it) for it in difference.replies],
        },
        "customers": [asdict(it) for it in difference.customers],
        "attachments": [asdict(it) for some in difference.attachments.values() for it in some],
        "files": [asdict(it) for it in difference.files],
        "problems": [problem_json(problem) for problem in difference.problems],
        "forecast": [render(told) for told in difference.forecast],
    }
    plained: dict[str, Any] = plain(found)
    return plained


def _end(end: End) -> dict[str, Any]:
    return {"name": end.name or None, "commit": end.commit, "committed_at": end.at}


def _summary(difference: Difference) -> dict[str, Any]:
    found = difference.summary
    return {
        "tickets": {
            "created": found.created,
            "changed": found.changed,
            "gone": found.gone,
            "moved": dict(found.moved),
        },
        "verdicts": {
            "gained": found.breaches_gained,
            "lost": found.breaches_lost,
            "lost_doubtfully": found.lost_doubtfully,
        },
        "told": {"messages": found.told, "given_already": found.told_already},
        "rerouted": {"tickets": found.rerouted, "considered": found.considered},
        "public": {
            "articles": found.articles_public,
            "articles_changed": found.articles_public_changed,
            "replies": found.replies_changed,
        },
    }


def _ticket(change: TicketChange, difference: Difference) -> dict[str, Any]:
    return {
        "id": change.id,
        "title": change.ticket.title,
        "path": change.ticket.path,
        "created": change.is_created,
        "gone": change.is_gone,
        "moved": list(change.moved) if change.moved else None,
        "moved_by_hand": change.is_moved_by_hand,
        "fields": [_field(it) for it in change.keys],
        "messages": [_message(event) for event in change.events.added if event.did == "message"],
        "events": [event_json(event) for event in change.events.added],
        "back_dated": [_late(it) for it in change.late],
        "redacted": [event_json(event) for event in change.events.redacted],
        "altered": [_altered(it) for it in change.events.altered],
        "removed": [event_json(event) for event in change.events.gone],
        "unguarded": [{"event": it.event, "message": render(it.message)} for it in change.unguarded],
        "files": [it.path for it in difference.attachments.get(change.id, ())],
        "verdicts": {
            "gained": [_turn(change, turn) for turn in change.turns if turn.is_gained],
            "lost": [_turn(change, turn) for turn in change.turns if turn.is_lost],
            "other": [_turn(change, turn) for turn in change.turns if not (turn.is_gained or turn.is_lost)],
        },
    }


def _field(change: KeyChange) -> dict[str, Any]:
    return {
        "field": change.key,
        "from": None if change.is_redacted else change.before,
        "to": change.after,
        "redacted": change.is_redacted,
        "because": change.because or None,
        "event": change.event.id if change.event else None,
        "by_hand": change.event is None,
    }


def _message(event: Event) -> dict[str, Any]:
    text = str(event.get("text") or "")
    return {
        "event": event.id,
        "at": event.at,
        "by": event.by,
        "role": event.role,
        "to": event.get("to", "customer") if event.role != "customer" else None,
        "first_line": next((line.strip() for line in text.splitlines() if line.strip()), ""),
    }


def _late(late: Late) -> dict[str, Any]:
    return {
        "event": late.event.id,
        "at": late.event.at,
        "recorded_at": late.recorded_at,
        "said": late.is_said,
        "late_s": int((late.recorded_at - late.event.at).total_seconds()),
    }


def _altered(altered: Altered) -> dict[str, Any]:
    return {
        "event": altered.after.id,
        "keys": [{"key": key, "from": old, "to": new} for key, old, new in altered.differing()],
    }


def _turn(change: TicketChange, turn: Turn) -> dict[str, Any]:
    after = turn.after or turn.before
    return {
        "clock": turn.clock,
        "cycle": turn.cycle,
        "from": _state(turn.before),
        "to": _state(turn.after),
        "policy": after.policy if after else None,
        "due_at": after.due_at if after else None,
        "breached_at": after.breached_at if after else None,
        "by": turn.cause.id if turn.cause else None,
        "doubtful": change.is_doubtful(turn),
    }


def _state(verdict: Verdict | None) -> str | None:
    return verdict.state if verdict else None


def _effect(effect: Effect) -> dict[str, Any]:
    key = effect.key
    return {
        "what": key.what,
        "by": key.source or None,
        "from": key.before,
        "to": key.after,
        "tickets": list(effect.tickets),
    }


def _article(change: TextChange) -> dict[str, Any]:
    return {
        "path": change.path,
        "how": change.how,
        "title": change.title,
        "becomes_public": change.becomes_public,
        "public": change.becomes_public or change.stays_public,
        "keys": list(change.keys),
        "text_changed": change.has_another_body,
    }


def _reply(change: TextChange) -> dict[str, Any]:
    return {"path": change.path, "how": change.how, "first_line": change.first_line}
