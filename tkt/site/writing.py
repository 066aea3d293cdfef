"""How does a folder of pages come about, of which only what changed is written again?

A manifest in the folder names every page with a fingerprint of what it was made from. A page whose
fingerprint is the same is not made again; a page that is not asked for any more is removed, if the
manifest names it. Files that the manifest does not name are nobody's business here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from hashlib import blake2b, sha256
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, TypeVar

import msgspec

from tkt.errors import Conflict, Refused
from tkt.frozen import dataclass
from tkt.i18n import msg
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
    digests of the names: whoever reads it finds no page by it.
    Errors: Refused for a folder with other people's files; FileError; Conflict.
    """

    def __init__(
        self, folder: Path, kind: str, *, made_by: str = "", force: bool = False, hides_names: bool = False
    ) -> None:
        self.folder = folder
        self.kind = kind
        self.made_by = made_by
        self._key: Callable[[str], str] = _hidden if hides_names else str
        found = _manifest(folder, kind)
        self.known: Mapping[str, str] = found.get("pages", {})  # as the folder was met
        self.remembered: Mapping[str, Any] = found.get("remembered", {})  # by the last run
        self._was_whole = found.get("whole", False)
        is_same = self._was_whole and found.get("made_by") == made_by and not force
        self.is_trusted = is_same  # whether what the last run left may be taken up
        self._current: Mapping[str, str] = self.known if is_same else {}
        self._pages: dict[str, str] = {}
        self._written: list[str] = []
        self._remember: dict[str, Any] = {}
        self._there: dict[str, set[str]] = {}
        self._is_marked = False

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """An interrupted run leaves a manifest that trusts no page, and still names all of them."""
        if kind is not None and self._is_marked:
            with suppress(OSError):  # the error that interrupted it is the one to be told
                self._put_manifest({**self.known, **self._pages}, whole=False)

    def stands(self, name: str, fingerprint: str) -> bool:
        """Whether the page stands as it would be made; changes nothing."""
        return self._current.get(self._key(name)) == fingerprint and self._is_there(name)

    def stood(self, name: str) -> str | None:
        """The fingerprint with which a page was made that may be trusted; None: it is to be made."""
        return self._current.get(self._key(name)) if self._is_there(name) else None

    def keep(self, name: str, fingerprint: str) -> None:
        """Leave a page that stands."""
        self._pages[self._key(name)] = fingerprint

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
        if not self._is_marked:
            self._is_marked = True
            _told(self.folder, lambda: self.folder.mkdir(parents=True, exist_ok=True))
            _told(self.folder / MANIFEST, lambda: self._put_manifest(self.known, whole=False))

    def note(self, name: str, fingerprint: str) -> None:
        """Take up a page that was written (by `write`, in a worker's process maybe)."""
        self.keep(name, fingerprint)
        self._written.append(name)

    def write(self, name: str, content: Content) -> None:
        """Put the bytes in their place; changes nothing else here, so that worker processes may do it.

        Errors: Conflict for a file that is not one of ours; FileError.
        """
        place = self._place(name)
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        if self._is_there(name):
            if self._was_whole and self._key(name) not in self.known:
                raise _foreign(place)
            _told(place, lambda: _replace(place, data))
        else:
            _told(place, lambda: _create(place, data))
            self._there[name.rpartition("/")[0]].add(place.name)

    def remember(self, name: str, value: Any) -> None:
        """Note plain data for the next run, which finds it in `remembered`."""
        self._remember[name] = value

    def finish(self) -> Written:
        """Remove what is not due any more and write the manifest."""
        gone = self.known.keys() - self._pages.keys()
        removed = tuple(name for name in self._names_of(gone) if self._remove(name))
        is_same = dict(self.known) == self._pages and dict(self.remembered) == self._remember
        if self._is_marked or not (self._was_whole and is_same):
            self.begin()
            _told(self.folder / MANIFEST, lambda: self._put_manifest(self._pages, whole=True))
        left = len(self._pages) - len(set(self._written))
        return Written(written=tuple(self._written), left=left, removed=removed)

    def _names_of(self, keys: Set[str]) -> Iterable[str]:
        """The names that the manifest means; hidden ones are found by what lies in the folder."""
        if self._key is str or not keys:
            return sorted(keys)
        return [name for name in sorted(_files_below(self.folder)) if self._key(name) in keys]

    def _remove(self, name: str) -> bool:
        place = self._place(name)
        if not place.is_file():
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
            found = self._there[folder] = _names(self.folder / folder)
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


def _manifest(folder: Path, kind: str) -> Mapping[str, Any]:
    """What the folder's manifest says; nothing for a folder that is new or empty."""
    place = folder / MANIFEST
    try:
        found = msgspec.json.decode(place.read_bytes())
    except FileNotFoundError:
        if _told(folder, lambda: _names(folder)):
            raise Refused(
                msg("the folder has files that are not ours, expected a new or an empty one"),
                path=str(folder),
                hint=msg("choose another one: -o {folder}", folder=f"{folder}-site"),
            ) from None
        return {}
    except msgspec.DecodeError as error:
        raise _unreadable(place) from error
    except OSError as error:
        raise FileError(os_message(error), path=str(place)) from error
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
    _write(beside, data)
    beside.replace(place)


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
