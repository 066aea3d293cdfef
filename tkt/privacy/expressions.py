"""Which expressions take words out of git's history? Lines for `git filter-repo --replace-text`.

Each is a regular expression and what takes the place of what it finds, over the bytes of every version
of every file: what must not be hit elsewhere is anchored to the id of its event or its ticket.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import get_args

from tkt.actions.pseudonyms import SHORTEST, Pseudonyms, pattern_of
from tkt.model import EVENT_KEYS, EVENT_TAIL, KINDS, STORED, Role, Value
from tkt.schema import Configuration
from tkt.store.codec.plain import keyed, rendered

_LETTERS = "0-9A-Za-z_"  # the expressions see bytes, in which other letters are several


def block_expression(old: str, new: str) -> str:
    """The lines of an event, as they stand in every version since it was written."""
    return _line(f"(?m)^{_escaped(old)}", new)


def key_expression(ticket_id: str, old: str, new: str) -> str:
    """The lines of a key of one ticket."""
    head = rf"(\A(?:\xef\xbb\xbf)?(?:.*\n)*?id: {re.escape(ticket_id)}\r?\n(?:.*\n)*?)"
    return _line(f"{head}{_escaped(old)}", new, start=r"\g<1>")


def key_lines(key: str, value: Value) -> str:
    """A key as tkt writes it; nothing for an empty one."""
    if value is None or value == []:
        return ""
    return "".join(f"{line}\n" for line in keyed(key, rendered(value, 0, len(key) + 2), 0))


def name_expressions(names: Pseudonyms, config: Configuration) -> Iterator[str]:
    """Names and identities, longest first, in whatever file they stand; not the files' own words."""
    own = own_words(config)
    for literal, stands in sorted(names.literals.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        if len(literal.strip()) >= SHORTEST and literal.casefold() not in own:
            yield _line(f"(?i){pattern_of(literal, letters=_LETTERS)}", stands)
    for key, stands_for in (("customer", names.customers), ("contract", names.contracts)):
        for old, new in stands_for.items():
            line = rf"(?m)^({key}: |[ ]+(?:from|to): ){re.escape(old)}(\r?)$"
            yield _line(line, new, start=r"\g<1>", end=r"\g<2>")


def own_words(config: Configuration) -> frozenset[str]:
    """Words that files are made of: to replace one everywhere would break them."""
    flow, taxonomy = config.workflow, config.taxonomy
    named = (
        *flow.statuses,
        *taxonomy.types,
        *config.persons,
        *config.people.teams,
        *config.channels.channels,
    )
    keys = (*STORED, *KINDS, *EVENT_KEYS, *EVENT_TAIL, *(key for keys in KINDS.values() for key in keys))
    categories = (name for group in taxonomy.types.values() for name in group)
    return frozenset(word.casefold() for word in (*named, *keys, *categories, *get_args(Role), "null"))


def file_of(lines: Iterable[str]) -> bytes:
    """The file that filter-repo reads."""
    return "".join(f"{line}\n" for line in dict.fromkeys(lines)).encode()


def _line(pattern: str, new: str, *, start: str = "", end: str = "") -> str:
    return f"regex:{pattern}==>{start}{_replacement(new)}{end}"


def _escaped(text: str) -> str:
    """A pattern for `text` on one line."""
    return re.escape(text).replace("\\\n", "\\n").replace("\\\r", "\\r")


def _replacement(text: str) -> str:
    """`text` for what takes the place, on one line; an arrow in it would end the pattern."""
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return escaped.replace("==>", r"\075=>")
