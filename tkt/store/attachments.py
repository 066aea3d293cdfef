"""Where do the files of a ticket lie, and are they still what was kept?

`attachments/<id>/<beginning of the SHA-256><ending>`. They are found by that beginning and proven by the
whole hash; links are not followed, and nothing is ever run.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from tkt.attachments import Attachment, Upload, folder_of, label_of, upload
from tkt.attachments.types import MEGABYTE, NotAllowed, refuse_unwanted
from tkt.errors import Conflict, TktError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.schema.desk import AttachmentPolicy
from tkt.store import sparse
from tkt.store.files import MAX_BYTES, FileError, inside, os_message, read_file
from tkt.store.gitrepo import GitRepo

_POINTER = b"version https://git-lfs.github.com/spec/"


class AttachmentLost(TktError):
    """A file that an event speaks of is gone, or is another one."""

    code = "attachment-lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file as it lies there; `size` is None where it is in git alone."""

    path: str
    size: int | None


def read_upload(file: Path, policy: AttachmentPolicy, *, name: str = "") -> Upload:
    """The user's own file, to be kept under `name`, else under its own. Errors: FileError, NotAllowed."""
    label = label_of(name or file.name)
    try:
        found = os.lstat(file)
    except OSError as error:
        raise FileError(os_message(error), path=str(file)) from error
    if stat.S_ISREG(found.st_mode) and found.st_size > policy.file_mb * MEGABYTE:
        fault = msg("is larger than {limit} MB, expected at most that", limit=policy.file_mb)
        raise NotAllowed(fault, path=str(file), hint=msg("what is kept, tkt.yaml says: attachments"))
    data = read_file(file)
    refuse_unwanted(label, data, policy)
    return upload(label, data)


def stored(root: Path, ticket_id: str, *, left_out: Sequence[str] | None = None) -> tuple[Stored, ...]:
    """The files that lie in a ticket's folder, and those that a sparse checkout keeps off the disk.

    `left_out` are the latter, where the caller has asked git already.
    """
    folder = folder_of(ticket_id)
    in_git = sparse.left_out(root, folder) if left_out is None else left_out
    return (*_on_disk(root, folder), *(Stored(path=path, size=None) for path in in_git))


def _on_disk(root: Path, folder: str) -> Iterator[Stored]:
    try:
        with os.scandir(inside(root, f"{folder}/file").parent) as entries:
            found = sorted((it.name, it.stat(follow_symlinks=False).st_size) for it in entries)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise FileError(os_message(error), path=folder) from error
    yield from (Stored(path=f"{folder}/{name}", size=size) for name, size in found if name[0] != ".")


def place_for(root: Path, ticket_id: str, it: Upload) -> str | None:
    """Where a file is to be written, relative to the desk; None where git alone has it and nothing is to be done.

    Where the same content lies there already it is that place. Errors: Conflict, where what lies there is another file.
    """
    there = next((each for each in stored(root, ticket_id) if stem_of(each.path) == it.stem), None)
    if there is None:
        return f"{folder_of(ticket_id)}/{it.stored_name}"
    if there.size is None:
        return None
    if read_file(root / there.path, root=root) != it.data:
        raise Conflict(msg("is not what its name says it is; nothing was overwritten"), path=there.path)
    return there.path


def content_of(root: Path, ticket_id: str, it: Attachment) -> bytes:
    """What was kept, proven by its hash; out of git, where a sparse checkout keeps it off the disk.

    Errors: AttachmentLost, FileError, GitError.
    """
    if it.sha256 is None or it.stem is None:
        raise AttachmentLost(msg("the event {event} does not say which file it is", event=it.event))
    there = next((each for each in stored(root, ticket_id) if stem_of(each.path) == it.stem), None)
    if there is None:
        raise gone(ticket_id, it)
    data = _bytes_of(root, there)
    if data.startswith(_POINTER):
        raise AttachmentLost(
            msg("is a pointer of git LFS, and the file itself is not in this clone"),
            path=there.path,
            hint=msg("git lfs pull"),
        )
    if hashlib.sha256(data).hexdigest() != it.sha256:
        raise changed(there.path, it)
    return data


def fault_of(root: Path, ticket_id: str, it: Attachment, there: Stored | None) -> TktError | None:
    """What is wrong with a file by its name and size; its content is not read, but where the size is another."""
    if it.sha256 is None:
        return AttachmentLost(msg("the event {event} does not say which file it is", event=it.event))
    if there is None:
        return gone(ticket_id, it)
    if there.size is None or it.size is None or there.size == it.size:
        return None
    try:
        content_of(root, ticket_id, it)
    except TktError as error:
        return error
    return AttachmentLost(
        msg("has {size} bytes, but its event says {said}", size=there.size, said=it.size), path=there.path
    )


def gone(ticket_id: str, it: Attachment) -> AttachmentLost:
    """The error for a file that is not there."""
    folder = folder_of(ticket_id)
    path = f"{folder}/{it.stem}"
    return AttachmentLost(
        msg("no file begins so, expected {file}", file=label_of(it.name)),
        path=path,
        hint=msg("git checkout HEAD -- '{path}*'", path=path),
    )


def changed(path: str, it: Attachment) -> AttachmentLost:
    """The error for a file with other content than was kept."""
    return AttachmentLost(
        msg("is not the file {file} that was kept: its SHA-256 is another", file=label_of(it.name)),
        path=path,
        hint=msg("git log --stat -- {path}", path=path),
    )


def stem_of(path: str) -> str:
    """How the name of a file begins, which says what it holds."""
    return path.rpartition("/")[2].partition(".")[0]


def _bytes_of(root: Path, there: Stored) -> bytes:
    if there.size is not None:
        return read_file(root / there.path, root=root, limit=MAX_BYTES)
    repo = GitRepo.of(root)
    data = repo.file_at("HEAD", there.path) if repo else None
    if data is None:
        raise AttachmentLost(
            msg("is left out by this clone's sparse checkout, and git does not give it"),
            path=there.path,
            hint=sparse.how_to_get(root, [there.path.rpartition("/")[0]]),
        )
    return data
