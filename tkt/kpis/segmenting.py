"""Which words does a text consist of? Chinese ones are told apart by `rjieba` (extra `keywords`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from unicodedata import normalize

from tkt.errors import UsageError
from tkt.i18n import msg
from tkt.late import late

_WORD = late(r"[^\W\d_][\w'’.+#-]*[\w+#]")
_HAN = late(r"[\u3400-\u9fff\uf900-\ufaff]")
_SAYING_NOTHING = """about after all also and any are ask been but can cannot could did does doesn't don't even for
from get got had has have hello her his how into its just know let like may more most need not now off one only other
our out please same she should since some still such than thank thanks that the their them then there these they this
those too use used using very want was way well were what when where which while who why will with without would yes
yet you your hi dear regards morning afternoon evening see went friday monday 早上好
上午好 下午好 晚上好 早上 晚上 不了 出去 手上 任何 有人 第二天 当天
一个 一下 一些 一直 一样 不是 不能 不会 不到 之后 之前 了解 什么 今天 他们 以及 以后 以前 但是 你们 你好
您好 其他 几个 出现 刚才 可以 可能 各位 告诉 因为 因此 在线 处理 多少 大家 如何 如果 对于 尽快 已经 帮忙 应该 怎么
怎样 您们 情况 或者 所以 所有 提供 收到 无法 时候 时间 显示 是不是 是否 有没有 有点 有些 没有 没法 然后 现在 的话 目前
看到 知道 确认 联系 能否 能不能 自己 虽然 觉得 谢谢 请问 贵司 起来 还是 还有 这个 这样 这里 进行 通过 那个 那么 部分
都是 问题 需要 麻烦 感谢 我们 比较 为什么 只是 只有 以为 的时候 公司 客户 回复 昨天 明天
上周 上个月 刚刚 开始 你们好 多谢 上午 下午 今天上午 今天下午 不然 那边 two three ten"""
_EMPTY = frozenset(_SAYING_NOTHING.split())
"""Words that say nothing of what a ticket is about."""
SHORTEST = 2
SHORTEST_LATIN = 3
_AMOUNT = late(r"[一二两三四五六七八九十百几半]+[个天次张台年月日周点号件分钟小时半]*")


def segmenter() -> Callable[[str], Collection[str]]:
    """A text → the different words in it. Errors: UsageError without the extra."""
    try:
        from rjieba import cut
    except ImportError as error:
        raise UsageError(
            msg("keywords need the Python package {name}, which is not installed", name="rjieba"),
            hint=msg("pip install rjieba"),
        ) from error
    return lambda text: set(_words(cut(normalize("NFKC", text).casefold())))


def _words(parts: list[str]) -> Iterator[str]:
    """The parts of Chinese text that are words, and Latin words put together again where they were cut."""
    latin = ""
    for part in [*parts, " "]:
        if _HAN.search(part):
            yield from _worth(part)
        if _HAN.search(part) or part.isspace():
            yield from (it for found in _WORD.findall(latin) for it in _worth(found))
            latin = ""
        else:
            latin += part


def _worth(word: str) -> Iterator[str]:
    shortest = SHORTEST if _HAN.search(word) else SHORTEST_LATIN
    if len(word) >= shortest and word not in _EMPTY and not _AMOUNT.fullmatch(word):
        yield word
