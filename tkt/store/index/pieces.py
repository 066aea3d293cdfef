"""What does the full text keep of one text? Cut on all cores."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from tkt.store.index.cutting import cut, words_in
from tkt.store.index.working import cores

ENOUGH = 2000
"""So many texts are worth other processes."""
AT_ONCE = 500


class Text(NamedTuple):
    """A text as it is searched: normalised, its title among its lines."""

    folder: str
    name: str
    content: bytes  # git's name of the file's content
    at: int  # microseconds since 1970
    title: str
    text: str


class Pieces(NamedTuple):
    """The same, cut."""

    folder: str
    name: str
    content: bytes
    at: int
    title: str
    cut_title: str
    cut_body: str
    words: frozenset[str]


def all_cut(texts: Iterable[Text], count: int) -> Iterator[list[Pieces]]:
    """`count` texts cut, in their order, some at a time; on all cores where they are many and processes can be."""
    chunks = _chunks(texts)
    if count >= ENOUGH and cores() > 1:
        yield from _in_processes(chunks)
    yield from map(_cut, chunks)  # all, or what the processes left


def _in_processes(chunks: Iterator[list[Text]]) -> Iterator[list[Pieces]]:
    """As many at a time as there are cores, so that memory stays small; what is begun when a copy dies is done here."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from itertools import islice
    from multiprocessing import get_context

    waiting: Sequence[list[Text]] = ()
    with suppress(BrokenProcessPool, OSError):
        pool = ProcessPoolExecutor(cores(), get_context("fork"), _leave_interrupts_to_the_parent)
        try:
            while waiting := list(islice(chunks, 2 * cores())):
                yield from list(pool.map(_cut, waiting))
        finally:
            pool.shutdown(cancel_futures=True)
    yield from map(_cut, waiting)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _cut(texts: Sequence[Text]) -> list[Pieces]:
    return [Pieces(*it[:5], cut(it.title), cut(it.text), frozenset(words_in(it.text))) for it in texts]


def _chunks(texts: Iterable[Text]) -> Iterator[list[Text]]:
    waiting: list[Text] = []
    for text in texts:
        waiting.append(text)
        if len(waiting) == AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting
