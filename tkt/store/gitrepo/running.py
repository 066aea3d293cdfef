"""How is a git command run, through GitPython, and what did it answer?

`Repo.git` alone is used: GitPython's own index and diffs are written in Python and too slow for
100,000 files. It takes 80 ms to import, so it is loaded when the first command runs.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from tkt.errors import GitError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.late import late
from tkt.store.files import FileError, os_message
from tkt.store.gitquick import Place, own_repository_variables

if TYPE_CHECKING:
    from git import Git

FEW = 200
"""So many paths are named on a command line; more of them are picked out of git's full answer."""

_WILD = late(r"[*?[\]\\]")

_STEADY = {
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "C",
    "GIT_OPTIONAL_LOCKS": "0",  # to look must not take the lock of the index
    # `:(literal)` is said path by path: as variables these would change what hooks mean by a path.
    "GIT_LITERAL_PATHSPECS": "0",
    "GIT_GLOB_PATHSPECS": "0",
    "GIT_NOGLOB_PATHSPECS": "0",
    "GIT_ICASE_PATHSPECS": "0",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a git command said."""

    status: int
    output: bytes
    complaint: str

    @property
    def text(self) -> str:
        """The output as text; bytes that are not UTF-8 are kept as surrogates."""
        return os.fsdecode(self.output)

    @property
    def entries(self) -> tuple[str, ...]:
        """The output of a command with `-z`."""
        return tuple(self.text.split("\0")[:-1])

    @property
    def words(self) -> str:
        """Everything it said, for a person."""
        return "\n".join(part for part in (self.text.strip(), self.complaint.strip()) if part)


def told(settings: Mapping[str, str]) -> dict[str, str]:
    """The variables that tell a git command some settings, beside those that the environment already tells."""
    start = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    found = {"GIT_CONFIG_COUNT": str(start + len(settings))}
    for number, (key, value) in enumerate(settings.items(), start):
        found |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return found


@contextmanager
def told_of_git() -> Iterator[None]:
    """What the system refuses us on the way to git. Errors: FileError."""
    try:
        yield
    except OSError as error:
        raise FileError(os_message(error), path="git") from error


@dataclass(frozen=True)
class Runner:
    """Runs git commands in one working tree."""

    place: Place

    @cached_property
    def _git(self) -> Git:
        from git import Repo

        git = Repo(self.place.top or self.place.git_dir, expand_vars=False).git
        git.update_environment(**_STEADY, **own_repository_variables(self.place))
        if self.is_sparse:  # git 2.39 loses a new path that it puts into an index of whole directories
            git.update_environment(**told({"index.sparse": "false"}))
        return git

    @property
    def is_sparse(self) -> bool:
        """Whether this clone keeps files off the disk, or has done so."""
        return (self.place.git_dir / "info/sparse-checkout").exists()

    def __call__(
        self,
        command: str,
        *args: str,
        stdin: bytes | None = None,
        env: Mapping[str, str] | None = None,
        check: bool = True,
    ) -> Answer:
        """Run `git <command> <args>` in the top directory of the working tree.

        Errors: GitError with git's words, unless `check` is False; FileError where the system has
        no room for its input, or cannot start it.
        """
        with told_of_git():
            answer = self._answered(command, args, stdin, env)
        if check and answer.status != 0:
            raise GitError(msg("git {command} failed: {output}", command=command, output=answer.words))
        return answer

    def _answered(
        self, command: str, args: Iterable[str], stdin: bytes | None, env: Mapping[str, str] | None
    ) -> Answer:
        with tempfile.TemporaryFile() as stream:
            stream.write(stdin or b"")
            stream.seek(0)
            status, output, complaint = getattr(self._git, command.replace("-", "_"))(
                *args,
                istream=stream,
                env=env,
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
            )
        return Answer(status, output, complaint)

    def inside(self, path: str) -> str:
        """`path` of the desk, as git names it from the top of the working tree."""
        return self.place.prefix + path

    def literally(self, paths: Iterable[str]) -> tuple[str, ...]:
        """`paths` of the desk as pathspecs that match themselves and nothing else."""
        return tuple(f":(top,literal){self.inside(path)}" for path in paths)

    def below(self, folder: str, names: Iterable[str]) -> tuple[str, ...]:
        """Pathspecs for the files of these names (without wildcards) at any depth below `folder`."""
        start = _WILD.sub(r"\\\g<0>", self.inside(folder))
        return tuple(f":(top,glob){start}/**/{name}" for name in names)

    def listed(self, paths: Iterable[str]) -> bytes:
        """The same for `--pathspec-from-file=… --pathspec-file-nul`."""
        return b"".join(os.fsencode(spec) + b"\0" for spec in self.literally(paths))

    def named(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Pathspecs for commands that read no list: `paths` if they are few, else the desk."""
        return self.literally(paths if len(paths) <= FEW else [""])

    def outside(self, name: str) -> str:
        """What git calls `name` from the top, relative to the desk; `../x` where it lies outside."""
        prefix = self.place.prefix
        return name.removeprefix(prefix) if name.startswith(prefix) else os.path.relpath(name, prefix or ".")


__all__ = ["FEW", "Answer", "Runner", "told", "told_of_git"]
