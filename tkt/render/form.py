"""What does a ticket's form look like in an editor: its fields, and what its category still needs?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tkt.actions.vocabulary import choices
from tkt.i18n import _, current_language
from tkt.model import IMMUTABLE, STORED, Ticket
from tkt.render import words
from tkt.render.values import with_text
from tkt.schema import Configuration
from tkt.schema.base import words_in
from tkt.store.codec.plain import yaml_text

ALWAYS = ("title", "type", "category", "impact", "urgency", "asks", "owner")
DERIVED = ("waiting", "resolution")  # moves write them


def form_text(ticket: Ticket, config: Configuration, missing: Sequence[str]) -> str:
    """The stored fields as YAML; below, as comments, what is missing and who would like to know it."""
    advice = _("Change what you like and save; what changed is recorded. An emptied field is removed.")
    head = [f"# {ticket.id} · {words.status_name(config, ticket.status)}", f"# {advice}", ""]
    stored = {name: value for name, value in ticket.values.items() if name not in (*IMMUTABLE, *DERIVED)}
    ordered = {name: stored[name] for name in (*STORED, *stored) if name in stored}
    return "\n".join([*head, yaml_text(ordered).rstrip("\n"), *_wanted(ticket, config, missing), ""])


def _wanted(ticket: Ticket, config: Configuration, missing: Sequence[str]) -> Iterator[str]:
    empty = [name for name in (*ALWAYS, *stored_names(config, missing)) if ticket.get(name) is None]
    if not empty:
        return
    yield ""
    advice = _("Not filled in yet; take the # away from a line to fill it in:")
    yield f"# {advice}"
    for name in dict.fromkeys(empty):
        yield f"# {name}:   # {comment_of(ticket, config, name)}"


def stored_names(config: Configuration, missing: Sequence[str]) -> Iterator[str]:
    """The fields behind the names that a category asks for; any of several may stand for one."""
    for name in missing:
        declared = config.taxonomy.fields.get(name)
        yield from declared.any_of if declared and declared.any_of else (name,)


def comment_of(ticket: Ticket, config: Configuration, name: str) -> str:
    """How it is asked for, else its label; and the values it may have, where they are known."""
    declared = config.taxonomy.fields.get(name)
    label = words.field_name(config, name)
    asked = words_in(declared.ask, current_language()) if declared and declared.ask else ""
    allowed = _(", ").join(_allowed(ticket, config, name))
    return with_text(asked or ("" if allowed and label == name else label), allowed)


def _allowed(ticket: Ticket, config: Configuration, name: str) -> Iterator[str]:
    """The values to choose from; none where anything goes."""
    if config.field_kinds.get(name) == "bool":
        yield from ("true", "false")
        return
    persons = config.persons
    for value in choices(config, name, ticket.values) or ():
        if name != "owner" or value not in persons or persons[value].kind != "former":
            yield value
