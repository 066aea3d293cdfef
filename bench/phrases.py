"""Which words may stand in any ticket of a made desk? Written as in `matters.py`."""

from __future__ import annotations

CITIES_ZH = ("杭州", "成都", "兰州", "厦门", "西安", "苏州", "青岛", "长沙", "昆明", "哈尔滨", "宁波", "合肥")
CITIES_EN = ("Leeds", "Hamburg", "Bristol", "Malmo", "Ghent", "Porto", "Turin", "Cork", "Aarhus", "Basel")
CODES = ("E104", "E107", "E112", "E230", "HTTP 502", "HTTP 504", "TLS-41", "DB-1062")

GREETINGS_ZH = ("您好，", "你们好，", "麻烦看一下，", "急，", "客服您好，", "")
GREETINGS_EN = ("Hello, ", "Hi there, ", "Good morning, ", "Dear team, ", "Hi, ", "")
ENDINGS_ZH = (
    "麻烦尽快看一下，谢谢。",
    "已经等了两天，请给一个准确的时间。",
    "如果需要远程，请提前打电话。",
    "同样的问题上个月也出现过一次。",
    "附件里有截图，看不清的话我再拍。",
    "不急，这周内能处理就好。",
    "之前联系过一次，没有下文。",
)
ENDINGS_EN = (
    "Please have a look when you can, thank you.",
    "This is the second time this month.",
    "A call before noon would suit us best.",
    "No hurry, sometime this week is fine.",
    "I am out from three o'clock, Daniel takes over then.",
    "We restarted everything twice, no change.",
    "Screenshots are attached, tell me if they are too small.",
)
PROGRESS_ZH = (
    "已经复现，正在和技术同事一起排查，今天下班前给您进展。",
    "已联系供应商，对方答复后我们马上告诉您。",
    "修复包在测试环境验证，预计明天上午发布。",
)
PROGRESS_EN = (
    "We can reproduce it and are looking into it together, you will hear from us today.",
    "The vendor has it now, we write as soon as they answer.",
    "The repair is being tested and goes out tomorrow morning.",
)
NOTES_ZH = (
    "和上周{city}店的是同一个批次，先查库存。",
    "第三次问到这个，帮助文章应该从菜单入口写起。",
    "供应商承认是他们的问题，费用走他们那边。",
    "日志里 {code} 出现了 {number} 次，都在整点。",
)
NOTES_EN = (
    "Third question about this in a month, the help page starts with the wrong menu.",
    "Same batch as {city} last week, ask the warehouse first.",
    "The log shows {code} {number} times, always on the hour.",
    "The vendor says it is theirs and pays for it.",
)
THANKS_ZH = ("可以了，多谢！", "收到，问题解决了，辛苦。", "试过了，正常。", "好的，谢谢你们。")
THANKS_EN = ("Works now, many thanks.", "All good, thank you for the quick help.", "Confirmed, it is solved.")
AGAIN_ZH = ("又出现了，和上次一模一样，是不是没有修好？", "今天另一台设备上还是报 {code}。")
AGAIN_EN = ("It is back today, exactly as before.", "Another device shows {code} now, please look again.")
SPAM = ("店铺流量提升 300%，免费试用", "Cheap backlinks for your shop", "代开各类票据，量大从优")
ASKS_ZH = ("尽快恢复使用", "给出准确的时间", "说明原因并避免再次发生", "退回多收的费用")
ASKS_EN = (
    "Make it work again",
    "Tell us when it comes",
    "Explain what happened",
    "Give back what was charged twice",
)
TAGS = ("vip-call", "warranty", "chain", "renewal-due", "first-order", "winter-sale", "pilot")
