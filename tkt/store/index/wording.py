"""How does the full text come to know what a look found, and which files does it not know even then?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path

from tkt.ids import is_ticket_id
from tkt.origins import came_in
from tkt.store.index import fulltext
from tkt.store.index.database import LOST, is_busy
from tkt.store.index.entries import blob_in, origin_in
from tkt.store.index.fulltext import FullText
from tkt.store.index.looking import Look
from tkt.store.index.pieces import Pieces, Text, all_cut
from tkt.store.tree import Found

FEW = 1000
"""Texts that are put in by the way; more only where somebody wants the full text built."""
_AT_ONCE = 5000
"""Texts that are written together, so that a build that is killed was not for nothing."""

_IDS = 20
"""Lines of a text among which its title is."""

Tell = Callable[[int, int], None]
"""Is told how many texts of how many are put in."""


class Words:
    """The full text as it stands for one look.

    `unknown`: the paths of which it does not know what they hold. `known_state`: of all files, in which it
    knew all of them.
    """

    def __init__(self, full: FullText, unknown: frozenset[str], known_state: bytes = b"") -> None:
        self.full = full
        self.unknown = unknown
        self.known_state = known_state
        self.wanted = cache(full.wanted)

    def lose(self, error: Exception) -> None:
        """Take it away, where this error of asking it says that it is damaged."""
        if not is_busy(error):
            fulltext.discard(self.full.file)

    def stand_for_all(self, state: bytes) -> None:
        """Keep that all texts are those of this state of all files, as far as that can be kept; the last thing asked."""
        full = self.full
        with suppress(OSError, *LOST):
            full.let_go()
            with full.writing():
                full.stands_for_all(state)
            fulltext.seal(full.file)

    def expression(self, word: str) -> str | None:
        """How a normalised word is asked for; None where it cannot be."""
        found = self.wanted(word)
        return None if found is None else found.expression

    def is_exact(self, word: str) -> bool:
        """Whether all that is found for it holds it."""
        found = self.wanted(word)
        return found is not None and found.is_exact


def known_words(
    file: Path, made_for: bytes, look: Look, *, builds: bool, tell: Tell | None = None
) -> Words | None:
    """The full text in `file`, knowing the files of a look; to be closed.

    None where it cannot be had: no file can be written, another process is at it, or it would take long
    and `builds` was not said.
    """
    for _ in range(2):  # the second: what was worn or damaged is made anew
        full = None
        try:
            full = fulltext.opened(file, made_for) or (fulltext.created(file, made_for) if builds else None)
            if full is None:
                return None
            if not (builds and full.is_worn()):
                found = _Refreshing(full, look, builds=builds, tell=tell).words()
                full = full if found is None else None
                return found
            fulltext.discard(file)
        except OSError:
            return None  # no room, no right to write
        except LOST as error:
            if is_busy(error) or "readonly" in str(error):
                return None
            fulltext.discard(file)
        finally:
            if full is not None:
                full.close()
    return None


def words_as_they_stand(file: Path, made_for: bytes) -> Words | None:
    """The full text in `file`, whatever files it knows; to be closed. None: there is none, or it never knew all."""
    with suppress(OSError, *LOST):
        full = fulltext.opened(file, made_for)
        if full is not None:
            full.hold()
            if state := full.glanced():
                return Words(full, frozenset(), state)
            full.close()
    return None


class _Refreshing:
    """One look's folders compared with those of the full text, and what differs put in. Errors: LOST, OSError."""

    def __init__(self, full: FullText, look: Look, *, builds: bool, tell: Tell | None) -> None:
        self._full = full
        self._look = look
        self._builds = builds
        self._tell = tell or (lambda _done, _total: None)
        self._states = {folder: _state(look, files) for folder, files in look.folders()}

    def words(self) -> Words | None:
        full = self._full
        full.hold()
        if differing := self._differing():
            full.let_go()
            if not self._refresh(differing):
                return None
            full.hold()
            if self._differing():  # another process writes what it saw
                return None
        return Words(full, frozenset(self._unknown()))  # who has it closes it

    def _differing(self) -> list[str]:
        known = self._full.states()
        return [folder for folder, state in self._states.items() if known.get(folder) != state]

    def _unknown(self) -> Iterator[str]:
        held = self._look.held
        return (file.path for _, files in self._look.folders() for file in files if not held(file.path))

    def _refresh(self, differing: Sequence[str]) -> bool:
        """Whether all that differed could be put in."""
        files = dict(self._look.folders())
        gone: list[int] = []
        missing: dict[str, list[Found]] = {}
        for folder in differing:
            missing[folder] = self._compare(folder, files[folder], gone)
        total = sum(map(len, missing.values()))
        if total > FEW and not self._builds:
            return False
        with self._full.writing():
            self._full.forget(gone)
        is_all = self._put(missing, total)
        if is_all:
            with self._full.writing():
                self._full.stands_for((folder, self._states[folder]) for folder in differing)
        fulltext.seal(self._full.file)
        return is_all

    def _compare(self, folder: str, files: Sequence[Found], gone: list[int]) -> list[Found]:
        """The files whose texts must be put in; the numbers of those that are known and there no more join `gone`."""
        known, held, start = self._full.docs(folder), self._look.held, len(folder) + 1
        missing: list[Found] = []
        for file in files:
            number, content = known.pop(file.path[start:], (0, b""))
            is_held = held(file.path)
            if is_held and content == blob_in(is_held):
                continue
            if number:
                gone.append(number)
            if is_held:
                missing.append(file)
        gone += (number for number, _ in known.values())
        return missing

    def _put(self, missing: Mapping[str, Sequence[Found]], total: int) -> bool:
        done = 0
        waiting: list[Pieces] = []
        for pieces in all_cut(self._texts(missing), total):
            waiting += pieces
            done += len(pieces)
            self._tell(done, total)
            if len(waiting) >= _AT_ONCE:
                self._write(waiting)
                waiting = []
        self._write(waiting)
        return done == total

    def _write(self, waiting: list[Pieces]) -> None:
        if waiting:
            with self._full.writing():
                self._full.put(waiting)
            fulltext.seal(self._full.file)

    def _texts(self, missing: Mapping[str, Sequence[Found]]) -> Iterator[Text]:
        """What cannot be read any more is left out."""
        for folder, files in missing.items():
            contents = self._look.others("text", folder, files) if files else {}
            for file in files:
                content = contents.pop(file.path, None)
                if content is not None:
                    yield _text(folder, file, self._look.held(file.path), content.decode())


def _text(folder: str, file: Found, held: bytes, text: str) -> Text:
    name = file.path[len(folder) + 1 :]
    return Text(folder, name, blob_in(held), came_in(origin_in(held)), title_in(text), text)


def title_in(text: str) -> str:
    """A ticket's title, in its text: behind its ids and the one that it has elsewhere (`tkt.columns.history`)."""
    ids, title = True, ""
    for title in islice(text.split("\n"), 1, _IDS):
        if not ids:
            break
        ids = is_ticket_id(title.upper())
    return title


def _state(look: Look, files: Sequence[Found]) -> bytes:
    """Bytes that are others when the files of a folder are, or what one of them holds."""
    from hashlib import sha1  # takes 5 ms; where nothing changed there was a glance only

    held = look.held
    paths = [file.path for file in files]
    digest = sha1("\n".join(paths).encode(), usedforsecurity=False)
    digest.update(b"".join([held(path)[:20] or b"-" for path in paths]))
    return digest.digest()
