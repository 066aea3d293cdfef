"""How does a difference look as a comment on a pull request?

A forge takes 65,536 characters and acts on much that strangers may write: everything that is set here
goes through `harmless`, and what does not fit is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tkt.i18n import _, msg, msgn, render
from tkt.render.differences.page import EXAMPLES, Entry, Group, Line, Page, Words, shared_out
from tkt.render.markdown import harmless
from tkt.render.text import cut

LIMIT = 60_000
"""Characters of a comment; a forge takes 65,536."""
_RESERVE = 400  # for the closing sentence
_LINES, _LINE = 20, 400  # of a closing section: how many lines, and how many columns of each
_MARKS = {"!": "⚠️ ", "*": "✅ ", "+": "", "-": "", "~": "", "": ""}


def page_markdown(page: Page, *, limit: int = LIMIT) -> str:
    """The page as Markdown of at most `limit` characters."""
    closing = "".join(_closing(page))
    sheet = _Sheet(limit - _RESERVE - len(closing))
    sheet.put(_head(page))
    shares = list(shared_out(page.groups, EXAMPLES))
    for group, shown in shares:
        if shown:
            _put_examples(sheet, group, shown)
    sheet.pieces.append(closing)
    for group, shown in shares:
        if shown < len(group.items):
            _put_folded(sheet, group, shown)
    return sheet.text(page.again)


@dataclass
class _Sheet:
    """A page that fills up. What does not fit is counted, and nothing after it is put on."""

    room: int
    pieces: list[str] = field(default_factory=list)
    used: int = 0
    left_out: int = 0

    def put(self, piece: str, *, reserve: int = 0) -> bool:
        """Put a piece on the page, if it fits and leaves room for `reserve` more characters."""
        if self.left_out or self.used + len(piece) + reserve > self.room:
            return False
        self.pieces.append(piece)
        self.used += len(piece)
        return True

    def text(self, command: str) -> str:
        """The page, and what is missing on it."""
        if self.left_out:
            told = msgn(
                "{count} more does not fit into one comment; all of it: {command}",
                "{count} more do not fit into one comment; all of it: {command}",
                self.left_out,
                command=command,
            )
            self.pieces.append(f"\n{harmless(render(told))}\n")
        return "".join(self.pieces)


def _head(page: Page) -> str:
    lines = [f"### {harmless(page.title)}\n\n"]
    lines += [f"- {_said(f'**{harmless(label)}**', harmless(told))}\n" for label, told in page.summary]
    facts = "  \n".join(harmless(fact) for fact in page.facts)
    return "".join([*lines, "\n" if page.summary else "", facts, "\n"])


def _put_examples(sheet: _Sheet, group: Group, shown: int) -> None:
    note = f"{harmless(group.note)}\n\n" if group.note else ""
    sheet.put(f"\n#### {harmless(group.heading)}\n\n{note}")
    for place, entry in enumerate(group.entries(end=shown)):
        if not sheet.put(_entry(entry)):
            sheet.left_out += shown - place
            break


def _put_folded(sheet: _Sheet, group: Group, start: int) -> None:
    """The rest of a group, closed until somebody opens it."""
    rest = len(group.items) - start
    more = harmless(render(msg("{title}: {count} more", title=group.title, count=rest)))
    end = "\n</details>\n"
    if not sheet.put(f"\n<details><summary>{more}</summary>\n\n", reserve=len(end)):
        sheet.left_out += rest
        return
    left_out = 0
    for place, entry in enumerate(group.entries(start)):
        if not sheet.put(_entry(entry), reserve=len(end)):
            left_out = rest - place
            break
    sheet.put(end)
    sheet.left_out += left_out


def _closing(page: Page) -> Iterator[str]:
    for title, told in ((_("Cannot be read"), page.notes), (_("Before it is merged"), page.forecast)):
        if told:
            yield f"\n#### {harmless(title)}\n\n"
            yield from (f"- {harmless(cut(line, _LINE))}\n" for line in told[:_LINES])
        if len(told) > _LINES:
            more = render(msgn("and one more", "and {count} more", len(told) - _LINES))
            yield f"- {more}\n"


def _entry(entry: Entry) -> str:
    mark = _MARKS[entry.mark]
    key = f"**{harmless(entry.key)}** " if entry.key else ""
    head = f"- {mark}{key}{harmless(entry.title)}"
    facts = f"  \n  {harmless(entry.facts)}" if entry.facts else ""
    return head + facts + "\n" + "".join(_line(line) for line in entry.lines)


def _line(line: Line) -> str:
    start = "  " * (line.depth + 1)
    quotes = [words for words in line.words if not words.sign]
    text = harmless(line.text)
    if quotes:
        text = _said(text, f"“{harmless(quotes[0].text)}”")
    below = (f"{start}  - {_words(words)}\n" for words in line.words if words.sign)
    return f"{start}- {_MARKS[line.mark]}{text}\n{''.join(below)}"


def _said(told: str, text: str) -> str:
    """`told: text`, as the reader's language writes it; both are harmless already."""
    return render(msg("{told}: {text}", told=told, text=text))


def _words(words: Words) -> str:
    text = harmless(words.text)
    return render(
        msg("was: “{words}”", words=text) if words.sign == "-" else msg("is: “{words}”", words=text)
    )
