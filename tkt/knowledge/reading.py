"""What article do keys and a text make, and what is wrong with the keys?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType

from tkt.attachments.names import is_device
from tkt.errors import Problem, Severity, did_you_mean
from tkt.i18n import Message, msg
from tkt.knowledge.article import LONGEST_SLUG, RESERVED, Article, Retired, Verified, is_slug, language_of
from tkt.late import late
from tkt.model import Value
from tkt.schema.knowledge import ArticleFile
from tkt.schema.reading import Fault, read_struct

LineOf = Callable[..., int | None]
CODE = "article"
_KNOWN = frozenset(ArticleFile.__struct_fields__)
_TEXTS = ("title", "owner")
_HEADING = late(r"^[ \t]{0,3}#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


def article_from(
    keys: Mapping[str, Value],
    body: str,
    *,
    path: str,
    first_line: int,
    line: LineOf,
    written: Callable[..., str | None],
) -> tuple[Article | None, list[Problem]]:
    """The article, or None and everything that is wrong with it.

    `line` and `written` say where the value of a key stands, and how it is written there.
    """
    named: dict[str, Value] = {key: value for key, value in keys.items() if key in _KNOWN}
    for key in _TEXTS:
        if isinstance(named.get(key), (int, float)):
            named[key] = written(key)
    file, faults = read_struct(ArticleFile, named)
    slug = PurePosixPath(path).stem
    problems = [*_name_fault(slug, path), *(_problem(each, path, line) for each in faults)]
    title = _title(file.title if file else None, body)
    if file is not None:
        problems.extend(_date_faults(file, path, line))
        if title is None:
            hint = msg("write: title: …")
            problems.append(
                Problem(code=CODE, message=msg("the article has no title"), path=path, line=1, hint=hint)
            )
    if problems or file is None or title is None:
        return None, problems
    return _made(file, keys, title, body, slug, path, first_line, line), []


def key_warnings(article: Article) -> Iterator[Problem]:
    """The keys that tkt does not know: they stay, and mean nothing to it."""
    for key in article.others:
        yield Problem(
            code="article-key",
            message=msg("{key} is no key of an article; it is kept and means nothing", key=key),
            path=article.path,
            line=article.lines.get(key),
            hint=did_you_mean(key, sorted(_KNOWN)),
            severity=Severity.WARNING,
        )


def _made(
    file: ArticleFile,
    keys: Mapping[str, Value],
    title: str,
    body: str,
    slug: str,
    path: str,
    first_line: int,
    line: LineOf,
) -> Article:
    verified, retired = file.verified, file.retired
    return Article(
        slug=slug,
        path=path,
        title=title,
        body=body,
        kind=file.kind,
        visibility=file.visibility,
        state=file.state,
        owner=file.owner or None,
        review_by=_day(file.review_by),
        applies_to=tuple(file.applies_to),
        language=file.language or language_of(f"{title}\n{body}"),
        translation_of=file.translation_of,
        tags=tuple(file.tags),
        sources=tuple(file.sources),
        related=tuple(file.related),
        verified=None if verified is None else Verified(at=date.fromisoformat(verified.at), by=verified.by),
        retired=None
        if retired is None
        else Retired(
            at=date.fromisoformat(retired.at), by=retired.by, why=retired.why, instead=retired.instead
        ),
        first_line=first_line,
        others=MappingProxyType({key: value for key, value in keys.items() if key not in _KNOWN}),
        lines=MappingProxyType({key: number for key in keys if (number := line(key)) is not None}),
    )


def _title(title: str | None, body: str) -> str | None:
    if title is not None and title.strip():
        return title.strip()
    heading = _HEADING.search(body)
    return heading[1] if heading else None


def _name_fault(slug: str, path: str) -> Iterator[Problem]:
    if is_slug(slug):
        return
    told = _name_told(slug)
    yield Problem(code=CODE, message=told, path=path, hint=msg("git mv it to another name"))


def _name_told(slug: str) -> Message:
    if slug in RESERVED:
        return msg("{slug}: a page of the help centre has this name, expected another one", slug=slug)
    if is_device(slug):
        return msg("{slug}: Windows keeps this name for itself, expected another one", slug=slug)
    return msg(
        "{slug} is no name of an article, expected lower-case letters, digits and single - between them,"
        " at most {limit}",
        slug=slug,
        limit=LONGEST_SLUG,
    )


def _date_faults(file: ArticleFile, path: str, line: LineOf) -> Iterator[Problem]:
    """A day that is written as one and is none: 2026-02-30."""
    days = (
        (("review_by",), file.review_by),
        (("verified", "at"), file.verified.at if file.verified else None),
        (("retired", "at"), file.retired.at if file.retired else None),
    )
    for key, text in days:
        if text is not None and _day(text) is None:
            told = msg("{key} is {text}, which is no day", key=".".join(key), text=text)
            yield Problem(code=CODE, message=told, path=path, line=line(*key))


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def _problem(fault: Fault, path: str, line: LineOf) -> Problem:
    numbers = (line(*fault.path[:length]) for length in range(len(fault.path), 0, -1))
    where = next((number for number in numbers if number is not None), 1)
    return Problem(code=CODE, message=fault.message, path=path, line=where, hint=fault.hint)
