"""Whatever stands in a configuration file: it is a struct, or there are faults; never both, never neither."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tkt.i18n import render
from tkt.schema.configuration import FILES
from tkt.schema.reading import read_struct

KINDS = {name: kind for name, (_, kind) in FILES.items()}
KEYS = sorted(
    {field.encode_name for kind in KINDS.values() for field in msgspec.structs.fields(kind)}
    | {
        "mon",
        "new",
        "P1",
        "en",
        "zh",
        "guard",
        "when",
        "category",
        "week",
        "zone",
        "since",
        "ask",
        "type",
        "2026-10-01",
    }
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-2, 3)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "new", "en", "agent", "P1", "2h", "09:00-12:00", "2026-10-01", "word", "quality"])
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_walk_finds_a_fault_exactly_where_msgspec_refuses(name: str, data: Any) -> None:
    kind = KINDS[name]
    fields = {field.encode_name: values for field in msgspec.structs.fields(kind)}
    required = {key for key in fields if data.draw(st.booleans())}
    value = data.draw(st.fixed_dictionaries({}, optional=fields) if not required else
                      st.fixed_dictionaries({key: fields[key] for key in sorted(required)}))  # fmt: skip
    found, faults = read_struct(kind, value)
    assert (found is None) == bool(faults)
    for fault in faults:
        assert render(fault.message)
        _follow(value, fault.path)


def _follow(value: Any, path: tuple[str | int, ...]) -> None:
    """A path leads to something that is there."""
    for step in path:
        value = value[step]
