"""Where are we: in which folder, desk, repository, and what of that cannot be read?"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from tkt.clone import Setup
from tkt.errors import ConfigError, GitError, NotFound
from tkt.frozen import dataclass
from tkt.schema import Configuration
from tkt.store.config import find_desk, load_configuration
from tkt.store.gitclone import Version, branch_of, git_version
from tkt.store.gitrepo import GitRepo


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What is examined. `config` and `repo` are None where there is none, or an error says why."""

    folder: Path
    root: Path | None = None
    config: Configuration | None = None
    repo: GitRepo | None = None
    config_error: ConfigError | None = None
    git_error: GitError | None = None

    @property
    def here(self) -> Path:
        """The desk, or else the folder."""
        return self.root or self.folder

    @cached_property
    def git(self) -> Version | None:
        """git's version; None where it is not installed."""
        try:
            return git_version(self.folder)
        except GitError:
            return None

    @cached_property
    def branch(self) -> str | None:
        """The branch that is checked out."""
        return branch_of(self.here)

    @cached_property
    def setup(self) -> Setup:
        """What git was told about tkt."""
        return Setup(self.here)


def surroundings_of(folder: Path) -> Surroundings:
    """Where `folder` lies. Errors: FileError."""
    try:
        root = find_desk(folder)
    except NotFound:
        return Surroundings(folder=folder)
    config, config_error = _configuration(root)
    repo, git_error = _repository(root)
    return Surroundings(
        folder=folder,
        root=root,
        config=config,
        repo=repo,
        config_error=config_error,
        git_error=git_error,
    )


def _configuration(root: Path) -> tuple[Configuration | None, ConfigError | None]:
    try:
        return load_configuration(root), None
    except ConfigError as error:
        return None, error


def _repository(root: Path) -> tuple[GitRepo | None, GitError | None]:
    try:
        return GitRepo.of(root), None
    except GitError as error:
        return None, error
