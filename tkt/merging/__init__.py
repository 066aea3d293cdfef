"""How do two versions of one ticket become one (docs/file-format.md, Merging)?

Pure: versions in, a version out, the same whichever side is ours. `events` unites what happened,
`keys` folds it and puts hand edits in, `lines` merges text; tkt.store.codec.merging writes the file.
"""

from tkt.merging.identity import same_record
from tkt.merging.merge import merge
from tkt.merging.version import DEFAULT_FINISHED, Merged, TwoTickets, Version

__all__ = ["DEFAULT_FINISHED", "Merged", "TwoTickets", "Version", "merge", "same_record"]
