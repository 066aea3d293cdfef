"""Values are made as the library's dataclasses are, only faster: each likeness that something here relies on."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field, replace
from functools import cached_property
from typing import Any

import pytest

from tkt import frozen


@frozen.dataclass(frozen=True, slots=True, kw_only=True)
class Slotted:
    """With every kind of field."""

    name: str
    size: int = 3
    tags: list[str] = field(default_factory=list)
    hidden: str = field(default="x", repr=False, compare=False)
    fixed: int = field(default=7, init=False)


@frozen.dataclass(frozen=True)
class Placed:
    """Given by position, with what is computed once and a check of its own."""

    one: int
    two: int = 2

    def __post_init__(self) -> None:
        if self.one < 0:
            raise ValueError("below zero")

    @cached_property
    def sum(self) -> int:
        return self.one + self.two


@frozen.dataclass(frozen=True, kw_only=True, eq=False)
class Itself:
    """Equal to itself alone."""

    one: int


@frozen.dataclass(frozen=True)
class Below(Placed):
    """A child is made by the library."""

    three: int = 3


def test_a_value_is_made_of_what_is_given_and_of_defaults() -> None:
    value = Slotted(name="a")
    assert (value.name, value.size, value.tags, value.hidden, value.fixed) == ("a", 3, [], "x", 7)
    assert Slotted(name="a").tags is not value.tags
    assert (Placed(1).two, Placed(1, 5).two, Placed(one=4).one) == (2, 5, 4)


@pytest.mark.parametrize("given", [{}, {"name": "a", "other": 1}, {"name": "a", "fixed": 1}])
def test_what_is_missing_or_unknown_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Slotted(**given)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Slotted("a")  # type: ignore[call-arg]


def test_the_first_values_are_like_those_after_many() -> None:
    for fresh in (_fresh(), _fresh(7)):
        for _ in range(12):  # filled one by one, and then by an `__init__` that was written
            assert fresh(one=1).sum == 3
            assert fresh(two=3, one=1).sum == 4
            for wrong in ({}, {"two": 1}, {"one": 1, "other": 2}):
                with pytest.raises(TypeError):
                    fresh(**wrong)
            with pytest.raises(ValueError, match="below zero"):
                fresh(one=-1)


def _fresh(made: int = 0) -> Any:
    """A class like Placed, of which so many values were made."""

    @frozen.dataclass(frozen=True)
    class Fresh:
        one: int
        two: int = 2

        def __post_init__(self) -> None:
            if self.one < 0:
                raise ValueError("below zero")

        @cached_property
        def sum(self) -> int:
            return self.one + self.two

    for _ in range(made):
        Fresh(one=1)
    return Fresh


def test_nothing_can_be_changed() -> None:
    for value in (Slotted(name="a"), Placed(1), Below(1)):
        with pytest.raises(FrozenInstanceError):
            setattr(value, dataclasses.fields(value)[0].name, 1)
        with pytest.raises(FrozenInstanceError):
            delattr(value, dataclasses.fields(value)[0].name)


def test_equal_are_values_of_one_class_with_the_same_compared_fields() -> None:
    assert Slotted(name="a") == Slotted(name="a", hidden="y") != Slotted(name="b")
    assert hash(Placed(1)) == hash(Placed(1, 2))
    assert len({Placed(1), Placed(1), Placed(2)}) == 2
    assert Placed(1) != Below(1)
    one = Itself(one=1)
    assert one != Itself(one=1)
    assert len({one, Itself(one=1)}) == 2


def test_a_value_is_told_with_its_shown_fields() -> None:
    assert repr(Slotted(name="a")) == "Slotted(name='a', size=3, tags=[], fixed=7)"
    assert repr(Below(1)) == "Below(one=1, two=2, three=3)"


def test_the_library_knows_it() -> None:
    assert dataclasses.is_dataclass(Slotted)
    assert replace(Slotted(name="a"), size=9) == Slotted(name="a", size=9)
    assert dataclasses.asdict(Placed(1)) == {"one": 1, "two": 2}
    assert not hasattr(Slotted(name="a"), "__dict__")


def test_a_value_is_copied_and_sent_to_other_processes() -> None:
    for value in (Slotted(name="a", tags=["b"]), Placed(1)):
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.deepcopy(value) == value == copy.copy(value)


def test_what_is_computed_once_and_checked_works_as_ever() -> None:
    assert Placed(1).sum == 3
    with pytest.raises(ValueError, match="below zero"):
        Placed(-1)
    with pytest.raises(ValueError, match="below zero"):
        Below(-1)
