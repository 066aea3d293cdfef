"""A morning of Li Wei's at the desk: what happened before, what is typed, and all of it in Chinese."""

from __future__ import annotations

from dataclasses import dataclass

Line = str

PEOPLE = (
    ("li.wei", "Li Wei", "support"),
    ("wang.fang", "Wang Fang", "support"),
    ("chen.jie", "Chen Jie", "tech"),
)

ZHANG = "Zhang Wei <zhang.wei@acme.example>"
PRICE = "Daniel Price <daniel@bakersons.example>"
SUN = "Sun Li <sun.li@suda.example>"
KATRIN = "Katrin Vogel <katrin@nordlicht.example>"

BEFORE: list[tuple[str, tuple[Line, ...]]] = [
    # K7Q2M: invoices fail; answered on Friday, and the customer wrote again on Saturday
    ("13T14:05", (
        "new", "Invoice page shows E104", "--channel", "email", "--from", ZHANG,
        "--text", "When I issue an invoice, the page says E104 and nothing is saved. It happens on two computers.",
    )),
    ("13T14:12", ("take", "K7Q2M", "--set", "category=billing", "--set", "account=acme", "--set", "impact=some", "--set", "urgency=yellow", "--set", "complexity=simple")),
    ("13T14:20", ("reply", "K7Q2M", "--text", "Sorry about that. Since when does it happen?", "--and", "wait")),
    ("14T10:31", ("heard", "K7Q2M", "--channel", "email", "--text", "Since Thursday evening. We have three invoices waiting.")),
    # 4F8ZD: answered, and a thank-you came back
    ("13T15:02", (
        "new", "How do I export the stock list?", "--channel", "chat", "--from", PRICE,
        "--text", "Hi, where do I find the export of the stock list?",
    )),
    ("13T15:06", ("take", "4F8ZD", "--set", "category=how-to", "--set", "impact=one", "--set", "urgency=green", "--set", "complexity=simple")),
    ("13T15:09", ("reply", "4F8ZD", "--text", "Hello Daniel, it is under Stock, More, Export.")),
    ("13T16:40", ("heard", "4F8ZD", "--channel", "chat", "--text", "Thank you!")),
    # W3X9P: a printer; the vendor was to answer by Monday morning
    ("13T16:20", (
        "new", "Label printer prints blank labels", "--channel", "phone", "--from", SUN,
        "--text", "Since the new roll every label comes out blank.",
    )),
    ("13T16:22", ("take", "W3X9P", "--set", "category=how-to", "--set", "impact=one", "--set", "urgency=yellow", "--set", "complexity=multi-step")),
    ("13T16:40", ("reply", "W3X9P", "--text", "I ask the maker about this roll and call you on Monday.")),
    ("13T16:45", ("wait", "W3X9P", "--on", "vendor", "--for", "the lot number of the rolls", "--until", "2026-11-16T09:00:00+08:00")),
    # R6T1B, 9HNE5, JV2C8: what came in this morning
    ("16T08:41", (
        "new", "Nobody can log in", "--channel", "email", "--from", KATRIN, "--set", "team=support",
        "--text", "Good morning, since eight o'clock nobody of us gets in. The page turns white after the password.",
    )),
    ("16T08:47", (
        "new", "Login again", "--channel", "web", "--from", KATRIN, "--set", "team=support",
        "--text", "I wrote before: still nobody can log in here.",
    )),
    ("16T08:52", (
        "new", "First place on every search engine", "--channel", "email", "--from", "growth@rank-first.example",
        "--set", "team=support", "--text", "Dear sir, we bring your page to the first place. Answer for an offer.",
    )),
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command of the morning."""

    at: str
    words: tuple[Line, ...]
    thought: Line = ""
    typed: tuple[Line, ...] = ()
    code: int = 0


DAY = [
    Step(at="09:00", thought="Monday. What is mine?", words=("list",)),
    Step(at="09:00", thought="Which one first?", words=("next",)),
    Step(at="09:01", words=("noreply", "@")),
    Step(
        at="09:01", thought="It is solved, as the customer says.",
        words=(
            "resolve", "@", "--code", "answered", "--cause", "documentation",
            "--text", "Shown where the export is.", "--spent", "10m",
        ),
    ),
    Step(at="09:02", thought="The invoices: what was that about?", words=("show", "K7Q2M", "--brief")),
    Step(
        at="09:04", thought="One thing is still missing.",
        words=(
            "reply", "@", "--and", "wait",
            "--text", "Thank you, we see it on the tax server. Is the tax number in your profile still the old one?",
        ),
    ),
    Step(at="09:05", thought="What came in this morning?", words=("list", "@pool")),
    Step(at="09:05", words=("show", "R6T1B", "--brief")),
    Step(at="09:06", thought="The second one is the same.", words=("duplicate", "9HNE5", "--of", "R6T1B")),
    Step(at="09:06", words=("reply", "@", "--text", "Thank you, we are at it: it goes on in your first mail.")),
    Step(at="09:07", words=("spam", "JV2C8")),
    Step(at="09:07", thought="The login is mine.", words=("take", "R6T1B"), code=1),
    Step(
        at="09:08",
        words=(
            "take", "@", "--set", "category=outage", "--set", "impact=many", "--set", "urgency=red",
            "--set", "complexity=cross-team", "--set", "occurred_at=2026-11-16 08:00",
            "--set", "affected=the whole company", "--set", "error_text=white page", "--set", "product=app",
            "--set", "asks=to log in again",
        ),
    ),
    Step(
        at="09:09",
        words=("reply", "@", "--text", "Good morning, we have found it. You hear from us before half past nine."),
    ),
    Step(at="09:10", words=("attach", "add", "@", "scan-1116.png")),
    Step(
        at="09:11",
        words=("note", "@", "--decision", "--text", "Back to Friday's login page; @chen.jie looks for the cause."),
    ),
    Step(
        at="09:12", thought="The telephone: it is about the invoices.",
        words=("heard", "K7Q2M", "--channel", "phone", "--text", "Yes, it is the old one, we moved in October."),
    ),
    Step(
        at="09:13",
        words=(
            "reply", "@", "--and", "resolve", "--code", "fixed", "--cause", "people", "--spent", "5m",
            "--text", "I have put the new number in. Please issue the invoices again.",
        ),
    ),
    Step(at="09:14", thought="Who has not come back?", words=("list", "@chase")),
    Step(at="09:14", words=("wait", "W3X9P", "--on", "vendor", "--for", "the lot number of the rolls", "--until", "2d")),
    Step(at="09:15", thought="A call.", words=("new",), typed=(
        "phone", "Zhou Hao 13800138000", "The till has no network since this morning.", "",
        "", "", "", "", "",
    )),
    Step(at="09:16", thought="That is for the technicians.", words=("assign", "@", "--team", "tech")),
    Step(
        at="09:16", thought="What is open of mine gets a tag. No, better not.",
        words=("tag", "--query", "owner:me status:open", "monday"), typed=("y",),
    ),
    Step(at="09:17", words=("undo",)),
    Step(at="09:17", thought="Did we have that login before?", words=("search", "login")),
    Step(
        at="09:18", thought="Chen Jie has put the old page back.",
        words=("reply", "R6T1B", "--text", "It works again. Do all of you get in?", "--and", "wait"),
    ),
    Step(at="09:19", words=("show", "@", "--brief")),
    Step(at="09:19", words=("list", "@")),
    Step(at="09:20", thought="Coffee.", words=("list",)),
]  # fmt: skip

CHINESE: dict[Line, Line] = {
    "Li Wei": "李伟",
    "Wang Fang": "王芳",
    "Chen Jie": "陈杰",
    "Zhang Wei <zhang.wei@acme.example>": "张伟 <zhang.wei@acme.example>",
    "Sun Li <sun.li@suda.example>": "孙丽 <sun.li@suda.example>",
    "Invoice page shows E104": "开票时报错 E104",
    "When I issue an invoice, the page says E104 and nothing is saved. It happens on two computers.":
        "开票时页面提示 E104，提交之后什么都没有保存，两台电脑都一样。",
    "Sorry about that. Since when does it happen?": "给您添麻烦了。请问是从什么时候开始的？",
    "Since Thursday evening. We have three invoices waiting.": "周四晚上开始的，还有三张发票等着开。",
    "How do I export the stock list?": "库存清单怎么导出？",
    "Hi, where do I find the export of the stock list?": "您好，请问库存清单在哪里导出？",
    "Hello Daniel, it is under Stock, More, Export.": "您好，在“库存 - 更多 - 导出”。",
    "Thank you!": "谢谢！",
    "Label printer prints blank labels": "标签打印机打出来是空白",
    "Since the new roll every label comes out blank.": "换了新的一卷标签纸以后，打出来全是空白。",
    "I ask the maker about this roll and call you on Monday.": "这一卷的情况我去问厂家，周一给您打电话。",
    "the lot number of the rolls": "标签纸的批号",
    "Nobody can log in": "所有人都登录不了",
    "Good morning, since eight o'clock nobody of us gets in. The page turns white after the password.":
        "早上好，八点开始我们谁都登录不了，输完密码页面就白了。",
    "Login again": "又是登录的问题",
    "I wrote before: still nobody can log in here.": "刚才写过一封了：我们这里还是登录不了。",
    "First place on every search engine": "让您的网站排名第一",
    "Dear sir, we bring your page to the first place. Answer for an offer.": "尊敬的老板，我们能让您的网站排到第一，回信即可报价。",
    "Monday. What is mine?": "周一早上，有哪些是我的？",
    "Which one first?": "先做哪一张？",
    "It is solved, as the customer says.": "客户说好了，可以解决。",
    "Shown where the export is.": "告诉了客户在哪里导出。",
    "The invoices: what was that about?": "开票那张，是怎么回事来着？",
    "One thing is still missing.": "还差一个信息。",
    "Thank you, we see it on the tax server. Is the tax number in your profile still the old one?":
        "谢谢，我们在税控服务器上看到了。请问您资料里的税号还是旧的吗？",
    "What came in this morning?": "今天早上来了哪些？",
    "The second one is the same.": "第二封说的是同一件事。",
    "Thank you, we are at it: it goes on in your first mail.": "谢谢，我们已经在处理，进展会回复在您的第一封邮件里。",
    "The login is mine.": "登录这张我来。",
    "affected=the whole company": "affected=全公司",
    "error_text=white page": "error_text=页面空白",
    "asks=to log in again": "asks=恢复登录",
    "Good morning, we have found it. You hear from us before half past nine.": "早上好，原因找到了，九点半之前给您答复。",
    "Back to Friday's login page; @chen.jie looks for the cause.": "先恢复周五的登录页，@chen.jie 查原因。",
    "The telephone: it is about the invoices.": "电话来了，说的是开票。",
    "Yes, it is the old one, we moved in October.": "对，还是旧的，我们十月份搬的。",
    "I have put the new number in. Please issue the invoices again.": "新税号已经填好，请您重新开票。",
    "Who has not come back?": "谁还没有回音？",
    "A call.": "来电话了。",
    "Zhou Hao 13800138000": "周浩 13800138000",
    "The till has no network since this morning.": "收银机今天早上开始连不上网。",
    "That is for the technicians.": "这个归技术部。",
    "What is open of mine gets a tag. No, better not.": "我手上没办完的都打个标签。算了，撤销。",
    "monday": "周一",
    "Did we have that login before?": "登录的问题以前有过吗？",
    "login": "登录",
    "Chen Jie has put the old page back.": "陈杰把旧页面恢复了。",
    "It works again. Do all of you get in?": "已经恢复。请问大家都能登录了吗？",
    "Coffee.": "喝杯咖啡。",
}  # fmt: skip
