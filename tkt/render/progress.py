"""How far is a long job? A bar on standard error, on a terminal only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def progress_bar(what: str, total: int) -> Iterator[Callable[[T], T]]:
    """Gives a function that passes a thing through and moves the bar by one."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)

        def advance(thing: T) -> T:
            bar.advance(task)
            return thing

        yield advance
