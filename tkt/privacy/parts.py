"""Under which other names is a person likely to be known: the first name, the family name with a title?

They are only told: `Price` may be a name or a price, so a person decides (`--also`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tkt.late import late

_LATIN = late(r"[^\W\d_]{3,}")
_TITLES = "先生|女士|小姐|太太|老师|经理|总监|总|老板|工"
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯")
_CHINESE = late(r"[\u4e00-\u9fff]{2,4}")


def counted_parts(names: Iterable[str], texts: Iterable[str]) -> dict[str, int]:
    """Parts of these names that stand in the texts, and how often; the most frequent first."""
    wanted = {pattern for name in names for pattern in _patterns(name)}
    if not wanted:
        return {}
    pattern = re.compile("|".join(sorted(wanted, key=len, reverse=True)))
    found = Counter(each for text in texts for each in pattern.findall(text))
    return dict(found.most_common())


def _patterns(name: str) -> Iterator[str]:
    words = _LATIN.findall(name) if not _CHINESE.search(name) else []
    if len(words) > 1:
        yield from (
            rf"(?<![A-Za-z\u00c0-\u024f]){re.escape(word)}(?![A-Za-z\u00c0-\u024f])" for word in words
        )
    if _CHINESE.fullmatch(name):
        family = name[:2] if name.startswith(_COMPOUND) else name[0]
        yield f"{family}(?:{_TITLES})"
