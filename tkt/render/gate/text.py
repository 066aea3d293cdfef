"""How does a person read what a gate found? Tables, the most urgent first, and what it adds up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tkt.gated import Judged
from tkt.i18n import Message, msg, msgn, render
from tkt.render.gate.sheet import Sheet
from tkt.render.sla_tables import clocks_table
from tkt.render.text import cut, one_line
from tkt.render.times import stamp


def text(sheet: Sheet) -> str:
    """What fails; unless that alone was asked for, also what is about to, what fails nothing, and the sums."""
    gated = sheet.gated
    blocks = [_table(sheet, gated.failing, style="red")] if gated.failing else []
    if not sheet.is_brief:
        blocks += [*_others(sheet), *_otherwise(sheet), sheet.counts()]
    return "\n\n".join(blocks)


def _others(sheet: Sheet) -> Iterator[str]:
    """What is listed apart: it fails nothing."""
    for told, some in _headed(sheet):
        if some:
            yield f"{render(told)}\n{_table(sheet, some)}"


def _headed(sheet: Sheet) -> Iterator[tuple[Message, Sequence[Judged]]]:
    gated = sheet.gated
    warned, known, earlier = gated.warned, gated.known or (), gated.earlier or ()
    yield (
        msgn("{count} clock is about to run out:", "{count} clocks are about to run out:", len(warned)),
        warned,
    )
    rev = one_line(gated.new_since or "")
    yield (
        msgn(
            "{count} breach that {rev} has too:", "{count} breaches that {rev} has too:", len(known), rev=rev
        ),
        known,
    )
    if gated.breached_after is not None:
        since = stamp(gated.breached_after, sheet.config.desk.zone)
        yield (
            msgn("{count} breach before {at}:", "{count} breaches before {at}:", len(earlier), at=since),
            earlier,
        )


def _table(sheet: Sheet, some: Sequence[Judged], *, style: str = "") -> str:
    rows = [(it.verdict, it.ticket) for it in some]
    return clocks_table(rows, sheet.config, sheet.gated.now, sheet.screen, style=style)


def _otherwise(sheet: Sheet) -> Iterator[str]:
    """What the configuration here would find, where another one judged."""
    found = sheet.gated.otherwise
    if found is None:
        return
    rev = one_line(found.rev)
    if not found.more and not found.fewer:
        yield render(msg("judged by the configuration of {rev}; the one here would find the same", rev=rev))
        return
    told = msg(
        "judged by the configuration of {rev}; the one here would find {more} more and {fewer} fewer:",
        rev=rev,
        more=len(found.more),
        fewer=len(found.fewer),
    )
    lines = [
        f"{sign} {sheet.sentence(it)}"
        for sign, some in (("+", found.more), ("-", found.fewer))
        for it in some
    ]
    room = sheet.screen.columns
    yield "\n".join([render(told), *(cut(f"  {line}", room) for line in lines)])
