"""What did a desk look like as of a commit, without checking it out?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from tkt.errors import NotFound
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.schema.configuration import CALENDAR_FILES, Configuration
from tkt.store.config import DESK_FILE, configuration_from

if TYPE_CHECKING:
    from tkt.store.gitrepo import GitRepo


@dataclass(frozen=True)
class Snapshot:
    """The desk of `repo` as of the commit or tree `rev`."""

    repo: GitRepo
    rev: str

    @cached_property
    def config(self) -> Configuration:
        """Its configuration. Errors: ConfigError; NotFound where there was no desk yet."""
        data = self._configuration_files
        if DESK_FILE not in data:
            raise NotFound(msg("there is no desk in {rev}: it has no tkt.yaml there", rev=self.rev[:10]))
        calendars = sorted(path for path in data if path.startswith(f"{CALENDAR_FILES}/"))
        return configuration_from(data.get, calendars)

    @cached_property
    def _configuration_files(self) -> Mapping[str, bytes]:
        named = self.repo.blobs_below(self.rev, (DESK_FILE, "config"))
        wanted = {path: blob for path, blob in named.items() if path.endswith(".yaml")}
        held = self.repo.blobs(wanted.values())
        return {path: held[blob] for path, blob in wanted.items()}
