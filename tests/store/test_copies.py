"""What a copy of the process computes comes back; what it cannot do is done here."""

from __future__ import annotations

import os
import signal

import pytest

from tkt.store import copies
from tkt.store.copies import meanwhile


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "cores", lambda: 2)


def test_what_a_copy_found_comes_back_and_it_was_another_process() -> None:
    # given a value larger than a pipe holds
    waiting = meanwhile(lambda: (os.getpid(), "x" * 300_000))
    # when it is asked for
    process, text = waiting()
    # then another process made it
    assert process != os.getpid()
    assert text == "x" * 300_000


def test_what_a_copy_cannot_do_is_done_here_with_its_error() -> None:
    def work() -> int:
        raise LookupError(os.getpid())

    waiting = meanwhile(work)
    with pytest.raises(LookupError, match=str(os.getpid())):
        waiting()


def test_a_copy_that_was_killed_is_made_up_for() -> None:
    parent = os.getpid()

    def work() -> int:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert meanwhile(work)() == parent


def test_what_is_done_in_its_place_needs_not_what_the_copy_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = os.getpid()

    def work() -> str:
        return "copy" if os.getpid() != parent else "never"

    assert meanwhile(work, lambda: "otherwise")() == "copy"
    monkeypatch.setattr(copies, "cores", lambda: 1)
    assert meanwhile(work, lambda: "otherwise")() == "otherwise"


def test_on_one_core_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "cores", lambda: 1)
    assert meanwhile(os.getpid)() == os.getpid()


def test_where_no_copy_can_be_made_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(copies.os, "fork", refused)
    assert meanwhile(os.getpid)() == os.getpid()


def test_a_system_that_forgets_copies_takes_nothing_from_what_they_found() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        parent = os.getpid()
        process, text = meanwhile(lambda: (os.getpid(), "x" * 300_000))()
        assert process != parent
        assert text == "x" * 300_000

        def killed() -> int:
            if os.getpid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)
            return os.getpid()

        assert meanwhile(killed)() == parent
    finally:
        signal.signal(signal.SIGCHLD, before)
