"""What does the form of a ticket look like that is not there yet?

What was given stands as YAML, everything else that its category asks for as a comment with the question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tkt.i18n import _
from tkt.model import Ticket, Value
from tkt.render.form import comment_of, stored_names
from tkt.schema import Configuration
from tkt.store.codec.plain import yaml_text

WORDS = "text"
FIRST = ("channel", "title", "contact", "customer")
THEN = ("type", "category", "impact", "urgency", "asks", "owner", "team", "tags")
_INDENT = "  "


def new_form_text(
    values: Mapping[str, Value], words: str, needed: Sequence[str], config: Configuration
) -> str:
    """The form with these values and the customer's words; `needed`: what the category asks for."""
    advice = _("Take the # away from a line to fill it in, then save; an empty form records nothing.")
    title = _("A new ticket")
    said = _("What the customer said, in their own words; each line two spaces in:")
    lines = [f"# {title}", f"# {advice}", ""]
    lines += _fields(values, FIRST, config)
    lines += ["", f"# {said}", f"{WORDS}: |-"]
    lines += [f"{_INDENT}{line}".rstrip() for line in words.splitlines()] or [_INDENT]
    lines += ["", *_fields(values, THEN, config)]
    lines += asked_lines(values, [name for name in needed if name not in (*FIRST, *THEN)], config)
    rest = {name: value for name, value in values.items() if name not in (*FIRST, *THEN, *needed)}
    return "\n".join([*lines, *_given(rest), ""])


def asked_lines(values: Mapping[str, Value], names: Sequence[str], config: Configuration) -> list[str]:
    """What a category asks for, under a heading of its own."""
    asked = list(_fields(values, list(dict.fromkeys(stored_names(config, names))), config))
    title = _("Needed before work starts:")
    return ["", f"# {title}", *asked] if asked else []


def _fields(values: Mapping[str, Value], names: Iterable[str], config: Configuration) -> Iterator[str]:
    ticket = Ticket(id="", status="", values=values)
    for name in names:
        if values.get(name) not in (None, "", []):
            yield from _given({name: values[name]})
        else:
            comment = comment_of(ticket, config, name)
            yield f"# {name}:" if comment in ("", name) else f"# {name}:   # {comment}"


def _given(values: Mapping[str, Value]) -> list[str]:
    return yaml_text(dict(values)).rstrip("\n").splitlines() if values else []
