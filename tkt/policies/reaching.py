"""Can a ticket come to a policy, and does any policy speak of a contract? (docs/sla.md P1, P2)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from tkt.errors import Problem
from tkt.i18n import Message, msg
from tkt.late import late
from tkt.policies.faults import fault
from tkt.policies.values import PolicyVersion
from tkt.query import Query
from tkt.query.tree import Every, Node, Not
from tkt.schema import Configuration

CONTRACT = "contract"
"""The code of a problem with a customer's contract."""

_PLAIN = late(r"[\w.+/-]+")  # what a query takes without quotes
_SINCE_EVER = datetime.min.replace(tzinfo=UTC)


def unreachable(config: Configuration, versions: Sequence[PolicyVersion]) -> Iterator[Problem]:
    """The policies above which another one takes every ticket that they match."""
    names = list(dict.fromkeys(version.name for version in versions))
    for version in versions:
        for name in names[: names.index(version.name)]:
            if _hides([each for each in versions if each.name == name], version):
                yield fault(config, ("policies", version.place), _hidden(version, name))
                break


def unpromised(
    versions: Iterable[PolicyVersion], contract: str, *, path: str, line: int | None
) -> Iterator[Problem]:
    """A fault where no `match` names the contract of a customer's file, to take it or to leave it out."""
    terms = (term for version in versions for term in version.match.root.terms())
    if any(term.field == "contract" and term.holds(lambda _field: contract) for term in terms):
        return
    match = f"contract:{contract}" if _PLAIN.fullmatch(contract) else f'contract:"{contract}"'
    yield Problem(
        code=CONTRACT,
        message=msg("no policy speaks of the contract {contract}", contract=contract),
        path=path,
        line=line,
        hint=msg("in config/sla.yaml, give a policy a match such as {match}", match=match),
    )


def clauses(match: Query) -> tuple[Node, ...]:
    """The conditions of a `match` that must all hold; none where it matches everything."""
    return match.root.parts if isinstance(match.root, Every) else (match.root,)


def _hides(earlier: Sequence[PolicyVersion], version: PolicyVersion) -> bool:
    """Whether a policy takes every ticket that `version` matches, from its first day on."""
    first = min(each.effective_from or _SINCE_EVER for each in earlier)
    takes_all = all(_includes(each.match, version.match) for each in earlier)
    return takes_all and first <= (version.effective_from or _SINCE_EVER)


def _includes(wider: Query, narrower: Query) -> bool:
    """Whether all that the one matches surely is among what the other matches: it asks for no more."""
    asked = {clause.text for clause in clauses(narrower)}
    return all(clause.text in asked or _is_wider(clause, asked) for clause in clauses(wider))


def _is_wider(clause: Node, asked: set[str]) -> bool:
    """Whether `tier:vip,standard` is asked for where `tier:vip` is: the same field, more values."""
    field, _, values = clause.text.partition(":")
    if isinstance(clause, Not) or not values or " " in clause.text:
        return False
    mine = set(values.split(","))
    others = (text.partition(":") for text in asked if " " not in text)
    return any(name == field and set(some.split(",")) <= mine for name, _colon, some in others)


def _hidden(version: PolicyVersion, name: str) -> Message:
    return msg(
        "policy {policy} is never reached: {other} above it matches first", policy=version.name, other=name
    )
