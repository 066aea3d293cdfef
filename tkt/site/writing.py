"""How does a folder of pages come about, of which only what changed is written again?

A manifest in the folder names every page with a fingerprint of what it was made from. A page whose
fingerprint is the same is not made again; a page that is not asked for any more is removed, if the
manifest names it. Files that the manifest does not name are nobody's business here. One run at a time writes
into a folder, and what a killed one began is known by its journal (tkt/site/holding.py).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, TypeVar

import msgspec

from tkt.errors import Conflict, Refused
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.site.holding import Hold, half_written, noted, taken
from tkt.store.files import FileError, os_message

MANIFEST = ".tkt-site.json"
_FORM = 1
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC

Content = str | bytes
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a folder's pages; names, in the order of their making."""

    written: tuple[str, ...]
    left: int
    removed: tuple[str, ...]


def fingerprint(*parts: Any) -> str:
    """A short name for what a page is made from: plain values, in an order that is always the same."""
    return blake2b(msgspec.json.encode(parts, order="sorted", enc_hook=_plain), digest_size=10).hexdigest()


class Output:
    """A folder of pages that is being written; `with Output(…) as output: output.page(…)`.

    `kind` is what the folder is for: one of another kind is refused, so that internal pages never
    come to lie among public ones. `made_by` is what all pages depend on (the program, the language,
    the desk's own templates): with another one all are made again. With `hides_names` the manifest holds
    digests alone, of the names and of what the pages were made from: whoever reads it finds no page by it,
    and learns nothing of the desk.
    Errors: Refused for a folder with other people's files; FileError; Conflict.
    """

    def __init__(
        self, folder: Path, kind: str, *, made_by: str = "", force: bool = False, hides_names: bool = False
    ) -> None:
        self.folder = folder
        self.kind = kind
        self._key: Callable[[str], str] = _hidden if hides_names else str
        self._mark: Callable[[str], str] = self._key  # of a fingerprint
        self.made_by = made_by = self._key(made_by)
        self._met = _bytes_of(folder)
        found = _manifest(folder, kind, self._met)
        self.known: Mapping[str, str] = found.get("pages", {})  # as the folder was met
        self.remembered: Mapping[str, Any] = found.get("remembered", {})  # by the last run
        self._was_whole = found.get("whole", False)
        is_same = self._was_whole and found.get("made_by") == made_by and not force
        self.is_trusted = is_same  # whether what the last run left may be taken up
        self._current: Mapping[str, str] = self.known if is_same else {}
        self._pages: dict[str, str] = {}
        self._written: list[str] = []
        self._made: set[str] = set()  # in this process
        self._remember: dict[str, Any] = {}
        self._there: dict[str, set[str]] = {}
        self._hold: Hold | None = None
        if found and not self._was_whole:
            begun = {_safe(key, folder): "" for key in _told(folder, lambda: noted(folder))}
            self.known = {**begun, **self.known}

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """An interrupted run leaves a manifest that trusts no page, and still names all of them."""
        if self._hold is not None:
            with suppress(OSError):  # the error that interrupted it is the one to be told
                self._put_manifest({**self.known, **self._pages}, whole=False)
            self._let_go(is_whole=False)

    def stands(self, name: str, fingerprint: str) -> bool:
        """Whether the page stands as it would be made; changes nothing."""
        return self._current.get(self._key(name)) == self._mark(fingerprint) and self._is_there(name)

    def stood(self, name: str) -> str | None:
        """The fingerprint with which a page was made that may be trusted; None: it is to be made.

        With `hides_names` its digest: ask `stands`.
        """
        return self._current.get(self._key(name)) if self._is_there(name) else None

    def keep(self, name: str, fingerprint: str) -> None:
        """Leave a page that stands."""
        self._pages[self._key(name)] = self._mark(fingerprint)

    def page(self, name: str, fingerprint: str, make: Callable[[], Content]) -> bool:
        """Have the page, made by `make` if it does not stand; whether it was made."""
        if self.stands(name, fingerprint):
            self.keep(name, fingerprint)
            return False
        self.put(name, fingerprint, make())
        return True

    def put(self, name: str, fingerprint: str, content: Content) -> None:
        """Write a page, whatever stands there."""
        self.begin()
        self.write(name, content)
        self.note(name, fingerprint)

    def begin(self) -> None:
        """Say in the folder that its pages are being written; before a worker writes the first one."""
        if self._hold is None:
            _told(self.folder, lambda: self.folder.mkdir(parents=True, exist_ok=True))
            self._hold = _told(self.folder, lambda: Hold(self.folder))
            if _bytes_of(self.folder) != self._met:
                self._let_go(is_whole=False)
                raise taken(self.folder)
            _told(self.folder / MANIFEST, lambda: self._put_manifest(self.known, whole=False))

    def _let_go(self, *, is_whole: bool) -> None:
        if self._hold is not None:
            self._hold.release(is_whole=is_whole)
            self._hold = None

    def note(self, name: str, fingerprint: str) -> None:
        """Take up a page that was written (by `write`, in a worker's process maybe)."""
        self.keep(name, fingerprint)
        self._written.append(name)
        self._made.add(name)
        if self._is_there(name):
            return
        self._there[name.rpartition("/")[0]].add(name.rpartition("/")[2])

    def write(self, name: str, content: Content) -> None:
        """Put the bytes in their place; changes nothing else here, so that worker processes may do it.

        Errors: Conflict for a file that is not one of ours; FileError.
        """
        place = self._place(name)
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        key = self._key(name)
        if self._is_there(name):
            if key not in self.known and name not in self._made:
                raise _foreign(place)
            _told(place, lambda: _replace(place, data))
        else:
            if self._hold is not None:
                _told(place, partial(self._hold.note, key))
            self._made.add(name)
            _told(place, lambda: _create(place, data))
            self._there[name.rpartition("/")[0]].add(place.name)

    def remember(self, name: str, value: Any) -> None:
        """Note plain data for the next run, which finds it in `remembered`."""
        self._remember[name] = value

    def finish(self) -> Written:
        """Remove what is not due any more and write the manifest."""
        gone = self.known.keys() - self._pages.keys()
        removed = tuple(name for name in self._names_of(gone) if self._remove(name))
        if self._met is not None and not self._was_whole:
            self._sweep()
        is_same = dict(self.known) == self._pages and dict(self.remembered) == self._remember
        if self._hold is not None or not (self._was_whole and is_same):
            self.begin()
            _told(self.folder / MANIFEST, lambda: self._put_manifest(self._pages, whole=True))
            self._let_go(is_whole=True)
        left = len(self._pages) - len(set(self._written))
        return Written(written=tuple(self._written), left=left, removed=removed)

    def _names_of(self, keys: Set[str]) -> Iterable[str]:
        """The names that the manifest means; hidden ones are found by what lies in the folder."""
        if self._key is str or not keys:
            return sorted(keys)
        return [name for name in sorted(_files_below(self.folder)) if self._key(name) in keys]

    def _sweep(self) -> None:
        """Remove what a killed run was about to put in the place of a page."""
        ours = {*self.known, *self._pages, self._key(MANIFEST)}
        for name, page in half_written(list(_files_below(self.folder))):
            if self._key(page) in ours:
                _told(self.folder / name, (self.folder / name).unlink)

    def _remove(self, name: str) -> bool:
        place = self._place(name)
        if not self._is_there(name) or not place.is_file():
            return False
        self.begin()
        _told(place, place.unlink)
        for parent in PurePosixPath(name).parents[:-1]:
            with suppress(OSError):  # others have files there
                (self.folder / parent).rmdir()
        return True

    def _place(self, name: str) -> Path:
        return self.folder / _safe(name, self.folder)

    def _is_there(self, name: str) -> bool:
        folder, _, base = name.rpartition("/")
        found = self._there.get(folder)
        if found is None:
            below = _own(self.folder, folder)
            found = self._there[folder] = _told(below, lambda: _names(below))
        return base in found

    def _put_manifest(self, pages: Mapping[str, str], *, whole: bool) -> None:
        said = {
            "form": _FORM,
            "kind": self.kind,
            "made_by": self.made_by,
            "whole": whole,
            "remembered": self._remember if whole else self.remembered,
            "pages": pages,
        }
        _replace(self.folder / MANIFEST, msgspec.json.encode(said, order="sorted"))


def _bytes_of(folder: Path) -> bytes | None:
    """The folder's manifest; None: it has none."""
    place = folder / MANIFEST
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError(os_message(error), path=str(place)) from error


def _manifest(folder: Path, kind: str, data: bytes | None) -> Mapping[str, Any]:
    """What the folder's manifest says; nothing for a folder that is new or empty."""
    place = folder / MANIFEST
    if data is None:
        if _told(folder, lambda: _names(folder)):
            raise Refused(
                msg("the folder has files that are not ours, expected a new or an empty one"),
                path=str(folder),
                hint=msg("choose another one: -o {folder}", folder=f"{folder}-site"),
            )
        return {}
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _unreadable(place) from error
    _refuse_strange(found, place)
    if found["kind"] != kind:
        raise Refused(
            msg("the folder holds pages of kind {found}, expected {kind}", found=found["kind"], kind=kind),
            path=str(folder),
            hint=msg("choose another one: -o {folder}", folder=f"{folder}-{kind}"),
        )
    return dict(found)


def _refuse_strange(found: Any, place: Path) -> None:
    is_ours = isinstance(found, dict) and found.get("form") == _FORM and isinstance(found.get("kind"), str)
    pages = found.get("pages") if is_ours else None
    if not isinstance(pages, dict) or not isinstance(found.get("remembered"), dict):
        raise _unreadable(place)
    if not all(isinstance(print_, str) for print_ in pages.values()):
        raise _unreadable(place)
    for name in pages:
        _safe(name, place.parent)


def _unreadable(place: Path) -> Refused:
    return Refused(
        msg("is not a manifest of this program, expected one that it wrote"),
        path=str(place),
        hint=msg("remove the folder and build it again: rm -r {folder}", folder=str(place.parent)),
    )


def _safe(name: str, folder: Path) -> str:
    """A name that stays in the folder. Errors: FileError."""
    if not name or name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise FileError(msg("leads out of the folder, expected a path inside of it"), path=f"{folder}/{name}")
    return name


def _own(folder: Path, below: str) -> Path:
    """A folder below ours that no link leads out of. Errors: FileError."""
    place = folder
    for part in PurePosixPath(below).parts:
        place = place / part
        if place.is_symlink():
            raise FileError(msg("is a link, expected a folder"), path=str(place))
    return place


def _foreign(place: Path) -> Conflict:
    return Conflict(
        msg("exists already and is not ours, expected no such file; nothing was overwritten"),
        path=str(place),
        hint=msg("move it away, or choose another folder with -o"),
    )


def _names(folder: Path) -> set[str]:
    try:
        return set(os.listdir(folder))  # noqa: PTH208 - of 100,000 pages, and nothing but names
    except FileNotFoundError:
        return set()


def _plain(value: Any) -> str:
    """Words that know more than their letters, instants, paths."""
    return str.__str__(value) if isinstance(value, str) else str(value)


def _files_below(folder: Path) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        inside = Path(place).relative_to(folder)
        yield from ((inside / name).as_posix() for name in names)


def _hidden(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def _create(place: Path, data: bytes) -> None:
    try:
        _write(place, data)
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        _write(place, data)


def _replace(place: Path, data: bytes) -> None:
    """A reader sees the old page or the new one, never half of one."""
    beside = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    with suppress(FileNotFoundError):
        beside.unlink()
    try:
        _write(beside, data)
        beside.replace(place)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _write(place: Path, data: bytes) -> None:
    descriptor = os.open(place, _NEW, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)


def _told(place: Path, work: Callable[[], _T]) -> _T:
    try:
        return work()
    except FileExistsError:
        raise _foreign(place) from None
    except OSError as error:
        raise FileError(os_message(error), path=str(place)) from error
