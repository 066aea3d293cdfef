"""Which file of config/hooks/ is run, and when?

`<when>-<what>`, with anything behind a dot: `pre-change`, `post-reply`, `pre-resolve.10-cause`.
"""

from __future__ import annotations

from typing import Literal, cast

from tkt.errors import did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import Message
from tkt.late import late

When = Literal["pre", "post"]

ANY = "change"
"""The hook of every command that changes a ticket; it is run before the command's own."""
VERBS = (
    "ack", "assign", "attach", "batch", "check", "close", "duplicate", "edit", "escalate", "follow", "heard", "import", "move",
    "new", "noreply", "not-spam", "note", "rate", "reopen", "reply", "resolve", "set", "spam", "start", "tag", "take",
    "tick", "undo", "wait",
)  # fmt: skip
"""What a command calls what it does to tickets; `Action:` in its commit."""

_NAME = late(r"(?P<when>pre|post)-(?P<what>[a-z][a-z-]*)(?:\.[\w.-]+)?")
_LEFT_BY_EDITORS = (".bak", ".orig", ".rej", ".sample", ".swp")


@dataclass(frozen=True, slots=True)
class HookName:
    """What a file of config/hooks/ says with its name."""

    when: When
    what: str

    @property
    def is_known(self) -> bool:
        """Whether anything ever calls it."""
        return self.what == ANY or self.what in VERBS

    @property
    def meant(self) -> Message | None:
        """A hint at what was meant by a name that nothing calls."""
        return did_you_mean(f"{self.when}-{self.what}", [f"{self.when}-{each}" for each in (ANY, *VERBS)])


def hook_name(file: str) -> HookName | None:
    """What the name of a file says; None for files that are no hooks: README, pre-change.bak."""
    found = _NAME.fullmatch(file)
    if found is None or file.endswith(_LEFT_BY_EDITORS):
        return None
    return HookName(cast("When", found["when"]), found["what"])
