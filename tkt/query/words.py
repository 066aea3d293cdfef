"""Where are words searched in a query, and what is left of it once it is known which tickets hold them?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from tkt.fields import Lookup
from tkt.query.tree import Either, Every, Node, Not, Term

Expression = Callable[[str], str | None]
"""A word → how a full text is asked for it; None where it cannot be."""


def wished(node: Node) -> Iterator[str]:
    """The words whose presence speaks for a ticket: all that are not denied."""
    if isinstance(node, Term):
        if node.words:
            yield node.words
    elif not isinstance(node, Not):
        for part in node.parts:
            yield from wished(part)


def narrowed(node: Node, expression: Expression) -> str | None:
    """What a full text is asked so that it gives all that can match, and others too; None where it cannot tell."""
    if isinstance(node, Term):
        return expression(node.words) if node.words else None
    if isinstance(node, Not):
        return None
    asked = [narrowed(part, expression) for part in node.parts]
    found = [f"({it})" for it in asked if it is not None]
    if isinstance(node, Either):
        return " OR ".join(found) if found and len(found) == len(asked) else None
    return " AND ".join(found) or None


def is_told(node: Node, exact: Callable[[str], bool]) -> bool:
    """Whether what `narrowed` asks for is all that must hold: words, none denied, each told exactly."""
    if isinstance(node, Term):
        return bool(node.words) and exact(node.words)
    return not isinstance(node, Not) and bool(node.parts) and all(is_told(part, exact) for part in node.parts)


def settled(node: Node, holders: Mapping[str, Collection[str]]) -> Node:
    """The same condition, of words it is known by which tickets (ids) they are held."""
    if isinstance(node, Term):
        ids = holders.get(node.words) if node.words else None
        return node if ids is None else replace(node, holds=_is_among(ids))
    if isinstance(node, Not):
        return Not(settled(node.part, holders))
    parts = tuple(settled(part, holders) for part in node.parts)
    return Either(parts) if isinstance(node, Either) else Every(parts)


def _is_among(ids: Collection[str]) -> Callable[[Lookup], bool]:
    return lambda lookup: lookup("id") in ids
