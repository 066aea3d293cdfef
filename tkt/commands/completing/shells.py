"""How does each shell say where somebody stands, and how does it want the answer?

bash hands over its line and the place in it, as it cuts words at `:` and `=`; zsh and fish hand over words.
The answer is a line for each candidate; zsh and fish show what stands behind a tab.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from tkt.commands.completing.line import Candidate, Typed
from tkt.late import late
from tkt.render.text import cut, one_line

FILE_NAMES = ":files"
"""The answer where a file's name belongs: the shell knows better."""
_TOLD_COLUMNS = 60
_HARMLESS = late(r"[\w@%+=:,./\-,、]+")
"""Of what a word may be made that goes into a command line as it is."""
_BASH_BREAKS = "\"'><=;|&(:"
_BASH_KEEPS = "@$"
"""Characters that bash cuts in front of, not behind: they stay in the word that it replaces."""
_WORD = late(r"""(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"?|'[^']*'?)+""")


def words_of(shell: str, rest: Sequence[str]) -> list[str]:
    """The words up to the cursor; the last one is being typed, and may be empty."""
    if shell != "bash":
        return list(rest[1:] if rest[:1] == ["--"] else rest)
    line = rest[0].encode()[: int(rest[1])].decode(errors="ignore") if len(rest) > 1 else ""
    found = [re.sub(r"""["'\\]""", "", word[0]) for word in _WORD.finditer(line)]
    return found if found and not line[-1:].isspace() else [*found, ""]


def answer_of(shell: str, typed: Typed, found: Sequence[Candidate] | None) -> str:
    """What the shell's script reads."""
    if found is None:
        return f"{FILE_NAMES}\n"
    usable = [each for each in found if _HARMLESS.fullmatch(each.value)]
    if shell == "bash":
        return "".join(f"{_for_bash(typed, each)}\n" for each in usable)
    return "".join(f"{typed.before}{each.value}\t{_told(each)}\n" for each in usable)


def _told(candidate: Candidate) -> str:
    return cut(one_line(candidate.told), _TOLD_COLUMNS)


def _for_bash(typed: Typed, candidate: Candidate) -> str:
    """The part from where bash cut the word last, with a space where the word is whole."""
    breaks = os.environ.get("TKT_WORDBREAKS", _BASH_BREAKS)
    word = f"{typed.before}{candidate.value}"
    cuts = [
        place + (character not in _BASH_KEEPS)
        for place, character in enumerate(typed.current)
        if character in breaks
    ]
    return word[cuts[-1] if cuts else 0 :] + ("" if candidate.is_open else " ")
