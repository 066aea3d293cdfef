"""Scenes of the gallery: tables that cannot be imported as they are, exports that would go over a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from gallery_parts import nothing
from helpers import DeskAtWork

Scene = tuple[Callable[[DeskAtWork], object], tuple[str, ...]]
HEADER = ("number", "received_at", "words", "priority", "status", "order_no")
ROW = ("7", "2026-11-12 09:00", "it does not start", "P3", "new", "A-1")


def table(
    *rows: Sequence[str], name: str = "t.csv", encoding: str = "utf-8", header: Sequence[str] = HEADER
) -> Callable[[DeskAtWork], Path]:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return lambda desk: desk.write(name, out.getvalue().encode(encoding))


def data(name: str, content: bytes) -> Callable[[DeskAtWork], Path]:
    return lambda desk: desk.write(name, content)


def sheet(*rows: Sequence[object]) -> Callable[[DeskAtWork], None]:
    def save(desk: DeskAtWork) -> None:
        from openpyxl import Workbook

        book = Workbook()
        for row in (HEADER, *rows):
            book.active.append(list(row))
        book.save(desk.root / "t.xlsx")

    return save


def broken_cell(desk: DeskAtWork) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(list(HEADER))
    book.active.append(list(ROW))
    book.active["C2"] = "#REF!"
    book.active["C2"].data_type = "e"
    book.save(desk.root / "t.xlsx")


def without_openpyxl(desk: DeskAtWork) -> None:
    from tkt.intake.rows import xlsx

    kept, languages = xlsx.find_spec, iter(("en", "zh"))

    def none_in_each_language(_name: str) -> None:
        if next(languages) == "zh":
            xlsx.find_spec = kept

    sheet(ROW)(desk)
    xlsx.find_spec = none_in_each_language


CSV = ("import", "csv", "t.csv")
XLSX = ("import", "csv", "t.xlsx")
AT = datetime(2026, 11, 12, 9)

SCENES: dict[str, Scene] = {
    "a table with a formula that nobody computed": (sheet(("7", AT, "=A1", "P3", "new", "")), XLSX),
    "a table with an error in a cell": (broken_cell, XLSX),
    "a table with a number that Excel cut short": (sheet(("7", AT, "w", "P3", "new", 4.50123456789012e17)), XLSX),
    "a CSV with a number that Excel cut short": (table((*ROW[:5], "4.50123E+17")), CSV),
    "a table without a date where one must be": (table(("7", "", *ROW[2:])), CSV),
    "a table with a date that could be two": (table(("7", "01/02/2026", *ROW[2:])), CSV),
    "a table with a date to come": (table(("7", "2027-01-01", *ROW[2:])), CSV),
    "a table with an unknown status": (table((*ROW[:4], "bouncing", "")), CSV),
    "a table with an unknown priority": (table((*ROW[:3], "P9", *ROW[4:])), CSV),
    "a table with one number twice": (table(ROW, ROW), CSV),
    "a table that ends without saying when": (table((*ROW[:4], "closed", "")), CSV),
    "a table past new without a priority": (table((*ROW[:3], "", "in-progress", "")), CSV),
    "a table with nothing in a row but a number": (table(("7", "2026-11-12", "", "", "", "A-1")), CSV),
    "a table with its header again": (table(ROW, HEADER), CSV),
    "a table with two columns of one name": (table((*ROW, "x"), header=(*HEADER, "words", "status")), CSV),
    "a table with a row too wide": (table((*ROW, "x", "y")), CSV),
    "a table with a quote that never ends": (data("t.csv", b'number,received_at,words\n7,2026-11-12,"a\n8,2026-11-12,b\n'), CSV),
    "a table without a time of receipt": (table(("7", "x"), header=("number", "words")), CSV),
    "an empty table": (data("t.csv", b""), CSV),
    "a picture named like a table": (data("t.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), CSV),
    "a table in an encoding nobody knows": (table(("7", "2026-11-12", "d\u00e9tail de l'\u00e9t\u00e9", "", "", ""), encoding="cp1252"), CSV),
    "a GBK table read as something else": (table(("7", "2026-11-12", "\u6253\u4e0d\u5f00\u4e86", "", "", ""), encoding="gbk"), (*CSV, "--encoding", "utf-8")),
    "an old workbook": (data("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64), XLSX),
    "a workbook with a password": (data("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")), XLSX),
    "a workbook that is none": (data("t.xlsx", b"PK\x03\x04rubbish"), XLSX),
    "a workbook without openpyxl": (without_openpyxl, XLSX),
    "a sheet that is not there": (sheet(ROW), (*XLSX, "--sheet", "Sheet9")),
    "no such table": (nothing, ("import", "csv", "none.csv")),
    "no such map of a table": (table(ROW), (*CSV, "--map", "complaints")),
    "keep a column that is not there": (table(ROW), (*CSV, "--keep", "shop")),
    "a source that is no name": (table(ROW), (*CSV, "--source", "My Table")),
    "bad rows over the table itself": (table(ROW), (*CSV, "--skip-bad", "t.csv")),
    "export a field that is none": (nothing, ("export", "csv", "--fields", "id,titel")),
    "export over a file": (nothing, ("export", "csv", "-o", "notes.txt")),
    "export CSV and JSON at once": (nothing, ("export", "csv", "--json")),
}  # fmt: skip
