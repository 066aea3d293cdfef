"""How does a value read for people who open the table in a spreadsheet?

What the desk calls its statuses, types, priorities, levels, teams, people and channels, and times of the
desk's zone in the one form that every spreadsheet knows. An import reads all of it back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from tkt.clock import instant_text
from tkt.columns import Columns
from tkt.export.choosing import OutColumn
from tkt.i18n import current_language
from tkt.render import words
from tkt.schema import Configuration
from tkt.schema.base import Labelled

FORM = "%Y-%m-%d %H:%M:%S"
INSTANTS = ("next_action.by", "waiting.until", "customer_deadline.by")
"""Parts of stored mappings that hold an instant as text."""


def labelled(value: object, row: Columns, column: OutColumn, config: Configuration) -> object:
    """The value as people read it; what has no word of its own as it is."""
    if column.key in INSTANTS:
        value = _instant(value)
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(config.desk.zone)).strftime(FORM)
    named = _NAMED.get(column.key)
    return value if named is None or not isinstance(value, str) else named(config, row, value)


def _instant(value: object) -> object:
    """A whole instant; a day without a time, or words, stay as they are."""
    if not isinstance(value, str) or not value.endswith("Z"):
        return value
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return at if instant_text(at) == value else value


def _type(config: Configuration, _row: Columns, name: str) -> str:
    declared = config.taxonomy.of_type.get(name)
    return declared.label(current_language(), name) if declared else name


def _category(config: Configuration, row: Columns, name: str) -> str:
    declared = config.category(row.get("type"), name)
    return declared.label(current_language(), name) if declared else name


def _priority(config: Configuration, _row: Columns, name: str) -> str:
    """The desk's first word for it in the reader's language; in English `P2`, as people say it."""
    names: Mapping[str, list[str]] = config.taxonomy.priority_names
    if current_language() == "en":
        return name
    return next((word for word in names.get(name, ()) if not word.isascii()), name)


def _level(field: str) -> Callable[[Configuration, Columns, str], str]:
    def named(config: Configuration, _row: Columns, name: str) -> str:
        declared: Mapping[str, Labelled] = getattr(config.taxonomy, field)
        return declared[name].label(current_language(), name) if name in declared else name

    return named


def _channel(config: Configuration, _row: Columns, name: str) -> str:
    declared = config.channels.channels.get(name)
    return declared.label(current_language(), name) if declared else name


_NAMED: Mapping[str, Callable[[Configuration, Columns, str], str]] = {
    "status": lambda config, _row, name: words.status_name(config, name),
    "team": lambda config, _row, name: words.team_name(config, name),
    "owner": lambda config, _row, name: words.person_name(config, name),
    "resolution.code": lambda config, _row, name: words.code_name(config, name),
    "resolution.cause": lambda config, _row, name: words.cause_name(config, name),
    **{field: _level(field) for field in ("impact", "urgency", "complexity")},
    "type": _type,
    "category": _category,
    "priority": _priority,
    "channel": _channel,
}
