"""What is made at its first use? Patterns (`late(r"…")` is `re.compile`) and what follows from a value (`once`).

A module is loaded for one of its functions; to compile all that it might look for took a tenth of a short
command. Type checkers see `re.compile`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as late
else:

    class late:  # noqa: N801 - stands where a function stood
        """A pattern; its methods are kept once it is compiled, so that a call costs what it always did."""

        def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
            self._wish = (pattern, flags)

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            found = getattr(re.compile(*self._wish), name)
            self.__dict__[name] = found
            return found


if TYPE_CHECKING:
    from functools import cached_property as once
else:

    class once:  # noqa: N801 - stands where `cached_property` stood
        """As `functools.cached_property`, which takes a lock at each first use until Python 3.12."""

        def __init__(self, compute: Any) -> None:
            self._compute = compute
            self.__doc__ = compute.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self._name = name

        def __get__(self, value: Any, owner: type) -> Any:
            if value is None:
                return self
            found = value.__dict__[self._name] = self._compute(value)
            return found


@contextmanager
def patterns_late() -> Iterator[None]:
    """What other people's modules compile while they are loaded here, they compile at the first use as well."""
    compiled = re.compile
    re.compile = late
    try:
        yield
    finally:
        re.compile = compiled


__all__ = ["late", "once", "patterns_late"]
