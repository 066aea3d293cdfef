"""How do three versions of one file become one, where git asks?

What cannot be merged is left as our side has it and stays in conflict for git; `tkt repair` puts it
together by id once git has stopped.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from tkt.driver.essentials import essentials_of
from tkt.errors import EXIT_NO, Problem, Refused, TktError
from tkt.i18n import Message, msg
from tkt.store.codec.merging import MergedText, merged_article_text, merged_text
from tkt.store.files import read_file, replace_file

_RECORDS = (".yaml", ".yml")


class NotMerged(TktError):
    """A file stays in conflict; `reasons` say why, where there is more to say."""

    code = "not-merged"
    exit_code = EXIT_NO

    def __init__(
        self, path: str, message: Message, *, hint: Message, reasons: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__(message, path=path, hint=hint)
        self.problems = (*reasons, self.problem)


def merge_files(base: Path, ours: Path, theirs: Path, path: str) -> None:
    """Write what the three versions of `path` (below the working directory) make together over `ours`.

    An empty `base` is none. Errors: NotMerged, with `ours` as it was, but for a text that a person must
    settle: it then holds both versions between markers; FileError.
    """
    before = read_file(ours)
    try:
        merged = _merged(read_file(base) or None, before, read_file(theirs), path)
    except TktError as error:
        raise _left_alone(path, error) from error
    replace_file(ours, merged.data, expected=before, sync=False)
    if merged.conflicted:
        raise _for_a_person(path)


def _merged(base: bytes | None, ours: bytes, theirs: bytes, path: str) -> MergedText:
    """By its events where it is a record; anything else by its lines, as git does it."""
    if not path.endswith(_RECORDS):
        if any(b"\0" in data for data in (base or b"", ours, theirs)):
            raise Refused(msg("a file that is no text cannot be merged"), path=path)
        return merged_article_text(base, ours, theirs, path=path)
    needed = essentials_of(Path(), path)
    return merged_text(base, ours, theirs, path=needed.path, kinds=needed.kinds, finished=needed.finished)


def _left_alone(path: str, error: TktError) -> NotMerged:
    return NotMerged(
        path,
        msg("is not merged and stays as it is on our side, in conflict"),
        hint=msg("once git has stopped: tkt repair"),
        reasons=error.problems,
    )


def _for_a_person(path: str) -> NotMerged:
    return NotMerged(
        path,
        msg("both sides changed the same lines of the text; both stand between <<<<<<< and >>>>>>>"),
        hint=msg(
            "put the text in order between the markers, then: git add -- {path}", path=shlex.quote(path)
        ),
    )
