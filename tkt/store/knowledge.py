"""Which articles does a desk have, and which files of them cannot be read?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tkt.errors import DataError, Problem
from tkt.i18n import msg
from tkt.knowledge.article import FEEDBACK, FOLDER, LARGEST, Article, is_article
from tkt.store import strays
from tkt.store.codec.articles import read_article
from tkt.store.files import FileError, os_message, read_file


def read_articles(root: Path) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The desk's articles by their names, and what is wrong with the files that hold none."""
    paths, strange = scan_articles(root)
    problems = list(strange)
    found: dict[str, Article] = {}
    for path in paths:
        try:
            article = article_at(root, path)
        except (DataError, FileError) as error:
            problems.extend(error.problems)
            continue
        if article.slug in found:
            problems.append(_twice(found[article.slug], article))
        else:
            found[article.slug] = article
    return tuple(found[slug] for slug in sorted(found)), tuple(problems)


def article_at(root: Path, path: str) -> Article:
    """The article in a file of the desk. Errors: FileError, DataError."""
    return read_article(read_file(root / path, root=root, limit=LARGEST), path=path)


def scan_articles(root: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The paths of the desk's articles in their order, and why there are no more of them; links are not followed."""
    paths: list[str] = []
    problems: list[Problem] = []
    folders = [FOLDER]
    while folders:
        folder = folders.pop()
        try:
            entries = _entries(root, folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(strays.unreadable(folder, os_message(error)))
            continue
        for path, is_link, is_folder in entries:
            if is_link:
                problems.extend([strays.symbolic_link(path)] if is_folder or is_article(path) else ())
            elif is_folder:
                folders.append(path)
            elif is_article(path):
                paths.append(path)
    return tuple(sorted(paths)), tuple(problems)


def _entries(root: Path, folder: str) -> Iterator[tuple[str, bool, bool]]:
    """(path, whether it is a link, whether it is a folder) of what may hold articles. Errors: OSError."""
    if (root / folder).is_symlink():
        return iter([(folder, True, True)])
    with os.scandir(root / folder) as found:
        each = [(f"{folder}/{it.name}", it.is_symlink(), it.is_dir()) for it in found if it.name[0] != "."]
    return iter([it for it in each if it[0] != FEEDBACK])


def _twice(first: Article, second: Article) -> Problem:
    return Problem(
        code="article",
        path=second.path,
        message=msg("another article has this name: {path}; expected one of each name", path=first.path),
        hint=msg("git mv it to another name"),
    )
