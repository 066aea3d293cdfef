"""Which patterns are worth compiling? Those that are used: `late(r"…")` is `re.compile`, at the first use.

A module is loaded for one of its functions; to compile all that it might look for took a tenth of a short
command. Type checkers see `re.compile`.
"""

from __future__ import annotations

import re
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


__all__ = ["late"]
