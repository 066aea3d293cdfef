"""A mere thank-you is told from everything that somebody must read."""

from __future__ import annotations

import pytest
from flowdesk import desk, last, new, started, who

from tkt.actions import ReasonNeeded, heard, noreply, reply, spam
from tkt.actions.thanks import looks_like_thanks, suggests_noreply
from tkt.guards.talk import unanswered_messages
from tkt.model import Ticket

THANKS = (
    "收到谢谢", "收到,谢谢!", "收到,谢谢!", "好的", "谢谢", "谢谢您的帮助", "谢谢李经理", "好的 谢谢小李", "辛苦了",
    "好的,我知道了,谢谢", "嗯嗯好的谢谢", "非常感谢!!", "OK谢谢", "已经解决了,谢谢", "ok thanks", "Thank you!",
    "THANKS", "Thanks Li Wei", "Thanks a lot for your help!", "Great, it works now. Thanks!", "OK 👌 thanks",
    "Many thanks, have a nice weekend!", "thank you\n--\nZhang Wei, ACME, 12 Main Street", "thanks\n> Is it 3?",
)  # fmt: skip
NO_THANKS = (
    "", "🙏", "发票呢", "谢谢,但还是不行", "好的吗?", "好的?", "好的,明天再打给我", "收到,请尽快处理", "好的,等你消息",
    "谢谢,客服还没有联系我", "谢谢 13800138000", "谢谢你们把我的钱弄没了", "收到货了,屏幕坏的", "收到货坏了", "谢谢,屏幕碎了一角",
    "ok?", "thanks, but it still fails", "No thanks", "thanks for nothing", "please call me, thanks", "not ok",
    "got it, screen cracked thanks", "thanks, when will it come", "ok thanks 2", "can't say thanks",
    "Thanks. The invoice of the other branch has the same fault", "thanks " * 60,
)  # fmt: skip


@pytest.mark.parametrize("text", THANKS)
def test_thanks_and_nothing_else(text: str) -> None:
    assert looks_like_thanks(text)


@pytest.mark.parametrize("text", NO_THANKS)
def test_whatever_else_is_said_must_be_read(text: str) -> None:
    assert not looks_like_thanks(text)


def thanked(text: str = "收到谢谢", ticket: Ticket | None = None) -> Ticket:
    answered = reply(ticket or started(), who(30), desk(), text="It works again.")
    return heard(answered, who(40), desk(), text=text, channel="wechat")


def test_noreply_is_suggested_for_a_thank_you_alone() -> None:
    assert suggests_noreply(thanked(), desk())
    assert not suggests_noreply(thanked("And the invoice?"), desk())
    assert not suggests_noreply(heard(thanked("And the invoice?"), who(50), desk(), text="thanks"), desk())
    assert not suggests_noreply(started(), desk())


def test_the_words_that_a_ticket_began_with_are_its_request() -> None:
    opened = new(title="好的")
    assert not suggests_noreply(opened, desk())
    assert not suggests_noreply(spam(thanked(), who(60), desk()), desk())


def test_a_thank_you_needs_no_reason_and_anything_else_does() -> None:
    settled = noreply(thanked(), who(50), desk())
    assert last(settled, "no-reply-needed").reason == "it is a thank-you"
    assert not unanswered_messages(settled)
    assert last(noreply(thanked(), who(50, reason="he rang"), desk()), "no-reply-needed").reason == "he rang"
    with pytest.raises(ReasonNeeded):
        noreply(thanked("And the invoice?"), who(50), desk())
