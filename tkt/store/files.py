"""How is a file read and written so that a crash, a full disk or another hand costs no word?

A write is complete or it did not happen: the text goes to a temporary file beside its place, is
synced, and takes the place in one step. Nothing that exists is replaced unless it is what the
caller has read. Links are not followed.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from tkt.errors import Conflict, TktError
from tkt.i18n import Message, msg

MAX_BYTES = 16 * 1024 * 1024

_PIECE = 1024 * 1024
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # O_NONBLOCK: a pipe must not hang us
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1


class FileError(TktError):
    """The operating system refuses to read or write a file."""

    code = "file"


class FileMissing(FileError):
    """There is no such file, or no more."""


def inside(root: Path, path: str) -> Path:
    """The file `path` (posix, relative) of the desk at `root`.

    Errors: FileError where it would leave the desk, by `..` or by a link among its directories.
    """
    relative = PurePosixPath(path)
    if not relative.parts or relative.is_absolute() or ".." in relative.parts:
        raise FileError(msg("leads out of the desk, expected a path inside of it"), path=path)
    for parent in relative.parents[:-1]:  # the last one is "."
        if (root / parent).is_symlink():
            link = str(parent)
            raise FileError(msg("{link} is a symbolic link, expected a directory", link=link), path=path)
    return root / relative


def read_file(path: Path, *, root: Path | None = None, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file of at most `limit` bytes.

    Errors: FileError; its path is told relative to `root` where one is given.
    """
    with _told(path, root):
        data = _beginning(path, root, limit + 1)
    _refuse_big(data, limit, path, root)
    return data


def replace_file(
    path: Path, data: bytes, *, expected: bytes | None, root: Path | None = None, sync: bool = True
) -> None:
    """Put `data` in the place of an existing file; its permissions stay.

    `expected` is what the caller has read: a file that no longer holds it is left alone. None
    replaces whatever is there. Without `sync` the disk is not waited for.
    Errors: Conflict (changed or gone since it was read), FileError.
    """
    with _told(path, root):
        with _gone_is_conflict(path, root):
            mode = os.lstat(path).st_mode
        _refuse_special(mode, path, root)
        with _temporary(path, data, root, sync=sync, mode=stat.S_IMODE(mode)) as temporary:
            # Compared last of all: what remains is the moment between these two lines.
            _refuse_changed(path, expected, root)
            temporary.replace(path)


def create_file(path: Path, data: bytes, *, root: Path | None = None, sync: bool = True) -> None:
    """Write a new file, with the directories that it needs.

    Errors: Conflict where something of that name exists, which is not touched; FileError.
    """
    with _told(path, root):
        _make_directory(path.parent)
        with _temporary(path, data, root, sync=sync) as temporary:
            _rename_to_new(temporary, path)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that nobody else may read, over one of that name. Errors: FileError."""
    with _told(path, None):
        _make_directory(path.parent)
        with suppress(FileNotFoundError):
            path.unlink()
        descriptor = os.open(path, _NEW_FILE, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)


def make_folder(path: Path, *, root: Path | None = None) -> None:
    """A directory with those above it; fine where it is there. Errors: FileError."""
    with _told(path, root):
        _make_directory(path)


def move_file(source: Path, target: Path, *, root: Path | None = None) -> None:
    """Rename a file, with the directories that the new name needs.

    Errors: Conflict where `target` exists, which is not touched, or `source` is gone; FileError.
    """
    with _told(target, root), _gone_is_conflict(source, root):
        os.lstat(source)
        _make_directory(target.parent)
        _rename_to_new(source, target)


def write_waiting(path: Path, data: bytes) -> None:
    """Write a new file that waits for its place, in a folder that is there; the disk is not waited for. Errors: FileError."""
    with _told(path, None):
        _refuse_big(data, MAX_BYTES, path, None)
        with os.fdopen(os.open(path, _NEW_FILE, 0o666), "wb") as file:
            file.write(data)


def place_new(waiting: Path, path: Path, *, root: Path) -> None:
    """Give a waiting file its name, which must be free, with the directories that it needs.

    Errors: Conflict where something of that name exists, which is not touched; FileError.
    """
    with _told(path, root):
        _make_directory(path.parent)
        with _beside(waiting, path) as file:
            _rename_to_new(file, path)


def place_over(
    waiting: Path, path: Path, *, keep: Path, is_expected: Callable[[bytes], bool], root: Path
) -> None:
    """Put a waiting file in the place of one that is still as expected; that one gets the name `keep`, too.

    Errors: Conflict (changed or gone since it was read), FileError.
    """
    with _told(path, root), _gone_is_conflict(path, root):
        mode = os.lstat(path).st_mode
        _refuse_special(mode, path, root)
        with _beside(waiting, path) as file:
            file.chmod(stat.S_IMODE(mode))
            _keep(path, keep)
            if not is_expected(_beginning(path, root, MAX_BYTES + 1)):
                raise changed_since(path, root)
            file.replace(path)


def put_on_disk(path: Path) -> None:
    """Wait until what was written to a file is on the disk. Errors: FileError."""
    with _told(path, None), _opened(path, os.O_RDONLY | os.O_CLOEXEC) as descriptor:
        os.fsync(descriptor)


def put_all_on_disk(folder: Path) -> None:
    """Wait until everything that was written to this folder's file system is on the disk. Errors: FileError."""
    import ctypes

    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    with _told(folder, None), _opened(folder, os.O_RDONLY | os.O_CLOEXEC) as descriptor:
        if syncfs is None:  # elsewhere than on Linux
            os.sync()
        elif syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))


def shown(path: Path, root: Path | None) -> str:
    """`path` as it is told to people: relative to the desk, posix."""
    if root is not None and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return str(path)


def _make_directory(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:  # a file is in the way: not the conflict that callers may try to evade
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None


def _beginning(path: Path, root: Path | None, size: int) -> bytes:
    with _opened(path, _READ) as descriptor:
        _refuse_special(os.fstat(descriptor).st_mode, path, root)
        return b"".join(_pieces(descriptor, size))


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _pieces(descriptor: int, size: int) -> Iterator[bytes]:
    while size > 0 and (piece := os.read(descriptor, min(size, _PIECE))):
        size -= len(piece)
        yield piece


def _refuse_special(mode: int, path: Path, root: Path | None) -> None:
    if not stat.S_ISREG(mode):
        raise FileError(msg("is not a regular file, expected one"), path=shown(path, root))


def _refuse_big(data: bytes, limit: int, path: Path, root: Path | None) -> None:
    if len(data) > limit:
        fault = msg("is larger than {limit} bytes, expected at most that", limit=limit)
        raise FileError(fault, path=shown(path, root))


def _refuse_changed(path: Path, expected: bytes | None, root: Path | None) -> None:
    if expected is None:
        return
    with _gone_is_conflict(path, root):
        if _beginning(path, root, len(expected) + 1) == expected:
            return
    raise changed_since(path, root)


def changed_since(path: Path, root: Path | None) -> Conflict:
    """What is to be told of a file that is another one than when it was read."""
    return Conflict(
        msg("has changed since it was read, expected it as it was; nothing was overwritten"),
        path=shown(path, root),
        hint=msg("run the command again"),
    )


@contextmanager
def _beside(waiting: Path, path: Path) -> Iterator[Path]:
    """The waiting file on the file system of `path`: itself, or a synced copy beside it."""
    if _is_beside(waiting, path):
        yield waiting
    else:
        with _temporary(path, waiting.read_bytes(), None, sync=True) as copy:
            yield copy


def _is_beside(waiting: Path, path: Path) -> bool:
    return os.lstat(waiting).st_dev == os.lstat(path.parent).st_dev


def _keep(path: Path, keep: Path) -> None:
    """Another name for what stands there, else a copy of it."""
    try:
        os.link(path, keep, follow_symlinks=False)
    except OSError:  # another file system, or one without links
        write_waiting(keep, path.read_bytes())


@contextmanager
def _gone_is_conflict(path: Path, root: Path | None) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise Conflict(
            msg("is gone, expected it where it was read; nothing was written"),
            path=shown(path, root),
            hint=msg("run the command again"),
        ) from None


@contextmanager
def _temporary(
    path: Path, data: bytes, root: Path | None, *, sync: bool, mode: int | None = None
) -> Iterator[Path]:
    """A synced file beside `path` that holds `data`; gone afterwards unless it was renamed."""
    _refuse_big(data, MAX_BYTES, path, root)
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    descriptor = os.open(temporary, _NEW_FILE, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None:
                os.fchmod(descriptor, mode)
            if sync:
                os.fsync(descriptor)
        yield temporary
    finally:
        with suppress(OSError):  # mostly it is renamed; what was done is done whatever this comes to
            temporary.unlink()


def _rename_to_new(source: Path, target: Path) -> None:
    """Rename in one step, never over something; FileExistsError where `target` is taken."""
    if not _renamed_exclusively(source, target):
        # Elsewhere than on Linux: two names for a moment, but never none and never an overwrite.
        os.link(source, target, follow_symlinks=False)
        source.unlink()


@cache
def _renameat2() -> Any:
    """The function of the C library, where it has one."""
    import ctypes

    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


def _renamed_exclusively(source: Path, target: Path) -> bool:
    """Whether the system knows renameat2(RENAME_NOREPLACE) and did it. Errors: OSError."""
    import ctypes

    renameat2 = _renameat2()
    if renameat2 is None:
        return False
    names = os.fsencode(source), os.fsencode(target)
    if renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_NOREPLACE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL):  # an old kernel, or a file system without it
        return False
    raise OSError(number, os.strerror(number), str(source), None, str(target))


@contextmanager
def _told(path: Path, root: Path | None) -> Iterator[None]:
    """Errors of the operating system about `path`, as sentences for people."""
    try:
        yield
    except FileExistsError:
        raise Conflict(
            msg("exists already, expected no such file; nothing was overwritten"), path=shown(path, root)
        ) from None
    except OSError as error:
        kind = FileMissing if isinstance(error, FileNotFoundError) else FileError
        raise kind(os_message(error), path=shown(path, root)) from error


def os_message(error: OSError) -> Message:
    """What the operating system complains of, what was expected."""
    return _MESSAGES.get(error.errno or 0) or msg(
        "cannot be read or written: {reason}", reason=error.strerror or str(error)
    )


_MESSAGES = {
    errno.ENOSPC: msg("no space is left on the disk, expected some to write to"),
    errno.EDQUOT: msg("your share of the disk is used up, expected some to write to"),
    errno.EROFS: msg("the file system is read-only, expected one that can be written"),
    errno.EACCES: msg("permission denied, expected to be allowed to read and write here"),
    errno.EPERM: msg("permission denied, expected to be allowed to read and write here"),
    errno.ENOENT: msg("there is no such file, expected one"),
    errno.ELOOP: msg("is a symbolic link, expected a file"),
    errno.EISDIR: msg("is a directory, expected a file"),
    errno.ENOTDIR: msg("a part of the path is not a directory, expected one"),
    errno.ENAMETOOLONG: msg("the name is too long, expected a shorter one"),
}
