"""How does the live board say why something was refused?"""

from __future__ import annotations

from textual.content import Content

from tkt.errors import TktError
from tkt.i18n import msg, render
from tkt.render.text import clean, one_line


def fault_told(error: TktError) -> Content:
    """Every problem with its place, and below it what can be pasted."""
    parts: list[str | tuple[str, str]] = []
    for problem in error.problems:
        where = f"{one_line(problem.where())} " if problem.path is not None else ""
        parts.append(f"{where}{clean(render(problem.message))}\n")
        if problem.hint is not None:
            parts.append((clean(render(msg("hint: {text}", text=problem.hint))) + "\n", "$quiet"))
    return Content.assemble(*parts).rstrip()


def fault_line(error: TktError) -> str:
    """The same in one line."""
    return one_line(render(error.message))
