"""Which articles does a large knowledge base have? Half of them Chinese, each of about a page."""

from __future__ import annotations

from pathlib import Path
from random import Random

WORDS = {
    "zh": (
        "如何 申请 开具 发票 登录 失败 锁定 打印机 模糊 碳粉 更换 导出 报表 订单 退款 物流 延迟 账号 密码 短信 "
        "邮件 设置 权限 成员 邀请 合同 续费 价格 优惠券 条件 地址 修改 客服 时间 工作日 流程 审核 通过 原因 说明 "
        "资料 上传 图片 格式 版本 更新 安装 重启 网络 连接 信号 设备 固件 升级 指示灯 "
    ),
    "en": (
        "how request invoice sign account locked printer toner replace export report order refund "
        "shipping delay password code message setting permission member invite contract renew price "
        "coupon condition address change support hours working day process review approve reason "
        "document upload picture size format version update install restart network connect signal "
        "device firmware upgrade light "
    ),
}
PRODUCTS = ("invoicing", "storefront", "inventory", "analytics")


def write_articles(root: Path, number: int) -> None:
    """`number` public and verified articles below a desk's knowledge/, the same ones each time."""
    random = Random(number)
    folder = root / "knowledge"
    folder.mkdir(exist_ok=True)
    for place in range(number):
        (folder / f"article-{place}.md").write_text(_article(place, number, random), "utf-8")


def _article(place: int, number: int, random: Random) -> str:
    language = "zh" if place % 2 else "en"
    other = f"article-{(place + 2) % number}"
    keys = (
        f"title: {_words(language, 5, random)} {place}\nvisibility: public\nstate: verified\nkind: guide\n"
        f"language: {language}\napplies_to: [{random.choice(PRODUCTS)}]\nrelated: [{other}]\n"
        f"verified: {{at: 2026-{place % 10 + 1:02d}-{place % 28 + 1:02d}, by: bench}}\n"
    )
    parts = "\n".join(_part(language, place, random) for _ in range(4))
    return f"---\n{keys}---\n{parts}\n[{other}]({other}.md)\n"


def _part(language: str, place: int, random: Random) -> str:
    end = "。" if language == "zh" else ". "
    said = end.join(_words(language, 12, random) for _ in range(5))
    steps = "".join(f"{step}. {_words(language, 8, random)}\n" for step in range(1, 5))
    return f"## {_words(language, 4, random)}\n\n{said} **word{place}**\n\n{steps}"


def _words(language: str, count: int, random: Random) -> str:
    return ("" if language == "zh" else " ").join(random.choices(WORDS[language].split(), k=count))
