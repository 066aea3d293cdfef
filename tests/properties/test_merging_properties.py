"""Whatever two branches did to one ticket, it becomes one again (docs/file-format.md, Merging)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flowdesk import NINE, desk, numbered, triaged
from hypothesis import given, settings
from hypothesis import strategies as st
from test_actions_properties import steps
from test_codec_properties import PATH as STRANGE
from test_codec_properties import changes, events, read, tickets
from test_codec_properties import files as strange_files

from tkt.actions import Actor
from tkt.checks.folding import keys as fold_findings
from tkt.errors import TktError
from tkt.ids import event_ids
from tkt.merging import Merged, Version, merge
from tkt.model import Event, Ticket, in_order, status_of
from tkt.store.codec.merging import merged_ticket_text, without_events
from tkt.store.codec.merging.comments import comments_of
from tkt.store.codec.merging.cutting import cut
from tkt.store.codec.reading import read_document
from tkt.store.codec.tickets import read_ticket
from tkt.store.codec.writing import changed_text, new_ticket_text

CONFIG = desk()
PATH = "tickets/new/261120-K7Q2M.yaml"
Ids = Callable[[Container[str]], Iterator[str]]


def version(ticket: Ticket) -> Version:
    return Version(keys={"id": ticket.id, **ticket.values}, events=ticket.events, status=ticket.status)


def ticket_of(merged: Version) -> Ticket:
    values = {name: value for name, value in merged.keys.items() if name != "id"}
    return Ticket(
        id=merged.keys["id"], status=str(merged.status), values=values, events=merged.events, path=PATH
    )


def together(base: Ticket | None, ours: Ticket, theirs: Ticket) -> Merged:
    versions = [None if it is None else version(it) for it in (base, ours, theirs)]
    return merge(versions[0], versions[1], versions[2], finished=CONFIG.finished)


def drawn(stem: str) -> Ids:
    """Ids that no other branch draws, the same in each run."""
    return lambda taken: event_ids(taken, source=(stem, str(len(list(taken)))))


@st.composite
def lived(draw: st.DrawFn, start: Ticket, ids: Ids, by: str = "li.wei") -> Ticket:
    """What some steps make of a ticket."""
    ticket, minute = start, draw(st.sampled_from([60, 61, 90]))
    for step in draw(st.lists(steps(), min_size=0, max_size=5)):
        minute += draw(st.sampled_from([0, 1, 30]))
        actor = Actor(by=by, now=NINE + timedelta(minutes=minute), reason="because", ids=ids)
        try:
            ticket = step(ticket, actor)
        except TktError:
            continue
    return ticket


@st.composite
def branches(draw: st.DrawFn, number: int = 2, ids: Ids | None = None) -> list[Ticket]:
    """A ticket, and what so many branches made of it."""
    base = draw(lived(triaged(), drawn("base")))
    return [base, *(draw(lived(base, ids or drawn(f"branch {count}"))) for count in range(number))]


def findings(ticket: Ticket) -> list[Any]:
    return list(fold_findings(ticket, CONFIG))


@settings(max_examples=25, deadline=None)
@given(branches())
def test_every_event_of_both_sides_is_there_once_and_the_keys_are_their_sum(tickets: list[Ticket]) -> None:
    """docs/file-format.md: the events of both, each id once, in their order; the keys are their sum."""
    base, ours, theirs = tickets
    merged = together(base, ours, theirs)
    events = {event.id: event for event in (*ours.events, *theirs.events)}
    assert merged.version.events == in_order(events.values())
    assert findings(ticket_of(merged.version)) == []
    assert merged.version.status == status_of(merged.version.events)
    assert merged.clashes == ()


@settings(max_examples=25, deadline=None)
@given(branches())
def test_it_does_not_matter_which_side_is_ours(tickets: list[Ticket]) -> None:
    base, ours, theirs = tickets
    assert together(base, ours, theirs) == together(base, theirs, ours)
    assert together(None, ours, theirs) == together(None, theirs, ours)


@settings(max_examples=25, deadline=None)
@given(branches())
def test_what_one_side_did_alone_comes_out_as_it_is(tickets: list[Ticket]) -> None:
    base, ours, theirs = tickets
    assert together(base, ours, ours).version == version(ours)
    assert together(base, ours, base).version == version(ours)
    assert together(None, theirs, theirs).version == version(theirs)
    once = ticket_of(together(base, ours, theirs).version)
    assert together(ours, once, ours).version == version(once)
    assert together(base, once, ours).version == version(once)


@settings(max_examples=25, deadline=None)
@given(branches())
def test_without_a_common_version_the_result_is_the_same(tickets: list[Ticket]) -> None:
    """What both added knows its start from its events."""
    base, ours, theirs = tickets
    merged = together(None, ours, theirs)
    assert merged.version.events == together(base, ours, theirs).version.events
    assert findings(ticket_of(merged.version)) == []


@settings(max_examples=25, deadline=None)
@given(branches(3))
def test_three_clones_come_to_the_same_ticket_in_any_order(tickets: list[Ticket]) -> None:
    base, one, two, three = tickets
    found = []
    for first, second, third in ((one, two, three), (three, one, two), (two, three, one)):
        half = ticket_of(together(base, first, second).version)
        found.append(together(base, half, third).version)
    assert found[0].events == found[1].events == found[2].events
    assert found[0].status == found[1].status == found[2].status
    assert _by_members(found[0]) == _by_members(found[1]) == _by_members(found[2])


def _by_members(merged: Version) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, list) else value for name, value in merged.keys.items()}


@settings(max_examples=25, deadline=None)
@given(branches(ids=numbered))
def test_commands_that_drew_one_id_are_both_kept(tickets: list[Ticket]) -> None:
    """docs/file-format.md: an id that two commands drew by chance; the later command gets another."""
    base, ours, theirs = tickets
    merged = together(base, ours, theirs)
    assert merged == together(base, theirs, ours)
    known = {event.id for event in base.events}
    fresh = [_content(event) for side in (ours, theirs) for event in side.events if event.id not in known]
    found = [_content(event) for event in merged.version.events if event.id not in known]
    assert len({event.id for event in merged.version.events}) == len(merged.version.events)
    assert set(found) == set(fresh)
    assert findings(ticket_of(merged.version)) == []


def _content(event: Event) -> str:
    data = {name: value for name, value in event.data.items() if name not in ("event", "message")}
    return repr(replace(event, id="", data=data))


REMARKS = ("# 客户很急", "# why?", "# 'quoted' [a, b]: c", "#", "\n# on its own\n", "")


@st.composite
def remarked(draw: st.DrawFn, data: bytes, who: str) -> bytes:
    """The same file with comments above some keys and events, and behind some values."""
    lines = data.decode().split("\n")
    pieces = cut(read_document(data, PATH))
    starts = {str(part.body).split("\n")[0] for part in (*pieces.keys.values(), *pieces.events.values())}
    found: list[str] = []
    for number, line in enumerate(lines):
        remark = draw(st.sampled_from(REMARKS)) if line in starts and draw(st.booleans()) else ""
        if remark:
            margin = line[: len(line) - len(line.lstrip(" "))] if line.lstrip(" ").startswith("- ") else ""
            found += [f"{margin}{each} {who} {number}" if each else "" for each in remark.split("\n")]
        is_plain = line in starts and line.count('"') == 0 and not line.endswith(("|", "|-", ":"))
        found.append(f"{line}  # {who} {number}" if is_plain and draw(st.integers(0, 9)) == 0 else line)
    text = "\n".join(found)
    return text.encode()


def styled(ticket: Ticket, dash: int) -> bytes:
    """The file of a ticket, its events so far to the right."""
    head, events = new_ticket_text(ticket).split("events:\n")
    margin = " " * dash
    shifted = "".join(
        f"{margin}{line}" if line.strip() else line for line in events.splitlines(keepends=True)
    )
    return f"{head}events:\n{shifted}".encode()


@st.composite
def files(draw: st.DrawFn) -> tuple[list[Ticket], list[bytes]]:
    """A ticket and two branches, each with its file, commented by people, in different styles."""
    base, ours, theirs = draw(branches())
    first = draw(remarked(styled(base, draw(st.sampled_from((0, 2)))), "base"))
    found = [first]
    for who, side in (("ours", ours), ("theirs", theirs)):
        if draw(st.integers(0, 4)) == 0:
            changed = styled(side, draw(st.sampled_from((0, 2))))  # somebody formatted the file
        else:
            changed = _changed(first, base, side)
        changed = draw(remarked(changed, who)) if draw(st.booleans()) else changed
        changed = changed.replace(b"\n", b"\r\n") if draw(st.integers(0, 9)) == 0 else changed
        found.append(changed.removesuffix(b"\n") if draw(st.integers(0, 4)) == 0 else changed)
    return [base, ours, theirs], found


def _changed(data: bytes, before: Ticket, after: Ticket) -> bytes:
    try:
        return changed_text(data, before, replace(after, path=PATH))
    except TktError:  # it would lose a comment inside a value
        return styled(after, 0)


def as_text(base: bytes | None, ours: bytes, theirs: bytes, tickets: list[Ticket]) -> bytes:
    statuses = (tickets[0].status, tickets[1].status, tickets[2].status)
    return merged_ticket_text(
        base,
        ours,
        theirs,
        path=PATH,
        kinds=CONFIG.field_kinds,
        finished=CONFIG.finished,
        statuses=statuses,
    ).data


@settings(max_examples=25, deadline=None)
@given(files())
def test_the_files_make_the_file_of_the_merged_ticket(drawn_: tuple[list[Ticket], list[bytes]]) -> None:
    tickets, (base, ours, theirs) = drawn_
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tkt.store.codec.merging.weaving.anew", _never)
        data = as_text(base, ours, theirs, tickets)
        assert data == as_text(base, theirs, ours, [tickets[0], tickets[2], tickets[1]])
        as_text(None, ours, theirs, tickets)
    found = read_ticket(data, path=PATH, status="new", kinds=CONFIG.field_kinds)
    merged = together(*tickets)
    assert found.events == merged.version.events
    assert {"id": found.id, **found.values} == merged.version.keys
    assert as_text(ours, data, ours, tickets[1:] + tickets[1:2]) == data


def _never(*args: object) -> str:
    raise AssertionError("no file need be written anew")


@settings(max_examples=25, deadline=None)
@given(files())
def test_no_comment_of_either_side_is_lost(drawn_: tuple[list[Ticket], list[bytes]]) -> None:
    """docs/file-format.md: what one side wrote and what both kept is there."""
    tickets, (base, ours, theirs) = drawn_
    found = _comments(as_text(base, ours, theirs, tickets))
    assert not _wanted(base, ours, theirs) - found
    assert not found - (_comments(ours) | _comments(theirs))


def _wanted(base: bytes, ours: bytes, theirs: bytes) -> Counter[str]:
    """The comments that a side wrote, and those that nobody took out."""
    before, mine, others = (_comments(data) for data in (base, ours, theirs))
    kept = {text: count for text, count in before.items() if min(mine[text], others[text]) >= count}
    return (mine - before) | (others - before) | Counter(kept)


def _comments(data: bytes) -> Counter[str]:
    return Counter(comment.text for comment in comments_of(read_document(data, PATH)))


@settings(max_examples=25, deadline=None)
@given(files())
def test_events_that_a_wrong_merge_brought_go_as_lines(drawn_: tuple[list[Ticket], list[bytes]]) -> None:
    (base, ours, _), (_, data, _) = drawn_
    known = {event.id for event in base.events}
    fresh = {event.id for event in ours.events if event.id not in known}
    left = without_events(data, path=PATH, ids=fresh)
    found = read_ticket(left, path=PATH, status="new", kinds=CONFIG.field_kinds)
    assert found.events == base.events
    assert {**found.values} == {**ours.values}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_people_wrote_into_the_files_they_become_one(data: st.DataObject) -> None:
    """Strange texts, comments and styles; hand edits that contradict each other become events."""
    base = data.draw(tickets())
    first = data.draw(strange_files(base))
    sides = [_rewritten(data, first, stem) for stem in ("b", "c")]
    merged = merged_ticket_text(first, *sides, path=STRANGE)
    assert merged == merged_ticket_text(first, *reversed(sides), path=STRANGE)
    before = {event.id: event for event in read(first).events}
    known = before | {e.id: e for side in sides for e in read(side).events if e != before.get(e.id)}
    fresh = [event for event in merged.events if event.id not in known]
    assert {event.id: event for event in merged.events if event.id in known} == known
    assert {event.by for event in fresh} <= {"rule:merge"}
    assert bool(fresh) == bool(merged.clashes)
    assert not _wanted(first, *sides) - _comments(merged.data)
    assert merged_ticket_text(sides[0], merged.data, sides[0], path=STRANGE).data == merged.data
    again = merged_ticket_text(first, merged.data, sides[0], path=STRANGE)
    assert (again.events, read(again.data).values) == (merged.events, read(merged.data).values)


def _rewritten(data: st.DataObject, first: bytes, stem: str) -> bytes:
    before = read(first)
    after = before.with_values(**data.draw(changes))
    if data.draw(st.booleans()):
        after = after.with_events(*data.draw(events(stem)))
    if data.draw(st.integers(0, 3)) == 0:
        return data.draw(strange_files(after))
    return changed_text(first, before, after)
