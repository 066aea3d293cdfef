"""How is a class of values made fast? `dataclass` as the library has it, for frozen classes at a fifth of its price.

The library writes and compiles six functions for every class when its module is loaded: half a
millisecond, 60 times in a `tkt show`. Here all classes share five of them, and the sixth, `__init__`, is
written when more than a few values of the class are made. Type checkers see the library's own.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as library_dataclass
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: Any = None, /, **wishes: Any) -> Any:
        """As `dataclasses.dataclass`; frozen classes without parents of their own are made here."""
        if cls is None:
            return lambda found: dataclass(found, **wishes)
        is_ours = wishes.get("frozen") and wishes.keys() <= _KNOWN and cls.__mro__[1:] == (object,)
        return _made(cls, **wishes) if is_ours else library_dataclass(cls, **wishes)


__all__ = ["dataclass"]

_KNOWN = frozenset({"frozen", "slots", "kw_only", "eq"})
_FEW = 8
"""Values that take less time to fill one by one than their `__init__` takes to be written."""


def _made(
    cls: type[Any], *, frozen: bool, slots: bool = False, kw_only: bool = False, eq: bool = True
) -> type[Any]:
    own = frozenset(cls.__dict__)
    made: type[Any] = library_dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
    made.__dataclass_params__.frozen = frozen
    made.__dataclass_params__.init = made.__dataclass_params__.repr = True
    made.__dataclass_params__.eq = eq
    shared: dict[str, Any] = {"__repr__": _repr, "__init__": _first_init(made)}
    if eq:
        compared = _getter([each.name for each in fields(made) if each.compare])
        shared |= {"__eq__": _equal(compared), "__hash__": _hashed(compared)}
    if slots:
        shared |= {"__getstate__": _state, "__setstate__": _restored}
    for name, function in {**shared, "__setattr__": _refused(made), "__delattr__": _refused(made)}.items():
        if name not in own:
            setattr(made, name, function)
    return made


def _first_init(cls: Any) -> Any:
    made = 0

    def __init__(self: Any, *args: Any, **given: Any) -> None:  # noqa: N807
        nonlocal made
        made += 1
        if args or made > _FEW or not _filled(self, fields(cls), given):
            cls.__init__ = _written_init(cls)
            cls.__init__(self, *args, **given)

    return __init__


def _filled(value: Any, plan: tuple[Field[Any], ...], given: dict[str, Any]) -> bool:
    """Whether a value was filled with what was given by name; what is unusual, or wrong, is left to `__init__`."""
    named = [each.name in given for each in plan]
    if len(given) != sum(named) or not all(each.init for each in plan):
        return False
    if any(not is_given and each.default is MISSING for each, is_given in zip(plan, named, strict=True)):
        return False
    for each in plan:
        object.__setattr__(value, each.name, given.get(each.name, each.default))
    if hasattr(value, "__post_init__"):
        value.__post_init__()
    return True


def _written_init(cls: Any) -> Any:
    """`def __init__(self, *, a, b=default): …`, as the library writes it for a frozen class."""
    taken = [each for each in fields(cls) if each.init]
    given = [_parameter(each) for each in taken if not each.kw_only]
    named = [_parameter(each) for each in taken if each.kw_only]
    head = ", ".join(["self", *given, *(["*", *named] if named else [])])
    slots = {each.name: setter for each in fields(cls) if (setter := _slot_setter(cls, each.name))}
    body = [
        f"_put_{each.name}(self, {_value(each)})"
        if each.name in slots
        else f"_set(self, {each.name!r}, {_value(each)})"
        for each in fields(cls)
        if _is_set(each)
    ]
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    scope: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    scope |= {f"_default_{each.name}": each.default for each in fields(cls)}
    scope |= {f"_make_{each.name}": each.default_factory for each in fields(cls)}
    scope |= {f"_put_{name}": setter for name, setter in slots.items()}
    exec("\n ".join([f"def __init__({head}):", *(body or ["pass"])]), scope)
    written = scope["__init__"]
    written.__qualname__ = f"{cls.__qualname__}.__init__"
    return written


def _slot_setter(cls: Any, name: str) -> Any:
    """What puts a value into a slot, without looking for the slot each time; None where there is no slot."""
    return getattr(cls.__dict__.get(name), "__set__", None)


def _parameter(each: Field[Any]) -> str:
    if each.default is not MISSING:
        return f"{each.name}=_default_{each.name}"
    return each.name if each.default_factory is MISSING else f"{each.name}=_missing"


def _is_set(each: Field[Any]) -> bool:
    return each.init or each.default is not MISSING or each.default_factory is not MISSING


def _value(each: Field[Any]) -> str:
    if each.default_factory is MISSING:
        return each.name if each.init else f"_default_{each.name}"
    made = f"_make_{each.name}()"
    return f"{made} if {each.name} is _missing else {each.name}" if each.init else made


def _getter(names: list[str]) -> Any:
    return attrgetter(*names) if names else lambda _value: ()


def _equal(compared: Any) -> Any:
    def __eq__(self: Any, other: object) -> Any:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self is other or compared(self) == compared(other)

    return __eq__


def _hashed(compared: Any) -> Any:
    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(compared(self))

    return __hash__


def _refused(cls: Any) -> Any:
    names = frozenset(each.name for each in fields(cls))

    def refuse(self: Any, name: str, *value: Any) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot change field {name!r}")
        (object.__setattr__ if value else object.__delattr__)(self, name, *value)

    return refuse


@recursive_repr()
def _repr(self: Any) -> str:
    told = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({', '.join(told)})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _restored(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
