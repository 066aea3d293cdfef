"""Do the keys of an article agree with the desk and with the other articles? One function a question.

`tkt check` asks all of them. None depends on the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from tkt.errors import Problem, Severity, did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.knowledge.article import Article
from tkt.knowledge.reading import CODE, key_warnings
from tkt.schema import Configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """All articles of a desk, and what else their keys name. `has_ticket`: whether there is a ticket of that id."""

    articles: Mapping[str, Article]  # by their slugs
    config: Configuration
    has_ticket: Callable[[str], bool]


def judged(article: Article, shelf: Shelf) -> Iterator[Problem]:
    """Everything that is wrong with the keys of one article."""
    for question in QUESTIONS:
        yield from question(article, shelf)


def faults_in(articles: Iterable[Article], shelf: Shelf) -> Iterator[Problem]:
    """The same for several."""
    return (problem for article in articles for problem in judged(article, shelf))


def owners(article: Article, shelf: Shelf) -> Iterator[Problem]:
    """The owner is a person of the desk, and still there."""
    people = shelf.config.people.people
    if article.owner is None:
        if article.state == "verified":
            told = msg("a verified article has no owner, expected who looks after it")
            yield problem(article, "state", told, hint=msg("write: owner: …"))
    elif article.owner not in people:
        told = msg("no person {name} in config/people.yaml", name=article.owner)
        yield problem(article, "owner", told, hint=did_you_mean(article.owner, people))
    elif people[article.owner].kind == "former" and article.is_in_use:
        told = msg("{name} does not work here any more, expected another owner", name=article.owner)
        yield problem(article, "owner", told, severity=Severity.WARNING)


def reviews(article: Article, _shelf: Shelf) -> Iterator[Problem]:
    """A verified article says when it is looked at again, a retired one why it is out of use."""
    if article.state == "verified" and article.review_by is None:
        told = msg("a verified article says when it is looked at again")
        yield problem(article, "state", told, hint=msg("tkt kb verify {slug}", slug=article.slug))
    if article.state == "retired" and article.retired is None:
        told = msg("a retired article says who took it out of use, when and why")
        yield problem(article, "state", told, hint=msg('tkt kb retire {slug} --why "…"', slug=article.slug))
    if article.state != "retired" and article.retired is not None:
        told = msg("the article is {state}, and says that it was retired", state=article.state)
        yield problem(
            article, "retired", told, hint=msg("leave the key retired out, or write: state: retired")
        )


def applications(article: Article, shelf: Shelf) -> Iterator[Problem]:
    """What it applies to are products and categories of the taxonomy."""
    config = shelf.config
    categories = {f"{kind}/{name}" for kind, group in config.taxonomy.types.items() for name in group}
    known = (*config.taxonomy.products, *sorted(categories))
    for word in article.applies_to:
        if word not in known:
            told = msg("{word} is neither a product nor a category, expected one such as {example}", word=word,
                       example=(known or ("type/category",))[0])  # fmt: skip
            yield problem(article, "applies_to", told, hint=did_you_mean(word, known))


def sources(article: Article, shelf: Shelf) -> Iterator[Problem]:
    """The tickets that it was made of are there."""
    for ticket in article.sources:
        if not shelf.has_ticket(ticket):
            yield problem(article, "sources", msg("no ticket {part}", part=ticket))


def relations(article: Article, shelf: Shelf) -> Iterator[Problem]:
    """The articles that it names are there."""
    named = [("related", slug) for slug in article.related]
    if article.retired is not None and article.retired.instead is not None:
        named.append(("retired", article.retired.instead))
    for key, slug in named:
        if slug == article.slug:
            yield problem(article, key, msg("the article names itself"))
        elif slug not in shelf.articles:
            yield problem(
                article, key, msg("no article {slug}", slug=slug), hint=did_you_mean(slug, shelf.articles)
            )
    instead = article.retired.instead if article.retired else None
    if instead in shelf.articles and not shelf.articles[str(instead)].is_in_use:
        told = msg("{slug} is retired itself, expected an article that is in use", slug=instead)
        yield problem(article, "retired", told, severity=Severity.WARNING)


def translations(article: Article, shelf: Shelf) -> Iterator[Problem]:
    """A translation names the article that it says again, which is in another language and no translation itself."""
    slug = article.translation_of
    if slug is None:
        return
    original = shelf.articles.get(slug)
    if original is None:
        yield problem(
            article,
            "translation_of",
            msg("no article {slug}", slug=slug),
            hint=did_you_mean(slug, shelf.articles),
        )
    elif original.translation_of is not None:
        told = msg("{slug} is a translation itself, expected the article that it was made of", slug=slug)
        yield problem(
            article,
            "translation_of",
            told,
            hint=msg("write: translation_of: {slug}", slug=original.translation_of),
        )
    elif original.language == article.language:
        told = msg("{slug} is in the same language, expected another one", slug=slug)
        yield problem(article, "translation_of", told, hint=msg("write: language: en, or zh, in both"))


def problem(
    article: Article,
    key: str,
    message: Message,
    *,
    hint: Message | None = None,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A fault of a key of an article."""
    line = article.lines.get(key, 1)
    return Problem(code=CODE, message=message, path=article.path, line=line, hint=hint, severity=severity)


QUESTIONS: tuple[Callable[[Article, Shelf], Iterator[Problem]], ...] = (
    lambda article, _shelf: key_warnings(article),
    owners,
    reviews,
    applications,
    sources,
    relations,
    translations,
)
