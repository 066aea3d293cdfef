"""`tkt export`: how do tickets get out, as a table or for a program?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated, Any

import typer

from tkt.columns import Columns
from tkt.commands.asked import asked
from tkt.commands.common import Session
from tkt.commands.importing import tickets_counted
from tkt.commands.options import QueryArgument
from tkt.commands.signature import reads
from tkt.errors import Problem, UsageError
from tkt.export import OutColumn, columns_of, csv_lines, json_objects, opened, usual_columns
from tkt.i18n import N_, msg
from tkt.render.jsons import SCHEMA, json_text
from tkt.render.screen import print_bytes
from tkt.render.text import clean

OutputOption = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE", help=N_("Where to; - is standard output."), show_default=False
    ),
]
FieldsOption = Annotated[
    str,
    typer.Option(
        "--fields",
        metavar="FIELD,…",
        help=N_("These fields alone, in this order: id,title,contact.phone,优先级."),
        show_default=False,
    ),
]
OverwriteOption = Annotated[bool, typer.Option("--force", help=N_("Write over a file that is there."))]
LabelsOption = Annotated[
    bool,
    typer.Option(
        "--labels", help=N_("For people: columns and values by their labels, times of the desk's zone.")
    ),
]
BomOption = Annotated[
    bool, typer.Option("--bom", help=N_("Begin with a byte order mark, by which Excel knows UTF-8."))
]
EventsOption = Annotated[
    bool, typer.Option("--events", help=N_("With everything that happened, not the fields alone."))
]

_PIECE = 1 << 16


@reads
def csv(
    session: Session,
    query: QueryArgument = None,
    output: OutputOption = "-",
    fields: FieldsOption = "",
    labels: LabelsOption = False,
    bom: BomOption = False,
    force: OverwriteOption = False,
) -> int:
    """Write tickets as CSV, one row a ticket; without a query all of them."""
    desk = session.desk
    rows, code = _rows(session, query)
    columns = _chosen(session, fields, rows) or usual_columns(rows, desk.config)
    heads = [it.label(desk.fields, desk.config) if labels else it.key for it in columns]
    lines = csv_lines(rows, columns, heads, people=desk.config if labels else None)
    is_shown = output == "-" and session.screen.is_terminal
    texts = (f"{clean(line.rstrip())}\n" for line in lines) if is_shown else lines
    _write(session, output, _marked(texts, bom), len(rows), force=force)
    return code


@reads
def json(
    session: Session,
    query: QueryArgument = None,
    output: OutputOption = "-",
    fields: FieldsOption = "",
    events: EventsOption = False,
    force: OverwriteOption = False,
) -> int:
    """Write tickets as one JSON object, as `tkt list --json` prints them; without a query all of them."""
    return _objects(session, query, output, fields, events, force, _as_one)


@reads
def jsonl(
    session: Session,
    query: QueryArgument = None,
    output: OutputOption = "-",
    fields: FieldsOption = "",
    events: EventsOption = False,
    force: OverwriteOption = False,
) -> int:
    """Write tickets as JSON lines, one object a ticket; without a query all of them."""
    return _objects(session, query, output, fields, events, force, _as_lines)


def _objects(
    session: Session,
    query: Sequence[str] | None,
    output: str,
    fields: str,
    events: bool,
    force: bool,
    form: Callable[[Iterable[dict[str, Any]]], Iterator[str]],
) -> int:
    rows, code = _rows(session, query)
    columns = _chosen(session, fields, rows)
    problems: list[Problem] = []
    found = json_objects(rows, columns, with_events=events, problems=problems)
    _write(session, output, form(found), len(rows), force=force, is_json=form is _as_one)
    return max(code, session.report(problems))


def _as_one(objects: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The object that every command prints with --json, piece by piece."""
    yield f'{{"schema": {SCHEMA}, "data": ['
    for place, each in enumerate(objects):
        yield f"{',' if place else ''}\n{json_text(each, sys.stdout)}"
    yield "\n]}\n"


def _as_lines(objects: Iterable[dict[str, Any]]) -> Iterator[str]:
    return (f"{json_text(each, sys.stdout)}\n" for each in objects)


def _rows(session: Session, query: Sequence[str] | None) -> tuple[list[Columns], int]:
    """The rows that match, in order of their ids, and the exit code that unreadable files call for."""
    found = session.desk.matching(session.query(asked(session, list(query or ()))), session.now)
    return sorted(found.rows, key=lambda row: row.id), session.report(found.problems)


def _chosen(session: Session, fields: str, rows: Sequence[Columns]) -> tuple[OutColumn, ...]:
    names = [name.strip() for name in fields.replace("，", ",").split(",") if name.strip()]
    return columns_of(names, session.desk.fields, session.desk.config, rows)


def _marked(texts: Iterable[str], bom: bool) -> Iterator[str]:
    if bom:
        yield "\ufeff"
    yield from texts


def _write(
    session: Session, output: str, texts: Iterable[str], count: int, *, force: bool, is_json: bool = False
) -> None:
    """Errors: UsageError for --json where the answer is none; Conflict, FileError of the file."""
    is_printed = output in ("", "-")
    if is_printed and session.json and not is_json:
        raise UsageError(
            msg("--json tells what was written to a file, expected -o FILE with it"),
            hint=msg("tkt export json, or -o FILE"),
        )
    target: AbstractContextManager[Callable[[bytes], object]] = (
        nullcontext(print_bytes) if is_printed else opened(output, force=force)
    )
    with target as write:
        for piece in _pieces(texts):
            write(piece)
    if not is_printed:
        session.say(msg("{tickets} in {file}", tickets=tickets_counted(count), file=output))
        if session.json:
            session.answer({"tickets": count, "file": output})


def _pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """The texts in pieces of a size that is worth a write."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _PIECE:
            yield "".join(held).encode("utf-8", "surrogatepass")
            held, size = [], 0
    if held:
        yield "".join(held).encode("utf-8", "surrogatepass")
