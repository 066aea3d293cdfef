"""Who is told before and after a target runs out, and when? (docs/sla.md E1)"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from tkt.durations import DurationError, parse_duration
from tkt.errors import Problem, did_you_mean
from tkt.fields import CLOCK_NAMES
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.late import late
from tkt.policies.faults import fault
from tkt.schema import Configuration

Quiet = Literal["defer", "send"]

_RUNG = late(r"(?:(\d{1,3})%|due(?:([+-])(\S+))?)\s+(warn|escalate)\s+(\S+)")
_QUIET = ("defer", "send")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step: at a share of the target, or so many seconds of calendar time from the due instant."""

    text: str
    percent: int | None  # None: counted from due
    offset_s: int  # seconds after due, negative before it
    action: Literal["warn", "escalate"]
    to: tuple[str, ...]

    def reached_after(self, target_s: int) -> int:
        """Elapsed seconds of the clock at which the rung is reached."""
        if self.percent is not None:
            return target_s * self.percent // 100
        return max(0, target_s + self.offset_s)

    @property
    def step(self) -> str:
        """`80%`, `due`, `due+2h`: the rung without what is done then."""
        return self.text.split()[0]


class Ladder(dict[str, tuple[Rung, ...]]):
    """Clock (a family of clocks: `stage`, `task`) → its rungs, as written.

    `quiet`: whether notices outside the hours of the clock's calendar wait for its next opening (E3).
    """

    def __init__(self, rungs: Mapping[str, tuple[Rung, ...]], *, quiet: Quiet = "defer") -> None:
        super().__init__(rungs)
        self.quiet: Quiet = quiet


def read_ladders(config: Configuration) -> tuple[dict[str, Ladder], list[Problem]]:
    """Every ladder by its name, and what is wrong with them."""
    found: dict[str, Ladder] = {}
    problems: list[Problem] = []
    for name, declared in config.sla.ladders.items():
        ladder = Ladder({}, quiet="send" if declared.get("quiet") == "send" else "defer")
        for key, value in declared.items():
            if key == "quiet":
                problems += _quiet_faults(config, name, value)
                continue
            rungs, faults = _rungs(config, (name, key), value)
            ladder[key] = rungs
            problems += faults
            if key not in CLOCK_NAMES:
                message = msg("ladder {name} names an unknown clock {clock}", name=name, clock=key)
                problems.append(
                    fault(config, ("ladders", name, key), message, did_you_mean(key, CLOCK_NAMES))
                )
        found[name] = ladder
    return found, problems


def read_rung(text: str) -> Rung | None:
    """`80% warn owner+lead`, `due escalate lead`, `due-2h warn owner`; None for anything else."""
    found = _RUNG.fullmatch(text.strip())
    if found is None:
        return None
    percent, sign, distance, action, to = found.groups()
    try:
        offset = parse_duration(distance) if distance else 0
    except DurationError:
        return None
    return Rung(
        text=text,
        percent=None if percent is None else int(percent),
        offset_s=-offset if sign == "-" else offset,
        action="warn" if action == "warn" else "escalate",
        to=tuple(to.split("+")),
    )


def _rungs(
    config: Configuration, place: tuple[str, str], value: Any
) -> tuple[tuple[Rung, ...], list[Problem]]:
    if not isinstance(value, list):
        return (), [fault(config, ("ladders", *place), _expected(str(value)))]
    read = [read_rung(str(text)) for text in value]
    problems = [
        fault(config, ("ladders", *place, number), _expected(str(value[number])))
        for number, rung in enumerate(read)
        if rung is None
    ]
    return tuple(rung for rung in read if rung is not None), problems


def _quiet_faults(config: Configuration, name: str, value: Any) -> list[Problem]:
    if value in _QUIET:
        return []
    message = msg("quiet is {value}, expected defer or send", value=value)
    return [fault(config, ("ladders", name, "quiet"), message, did_you_mean(str(value), _QUIET))]


def _expected(text: str) -> Message:
    return msg("{text} is no rung, expected one like 80% warn owner or due+2h escalate manager", text=text)
