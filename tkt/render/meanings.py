"""How is it told what a key figure means?"""

from __future__ import annotations

from typing import Any

from tkt.i18n import _, render
from tkt.kpis.explained import DOC, MEANINGS
from tkt.render.text import pad, width, wrap

_INDENT = 2


def meaning_json(number: str) -> dict[str, Any]:
    """One key figure; the words are in the reader's language."""
    it = MEANINGS[number]
    return {
        "kpi": number,
        "key": it.key or None,
        "title": render(it.title),
        "unit": render(it.unit),
        "cohort": render(it.cohort),
        "meaning": render(it.means),
        "doc": f"{DOC} {number}",
    }


def meaning_text(number: str, columns: int | None = None) -> str:
    """Title, definition, and the facts below it."""
    it = MEANINGS[number]
    facts = [(_("counts"), render(it.cohort)), (_("unit"), render(it.unit))]
    if it.key:
        facts.append((_("in JSON"), it.key))
    facts.append((_("more"), f"{DOC} {number}"))
    indent = max(width(label) for label, _value in facts) + _INDENT
    lines = [f"{number}  {render(it.title)}", "", *_wrapped(render(it.means), columns), ""]
    for label, value in facts:
        first, *others = _wrapped(value, None if columns is None else columns - indent)
        lines += [pad(label, indent) + first, *(" " * indent + other for other in others)]
    return "\n".join(lines)


def meanings_text(columns: int | None = None) -> str:
    """One line each: number, title, whom it counts."""
    rows = [(number, render(it.title), render(it.cohort)) for number, it in MEANINGS.items()]
    title = max(width(row[1]) for row in rows)
    lines = []
    for number, name, cohort in rows:
        start = f"{pad(number, 3)}  {pad(name, title)}  "
        first, *others = _wrapped(cohort, None if columns is None else columns - width(start))
        lines += [start + first, *(" " * width(start) + other for other in others)]
    return "\n".join(lines)


def _wrapped(text: str, columns: int | None) -> list[str]:
    return [text] if columns is None else wrap(text, max(columns, 20)) or [""]
