"""Which articles may answer a ticket, and why?

By what they apply to, by the words that they share with it (the rare ones count most), and by how they did so far.
The files' bytes are looked at first: of many articles few are parsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from math import log, log1p

from tkt.desk import UNREADABLE, Desk
from tkt.fields import normalised
from tkt.frozen import dataclass
from tkt.i18n import Message, msg, msgn
from tkt.knowledge.article import LARGEST, Article
from tkt.knowledge.checks import Use
from tkt.knowledge.feedback import NO_VOTES, Tally
from tkt.model import Ticket
from tkt.store.codec.articles import read_article
from tkt.store.files import read_file
from tkt.store.index.cutting import cut
from tkt.store.knowledge import scan_articles

PARSED = 20
"""So many of those that share the most words are parsed."""
PIECES = 60
"""Pieces of a ticket's words that are looked for."""
LEAST = 0.3
"""From which score on an article is worth naming."""
TOLD_WORDS = 5
_BY_TITLE, _BY_TEXT, _BY_CATEGORY, _BY_PRODUCT = 1.0, 0.5, 0.45, 0.15
_COMMON = 0.5  # of all articles; a word in more of them says little
_EVERYDAY = (
    "the and for you your our with that this from have has had was were are not but can could would should will may"
    " please thank thanks hello dear hi how what when where why who which there here they them his her its been being"
    " does did doing done any all some one two new get got let also just only very much many more most after before"
    " since than then now still again about into over out off per via yes problem issue error ticket help need want"
    " cannot nothing says said last know open people three"
    " 我们 你们 您好 你好 请问 怎么 什么 一个 一下 可以 不能 没有 问题 现在 这个 那个 是否 如何 为何 谢谢 麻烦 需要 客户 出现 进行"
)
_SAY_NOTHING = frozenset(_EVERYDAY.split())
_OPENING = 2000  # characters of what the customer wrote that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the use of articles; nothing where it was not asked for."""

    uses: Mapping[str, Use]
    votes: Mapping[str, Tally]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An article, how well it fits (from 0 up), and why."""

    article: Article
    score: float
    why: tuple[Message, ...]


NOTHING_KNOWN = Known(uses={}, votes={})


def suggestions(
    desk: Desk, ticket: Ticket, at_most: int, known: Known = NOTHING_KNOWN
) -> tuple[Suggestion, ...]:
    """The articles in use that fit best, the best first; what cannot be read is left out, `check` names it."""
    texts = dict(_texts(desk))
    asked = _pieces(ticket)
    rarity = _rarity(asked, texts.values())
    first = sorted(texts, key=lambda path: (-_sum(asked, texts[path], rarity), path))
    also = _applying(ticket, texts, first[PARSED:])
    found: list[Suggestion] = []
    for path in (*first[:PARSED], *also):
        with suppress(*UNREADABLE):
            article = read_article(read_file(desk.root / path, root=desk.root, limit=LARGEST), path=path)
            if article.is_in_use:
                found.append(_judged(article, ticket, asked, rarity, known))
    fit = [each for each in found if each.score >= LEAST]
    fit.sort(key=lambda each: (-each.score, each.article.slug))
    return _one_a_matter(fit, ticket)[:at_most]


def _texts(desk: Desk) -> Iterator[tuple[str, str]]:
    """Path → what the file says, ready to be compared."""
    for path in scan_articles(desk.root)[0]:
        with suppress(*UNREADABLE):
            data = read_file(desk.root / path, root=desk.root, limit=LARGEST)
            yield path, normalised(data.decode("utf-8", "replace"))


def _pieces(ticket: Ticket) -> tuple[str, ...]:
    """The words of the title, then of what the customer wrote first: pairs of Chinese characters, whole words."""
    said = next(
        (
            str(it.get("text") or "")
            for it in ticket.effective
            if it.did == "message" and it.role == "customer"
        ),
        "",
    )
    found = cut(normalised(f"{ticket.title}\n{said[:_OPENING]}")).split()
    return tuple(dict.fromkeys(piece for piece in found if _says_something(piece)))[:PIECES]


def _says_something(piece: str) -> bool:
    """Whether an article about the same is likely to hold it; a pair of Chinese characters says as much as a word."""
    return (piece not in _SAY_NOTHING and len(piece) > (2 if piece.isascii() else 1)) or any(
        map(str.isdigit, piece)
    )


def _rarity(pieces: Iterable[str], texts: Iterable[str]) -> dict[str, float]:
    """How much each piece says: the fewer articles hold it, the more; nothing where most do."""
    every = list(texts)
    weights = {}
    for piece in pieces:
        held = sum(piece in text for text in every)
        is_common = held > max(len(every) * _COMMON, 2)
        weights[piece] = 0.0 if is_common else log(1 + len(every) / max(held, 0.5))
    return weights


def _sum(pieces: Iterable[str], text: str, rarity: Mapping[str, float]) -> float:
    return sum(rarity[piece] for piece in pieces if piece in text)


def _applying(ticket: Ticket, texts: Mapping[str, str], others: Iterable[str]) -> list[str]:
    """Of these, those whose keys may name the ticket's category."""
    category = ticket.get("category")
    if not category or not ticket.get("type"):
        return []
    word = normalised(f"{ticket.get('type')}/{category}")
    return [path for path in others if word in texts[path]][:PARSED]


def _judged(
    article: Article, ticket: Ticket, asked: tuple[str, ...], rarity: Mapping[str, float], known: Known
) -> Suggestion:
    total = sum(rarity.values()) or 1.0
    title, text = (
        normalised(article.title),
        normalised(f"{article.title}\n{' '.join(article.tags)}\n{article.body}"),
    )
    shared = [piece for piece in asked if rarity[piece] and piece in text]
    score = _BY_TEXT * _sum(shared, text, rarity) / total + _BY_TITLE * _sum(shared, title, rarity) / total
    why: list[Message] = []
    by_field, fields = _by_fields(article, ticket)
    why.extend(fields)
    if shared:
        rarest = sorted(shared, key=lambda piece: -rarity[piece])[:TOLD_WORDS]
        why.append(msg("same words: {words}", words=tuple(rarest)))
    use, votes = known.uses.get(article.slug), known.votes.get(article.slug, NO_VOTES)
    if use is not None:
        why.append(msgn("cited {count} time", "cited {count} times", use.count))
    if votes.total:
        why.append(msg("helpful to {helpful} of {total}", helpful=votes.helpful, total=votes.total))
    fit = score + by_field
    did = log1p(use.count if use else 0) / 10 + (votes.helpful - votes.unhelpful) / (votes.total + 4) / 4
    penalty = 0.0 if article.state == "verified" else 0.1
    return Suggestion(
        article=article, score=round(fit * (1 + did) - penalty, 3) if fit else 0.0, why=tuple(why)
    )


def _by_fields(article: Article, ticket: Ticket) -> tuple[float, list[Message]]:
    product, category = ticket.get("product"), f"{ticket.get('type')}/{ticket.get('category')}"
    named = [word for word in (category, product) if word and word in article.applies_to]
    products = [word for word in article.applies_to if "/" not in word]
    score = (_BY_CATEGORY if category in article.applies_to else 0.0) + (
        _BY_PRODUCT if product and product in products else 0.0
    )
    if products and product and product not in products:
        score -= _BY_PRODUCT  # it is about another one
    return score, [msg("about {what}", what=tuple(named))] if named else []


def _one_a_matter(found: list[Suggestion], ticket: Ticket) -> tuple[Suggestion, ...]:
    """Of an article and its translation the one in the ticket's language, else the better one."""
    language = str(ticket.get("language") or "")[:2]
    best: dict[str, Suggestion] = {}
    for each in found:
        key = each.article.translation_of or each.article.slug
        if key not in best or (each.article.language == language != best[key].article.language):
            best[key] = each
    return tuple(sorted(best.values(), key=lambda each: (-each.score, each.article.slug)))
