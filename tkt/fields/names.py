"""By which names do people call a field?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tkt.fields.spec import normalised
from tkt.i18n import N_, Message, current_language, msg
from tkt.schema import Configuration

STORED_LABELS: Mapping[str, str] = {
    "id": N_("id"),
    "title": N_("title"),
    "type": N_("type"),
    "category": N_("category"),
    "product": N_("product"),
    "model": N_("model"),
    "serial": N_("serial number"),
    "batch": N_("batch"),
    "order_no": N_("order number"),
    "occurred_at": N_("occurred at"),
    "environment": N_("environment"),
    "impact": N_("impact"),
    "urgency": N_("urgency"),
    "complexity": N_("complexity"),
    "priority": N_("priority"),
    "team": N_("team"),
    "owner": N_("owner"),
    "channel": N_("channel"),
    "customer": N_("customer"),
    "tier": N_("customer tier"),
    "contract": N_("contract"),
    "contact": N_("contact"),
    "received_at": N_("received"),
    "language": N_("language"),
    "asks": N_("asks for"),
    "customer_deadline": N_("customer's deadline"),
    "tags": N_("tags"),
    "watchers": N_("watchers"),
    "next_action": N_("next action"),
    "waiting": N_("waiting"),
    "resolution": N_("resolution"),
    "workaround": N_("workaround"),
    "parent": N_("parent"),
    "status_page_until": N_("status page until"),
}

_SECOND_NAMES: Mapping[str, str] = {
    "tag": "tags",
    "watcher": "watchers",
    "customer.tier": "tier",
    "customer.contract": "contract",
    "received": "received_at",
    "created": "received_at",
    "occurred": "occurred_at",
    "updated_at": "updated",
    "resolved_at": "resolved",
    "closed_at": "closed",
    "made_by": "created_by",
    "due_at": "due",
}
CHINESE_NAMES: Mapping[str, str] = {
    "编号": "id", "标题": "title", "状态": "status", "问题类型": "type", "类型": "type", "问题细类": "category",
    "细类": "category", "产品线": "product", "型号": "model", "序列号": "serial", "批次": "batch",
    "订单号": "order_no", "发生时间": "occurred_at", "环境": "environment", "影响范围": "impact",
    "紧急程度": "urgency", "复杂程度": "complexity", "优先级": "priority", "小组": "team", "负责人": "owner",
    "渠道": "channel", "客户": "customer", "客户等级": "tier", "合同": "contract", "联系人": "contact", "受理时间": "received_at",
    "语言": "language", "诉求": "asks", "客户期限": "customer_deadline", "标签": "tags", "关注人": "watchers",
    "下一步": "next_action", "等待": "waiting", "解决": "resolution", "临时方案": "workaround", "主单": "parent",
    "进度页保留至": "status_page_until",
    "文字": "text", "对象": "audience", "渠道类别": "channel.class", "等谁": "waiting_on", "等到何时": "until",
    "解决方式": "code", "根因类别": "cause", "更新时间": "updated", "解决时间": "resolved", "关闭时间": "closed",
    "外部编号": "external_id", "创建人": "created_by", "最后记录人": "last_by", "重开次数": "reopens",
    "转手次数": "reassignments", "回复数": "replies", "消息数": "messages", "满意度": "csat",
    "已告知客户": "told", "待办": "needs", "缺少": "missing", "存在时长": "age", "未处理时长": "untouched",
    "服务水平策略": "policy", "服务水平": "sla", "超时的计时": "breached", "超时已说明": "acknowledged", "截止时间": "due", "剩余": "remaining",
}  # fmt: skip
"""The labels that a Chinese reader sees, and shorter ones; no field of a desk's own can take them."""

OTHER_NAMES: Mapping[str, str] = MappingProxyType({**_SECOND_NAMES, **CHINESE_NAMES})

_BY_LABEL: Mapping[str, str] = {normalised(label): name for name, label in STORED_LABELS.items()}


def chinese_named(typed: str) -> str:
    """`priority` for `优先级`, `contact.email` for `联系人.email`; anything else as it is."""
    base, dot, part = typed.partition(".")
    return CHINESE_NAMES.get(base, base) + dot + part


def field_named(config: Configuration, typed: str) -> str:
    """The name of the field that is called `typed` on this desk, by any of its names or labels.

    `contact.email` keeps its part. What names no field comes back as it is.
    """
    found = _named(config, typed)
    if found is not None:
        return found
    base, dot, part = typed.partition(".")
    return (_named(config, base) or base) + dot + part


def field_names(config: Configuration) -> tuple[str, ...]:
    """The stored fields of this desk by name, and what a Chinese reader calls them; for hints."""
    kinds = config.field_kinds
    chinese = (label for label, name in CHINESE_NAMES.items() if name in kinds)
    return (*kinds, *chinese, *(label for label, _name in own_labels(config)))


def field_label(config: Configuration, name: str) -> Message | str:
    """The word for a stored field in a sentence; its name where it has none."""
    own = config.taxonomy.fields.get(name)
    if own is not None:
        return own.label(current_language(), name)
    return msg(STORED_LABELS.get(name, name))


def own_labels(config: Configuration) -> Iterator[tuple[str, str]]:
    """(label, name) of every stored field of the desk's own, in both languages."""
    for name, it in config.taxonomy.fields.items():
        if not it.any_of:
            yield from ((label, name) for label in (it.zh, it.en) if label)


def _named(config: Configuration, typed: str) -> str | None:
    word = normalised(typed.strip())
    for name in (typed, word):
        if name in config.field_kinds:
            return name
    labels = {normalised(label): name for label, name in own_labels(config)}
    return OTHER_NAMES.get(word) or labels.get(word) or _BY_LABEL.get(word)
