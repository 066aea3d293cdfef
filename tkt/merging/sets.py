"""Which members has a set (`tags`, `watchers`) that two sides changed, and in which order?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tkt.merging.canonical import alike
from tkt.merging.deciding import View, decide
from tkt.merging.telling import UNSPOKEN, member_told
from tkt.model import Value


def is_words(value: Value) -> bool:
    """Whether it can be a set: a list of texts, or absent."""
    return value is None or (
        isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value)
    )


def merged_words(
    base: View, ours: View, theirs: View, *, told: Value = UNSPOKEN, added: Sequence[str] = ()
) -> list[str] | None:
    """The members, decided one by one; None where there are none.

    Order: as the side has them that alone changed the list, else as in base; then those that events
    `added`, in that order, then the others.
    """
    views = (base, ours, theirs)
    members = {member for view in views for member in view.stored or ()} | _demanded(told)
    kept = {member for member in members if _is_member(member, views, told)}
    known = _as_listed(*(list(view.stored or ()) for view in views))
    found = [member for member in known if member in kept]
    found += [member for member in dict.fromkeys((*added, *sorted(kept))) if member in kept - set(known)]
    return found or None


def _is_member(member: str, views: tuple[View, View, View], told: Value) -> bool:
    base, ours, theirs = (
        View(member in (view.stored or ()), member_told(view.told, member)) for view in views
    )
    wanted = member_told(told, member)
    outcome = decide(base, ours, theirs, wanted)
    if not outcome.edited:
        return bool(outcome.value)
    return not base.stored if wanted is UNSPOKEN else bool(wanted)


def _demanded(told: Value) -> set[str]:
    return set(told[0]) if isinstance(told, tuple) else set()


def _as_listed(base: list[str], ours: list[str], theirs: list[str]) -> Iterable[str]:
    if alike(ours, theirs) or alike(theirs, base):
        return ours
    return theirs if alike(ours, base) else base
