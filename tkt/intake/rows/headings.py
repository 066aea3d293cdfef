"""What does a column hold, by its name alone?

The fields of the desk under all their names come first; then what people call them in their tables, in
English and Chinese. A field is named as in a query, a part of one with a dot: `contact.phone`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tkt.fields import STORED_LABELS, normalised
from tkt.fields.names import OTHER_NAMES, own_labels
from tkt.i18n import N_
from tkt.model import STORED
from tkt.schema import Configuration

WORDS, NOTE, ANSWER = "words", "note", "answer"
ANSWERED, RESOLVED, CLOSED, UPDATED = "answered_at", "resolved_at", "closed_at", "updated_at"
STATUS, NUMBER, ID = "status", "external_id", "id"
TIMES = (ANSWERED, RESOLVED, CLOSED, UPDATED)
SEVERAL = (WORDS, NOTE)
"""What several columns may hold together."""

BESIDE: Mapping[str, str] = MappingProxyType(
    {
        NUMBER: N_("number elsewhere"),
        ID: N_("number elsewhere"),
        STATUS: N_("status"),
        WORDS: N_("the customer's words"),
        ANSWER: N_("the answer to the customer"),
        NOTE: N_("internal note"),
        ANSWERED: N_("answered at"),
        RESOLVED: N_("resolved at"),
        CLOSED: N_("closed at"),
        UPDATED: N_("updated at"),
    }
)
"""What a row has beside the stored fields → its label."""

PARTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "contact.name": (N_("contact's name"), "联系人姓名"),
        "contact.email": (N_("contact's mail address"), "联系人邮箱"),
        "contact.phone": (N_("contact's phone"), "联系人电话"),
        "contact.wechat": (N_("contact's WeChat"), "联系人微信"),
        "contact.company": (N_("contact's company"), "联系人公司"),
        "contact.address": (N_("contact's address"), "联系人地址"),
        "asks.kind": (N_("kind of demand"), "诉求类别"),
        "asks.text": (N_("demand"), "诉求内容"),
        "customer_deadline.by": (N_("customer's deadline by"), "客户期限时间"),
        "customer_deadline.text": (N_("customer's deadline why"), "客户期限说明"),
        "next_action.who": (N_("next action by whom"), "下一步由谁"),
        "next_action.what": (N_("next action"), "下一步事项"),
        "next_action.by": (N_("next action by when"), "下一步期限"),
        "waiting.on": (N_("waiting on"), "等谁"),
        "waiting.for": (N_("waiting for what"), "等什么"),
        "waiting.until": (N_("waiting until"), "等到何时"),
        "resolution.code": (N_("resolution code"), "解决方式"),
        "resolution.text": (N_("resolution text"), "解决说明"),
        "resolution.cause": (N_("cause class"), "根因类别"),
    }
)
"""The usual parts of stored mappings → their labels, English to be translated and Chinese."""

MAIN: Mapping[str, str] = MappingProxyType(
    {
        "asks": "asks.text",
        "next_action": "next_action.what",
        "customer_deadline": "customer_deadline.by",
        "resolution": "resolution.text",
        "waiting": "waiting.for",
        "code": "resolution.code",
        "cause": "resolution.cause",
        "waiting_on": "waiting.on",
        "until": "waiting.until",
        "resolved": RESOLVED,
        "closed": CLOSED,
        "updated": UPDATED,
    }
)
"""A field that a column names → what its cells are."""

_USUAL: Mapping[str, str] = MappingProxyType(
    {
        NUMBER: "number no no. ticket ticket_id ticket_number case case_id case_number reference key "
        "工单号 工单编号 单号 投诉编号 投诉单号 受理编号 反馈编号 案件编号 登记编号 流水号 记录编号",
        WORDS: "message description details request complaint body content text customer_words "
        "客户原话 原话 投诉内容 反馈内容 问题描述 问题内容 描述 内容 详细描述 详情 客户反馈 客户描述 留言 具体问题 事由",
        "title": "subject summary headline 主题 摘要 问题 问题简述 问题摘要 问题标题",
        ANSWER: "answer reply response our_answer 回复 答复 回复内容 答复内容 客服回复 处理回复 回复客户",
        NOTE: "note notes remark remarks comment comments internal_note 备注 内部备注 说明 处理过程 处理记录 跟进记录 跟进情况",
        "received_at": "date time datetime created_at opened opened_at reported reported_at submitted "
        "submitted_at 受理日期 登记时间 登记日期 创建时间 创建日期 提交时间 提交日期 投诉时间 投诉日期 反馈时间 反馈日期 "
        "来电时间 接待时间 日期 时间",
        ANSWERED: "answered answered_at replied replied_at responded_at first_response first_response_at "
        "首次响应时间 首次回复时间 首响时间 回复时间 答复时间 响应时间",
        RESOLVED: "resolved_at solved solved_at completed completed_at done_at finished finished_at "
        "完成时间 完成日期 解决日期 处理完成时间 处理时间 处理日期 办结时间 办结日期",
        CLOSED: "closed_at 关闭日期 结案时间 结案日期 完结时间",
        UPDATED: "updated_at last_updated modified modified_at 最后更新 最后更新时间 修改时间 跟进时间",
        STATUS: "state 处理状态 当前状态 工单状态 进度 处理进度 是否解决",
        "priority": "prio severity 级别 紧急级别 优先等级 重要程度",
        "urgency": "紧急度",
        "channel": "source via origin 来源 投诉渠道 受理渠道 反馈渠道 来源渠道 投诉来源 受理方式",
        "owner": "assignee agent assigned_to handler 处理人 经办人 客服 跟进人 受理人 责任人 处理人员 客服人员",
        "team": "group department 部门 责任部门 处理部门 组别",
        "type": "投诉类型 反馈类型 类别 分类 问题分类",
        "product": "产品 产品名称 商品 商品名称 系统 模块",
        "model": "产品型号 规格 规格型号",
        "serial": "serial sn s/n 机身号 设备编号",
        "batch": "批号 生产批次",
        "order_no": "order order_id order_number orderno 订单编号 订单",
        "contact": "客户姓名 姓名 投诉人 反馈人 联系方式 客户信息 requester caller reporter customer_name name",
        "contact.phone": "phone tel telephone mobile phone_number 电话 手机 手机号 手机号码 联系电话 客户电话 电话号码",
        "contact.email": "email e-mail mail email_address 邮箱 邮件地址 电子邮箱 客户邮箱",
        "contact.wechat": "wechat wechat_id 微信 微信号",
        "contact.company": "company organisation organization 公司 单位 公司名称 客户单位 客户公司",
        "contact.address": "address 地址 联系地址 客户地址",
        "customer": "customer_id account 客户名称 客户编号",
        "asks": "demand wants 客户诉求 诉求内容 客户要求 要求",
        "occurred_at": "occurred_on 发生日期 故障时间",
        "resolution.text": "resolution solution result outcome 处理结果 解决方案 处理方案 处理办法 解决办法 处理措施 解决结果 结果",
        "resolution.cause": "cause root_cause 原因 原因分析 根因",
        "tags": "labels keywords 关键词",
        "next_action": "next_step 后续 后续计划",
    }
)  # fmt: skip


class Headings:
    """The names by which a desk knows columns."""

    def __init__(self, config: Configuration) -> None:
        own = dict(own_labels(config))
        own |= {name: name for name, it in config.taxonomy.fields.items() if not it.any_of}
        self._exact = {_folded(name): field for name, field in {**_tkts(), **own}.items()}
        self._usual = {_folded(name): field for field, names in _USUAL.items() for name in names.split()}

    def field(self, column: str) -> tuple[str, int] | None:
        """What a column of that name holds, and how sure that is: 0 by a field's own name, 1 by a usual one."""
        word = _folded(column)
        found = self._exact.get(word)
        if found is not None:
            return MAIN.get(found, found), 0
        usual = self._usual.get(word)
        if usual is not None:
            return MAIN.get(usual, usual), 1
        base, dot, _part = word.partition(".")
        is_part = dot and STORED.get(base) == "mapping"
        return (column.strip().replace(" ", "_").lower(), 0) if is_part else None

    def knows(self, column: str) -> bool:
        """Whether a column of that name would be recognised."""
        return self.field(column) is not None


def _tkts() -> dict[str, str]:
    """tkt's own names and labels of everything that a column can hold."""
    names = {name: name for name in (*STORED, *BESIDE, *MAIN, *PARTS)}
    labels = {label: name for name, label in {**STORED_LABELS, **BESIDE}.items()}
    parts = {label: name for name, both in PARTS.items() for label in both}
    others = {label: name for label, name in OTHER_NAMES.items() if name in (*STORED, *BESIDE, *MAIN)}
    return {**parts, **labels, **others, **names}


def _folded(name: str) -> str:
    """As names are compared: no difference of case, width, spaces, `_`, nor of signs behind them."""
    plain = " ".join(normalised(name).replace("_", " ").split())
    return plain.strip(" *:#").replace(" ", "_")
