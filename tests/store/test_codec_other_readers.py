"""Files that tkt writes mean the same to another YAML 1.2 reader."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tkt.model import Event, Ticket
from tkt.store.codec.scalars import is_storable
from tkt.store.codec.writing import new_ticket_text

AT = datetime(2026, 11, 16, 1, tzinfo=UTC)

texts = st.text(max_size=80).filter(lambda text: is_storable(text) and text.strip() != "")
words = st.sampled_from(
    ["no", "012", "18:30", "1e5000", "null", "~", "=", "- x", "{a: b}", "#c", "yes", "2.0", "0x1F"]
)


def read_by_ruamel(text: str) -> dict[str, object]:
    found: dict[str, object] = YAML(typ="safe", pure=True).load(StringIO(text))
    return found


@given(title=st.one_of(words, texts), said=st.one_of(words, texts))
def test_what_is_written_is_read_the_same_by_ruamel(title: str, said: str) -> None:
    opened = Event(id="aaaa00", at=AT, by="z", did="opened", role="customer", data={"status": "new"})
    message = Event(id="aaaa01", at=AT, by="z", did="message", role="customer", data={"text": said})
    ticket = Ticket(
        id="261116-AAAAA", status="new", values={"title": title, "received_at": AT}, events=(opened, message)
    )
    found = read_by_ruamel(new_ticket_text(ticket))
    assert found["title"] == title
    events = found["events"]
    assert isinstance(events, list)
    assert events[1]["text"] == said
