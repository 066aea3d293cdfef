"""A desk with articles of every sort, some of which must never be public."""

from __future__ import annotations

import base64
from pathlib import Path

from helpers import DeskAtWork

SECRETS = (
    "SECRETTITLE", "SECRETBODY", "SECRETDRAFT", "SECRETOLD", "secret-fix", "draft-one", "old-one", "261101-AAAA2",
    "chen-jing", "zhao-qiang", "secret-picture", "SECRETWHY", "tickets.example",
)  # fmt: skip
"""What stands in internal articles, in drafts, in retired ones, and in the internal keys of public ones."""
SETTINGS = """\
  url: https://help.example.com/kb
  title: {en: Example help, zh: 示例帮助中心}
  feedback_url: "https://forms.example.com/h?a={slug}&ok={helpful}&t={title}"
  contact: support@example.com
  tickets_url: "https://tickets.example/{month}/{id}.html"
"""
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ZH = """\
# 如何申请开具发票

订单付款后即可申请增值税电子发票，通常 **10 分钟内。**发到您的邮箱。

## 开票步骤

1. 登录后台，点“订单管理”。
2. 见[发票退回重开](void-invoice.md#红字发票)，或[内部做法](secret-fix.md)，或[另一处][one]。

## 常见问题

![开票页面](img/shot.png) ![外部](https://example.com/a.png) ![内部](../tickets/secret-picture.png)

## 收费

| 类型 | 费用 |
|---|--:|
| 电子普票 | 0 元 |

[one]: ../knowledge/draft-one.md
"""
EN = """\
Once an order is paid you can ask for a VAT invoice. It reaches your mailbox.

See [cancel an invoice](void-invoice-en.md), [ours](secret-fix.md) or <https://example.com/more>.
"""


def articles(desk: DeskAtWork, settings: str = SETTINGS) -> DeskAtWork:
    """Put the articles and the settings into a desk."""
    for slug, (keys, body) in ARTICLES.items():
        write(desk, slug, keys, body)
    desk.write("knowledge/img/shot.png", DOT)
    desk.write("knowledge/img/unused.png", DOT)
    configure(desk, settings)
    return desk


def write(desk: DeskAtWork, slug: str, keys: str, body: str) -> Path:
    """One article; `keys` as they stand in the file, on one line each."""
    return desk.write(f"knowledge/{slug}.md", f"---\n{keys.strip()}\n---\n{body}")


def configure(desk: DeskAtWork, settings: str) -> None:
    """What config/reports.yaml says of the help centre."""
    path = desk.root / "config/reports.yaml"
    head, _, rest = path.read_text("utf-8").partition("knowledge: {}\n")
    path.write_text(
        f"{head}knowledge:\n{settings}{rest}" if settings else f"{head}knowledge: {{}}\n{rest}", "utf-8"
    )


SHOWN = "visibility: public\nstate: verified\nverified: {at: 2026-10-02, by: chen-jing}\nowner: chen-jing\n"
ARTICLES = {
    "request-invoice": (
        SHOWN
        + "title: 如何申请开具发票\nkind: guide\nlanguage: zh\napplies_to: [invoicing, inquiry/billing]\n"
        "tags: [抬头]\nsources: [261101-AAAA2]\nrelated: [void-invoice, secret-fix]",
        ZH,
    ),
    "request-invoice-en": (
        SHOWN + "title: How to request an invoice\nlanguage: en\ntranslation_of: request-invoice\n"
        "applies_to: [invoicing]\nsources: [261101-AAAA2]",
        EN,
    ),
    "void-invoice": (
        SHOWN + "title: 发票退回、作废与重开\nlanguage: zh\napplies_to: [invoicing]",
        "作废和红字发票。\n\n## 红字发票\n\n跨月的发票先申请红字信息表。\n",
    ),
    "void-invoice-en": (
        SHOWN
        + "title: Cancel an invoice\nlanguage: en\ntranslation_of: void-invoice\napplies_to: [invoicing]",
        "Press cancel in the list of invoices.\n",
    ),
    "sign-in": (
        SHOWN.replace("10-02", "11-02") + "title: Cannot sign in\nlanguage: en\napplies_to: [inquiry/how-to]",
        "Use *Forgot password*. After five failures the account is locked.\n",
    ),
    "secret-fix": (
        "title: SECRETTITLE\nvisibility: internal\nstate: verified\nowner: zhao-qiang\nreview_by: 2026-01-01\n"
        "applies_to: [invoicing]\nsources: [261101-AAAA2]\nlanguage: zh\ntranslation_of: request-invoice",
        "SECRETBODY\n",
    ),
    "draft-one": ("title: SECRETDRAFT\nvisibility: public\nstate: draft\nlanguage: en", "SECRETDRAFT\n"),
    "old-one": (
        "title: SECRETOLD\nvisibility: public\nstate: retired\nlanguage: en\n"
        "retired: {at: 2026-09-01, by: zhao-qiang, why: SECRETWHY, instead: sign-in}",
        "SECRETOLD\n",
    ),
}
