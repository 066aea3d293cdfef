"""How `init --ci`, `sync --propose` and `check --staged` say no."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing
from helpers import DeskAtWork


def renamed(desk: DeskAtWork) -> None:
    """A branch whose name would act in a shell."""
    desk.git("branch", "-q", "-m", "a$(b)")


SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "CI for a forge that we do not know": (nothing, ("init", "--ci", "githup")),
    "replace files without saying of which forge": (nothing, ("init", "--force")),
    "a package without a forge": (nothing, ("init", "--package", "tkt")),
    "CI for a branch whose name acts": (renamed, ("init", "--ci", "github")),
    "a word for the remote without a branch": (nothing, ("sync", "--push-option", "merge_request.create")),
    "what is staged and what has changed": (nothing, ("check", "--staged", "--changed-since", "HEAD")),
}
