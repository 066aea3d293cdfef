"""What does a monitoring system want to know of the desk? Prometheus' text format, 0.0.4.

Families in a fixed order, their samples in the order of their labels. Labels hold words of the desk's
configuration alone: no ids, no names of customers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from tkt.frozen import dataclass

Kind = Literal["gauge", "counter"]
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One metric. `samples`: labels → value; a counter's name ends in `_total`."""

    name: str
    kind: Kind
    help: str
    samples: Mapping[Labels, float]


def metrics_text(families: Iterable[Family]) -> str:
    """All of them, each with its HELP and TYPE; one without samples is left out."""
    return "".join(line + "\n" for family in families for line in _lines(family))


def _lines(family: Family) -> Iterator[str]:
    if not family.samples:
        return
    yield f"# HELP {family.name} {_escaped(family.help)}"
    yield f"# TYPE {family.name} {family.kind}"
    for labels, value in sorted(family.samples.items()):
        inside = ",".join(f'{name}="{_quoted(word)}"' for name, word in labels)
        yield f"{family.name}{{{inside}}} {_number(value)}" if inside else f"{family.name} {_number(value)}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', '\\"')


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))
