"""What happened is told as a story: one line a command, in the reader's words, for every kind of event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from flowdesk import NINE
from flowdesk import desk as configuration
from helpers import DeskAtWork

from tkt import i18n
from tkt.model import KINDS, Event, Ticket
from tkt.render.telling import TELLERS
from tkt.render.timeline import headlines, together
from tkt.schema import Configuration, WorkflowFile

COLON, OPEN, CLOSE, COMMA, SEMICOLON = "\uff1a", "\uff08", "\uff09", "\uff0c", "\uff1b"

TABLE = "table standard/one/yellow: P3"
WAITING = {"on": "customer", "for": "the version", "until": "2026-11-24T10:00:00Z"}
RESOLUTION = {"code": "fixed", "cause": "product", "text": "cache emptied"}

# One event of every kind, as the format allows it: English, Chinese.
TOLD: list[tuple[str, dict[str, Any], str, str]] = [
    ("opened", {"channel": "wechat"}, "opened by wechat", "登记，渠道 微信 wechat"),
    ("opened", {"follows": "261101-AAAAA"}, "opened, follows 261101-AAAAA", "登记，是 261101-AAAAA 的后续单"),
    ("opened", {"channel": "phone", "source": "servicenow", "external_id": "INC1"},
     "opened by phone (servicenow INC1)", "登记，渠道 电话 phone（servicenow INC1）"),
    ("message", {"asks_customer": True, "sent_by": "wechat"}, "asked the customer (wechat)", "询问客户（微信 wechat）"),
    ("message", {"spent": 5, "attachments": ["a", "b"]}, "answered the customer (2 attachments; 5m spent)",
     "回复客户（2 个附件；用时 5分）"),
    ("message", {"to": "vendor"}, "wrote to the vendor", "联系供应商"),
    ("note", {"decision": True}, "decided", "决定"),
    ("triaged", {"criteria": {"urgency": "blocked"}}, "triaged: core work stopped, no way round",
     "分诊：核心业务中断，且无临时方案"),
    ("triaged", {"criteria": {"impact": "extent"}}, "triaged: one person, order or device",
     "分诊：一个人、一张订单或一台设备"),
    ("triaged", {"criteria": ["own-words"]}, "triaged: own-words", "分诊：own-words"),
    ("triaged", {}, "triaged", "分诊"),
    ("disposed", {"as": "spam"}, "put away as spam", "归为垃圾信息，不再处理"),
    ("disposed", {"as": "duplicate", "of": "261101-AAAAA"}, "put away as duplicate of 261101-AAAAA",
     "归为重复，与 261101-AAAAA 相同，不再处理"),
    ("restored", {}, "counts as a request again", "恢复为有效工单"),
    ("renumbered", {"was": "261101-AAAAA"}, "has another id, was 261101-AAAAA", "更换编号，原为 261101-AAAAA"),
    ("moved", {"from": "in-progress", "to": "waiting", "waiting": WAITING},
     "In progress → Waiting (on the customer for the version, until 11-24 18:00)",
     "处理中 → 等待中（等客户：the version，等到 11-24 18:00）"),
    ("moved", {"from": "waiting", "to": "waiting", "waiting": {"on": "vendor"}}, "Waiting → Waiting (on a vendor)",
     "等待中 → 等待中（等供应商）"),
    ("moved", {"from": "in-progress", "to": "resolved", "resolution": RESOLUTION},
     "In progress → Resolved (fixed, defect of the product: cache emptied)",
     "处理中 → 已解决（已修复，产品缺陷：cache emptied）"),
    ("moved", {"from": "resolved", "to": "closed", "confirmed": {"how": "phone", "evidence": "aaaa00"}},
     "Resolved → Closed (confirmed by phone)", "已解决 → 已关闭（客户经 电话 phone 确认）"),
    ("moved", {"from": "resolved", "to": "closed", "auto_closed": True},
     "Resolved → Closed (by itself, after the closing time)", "已解决 → 已关闭（到期自动关闭）"),
    ("moved", {"from": "assigned", "to": "in-progress",
               "next_action": {"who": "owner", "what": "call", "by": "2027-01-02T01:00:00Z"}},
     "Assigned → In progress (next: call, by 2027-01-02 09:00)", "已分配 → 处理中（下一步：call，2027-01-02 09:00 前）"),
    ("set", {"field": "urgency", "from": "red", "to": "yellow"}, "urgency red → yellow",
     "紧急程度 紧急（红） red → 较急（黄） yellow"),
    ("set", {"field": "product", "from": "invoicing"}, "product removed", "清除产品线"),
    ("set", {"field": "tags", "add": ["tax"], "remove": ["old"]}, "tags +tax -old", "标签 +tax -old"),
    ("set", {"field": "owner", "to": "wang.fang"}, "owner 王芳", "负责人 王芳"),
    ("set", {"field": "team", "to": "finance", "because": "category inquiry/billing"},
     "team Finance (category inquiry/billing)", "小组 财务部（细类 inquiry/billing）"),
    ("set", {"field": "type", "to": "inquiry"}, "type inquiry", "问题类型 咨询查询 inquiry"),
    ("set", {"field": "priority", "from": "P2", "to": "P3", "because": f"{TABLE}; workaround: P3; replaces P2"},
     "priority P2 → P3 (table standard/one/yellow: P3; with a workaround: P3; replaces P2)",
     "优先级 P2 高 → P3 中（优先级表 standard/one/yellow：P3；已有临时方案：P3；取代 P2）"),
    ("set", {"field": "next_action", "to": {"who": "wang.fang", "what": "call"}}, "next action 王芳 · call",
     "下一步 王芳 · call"),
    ("no-reply-needed", {"message": "aaaa01"}, "no reply is needed", "无需回复"),
    ("spent", {"minutes": 15, "on": "analysis"}, "spent 15m (analysis)", "用时 15分（analysis）"),
    ("attached", {"file": "E104.png"}, "attached E104.png", "添加附件 E104.png"),
    ("linked", {"relation": "duplicate", "to": "261101-AAAAA"}, "linked 261101-AAAAA (duplicate)",
     "关联 261101-AAAAA（重复单）"),
    ("unlinked", {"relation": "follows", "to": "261101-AAAAA"}, "took the link to 261101-AAAAA away (follow-up)",
     "取消与 261101-AAAAA 的关联（后续单）"),
    ("split", {"into": ["A", "B"]}, "split into A, B", "拆分为 A、B"),
    ("merged", {"into": "A"}, "merged into A", "合并到 A"),
    ("merged", {"absorbed": "B"}, "took in B", "并入 B"),
    ("task", {"task": "t1", "title": "Check the log", "owner": "wang.fang", "due": "2026-11-24T10:00:00Z"},
     "new task: Check the log (王芳; by 11-24 18:00)", "新建协办任务：Check the log（王芳；11-24 18:00 前）"),
    ("task-changed", {"task": "t0", "team": "finance"}, "changed the task: Ask the bank (Finance)",
     "更改协办任务：Ask the bank（财务部）"),
    ("task-changed", {"task": "t0", "approval": {"amount": 80, "currency": "CNY", "decision": "approved"}},
     "changed the task: Ask the bank (approval of 80 CNY; approved)",
     "更改协办任务：Ask the bank（审批金额 80 CNY；同意）"),
    ("task-done", {"task": "t0", "spent": 9}, "task done: Ask the bank (9m spent)",
     "完成协办任务：Ask the bank（用时 9分）"),
    ("promised", {"promise": "p1", "until": "2026-11-24T10:00:00Z", "text": "a call"},
     "promised the customer by 11-24 18:00: a call", "向客户承诺 11-24 18:00 前：a call"),
    ("kept", {"promise": "p0"}, "kept the promise: news by noon", "已兑现承诺：news by noon"),
    ("queued", {"notice": "n1", "channel": "email", "to": "z@acme.example"},
     "a notice is to be sent (email; z@acme.example)", "通知待发（邮件 email；z@acme.example）"),
    ("sending", {"notice": "n1"}, "a notice is on its way", "通知发送中"),
    ("sent", {"notice": "n1"}, "a notice was delivered", "通知已送达"),
    ("bounced", {"notice": "n1", "answer": "no such box"}, "a notice came back: no such box",
     "通知被退回：no such box"),
    ("surveyed", {"survey": "s", "kind": "csat", "scale": 5}, "sent the customer a survey (satisfaction)",
     "向客户发出调查（满意度）"),
    ("rated", {"survey": "s", "kind": "csat", "score": 4, "scale": 5, "solved": True, "comment": "quick"},
     "rated it 4 of 5 (satisfaction; solved): quick", "评分 4/5（满意度；已解决）：quick"),
    ("warned", {"clock": "first_response", "rung": 1, "to": "wang.fang"},
     "warning: first response (rung 1; to 王芳)", "预警：首次响应（第 1 级；发给王芳）"),
    ("escalated", {"clock": "resolution", "rung": 2, "to": ["wang.fang"]}, "escalated: resolution (rung 2; to 王芳)",
     "上报：解决（第 2 级；发给王芳）"),
    ("escalated", {"to_team": "finance", "clock": "resolution"}, "called in the experts: Finance (resolution)",
     "转专家：财务部（解决）"),
    ("acknowledged", {"clock": "first_response", "cause": "outside"},
     "acknowledged the breach of first response: outside", "说明首次响应超时：外部原因"),
    ("handed-over", {"to": "wang.fang", "note": "all is said"}, "handed over to 王芳: all is said",
     "交接给王芳：all is said"),
    ("visit", {"visit": "v", "engineer": "wang.fang", "state": "planned", "place": "shop 2"},
     "visit arranged (planned; 王芳; shop 2)", "安排上门服务（已计划；王芳；shop 2）"),
    ("visit-changed", {"visit": "v", "state": "done"}, "visit changed (done)", "上门服务有变（已完成）"),
    ("part", {"part": "p", "sku": "PSU-24", "quantity": 2, "state": "issued"}, "spare part PSU-24 × 2 (issued)",
     "备件 PSU-24 × 2（领用）"),
    ("reviewed", {"review": "reviews/1.md"}, "looked into the root cause: reviews/1.md", "复盘：reviews/1.md"),
    ("improved", {"improvement": "i1"}, "led to an improvement: i1", "改进项：i1"),
    ("imported", {"source": "servicenow", "row": 7, "lacks": ["messages"]},
     "imported from servicenow, row 7 (without its messages)", "从 servicenow 导入，第 7 行（不含往来消息）"),
    ("corrected", {"event": "aaaa02"}, "took back: impact one", "撤销：影响范围 单个客户 one"),
    ("corrected", {"event": "zzzz99"}, "took back zzzz99", "撤销记录 zzzz99"),
    ("praised", {"by_whom": "all", "often": True}, "praised (by_whom: all; often: yes)",
     "praised（by_whom：all；often：是）"),
]  # fmt: skip

BEFORE = (
    Event(id="aaaa00", at=NINE, by="z@acme.example", role="customer", did="message"),
    Event(id="aaaa02", at=NINE, by="li.wei", did="set", data={"field": "impact", "to": "one"}),
    Event(id="aaaa03", at=NINE, by="li.wei", did="task", data={"task": "t0", "title": "Ask the bank"}),
    Event(id="aaaa04", at=NINE, by="li.wei", did="promised", data={"promise": "p0", "text": "news by noon"}),
)


def event(did: str, number: int = 0, **more: Any) -> Event:
    data = more.pop("data", {})
    return Event(id=f"bbbb{number:02}", at=NINE, by=more.pop("by", "li.wei"), did=did, data=data, **more)


def ticket(*events: Event) -> Ticket:
    values = {"contact": {"name": "Zhang Wei", "email": "z@acme.example"}, "impact": "one"}
    return Ticket(id="261120-K7Q2M", status="new", values=values, events=(*BEFORE, *events))


def lines(*events: Event, language: str = "en", config: Configuration | None = None) -> list[str]:
    i18n.activate(language)
    return list(headlines(events, ticket(*events), config or configuration()))


@pytest.mark.parametrize(("did", "data", "english", "chinese"), TOLD)
def test_an_event_is_a_sentence_in_both_languages(
    did: str, data: dict[str, Any], english: str, chinese: str
) -> None:
    assert lines(event(did, data=data)) == [f"李伟: {english}"]
    assert lines(event(did, data=data), language="zh") == [f"李伟{COLON}{chinese}"]


def test_every_kind_of_event_has_its_sentence() -> None:
    assert set(KINDS) <= set(TELLERS)
    assert set(KINDS) <= {did for did, *_rest in TOLD}


def test_what_one_command_sets_is_one_line() -> None:
    given = [("type", "inquiry"), ("category", "billing"), ("impact", "one")]
    sets = [event("set", n, data={"field": name, "to": value}) for n, (name, value) in enumerate(given)]
    team = event("set", 3, data={"field": "team", "to": "finance", "because": "category inquiry/billing"})
    priority = event("set", 4, data={"field": "priority", "to": "P3", "because": TABLE})
    assert lines(*sets, team, priority) == [
        "李伟: type inquiry · category billing · impact one · team Finance"
        " · priority P3 (table standard/one/yellow: P3)"
    ]
    assert lines(*sets, language="zh") == [
        f"李伟{COLON}问题类型 咨询查询 inquiry · 问题细类 账单与发票 billing · 影响范围 单个客户 one"
    ]


def test_another_author_command_or_instant_is_another_line() -> None:
    one = event("set", 0, data={"field": "impact", "to": "one"})
    rule = event("set", 1, by="rule:vip", role="system", data={"field": "urgency", "to": "red"})
    moved = event("moved", 2, data={"from": "new", "to": "assigned"})
    again = event("set", 3, data={"field": "tags", "add": ["a"]})
    other = replace(again, id="cccc00")
    later = replace(other, at=BEFORE[0].at.replace(hour=5))
    told = [one, rule, moved, again, other, later]
    assert [len(group) for group in together(told)] == [1] * 6
    assert lines(one, rule)[1] == "rule vip: urgency red"
    assert lines(rule, language="zh") == [f"规则 vip{COLON}紧急程度 紧急{OPEN}红{CLOSE} red"]


def test_what_stands_out_is_said_once_for_the_whole_line() -> None:
    given = {"forced": True, "reason": "on the phone", "recorded_at": NINE}
    sets = [event("set", n, data={"field": "impact", "to": "one"}, **given) for n in (0, 1)]
    assert lines(*sets) == ["李伟: impact one · impact one (forced; because on the phone; back-dated)"]
    extras = SEMICOLON.join(("强制", f"原因{COLON}on the phone", "补录"))
    assert lines(event("restored", **given), language="zh") == [
        f"李伟{COLON}恢复为有效工单{OPEN}{extras}{CLOSE}"
    ]


@pytest.mark.parametrize(
    ("by", "role", "english", "chinese"),
    [
        ("tick", "system", "automatic", "自动"),
        ("import:servicenow", "system", "import servicenow", "导入 servicenow"),
        ("z@acme.example", "customer", "Zhang Wei", "Zhang Wei"),
        ("customer", "customer", "the customer", "客户"),
        ("nobody.known", "agent", "nobody.known", "nobody.known"),
    ],
)
def test_authors_are_named_as_people_know_them(by: str, role: str, english: str, chinese: str) -> None:
    assert lines(event("restored", by=by, role=role))[0].startswith(f"{english}: ")
    assert lines(event("restored", by=by, role=role), language="zh")[0].startswith(f"{chinese}{COLON}")


def test_a_strangers_words_stay_on_one_line_and_move_no_cursor() -> None:
    given = {"field": "symptom", "to": "a\n\x1b[2Jb {who}"}
    assert lines(event("set", data=given)) == ["李伟: Symptom a b {who}"]


@pytest.mark.parametrize(
    "data", [{}, {"from": 3, "to": ["x"]}, {"resolution": "x", "waiting": "y", "to": "new"}]
)
@pytest.mark.parametrize("did", sorted(KINDS))
def test_an_event_with_missing_or_odd_keys_is_told_all_the_same(did: str, data: dict[str, Any]) -> None:
    for language in ("en", "zh"):
        (line,) = lines(event(did, data=data), language=language)
        assert line


def test_a_desks_own_codes_have_its_labels() -> None:
    flow: WorkflowFile = msgspec.structs.replace(configuration().workflow, codes={"c1": {"en": "patched"}})
    config = replace(configuration(), workflow=flow)
    told = event("moved", data={"from": "in-progress", "to": "resolved", "resolution": {"code": "c1"}})
    assert lines(told, config=config) == ["李伟: In progress → Resolved (patched)"]


def test_a_changing_command_and_log_tell_the_same(desk: DeskAtWork) -> None:
    made = desk.json("new", "E104", "--channel", "phone", "--text", "help")["id"]
    desk.at("2026-11-16T02:05:00Z")
    answer = desk.tkt("set", made, "category=billing", "impact=one", "urgency=yellow").out
    told = (
        "Li Wei: type inquiry · category billing · impact one · urgency yellow"
        " · team Customer support → Finance · priority P3 (table standard/one/yellow: P3)"
    )
    assert " ".join(" ".join(answer.splitlines()[1:]).split()) == told
    assert max(map(len, answer.splitlines())) <= 120
    log = " ".join(desk.tkt("log").out.split())
    assert told in log
    assert told in " ".join(desk.tkt("log", made).out.split())
