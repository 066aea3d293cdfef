"""In which words of the desk is a customer written to?"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.desk import Desk
from tkt.errors import Problem, TktError
from tkt.i18n import msg
from tkt.store.replies import Reply, read_reply


class Replies:
    """The canned replies of a desk, each read once; what is wrong with one is told once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._read: dict[tuple[str, str], Reply | None] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Of every reply that was asked for and could not be used."""
        return tuple(problem for found in self._problems.values() for problem in found)

    def words(self, name: str, language: str, places: Mapping[str, object]) -> str | None:
        """A reply with its places filled.

        None where there is none in that language, it is empty, or cannot be used, so that a person of the
        desk writes instead.
        """
        try:
            reply = self._reply(name, language)
            return None if reply is None else self._filled(reply, language, places) or None
        except TktError as error:
            path = error.path or f"{name}.{language}"
            self._problems.setdefault(path, error.problems)
            return None

    def _reply(self, name: str, language: str) -> Reply | None:
        key = (name, language)
        if key not in self._read:
            self._read[key] = None
            self._read[key] = read_reply(self._desk.root, name, language)
        return self._read[key]

    def _filled(self, reply: Reply, language: str, places: Mapping[str, object]) -> str:
        """Errors: CannedError."""
        from tkt.render.canned import CannedError, canned

        if not reply.is_auto:
            raise CannedError(
                msg("tkt sends this reply by itself, which the keys above its text do not allow"),
                path=reply.path,
                line=1,
                hint=msg("above the text: ---, auto: true, ---, each on a line of its own"),
            )
        return canned(
            reply.text,
            places,
            language=language,
            zone=self._desk.zone,
            path=reply.path,
            first_line=reply.first_line,
        )
