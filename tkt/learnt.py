"""What is wrong with the reviews and improvements of a desk?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tkt.checks.lessons import check_lesson
from tkt.desk import Desk
from tkt.errors import Problem
from tkt.lessons import Lesson
from tkt.store.codec.reading import Document
from tkt.store.codec.tickets import event_line
from tkt.store.lessons import IMPROVEMENTS, REVIEWS, improvements_with_lines, reviews_with_lines

FOLDERS = (f"{REVIEWS}/", f"{IMPROVEMENTS}/")


def lesson_problems(desk: Desk, is_ticket: Callable[[str], bool]) -> list[Problem]:
    """All of it. `is_ticket` says whether the desk has a ticket of that id."""
    problems: list[Problem] = []
    reviews = list(reviews_with_lines(desk.root, problems))
    improvements = list(improvements_with_lines(desk.root, problems))
    of_reviews, of_improvements = (
        frozenset(lesson.id for lesson, _ in found) for found in (reviews, improvements)
    )
    for review in reviews:
        problems.extend(_judged(desk, *review, is_ticket, of_improvements))
    for improvement in improvements:
        problems.extend(_judged(desk, *improvement, is_ticket, of_reviews))
    return problems


def _judged(
    desk: Desk, lesson: Lesson, document: Document, is_ticket: Callable[[str], bool], names: frozenset[str]
) -> Iterator[Problem]:
    for found in check_lesson(lesson, desk.config, is_ticket=is_ticket, names=names):
        line = event_line(document, found.event) if found.event else document.line(*found.key)
        yield Problem(
            code=found.code,
            message=found.message,
            path=lesson.path,
            line=line,
            severity=found.severity,
            hint=found.hint,
        )
