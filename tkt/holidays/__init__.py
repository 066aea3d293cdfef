"""Which days of a year are public holidays, and how do they come into a desk?

`library` asks the Python package `holidays`, `files` writes what it says into config/calendars/ and reads
there what days are called, `importing` compares the two. Verdicts use the desk's files alone, so that they
change with a commit and not with the version of a library.
"""

from __future__ import annotations

from tkt.holidays.files import day_names
from tkt.holidays.importing import Import, planned_import
from tkt.holidays.library import PublicDays, public_days

__all__ = ["Import", "PublicDays", "day_names", "planned_import", "public_days"]
