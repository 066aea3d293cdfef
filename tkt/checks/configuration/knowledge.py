"""Does config/reports.yaml say when an article is wanted in words that mean something?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tkt.checks.configuration.faults import fault
from tkt.errors import Problem
from tkt.i18n import msg
from tkt.knowledge.limits import REVIEW_AFTER, WANTED, faults_in
from tkt.schema import Configuration

_EXAMPLES: Mapping[str, str] = {"wanted": WANTED, "without": "[complaint]"}


def limits(config: Configuration) -> Iterator[Problem]:
    """What `thresholds.article` says."""
    for key in faults_in(config.reports.thresholds):
        message = msg("thresholds.article.{key} means nothing to tkt", key=key)
        example = _EXAMPLES.get(key, REVIEW_AFTER)
        hint = msg("write: {key}: {example}", key=key, example=example)
        yield fault(config, "reports", ("thresholds", "article", key), message, hint=hint)
