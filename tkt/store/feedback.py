"""What is on file of readers' votes and searches, and how is more of it written?

`knowledge/feedback/votes-….jsonl`, `searches-….jsonl`: one file an import, named by what it holds, so that two
clones never write the same lines into one file; a line that stands in two files counts once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.knowledge.article import FEEDBACK
from tkt.knowledge.feedback import Search, Vote
from tkt.store import strays
from tkt.store.files import FileError, os_message, read_file

VOTES, SEARCHES = "votes", "searches"
_ENDING = ".jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """All that readers said, each line once (of a search the highest count), and the lines that cannot be read."""

    votes: tuple[Vote, ...]
    searches: tuple[Search, ...]
    problems: tuple[Problem, ...]


def read_feedback(root: Path) -> Feedback:
    """What is on file; a desk without any has none."""
    problems: list[Problem] = []
    votes: dict[str, Vote] = {}
    searches: dict[str, Search] = {}
    for path in _paths(root, problems):
        is_vote = path.startswith(f"{FEEDBACK}/{VOTES}-")
        for number, keys in _lines(root, path, problems):
            try:
                if is_vote:
                    vote = _vote(keys)
                    votes.setdefault(vote.id, vote)
                else:
                    search = _search(keys)
                    known = searches.get(search.id)
                    searches[search.id] = search if known is None or search.count > known.count else known
            except (KeyError, TypeError, ValueError):
                problems.append(_bad(path, number, msg("is no line that tkt wrote, expected one as it was")))
    return Feedback(votes=tuple(votes.values()), searches=tuple(searches.values()), problems=tuple(problems))


def vote_line(vote: Vote) -> dict[str, Any]:
    """A vote as it is written."""
    found = {"id": vote.id, "slug": vote.slug, "helpful": vote.helpful, "on": vote.on.isoformat()}
    return found if vote.comment is None else {**found, "comment": vote.comment}


def search_line(search: Search) -> dict[str, Any]:
    """A search as it is written."""
    return {"id": search.id, "query": search.query, "count": search.count, "on": search.on.isoformat()}


def feedback_file(kind: str, day: date, lines: Iterable[Mapping[str, Any]]) -> tuple[str, bytes]:
    """The path and the content of a file with these lines."""
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    data = text.encode()
    return f"{FEEDBACK}/{kind}-{day.isoformat()}-{sha256(data).hexdigest()[:8]}{_ENDING}", data


def _vote(keys: Mapping[str, Any]) -> Vote:
    if not isinstance(keys["helpful"], bool):
        raise TypeError(keys["helpful"])
    comment = keys.get("comment")
    return Vote(
        id=_text(keys["id"]),
        slug=_text(keys["slug"]),
        helpful=keys["helpful"],
        on=date.fromisoformat(keys["on"]),
        comment=None if comment is None else _text(comment),
    )


def _search(keys: Mapping[str, Any]) -> Search:
    if type(keys["count"]) is not int or keys["count"] < 1:
        raise ValueError(keys["count"])
    return Search(
        id=_text(keys["id"]),
        query=_text(keys["query"]),
        count=keys["count"],
        on=date.fromisoformat(keys["on"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(value)
    return value


def _lines(root: Path, path: str, problems: list[Problem]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        text = read_file(root / path, root=root).decode()
    except FileError as error:
        problems.extend(error.problems)
        return
    except UnicodeDecodeError:
        problems.append(_bad(path, None, msg("is not UTF-8")))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            keys = json.loads(line)
        except (ValueError, RecursionError):
            keys = None
        if isinstance(keys, dict):
            yield number, keys
        else:
            problems.append(_bad(path, number, msg("is no JSON object, expected one a line")))


def _paths(root: Path, problems: list[Problem]) -> list[str]:
    if (root / FEEDBACK).is_symlink():
        problems.append(strays.symbolic_link(FEEDBACK))
        return []
    try:
        names = sorted(os.listdir(root / FEEDBACK))  # noqa: PTH208 - names alone
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        problems.append(strays.unreadable(FEEDBACK, os_message(error)))
        return []
    wanted = (
        name for name in names if name.endswith(_ENDING) and name.startswith((f"{VOTES}-", f"{SEARCHES}-"))
    )
    return [f"{FEEDBACK}/{name}" for name in wanted]


def _bad(path: str, line: int | None, message: Message) -> Problem:
    return Problem(code="feedback", path=path, line=line, message=message)
