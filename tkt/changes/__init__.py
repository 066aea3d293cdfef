"""How does a change get into the desk? Files first, each valid at every instant; then one commit.

A command takes the lock, reads, lets a pure action make the new ticket, replaces the file in place,
renames it to its new status and commits its own paths. If the commit fails, index and files go back
and the text is kept (`store.undoable`). A file that somebody else changed between its reading and its
writing is read again, and the action applied to what is there now, unless both speak of one field.
Several tickets stand together (`Bulk`): all of them are made before the first file is touched.
"""

from __future__ import annotations

from tkt.changes.bulk import Bulk
from tkt.changes.door import Changes
from tkt.changes.written import Action, Done, FileEdit, Written

__all__ = ["Action", "Bulk", "Changes", "Done", "FileEdit", "Written"]
