"""How do the operations that a program sends become one change of the desk, or none?

`lines` reads them, `table` says which there are and what each takes, `doing` makes them actions, and
`running` carries them out together (docs/batch.md).
"""

from __future__ import annotations

from tkt.batch.lines import Input, Line, lines_of
from tkt.batch.running import Outcome, Ran, run

__all__ = ["Input", "Line", "Outcome", "Ran", "lines_of", "run"]
