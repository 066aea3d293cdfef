"""From which number on is a report bad news for a program that asked? (docs/reports.md)

threshold_of("sla.first_response.rate", "<90%")     wished("backlog.at_to>50")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import ge, gt, le, lt
from typing import Any

from tkt.clocks.table import CLOCKS
from tkt.durations import DurationError, parse_duration
from tkt.errors import UsageError, did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.kpis.explained import MEANINGS
from tkt.kpis.figures import Figure, Kpi
from tkt.kpis.stats import Number
from tkt.late import late

SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {"<=": le, ">=": ge, "<": lt, ">": gt}
_WISH = late(r"\s*(?P<key>[^<>=\s]+)\s*(?P<rest>[<>]=?.*)?")
_LIMIT = late(r"(?P<sign>[<>]=?)\s*(?P<number>.+)")
_PLAIN = late(r"-?\d+(?:\.\d+)?")
_GROUPED = (
    "by_agent", "by_category", "by_product", "by_status", "by_owner", "by_priority",
    "distribution", "words", "low_scores", "acknowledged",
)  # fmt: skip
"""Below these stand names of the desk; one that nothing was counted of is n/a, not unknown."""
_ON_TOP = "excluded_as"
_CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A key figure is bad news where it is less, or more, than a limit."""

    key: str  # `sla.first_response.rate`, as in the JSON of `tkt report kpi`
    sign: str
    limit: Number
    text: str  # the limit as somebody wrote it: `<90%`

    def fails(self, value: object) -> bool:
        """Whether the value says no; n/a never does."""
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return is_number and SIGNS[self.sign](value, self.limit)


@dataclass(frozen=True, slots=True)
class Judged:
    """A threshold, and the figure that it was set beside."""

    threshold: Threshold
    figure: Figure | None  # None: nothing was counted

    @property
    def value(self) -> Number | str | None:
        """What the figure says; None is n/a."""
        return None if self.figure is None else self.figure.value

    @property
    def fails(self) -> bool:
        """Whether it says no."""
        return self.threshold.fails(self.value)


def threshold_of(key: str, text: str) -> Threshold:
    """A threshold as config/reports.yaml has it. Errors: UsageError."""
    found = _LIMIT.fullmatch(text.strip())
    limit = None if found is None else _number(found["number"].strip())
    if found is None or limit is None:
        raise UsageError(
            msg("{key}: {text} is no threshold, expected < or > and a number", key=key, text=text),
            hint=msg('"<0.9", "<90%", ">50" or ">4h"'),
        )
    number_of_key(key)
    return Threshold(key, found["sign"], limit, text.strip())


def wished(text: str, known: Mapping[str, str]) -> list[Threshold]:
    """What `--fail-on` names: `KEY<NUMBER`; a KEY of `known`; or `config`, all of these. Errors: UsageError."""
    if text.strip() == "config":
        if not known:
            raise UsageError(
                msg("--fail-on config: config/reports.yaml has no limits, expected keys below fail_on"),
                hint=msg("fail_on: {example}", example="{sla.tickets.rate: '<90%'}"),
            )
        return [threshold_of(key, limit) for key, limit in known.items()]
    found = _WISH.fullmatch(text)
    if found is None or (found["rest"] is None and found["key"] not in known):
        raise UsageError(
            msg("--fail-on {text}: expected a key, < or >, and a number", text=text),
            hint=did_you_mean(text.strip(), [*known, "config"])
            if known
            else msg("--fail-on 'sla.tickets.rate<0.9'"),
        )
    return [threshold_of(found["key"], found["rest"] or known[found["key"]])]


def number_of_key(key: str) -> str:
    """`K3` of `sla.first_response.rate`. Errors: UsageError for a key of no figure."""
    first = key.partition(".")[0]
    numbers = {it.key: number for number, it in MEANINGS.items() if it.key}
    if first in numbers and "." in key:
        return numbers[first]
    if first in _TOP or first == _ON_TOP:
        return "K0"
    raise UsageError(
        msg("there is no key figure {key}", key=key),
        hint=did_you_mean(first, [*numbers, *_TOP]) or msg("tkt report kpi --json lists them"),
    )


_TOP = ("created", "excluded", "internal", "customer", "back_dated")


def judged(thresholds: Iterable[Threshold], kpi: Callable[[str], Kpi]) -> Iterator[Judged]:
    """Each threshold beside its figure; `kpi` computes one by its number. Errors: UsageError for unknown keys."""
    for threshold in thresholds:
        number = number_of_key(threshold.key)
        found = kpi(number)
        figures = {_key(found, figure): figure for figure in found.figures()}
        if threshold.key not in figures and not _may_be(threshold.key, figures):
            raise UsageError(
                msg("there is no key figure {key}", key=threshold.key),
                hint=did_you_mean(threshold.key, figures),
            )
        _refuse_beyond_a_share(threshold, figures.get(threshold.key))
        yield Judged(threshold, figures.get(threshold.key))


def _refuse_beyond_a_share(threshold: Threshold, figure: Figure | None) -> None:
    """Errors: UsageError for a share that is set beside more than the whole; a change may be more than that."""
    is_share = figure is not None and figure.unit == "rate" and not threshold.key.endswith(_CHANGE)
    if is_share and threshold.limit > 1:
        raise UsageError(
            msg(
                "{key} is a share, and {text} is past the whole: a share is 0.9 or 90%",
                key=threshold.key,
                text=threshold.text,
            ),
            hint=msg("{key}{sign}90%", key=threshold.key, sign=threshold.sign),
        )


def _key(kpi: Kpi, figure: Figure) -> str:
    return ".".join((kpi.name, *figure.key) if kpi.name else figure.key)


def _may_be(key: str, figures: Iterable[str]) -> bool:
    """Whether it would be there, had anything been counted: a name of the desk, or a clock that did not run."""
    parts = key.split(".")
    if any(part in _GROUPED for part in parts[1:2]) or parts[0] in (
        _ON_TOP,
        "releases",
        "customer",
        "internal",
    ):
        return True
    known = {(len(each.split(".")), each.rpartition(".")[2]) for each in figures}
    is_clock = parts[0] == "sla" and parts[1] in CLOCKS
    return is_clock and (len(parts), parts[-1]) in known


def _number(text: str) -> Number | None:
    plain = text.removesuffix("%").strip()
    if _PLAIN.fullmatch(plain):
        number = float(plain)
        return number / 100 if text.endswith("%") else number
    try:
        return parse_duration(text, days=True)
    except DurationError:
        return None
