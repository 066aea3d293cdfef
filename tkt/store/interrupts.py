"""How is Ctrl-C held back while git finishes, so that files and history do not come apart?"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def held_back() -> Iterator[None]:
    """Within, Ctrl-C waits. What was done in spite of it stands; what failed was interrupted.

    Git in the same terminal hears it too and gives up, which is such a failure.
    Errors: KeyboardInterrupt instead of the failure that it may have caused.
    """
    if not _is_ours_to_hold():
        yield
        return
    pressed: list[int] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        pressed.append(number)

    before = signal.signal(signal.SIGINT, remember)
    try:
        yield
    except BaseException:
        if pressed:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def postponed() -> Iterator[None]:
    """Within, Ctrl-C waits, for us and for the git that we start; it is heard at the end.

    For what git must not be stopped at half-way, and what is taken back afterwards.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_ours_to_hold() -> bool:
    """Python tells signals to the main thread alone; who has a handler of their own keeps it."""
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler
