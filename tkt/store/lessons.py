"""Which reviews and improvements are on file? One that cannot be read is a problem and hides no other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from tkt.errors import DataError, Problem
from tkt.lessons import Improvement, Lesson, Review
from tkt.store import strays
from tkt.store.codec.lessons import read_improvement, read_review
from tkt.store.codec.reading import Document
from tkt.store.files import FileError, os_message, read_file

REVIEWS, IMPROVEMENTS = "reviews", "improvements"
L = TypeVar("L", bound=Lesson)


def read_reviews(root: Path) -> tuple[tuple[Review, ...], tuple[Problem, ...]]:
    """Those of reviews/ in the order of their names, and why there are no more of them."""
    problems: list[Problem] = []
    found = [it for it, _ in reviews_with_lines(root, problems)]
    return tuple(found), tuple(problems)


def read_improvements(root: Path) -> tuple[tuple[Improvement, ...], tuple[Problem, ...]]:
    """The same for improvements/."""
    problems: list[Problem] = []
    found = [it for it, _ in improvements_with_lines(root, problems)]
    return tuple(found), tuple(problems)


def reviews_with_lines(root: Path, problems: list[Problem]) -> Iterator[tuple[Review, Document]]:
    """The same, each with what knows its lines; what cannot be read is added to `problems`."""
    return _read(root, REVIEWS, lambda data, path: read_review(data, path=path), problems)


def improvements_with_lines(root: Path, problems: list[Problem]) -> Iterator[tuple[Improvement, Document]]:
    """Likewise."""
    return _read(root, IMPROVEMENTS, lambda data, path: read_improvement(data, path=path), problems)


def _read(
    root: Path, folder: str, reader: Callable[[bytes, str], tuple[L, Document]], problems: list[Problem]
) -> Iterator[tuple[L, Document]]:
    for path in _paths(root, folder, problems):
        try:
            yield reader(read_file(root / path, root=root), path)
        except (DataError, FileError) as error:
            problems.extend(error.problems)


def _paths(root: Path, folder: str, problems: list[Problem]) -> list[str]:
    """The YAML files of a folder of the desk; links are not followed."""
    if (root / folder).is_symlink():
        problems.append(strays.symbolic_link(folder))
        return []
    try:
        names = sorted(os.listdir(root / folder))  # noqa: PTH208 - names alone
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(strays.unreadable(folder, os_message(error)))
        return []
    return [f"{folder}/{name}" for name in names if name.endswith(".yaml") and name[0] != "."]
