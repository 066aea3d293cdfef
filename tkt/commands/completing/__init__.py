"""What may stand where somebody pressed Tab?

Asked at every press: it loads no typer and no index, reads what it needs of the desk and nothing else, writes
nothing, and never complains. `tkt.start` calls it for `tkt completion words SHELL …`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from tkt import i18n
from tkt.commands.completing.line import FILES, Candidate, Typed, typed_line
from tkt.commands.completing.shells import answer_of, words_of


def complete(args: Sequence[str]) -> str:
    """What the shell's script is to be told; `args` are the shell's name and what it knows of the line."""
    shell, *rest = args
    words = words_of(shell, rest)
    if not words:
        return ""
    if shell != "bash":  # it shows no descriptions
        i18n.activate(i18n.language_of(os.environ.get("TKT_LANG")))
    typed = typed_line(words)
    return answer_of(shell, typed, _candidates(typed))


def run(args: Sequence[str]) -> int:
    """Answer on standard output; 0 whatever happens, as the person is in the middle of a line."""
    try:
        text = complete(args)
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.flush()
    except Exception:
        if os.environ.get("TKT_DEBUG"):
            raise
    return 0


def _candidates(typed: Typed) -> list[Candidate] | None:
    """What may stand there; None where a file's name belongs there."""
    from tkt.commands.completing.values import values_for

    if typed.kind == FILES:
        return None
    found = typed.choices if typed.choices is not None else values_for(typed)
    if typed.kind == "COMMAND" and typed.command == "report":
        found = [*found, *values_for(replace(typed, kind="REPORT"))]
    return [each for each in found if each.value.casefold().startswith(typed.start.casefold())]
