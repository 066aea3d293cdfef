"""Which articles are about the same?

Each is known by its rarest words: those that stand often in it and in few others. Two are alike as far as they
share them (cosine of tf-idf). What nearly all share tells nothing and is not looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt

from tkt.fields import normalised
from tkt.store.index.cutting import cut

KNOWN_BY = 32
"""Words by which an article is known."""
LEAST = 0.15
"""From which likeness on an article is worth naming."""
SHARED = 3
"""Words that two must share at least: a single one may be chance."""
_COMMON = 0.3  # of all articles; what stands in more of them tells nothing


def alike(texts: Mapping[str, str], count: int) -> dict[str, tuple[str, ...]]:
    """Name → the names of the texts most like it, at most `count`, the most alike first."""
    vectors = _vectors(texts)
    holders: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for name, vector in vectors.items():
        for word, weight in vector:
            holders[word].append((name, weight))
    return {name: _nearest(name, vector, holders, count) for name, vector in vectors.items()}


def _vectors(texts: Mapping[str, str]) -> dict[str, list[tuple[str, float]]]:
    """The rarest words of each text with their weights, of length 1 together."""
    counts = {name: Counter(_pieces(text)) for name, text in texts.items()}
    spread = Counter(word for found in counts.values() for word in found)
    most = max(len(texts) * _COMMON, 2)
    rarity = {word: log(len(texts) / held) for word, held in spread.items() if 1 < held <= most}
    return {name: _vector(found, rarity) for name, found in counts.items()}


def _pieces(text: str) -> list[str]:
    """Words, and pairs of characters; a single one says too little."""
    return [piece for piece in cut(normalised(text)).split() if len(piece) > 1]


def _vector(counts: Mapping[str, int], rarity: Mapping[str, float]) -> list[tuple[str, float]]:
    weights = [(word, (1 + log(held)) * rarity[word]) for word, held in counts.items() if word in rarity]
    best = sorted(weights, key=lambda it: (-it[1], it[0]))[:KNOWN_BY]
    length = sqrt(sum(weight * weight for _, weight in best)) or 1
    return [(word, weight / length) for word, weight in best]


def _nearest(
    name: str,
    vector: Sequence[tuple[str, float]],
    holders: Mapping[str, Sequence[tuple[str, float]]],
    count: int,
) -> tuple[str, ...]:
    found: dict[str, float] = defaultdict(float)
    shared: Counter[str] = Counter()
    for word, weight in vector:
        for other, theirs in holders[word]:
            found[other] += weight * theirs
            shared[other] += 1
    found.pop(name, None)
    near = (other for other in found if found[other] >= LEAST and shared[other] >= SHARED)
    best = sorted(near, key=lambda other: (-round(found[other], 6), other))
    return tuple(best[:count])
