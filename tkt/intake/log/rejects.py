"""Which rows were doubtful, and why, as a file to look through and correct?"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import groupby

from tkt.i18n import render
from tkt.intake.log.rows import RowFault
from tkt.late import late

COLUMNS = ("tkt_line", "tkt_used", "tkt_kind", "tkt_reason")

_FORMULA = late(r"[=@\t\r]|[+-](?![\d.,\s]*$)")


def rejects_csv(header: Sequence[str], faults: Sequence[RowFault]) -> str:
    """The rows with something wrong as they stand in the log, with the reasons in front.

    `tkt_used` is `no` for a row that went into no ticket. The rest of the line is the row's own cells
    under the log's own header. A cell that a spreadsheet would run as a formula gets a `'` before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, *header))
    for line, group in groupby(sorted(faults, key=lambda fault: fault.line), key=lambda fault: fault.line):
        found = list(group)
        used = "yes" if all(fault.used for fault in found) else "no"
        kinds = " ".join(dict.fromkeys(fault.kind for fault in found))
        reasons = "; ".join(render(fault.message) for fault in found)
        writer.writerow((line, used, kinds, _defused(reasons), *(_defused(cell) for cell in found[0].cells)))
    return out.getvalue()


def _defused(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
