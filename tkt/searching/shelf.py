"""Is every file of the knowledge base as it should be? What `tkt check` tells of it, whatever day it is."""

from __future__ import annotations

from collections.abc import Callable

from tkt.desk import Desk
from tkt.errors import Problem
from tkt.knowledge.article import by_slug
from tkt.knowledge.judging import Shelf, faults_in
from tkt.store.feedback import read_feedback
from tkt.store.knowledge import read_articles


def knowledge_problems(desk: Desk, has_ticket: Callable[[str], bool]) -> list[Problem]:
    """What is wrong with articles, and with the lines of readers' votes and searches."""
    articles, problems = read_articles(desk.root)
    shelf = Shelf(articles=by_slug(articles), config=desk.config, has_ticket=has_ticket)
    return [*problems, *faults_in(articles, shelf), *read_feedback(desk.root).problems]
