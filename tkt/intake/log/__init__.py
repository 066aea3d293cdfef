"""How does an event log, one row per change, become tickets with their history?

    logmap = open_map("servicenow", config)
    rows = read_log(data, logmap, file="incidents.csv")
    imported = tickets_from_log(rows, logmap, config, existing=already_imported(tickets, logmap.source))

From the rows on it is pure, and nothing of the moment goes into a ticket: no time of import, no random
id. The same log so makes the same files in two clones, and nothing at all the second time.
docs/import.md is the user's side of it.
"""

from __future__ import annotations

from tkt.intake.log.fitting import map_faults
from tkt.intake.log.importing import Imported, LogImport, already_imported, tickets_from_log
from tkt.intake.log.maps import LogMap
from tkt.intake.log.opening import bundled_maps, open_map
from tkt.intake.log.rejects import rejects_csv
from tkt.intake.log.rows import LogRow, LogRows, RowFault, read_log

__all__ = [
    "Imported",
    "LogImport",
    "LogMap",
    "LogRow",
    "LogRows",
    "RowFault",
    "already_imported",
    "bundled_maps",
    "map_faults",
    "open_map",
    "read_log",
    "rejects_csv",
    "tickets_from_log",
]
