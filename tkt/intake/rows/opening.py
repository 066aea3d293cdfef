"""What kind of table is in a file, whatever it is called?"""

from __future__ import annotations

from tkt.intake.rows.csvs import read_csv
from tkt.intake.rows.table import Table, TableWish
from tkt.intake.rows.xlsx import is_zip, read_xlsx, refuse_old

MAX_TABLE_BYTES = 256 * 1024 * 1024


def read_table(data: bytes, wish: TableWish, *, file: str) -> Table:
    """The rows of a CSV or XLSX file, told apart by what they begin with.

    Errors: DataError, UsageError without openpyxl, NotFound without the sheet.
    """
    refuse_old(data, file)
    return read_xlsx(data, wish, file=file) if is_zip(data) else read_csv(data, wish, file=file)
