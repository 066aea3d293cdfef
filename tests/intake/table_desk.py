"""Builders for tests of the table import: a CSV in a few words, a workbook, a run of the command."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADER = (
    "工单号",
    "受理时间",
    "渠道",
    "客户姓名",
    "客户原话",
    "处理人",
    "优先级",
    "处理状态",
    "处理结果",
    "完成时间",
)
ROW = (
    "TS-001",
    "2026/11/2 9:05",
    "电话",
    "张伟",
    "发票打不开",
    "李娜",
    "高",
    "已完成",
    "已重新开具",
    "2026/11/2 15:30",
)
OPEN = ("TS-002", "2026年11月3日 14:30", "微信", "王芳", "快递没动静", "李娜", "中", "处理中", "", "")


def csv_text(*rows: Sequence[str], header: Sequence[str] = HEADER, delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue()


def row(number: str = "TS-001", **changes: str) -> tuple[str, ...]:
    """ROW with another number and other cells: `row("7", 处理状态="待处理")`."""
    return tuple(changes.get(name, cell) for name, cell in zip(HEADER, (number, *ROW[1:]), strict=True))


def table_file(
    folder: Path, *rows: Sequence[str], header: Sequence[str] = HEADER, name: str = "t.csv"
) -> str:
    path = folder / name
    path.write_text(csv_text(*rows, header=header), "utf-8", newline="")
    return str(path)


def workbook(path: Path, *rows: Sequence[Any], header: Sequence[str] = HEADER) -> Workbook:
    book = Workbook()
    sheet = book.active
    for each in (header, *rows):
        sheet.append(list(each))
    book.save(path)
    return book
