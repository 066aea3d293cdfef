"""Which status does a word of somebody's table mean, and what does the desk call each kind of status?"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.actions.values import chosen
from tkt.actions.vocabulary import meant
from tkt.fields import known_words, normalised
from tkt.i18n import msg
from tkt.schema import Configuration

_WORDS: Mapping[str, str] = {
    "new": "open received todo pending unassigned 待处理 未处理 待受理 已受理 未分配 待分配 新增 已登记 登记 未解决 否",
    "active": "ongoing doing started processing 进行中 处理 正在处理 跟进中 处置中 已派单 已转派 跟进",
    "waiting": "on_hold hold 挂起 等待 待客户反馈 待反馈 待回复 等待客户 等待反馈 待确认",
    "resolved": "solved done fixed 已处理 处理完成 处理完毕 是",
    "closed": "complete completed finished 已完成 完成 已关闭 关闭 已结案 结案 已办结 办结 完结 已完结 归档",
}
"""Category → what people call it in their tables, beside the desk's own words."""
_CATEGORY = {
    normalised(word.replace("_", " ")): category
    for category, words in _WORDS.items()
    for word in words.split()
}
_USUAL = {"active": "in-progress"}  # where a desk has several, not the first one


def status_meant(text: str, config: Configuration) -> str:
    """The desk's status for a word. Errors: BadValue, with the words that are known."""
    known = known_words(config, "status") or {}
    own = meant(text, known)
    if own is not None:
        return own
    usual = status_of_category(_CATEGORY.get(normalised(" ".join(text.split())), ""), config)
    return usual or chosen(msg("status"), text, known)


def status_of_category(category: str, config: Configuration) -> str | None:
    """The desk's status of a category; the usual one where there are several."""
    found = [name for name, it in config.workflow.statuses.items() if it.category == category]
    usual = _USUAL.get(category)
    return usual if usual in found else next(iter(found), None)
