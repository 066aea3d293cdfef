"""What is said of a difference, and in which order?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.differences import Difference, End, TicketChange
from tkt.i18n import Message, _, msg, msgn, render
from tkt.render import words
from tkt.render.differences.page import Group, Page
from tkt.render.differences.rooms import RoomTeller
from tkt.render.differences.tickets import TicketTeller
from tkt.render.text import one_line
from tkt.render.times import stamp

SHORT = 10  # characters of a commit's name


def difference_page(difference: Difference) -> Page:
    """The page of a difference."""
    return Page(
        title=one_line(render(_title(difference))),
        facts=tuple(one_line(render(fact)) for fact in _facts(difference)),
        summary=()
        if difference.is_empty
        else tuple((label, render(it)) for label, it in _summary(difference)),
        groups=(*_ticket_groups(difference), *RoomTeller(difference).groups()),
        notes=tuple(one_line(f"{it.where()}{render(it.message)}") for it in difference.problems),
        forecast=tuple(one_line(render(told)) for told in _forecast(difference)),
        again=one_line(_again(difference)),
    )


def _title(difference: Difference) -> Message:
    old, new = difference.old, difference.new
    if new.commit is None and old.name == "HEAD":
        return msg("What is not committed yet")
    if new.commit is None:
        return msg("What is changed here since {old}", old=_name(old))
    return msg("What {new} changes in {old}", new=_name(new), old=_name(old))


def _name(end: End) -> str:
    """As it was typed; a whole sha is shortened."""
    return end.name[:SHORT] if end.commit and end.name == end.commit else end.name


def _facts(difference: Difference) -> Iterator[Message | str]:
    zone = difference.config.desk.zone
    ends = [_end(end, zone) for end in (difference.old, difference.new)]
    told = msg("from {old} to {new}", old=ends[0], new=ends[1])
    judged = stamp(difference.now, zone)
    yield msg("{span}; judged as of {now} {zone}", span=told, now=judged, zone=zone)
    if difference.moved_on:
        yield msg(
            "compared from where {new} left {old}", new=_name(difference.new), old=_name(difference.old)
        )
    if difference.is_empty:
        yield msg("nothing differs")
    for name in difference.unread_configuration:
        end = difference.old if name == "old" else difference.new
        if end.commit is None:
            yield msg("the configuration here cannot be read: its tickets are judged by the other one")
        else:
            yield msg(
                "the configuration of {end} cannot be read: its tickets are judged by the other one",
                end=_name(end),
            )


def _end(end: End, zone: str) -> Message | str:
    if end.commit is None:
        return _("what lies here") if not end.name else _("nothing")
    at = stamp(end.at, zone) if end.at else "?"
    return msg("{name} ({commit}, {at})", name=_name(end), commit=end.commit[:SHORT], at=at)


# --- the five lines ---


def _summary(difference: Difference) -> Iterator[tuple[str, Message | str]]:
    yield _("Tickets"), _tickets(difference)
    yield _("SLA breaches"), _breaches(difference)
    yield _("Customers told"), _told(difference)
    yield _("Re-routed"), _rerouted(difference)
    yield _("Made public"), _public(difference)


def _tickets(difference: Difference) -> str:
    found = difference.summary
    parts: list[Message] = []
    if found.created:
        parts.append(msgn("{count} created", "{count} created", found.created))
    if found.changed:
        parts.append(msgn("{count} changed", "{count} changed", found.changed))
    if found.gone:
        parts.append(msgn("{count} gone", "{count} gone", found.gone))
    if not parts:
        return _("none")
    told = _(", ").join(map(render, parts))
    moves = [
        msg("{count} to {status}", count=count, status=words.status_name(difference.config, status))
        for status, count in sorted(found.moved.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return render(msg("{told}; moved: {moves}", told=told, moves=tuple(moves))) if moves else told


def _breaches(difference: Difference) -> str:
    found = difference.summary
    if not found.breaches_gained and not found.breaches_lost:
        return _("none comes, none goes")
    told = msg("{gained} more, {lost} fewer", gained=found.breaches_gained, lost=found.breaches_lost)
    if found.lost_doubtfully:
        told = msgn(
            "{told}, but {count} went only because an event was dated back, changed or removed",
            "{told}, but {count} went only because events were dated back, changed or removed",
            found.lost_doubtfully,
            told=told,
        )
    return render(told)


def _told(difference: Difference) -> Message | str:
    found = difference.summary
    if not found.told:
        return _("nobody")
    told = msgn("{count} message", "{count} messages", found.told)
    if found.told_already:
        told = msg("{told}, {count} of them given already", told=told, count=found.told_already)
    if difference.is_proposed and found.told > found.told_already:
        return msg("{told}; sent only when this is merged", told=told)
    return told


def _rerouted(difference: Difference) -> Message | str:
    found = difference.summary
    if not difference.configuration:
        return _("none: the configuration stays as it is")
    if difference.unread_configuration:
        return _("unknown: a configuration cannot be read")
    if not found.considered:
        return _("none")
    return msgn(
        "{rerouted} of {count} ticket (open, or of the last 30 days) would go to another team",
        "{rerouted} of {count} tickets (open, or of the last 30 days) would go to another team",
        found.considered,
        rerouted=found.rerouted,
    )


def _public(difference: Difference) -> str:
    found = difference.summary
    parts: list[Message] = []
    if found.articles_public:
        parts.append(msgn("{count} article", "{count} articles", found.articles_public))
    if found.articles_public_changed:
        parts.append(
            msgn(
                "{count} public article reads differently",
                "{count} public articles read differently",
                found.articles_public_changed,
            )
        )
    if found.replies_changed:
        parts.append(
            msgn(
                "{count} canned reply reads differently",
                "{count} canned replies read differently",
                found.replies_changed,
            )
        )
    return _(", ").join(map(render, parts)) if parts else _("none")


# --- tickets, and the end ---


def _ticket_groups(difference: Difference) -> Iterator[Group]:
    """First what is not as usual, then by what became of them; each by weight."""
    tell = TicketTeller(difference).entry
    rest: list[tuple[str, list[TicketChange]]] = [
        (_("Look at these first"), []),
        (_("Created"), []),
        (_("Moved"), []),
        (_("Changed"), []),
    ]
    for change in difference.by_weight:
        rest[_place(change)][1].append(change)
    for place, (title, some) in enumerate(rest):
        if some:
            yield Group(title, some, tell, is_ticket=True, note=_who(difference) if place == 0 else "")


def _who(difference: Difference) -> str:
    """Where to see by whom and by which commits."""
    if difference.new.commit is None:
        return ""
    span = f"{difference.old.name}..{difference.new.name}"
    return one_line(render(msg("by whom, and by which commit: {command}", command=f"tkt audit {span}")))


def _place(change: TicketChange) -> int:
    if change.is_remarkable:
        return 0
    if change.is_created:
        return 1
    return 2 if change.moved else 3


def _forecast(difference: Difference) -> Iterator[Message]:
    if difference.moved_on:
        yield msgn(
            "{old} has {count} commit since {new} left it; what that one changed is not told here",
            "{old} has {count} commits since {new} left it; what those changed is not told here",
            difference.moved_on,
            old=_name(difference.old),
            new=_name(difference.new),
        )
    yield from difference.forecast


def _again(difference: Difference) -> str:
    old, new = difference.old, difference.new
    since = "" if old.name == "HEAD" else old.name
    span = f"{old.name}..{new.name}" if new.name else since
    return " ".join(word for word in ("tkt diff", span, "--all") if word)
