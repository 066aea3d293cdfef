"""What the index knows of articles: which replies cited them."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from tkt.kpis.story import Story, cited_in

AT = datetime(2026, 11, 16, tzinfo=UTC)


def packed(*cited: tuple[datetime, str]) -> bytes:
    return msgspec.msgpack.encode(
        Story(
            type=None, category=None, product=None, requester=(), is_recorded=True, is_live=False,
            triaged_at=None, said_at=(), said_by=(), asked=(), cited=cited,
        )
    )  # fmt: skip


def test_citations_are_found_without_unpacking_a_story_that_has_none() -> None:
    assert cited_in(packed()) == ()
    assert cited_in(packed((AT, "a"), (AT, "b"))) == ((AT, "a"), (AT, "b"))


def test_what_is_cited_is_the_last_thing_of_a_story() -> None:
    """`cited_in` looks at the last byte: a key that comes behind it would have to be looked for otherwise."""
    assert Story.__struct_fields__[-1] == "cited"
