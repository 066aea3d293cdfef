"""By which configuration is each end judged, and what if one cannot be read?"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property, partial

from tkt.comparison import Comparison
from tkt.differences import Side
from tkt.errors import Problem, TktError
from tkt.schema import Configuration
from tkt.sla import ServiceLevels
from tkt.store.gitrepo import EMPTY_TREE


class Sides:
    """The configurations of both ends; they are one where no file of it differs."""

    def __init__(self, comparison: Comparison, changed: Collection[str], *, is_broken: bool) -> None:
        """`is_broken`: what lies on the disk cannot be read, and the desk stands on another one."""
        self._comparison = comparison
        self._changed = changed
        self._is_broken = is_broken
        self._problems: list[Problem] = []

    @cached_property
    def new(self) -> Side:
        """The new end."""
        if self._is_broken and self._comparison.range.new is None:
            return Side(config=None, levels=None)
        return self._side(self._comparison.new_config)

    @cached_property
    def old(self) -> Side:
        """The old end."""
        if not self._changed and self.new.levels is not None:
            return self.new
        return self._side(self._comparison.old_config)

    @property
    def judges(self) -> tuple[Side, Side]:
        """Each end by its own configuration; by the other's where its own cannot be read."""
        return (self.old if self.old.levels else self.new), (self.new if self.new.levels else self.old)

    @property
    def words(self) -> Configuration:
        """Whose words are used for statuses, teams and people."""
        return self.new.config or self.old.config or self._comparison.desk.config

    @property
    def unread(self) -> tuple[str, ...]:
        """`old`, `new`: the ends whose configuration cannot be read."""
        was_there = self._comparison.range.old != EMPTY_TREE
        lacking = (("old", was_there and self.old.levels is None), ("new", self.new.levels is None))
        return tuple(name for name, lacks in lacking if lacks)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with them."""
        _ = self.old, self.new
        return (*self._comparison.config_problems, *self._problems)

    def _side(self, config: Configuration | None) -> Side:
        desk = self._comparison.desk
        if config is None:
            return Side(config=None, levels=None)
        if config is desk.config:
            return Side(config=config, levels=self._levels(lambda: desk.levels))
        return Side(config=config, levels=self._levels(partial(ServiceLevels.from_configuration, config)))

    def _levels(self, read: Callable[[], ServiceLevels]) -> ServiceLevels | None:
        try:
            return read()
        except TktError as error:
            self._problems.extend(error.problems)
            return None
