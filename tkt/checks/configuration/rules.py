"""Do the rules of config/rules.yaml set what rules may set, to values that exist?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tkt.actions.values import parsed, settable
from tkt.checks.configuration.faults import Place, fault
from tkt.errors import Problem, UsageError
from tkt.i18n import msg
from tkt.rules import CATEGORYS_TEAM, NEVER_SET, SKILL
from tkt.schema import Configuration

_FILE = "rules"


def names(config: Configuration) -> Iterator[Problem]:
    """Each rule has a name of its own: events are written in it."""
    times = Counter(rule.name for rule in config.rules.rules)
    for number, rule in enumerate(config.rules.rules):
        if times[rule.name] > 1:
            message = msg("there are several rules named {rule}", rule=rule.name)
            yield fault(config, _FILE, ("rules", number, "name"), message)


def settings(config: Configuration) -> Iterator[Problem]:
    """A rule sets fields that exist to values that they may have, and never type or category."""
    for number, rule in enumerate(config.rules.rules):
        for field, value in rule.set.items():
            place: Place = ("rules", number, "set", field)
            if field in NEVER_SET:
                message = msg("a rule never sets {field}: people do", field=field)
                yield fault(config, _FILE, place, message)
            elif field != SKILL and (field, value) != ("team", CATEGORYS_TEAM):
                yield from _setting(config, place, field, value)


def _setting(config: Configuration, place: Place, field: str, value: str) -> Iterator[Problem]:
    try:
        settable(config, field)
        parsed(config, field, value, {})
    except UsageError as error:
        yield fault(config, _FILE, place, error.message, hint=error.hint)
