"""Is a ticket's page right as it is? What it was made from says so, without its ticket being read.

A page follows from its ticket's file, from the tickets that it names or that name it, and from the time: a
clock that runs is late one day. It says nothing else that depends on when it was made.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime

from tkt.clock import instant_text
from tkt.clocks.standing import Standings
from tkt.frozen import dataclass

NEVER = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What a page was made from; as text it is the page's fingerprint."""

    blob: str  # git's name of the file's content
    since: str = NEVER  # instants: what the clocks say holds from then on …
    until: str = NEVER  # … and up to then: at its very due a clock is not late
    named: tuple[str, ...] = ()  # ids, those without a page with a `!` before them
    naming: tuple[str, ...] = ()  # ids of the tickets that name it

    def __str__(self) -> str:
        return f"{self.blob} {self.since} {self.until} {','.join(self.named)} {','.join(self.naming)}"

    def holds(self, blob: str, now: str, known: Container[str]) -> bool:
        """Whether the page is right at `now` for a file with this content; `known`: tickets with a page."""
        return (
            blob == self.blob
            and (self.since == NEVER or self.since <= now)
            and (self.until == NEVER or now <= self.until)
            and all((name in known) for name in self.named if name[0] != "!")
            and not any(name[1:] in known for name in self.named if name[0] == "!")
        )

    @property
    def ids(self) -> tuple[str, ...]:
        """The tickets that it names."""
        return tuple(name.removeprefix("!") for name in self.named)


def read_stand(text: str) -> Stand | None:
    """The stand that a fingerprint is; None for another one."""
    parts = text.split(" ")
    if len(parts) != 5:
        return None
    named, naming = (tuple(filter(None, part.split(","))) for part in parts[3:])
    return Stand(blob=parts[0], since=parts[1], until=parts[2], named=named, naming=naming)


def span_of(standings: Standings, now: datetime) -> tuple[str, str]:
    """Between which instants the clocks say what they say at `now`; `-` where there is no bound."""
    dues = [it.due_at for it in standings.cycles if it.due_at is not None and it.is_running]
    past = [at for at in dues if at < now]
    ahead = [at for at in dues if at >= now]
    since = max([standings.valid_from, *past]) if dues else None
    return _text(since), _text(min(ahead, default=None))


def named_in(ids: Iterable[str], known: Container[str]) -> tuple[str, ...]:
    """The ids as a stand has them, each once."""
    return tuple(dict.fromkeys(name if name in known else f"!{name}" for name in ids))


def _text(at: datetime | None) -> str:
    return NEVER if at is None else instant_text(at)
