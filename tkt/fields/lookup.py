"""What does a ticket hold under a field's name, as far as its stored keys and the configuration tell?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from tkt.clock import parse_instant
from tkt.errors import UsageError
from tkt.model import Value
from tkt.schema import Configuration

Lookup = Callable[[str], object]
"""Field name → None, a scalar, an instant, or several of them."""

_TEXT_KEYS = ("title", "contact", "customer", "tags")


def stored_lookup(
    values: Mapping[str, Value], status: str | None = None, config: Configuration | None = None
) -> Lookup:
    """Look fields up in stored keys (a ticket's, or those of an earlier instant by `model.values_at`).

    `category` gives both `fault` and `product/fault`; a mapping gives the words in it. Without
    `config`, `audience` is customer and `channel.class` unknown.
    """

    def lookup(name: str) -> object:
        if name == "status":
            return status
        derive = DERIVED.get(name)
        if derive is not None:
            return derive(values, config)
        found = values.get(name)
        return tuple(leaves(found)) if isinstance(found, Mapping) else found

    return lookup


def stored_text(values: Mapping[str, Value]) -> str:
    """The words of the stored keys that a search looks at, one to a line."""
    return "\n".join(leaf for key in ("id", *_TEXT_KEYS) for leaf in leaves(values.get(key)))


def leaves(value: Value) -> Iterator[str]:
    """Every scalar in a value, as text."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from leaves(each)
    elif value is not None:
        yield str(value)


def part_of(values: Mapping[str, Value], key: str, part: str) -> Value:
    """One entry of a stored mapping, None where there is none."""
    found = values.get(key)
    return found.get(part) if isinstance(found, Mapping) else None


def instant_in(value: Value, config: Configuration | None = None) -> datetime | None:
    """An instant that stands in a mapping, where files have it as text."""
    if isinstance(value, datetime) or value is None:
        return value
    try:
        return parse_instant(str(value), zone=config.desk.zone if config else "UTC")
    except UsageError:
        return None


def _category(values: Mapping[str, Value], _: Configuration | None) -> object:
    category, kind = values.get("category"), values.get("type")
    return (category, f"{kind}/{category}") if category and kind else category


def _audience(values: Mapping[str, Value], config: Configuration | None) -> object:
    declared = config.category(values.get("type"), values.get("category")) if config else None
    return declared.audience if declared else "customer"


def _channel_class(values: Mapping[str, Value], config: Configuration | None) -> object:
    declared = config.channels.channels.get(str(values.get("channel"))) if config else None
    return declared.kind if declared else None


DERIVED: Mapping[str, Callable[[Mapping[str, Value], Configuration | None], object]] = MappingProxyType(
    {
        "audience": _audience,
        "category": _category,
        "cause": lambda values, _: part_of(values, "resolution", "cause"),
        "channel.class": _channel_class,
        "code": lambda values, _: part_of(values, "resolution", "code"),
        "text": lambda values, _: stored_text(values),
        "until": lambda values, config: instant_in(part_of(values, "waiting", "until"), config),
        "waiting_on": lambda values, _: part_of(values, "waiting", "on"),
    }
)
"""Fields that stored keys and the configuration give together."""
