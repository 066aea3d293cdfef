"""How does a map look that says what was recognised, to be edited by a person?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tkt.i18n import msg, render
from tkt.intake.rows.layout import Layout, meaning_label
from tkt.intake.rows.reading import CellReader
from tkt.intake.rows.table import BadCell, Table
from tkt.model import STORED
from tkt.schema import Configuration
from tkt.store.codec.plain import key_text
from tkt.store.codec.scalars import scalar_text

TRANSLATED = ("status", "priority", "channel", "type", "category", "impact", "urgency", "owner", "team")
_SEVERAL = 40  # words of one column that a map still lists


def map_text(table: Table, layout: Layout, config: Configuration) -> str:
    """The whole map, each column with what it is taken for beside it."""
    return "".join(f"{line}\n" for line in _lines(table, layout, config))


def _lines(table: Table, layout: Layout, config: Configuration) -> Iterator[str]:
    found = layout.map
    yield _comment(render(msg("How to read {file}: tkt import csv {file} --map THIS-FILE", file=table.file)))
    yield _comment(render(msg("docs/import.md explains every key.")))
    source = render(msg("part of every id: never change it once something was imported"))
    yield f"source: {scalar_text(found.source)}   # {source}"
    if table.sheet is not None:
        yield f"sheet: {scalar_text(table.sheet)}"
    if table.encoding is not None:
        yield f"encoding: {scalar_text(table.encoding)}"
    if found.zone is not None:
        yield f"zone: {scalar_text(found.zone)}"
    yield f"undated: {found.undated}"
    yield ""
    yield "columns:"
    for column in layout.columns:
        if column.meaning and column.meaning not in found.keep:
            label = render(meaning_label(config, column.meaning))
            yield f"  {key_text(column.name)}: {column.meaning}{_beside(label)}"
    yield from _kept(layout)
    yield from _ignored(layout)
    yield from _values(table, layout, CellReader(layout.map, config))


def _kept(layout: Layout) -> Iterator[str]:
    if layout.map.keep:
        yield ""
        yield "keep:"
    for name, kept in layout.map.keep.items():
        yield f"  {name}: {{column: {scalar_text(kept.column, in_flow=True)}, type: {kept.type}}}"


def _ignored(layout: Layout) -> Iterator[str]:
    """What is left out, so that a person sees it and moves it to where it belongs."""
    if layout.left_out:
        yield ""
        yield _comment(
            render(msg("Left out; move a line to columns: with a field, or keep it as a field of your own."))
        )
        names = ", ".join(scalar_text(column.name, in_flow=True) for column in layout.left_out)
        yield f"ignore: [{names}]"


def _values(table: Table, layout: Layout, cells: CellReader) -> Iterator[str]:
    """The words that the columns with fixed values have, as comments to fill in."""
    known = layout.map.values
    found = {
        meaning: words for meaning in layout.meanings if (words := _words(table, layout, meaning, cells))
    }
    if not known and not found:
        return
    yield ""
    yield _comment(render(msg("Words of the table and what they mean here, where tkt does not know them.")))
    yield "values:" if known else "# values:"
    for meaning, words in {**dict.fromkeys(known, ()), **found}.items():
        yield f"  {meaning}:" if meaning in known else f"#   {meaning}:"
        for word, value in known.get(meaning, {}).items():
            yield f"    {key_text(word)}: {scalar_text(value)}"
        for word in words:
            if word not in known.get(meaning, {}):
                yield f"#     {key_text(word)}: …"


def _words(table: Table, layout: Layout, meaning: str, cells: CellReader) -> tuple[str, ...]:
    """The words of a column that tkt does not know."""
    if meaning not in TRANSLATED or (meaning not in STORED and meaning != "status"):
        return ()
    (place, *_rest) = (column.place for column in layout.of(meaning))
    found: Mapping[str, None] = dict.fromkeys(
        str(row.cells[place]).strip()
        for row in table.rows
        if place < len(row.cells) and isinstance(row.cells[place], str)
    )
    words = tuple(" ".join(word.split()) for word in found if word and _is_unknown(word, meaning, cells))
    return words if len(words) <= _SEVERAL else ()


def _is_unknown(word: str, meaning: str, cells: CellReader) -> bool:
    read = cells.read(meaning, word, {})
    new = {"owner": cells.people.new, "team": cells.teams.new}.get(meaning, {})
    return isinstance(read, BadCell) or read in new


def _comment(text: str) -> str:
    return f"# {' '.join(text.split())}"


def _beside(label: str) -> str:
    return f"   # {label}"
