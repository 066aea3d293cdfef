"""What holds for every log: nothing twice, nothing lost, one order."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from build_log import configuration, imported, log, small_map
from hypothesis import given
from hypothesis import strategies as st

from tkt.intake.log import read_log
from tkt.model import folded, in_order, status_of
from tkt.schema import Configuration

ROW = st.tuples(
    st.sampled_from("78"),
    st.integers(0, 59),
    st.sampled_from(["New", "Work", "Ask", "Done", "Closed", "-100", "?"]),
    st.sampled_from(["low", "high", "?", "huge"]),
    st.sampled_from(["Ann", "Bob", "?"]),
    st.sampled_from(["a", "b"]),
)
LOG = st.lists(ROW, max_size=12)
MAP = small_map(resolution={"code": "fixed", "column": "kept", "text": ["{kept}"]})


@lru_cache
def desk() -> Configuration:
    return configuration(Path(mkdtemp()) / "desk")


def written(rows: list[tuple]) -> bytes:
    return log(
        *(
            f"{number} 08:{minute:02} {state} opened=2026-03-02T08:20 priority={priority} owner={owner} kept={kept}"
            for number, minute, state, priority, owner, kept in rows
        )
    )


@given(LOG)
def test_keys_and_status_are_the_fold_of_the_events(rows: list[tuple]) -> None:
    """docs/file-format.md, Stored keys."""
    for ticket in imported(written(rows), MAP, desk()).tickets:
        assert in_order(ticket.events) == ticket.events
        assert len({event.id for event in ticket.events}) == len(ticket.events)
        assert status_of(ticket.events) == ticket.status
        fold = folded(ticket.events, finished=desk().finished)
        assert {key: ticket.get(key) for key in fold} == fold


@given(LOG)
def test_the_same_log_again_changes_nothing(rows: list[tuple]) -> None:
    once = imported(written(rows), MAP, desk())
    again = imported(written(rows), MAP, desk(), once.tickets)
    assert (again.tickets, again.unchanged) == ((), len(once.tickets))


@given(LOG, st.integers(0, 12))
def test_a_log_that_grew_gives_what_it_gives_at_once(rows: list[tuple], known: int) -> None:
    """Whatever its times do: the beginning of the log is the same in both."""
    first = imported(written(rows[:known]), MAP, desk())
    later = imported(written(rows), MAP, desk(), first.tickets)
    have = {ticket.id: ticket for ticket in (*first.tickets, *later.tickets)}
    assert have == {ticket.id: ticket for ticket in imported(written(rows), MAP, desk()).tickets}
    assert not [fault for fault in later.faults if fault.kind == "contradicts"]


@given(LOG, st.integers(0, 59))
def test_two_logs_after_each_other_give_what_one_gives(rows: list[tuple], cut: int) -> None:
    """Exports that begin where the last one ended, cut between two minutes."""
    in_time = sorted(rows, key=lambda row: row[1])
    early = [row for row in in_time if row[1] <= max(cut, 20)]
    late = [row for row in in_time if row[1] > max(cut, 20)]
    first = imported(written(early), MAP, desk())
    later = imported(written(late), MAP, desk(), first.tickets)
    have = {ticket.external_id: ticket for ticket in (*first.tickets, *later.tickets)}
    whole = {ticket.external_id: ticket for ticket in imported(written(in_time), MAP, desk()).tickets}
    for number, ticket in whole.items():
        assert [(e.id, e.at, e.did) for e in have[number].events] == [
            (e.id, e.at, e.did) for e in ticket.events
        ]
        assert (have[number].status, have[number].values) == (ticket.status, ticket.values)


@given(LOG)
def test_every_row_is_counted(rows: list[tuple]) -> None:
    found = imported(written(rows), MAP, desk())
    assert found.counts["rows"] == len(rows)
    assert {fault.line for fault in found.faults} <= set(range(2, len(rows) + 2))
    assert found.counts["rows_rejected"] == 0
    assert sum(row[2] == "-100" for row in rows) == found.faults_by_kind.get("unknown-state", 0)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """Each line after the header is a row, a fault, or empty; none raises."""
    header = log().splitlines()[0]
    rows = read_log(header + b"\n" + data, small_map(encoding="latin-1"))
    found = imported(rows, MAP, desk())
    assert found.counts["rows"] == len(rows.rows) + len(rows.faults)
