"""How does a difference look on a terminal, and in a pipe?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.i18n import _, msgn, render
from tkt.render.differences.page import EXAMPLES, Entry, Line, Page, shared_out
from tkt.render.screen import Screen
from tkt.render.text import pad, width, wrap

_STYLES = {"!": "red", "+": "", "-": "red", "~": "", "*": "green", "": ""}
_TEXT_COLUMNS = 110


def page_lines(page: Page, screen: Screen, *, everything: bool = False) -> Iterator[str]:
    """The page for this screen; `everything`: nothing is folded."""
    yield screen.styled(page.title, "bold")
    yield from _summary(page, screen)
    yield from [""] if page.summary else []
    for fact in page.facts:
        yield from (screen.styled(line, "dim") for line in wrap(fact, _columns(screen)))
    for group, shown in shared_out(page.groups, None if everything else EXAMPLES):
        yield ""
        yield screen.styled(group.heading, "bold")
        if group.note:
            yield from _hanging("  ", group.note, screen, "dim")
        for entry in group.entries(end=shown):
            yield from _entry(entry, screen)
        left = len(group.items) - shown
        if left:
            more = msgn(
                "… and {count} more: {command}", "… and {count} more: {command}", left, command=page.again
            )
            yield from _hanging("  ", render(more), screen)
    if page.forecast:
        yield ""
        yield screen.styled(_("Before it is merged"), "bold")
        for told in page.forecast:
            yield from _hanging("  ", told, screen)


def _summary(page: Page, screen: Screen) -> Iterator[str]:
    room = max((width(label) for label, _told in page.summary), default=0) + 2
    for label, told in page.summary:
        first, *rest = wrap(told, max(_columns(screen) - room, 20))
        yield screen.styled(pad(label, room), "dim") + first
        yield from (" " * room + line for line in rest)


def _entry(entry: Entry, screen: Screen) -> Iterator[str]:
    if not entry.key:
        yield from _hanging(
            f"  {entry.mark} " if entry.mark else "  ", entry.title, screen, _STYLES[entry.mark]
        )
    else:
        head = f"  {screen.styled(entry.key, 'bold')}"
        yield from _hanging(head, entry.title, screen, indent=width(entry.key) + 4, gap="  ")
    if entry.facts:
        yield from (f"    {line}" for line in wrap(entry.facts, max(_columns(screen) - 4, 20)))
    for line in entry.lines:
        yield from _line(line, screen)


def _line(line: Line, screen: Screen) -> Iterator[str]:
    start = "    " + "  " * line.depth + (f"{line.mark} " if line.mark in ("!", "+", "~", "-") else "  ")
    yield from _hanging(start, line.text, screen, _STYLES[line.mark])
    for words in line.words:
        sign = f"{words.sign} " if words.sign else ""
        yield from _hanging(" " * len(start) + "  " + sign, words.text, screen, "dim")


def _hanging(
    start: str, text: str, screen: Screen, style: str = "", *, indent: int | None = None, gap: str = ""
) -> Iterator[str]:
    """`start text`, further lines of the text below its first."""
    room = width(start) if indent is None else indent
    first, *rest = wrap(text, max(_columns(screen) - room, 20)) or [""]
    yield (start + gap + screen.styled(first, style)).rstrip()
    yield from (" " * room + screen.styled(line, style) for line in rest)


def _columns(screen: Screen) -> int:
    return min(screen.columns, _TEXT_COLUMNS) if screen.is_bounded else screen.columns
