"""Is this message a mere thank-you, which nobody needs to answer?

Said only where it is beyond doubt, and only to suggest `tkt noreply`: a question mark, a digit, a request, a
doubt or other words than greetings and a name mean that somebody must read it.
"""

from __future__ import annotations

import re
from itertools import takewhile
from unicodedata import normalize

from tkt.guards.talk import unanswered_messages
from tkt.late import late
from tkt.model import Event, Ticket
from tkt.schema import Configuration

THANKS = "it is a thank-you"
"""The reason that is recorded where nobody gives another."""
LONGEST = 200
"""A longer text is no mere thank-you, whatever it says."""
_CHINESE = (
    "非常感谢|十分感谢|万分感谢|多谢|感谢|谢谢|谢啦|谢了|谢过|辛苦了|辛苦啦|辛苦|麻烦您了|麻烦你了|麻烦了|"
    "收到了|收到|知道了|知道啦|明白了|明白|了解了|了解|清楚了|好的呢|好的|好哒|好滴|好嘞|好呀|好啊|行的|嗯嗯|嗯|"
    "没问题了|没问题|已经解决了|已解决了|已解决|解决了|可以用了|可以了|搞定了"
)
_ENGLISH = (
    r"thank\s*you|thanks?|thx|tks|cheers|much\s+appreciated|appreciated?|ok(?:ay)?|kk|got\s+it|received|noted|"
    r"understood|great|perfect|brilliant|excellent|will\s+do|all\s+good|no\s+problem|it\s+works(?:\s+now)?|solved"
)
_PHRASE = late(rf"{_CHINESE}|\b(?:{_ENGLISH})\b", re.ASCII)
_NAMED = late(
    r"(?:谢谢|感谢|多谢|谢啦|谢了|辛苦了|收到)[\s,]*[\u3400-\u9fff]{1,4}|"
    r"\b(?:thank\s*you|thanks?|thx|cheers)[\s,]+[^\W\d_]+(?:[ .]+[^\W\d_]+)?"
)
"""With whoever is thanked: `谢谢李经理`, `Thanks Li Wei`."""
_FILLER = late(
    r"[您你]们?的?|的?(?:帮助|帮忙|支持|回复|答复|处理|解答|耐心)|[我了啦呀啊哈哦喽嘛先]|非常|十分|祝好|再见|"
    r"\b(?:so|very|much|many|a\s+lot|for|your|you|the|all|it|that|is|help|support|reply|answer|time|quick|i|we|"
    r"hi|hello|dear|team|everyone|best|kind|warm|regards|wishes|have|a|nice|good|day|weekend|evening|bye)\b"
)
_NO = late(
    r"[但不没还请吗呢怎么何为等催急快再退换投能否帮试打问坏破碎错少漏丢]|联系|尽量|麻烦|只是|然而|如果|另外|明天|今天|什么|"
    r"n't\b|\b(?:but|not?|never|nothing|still|yet|however|although|when|why|how|what|where|who|which|please|pls|can|"
    r"could|would|should|will|need|want|must|wait|waiting|call|send|tell|let|again|also|until|before|if|once|error|"
    r"fails?|failed|wrong|broken|asap|urgent|soon|tomorrow|today|refund|one\s+more)\b"
)


def looks_like_thanks(text: str) -> bool:
    """Whether a message says nothing but thanks or that it was received: `收到谢谢`, `OK, thanks!`."""
    said = _tidy(text)
    if len(said) > LONGEST or "?" in said or any(each.isdigit() for each in said):
        return False
    if not _PHRASE.search(said):
        return False
    if _NO.search(_other_words(said)):
        return False
    return not any(each.isalpha() for each in _other_words(_NAMED.sub(" ", said)))


def _other_words(said: str) -> str:
    return _FILLER.sub(" ", _PHRASE.sub(" ", said))


def thanks_of(ticket: Ticket) -> Event | None:
    """The customer's message that waits for an answer and is a mere thank-you; None where more is owed.

    The words that the ticket began with are its request, whatever they are, and files want to be looked at.
    """
    messages = unanswered_messages(ticket)
    if len(messages) != 1:
        return None
    (message,) = messages
    is_opening = ticket.opened is None or message.at <= ticket.opened.at
    if is_opening or message.get("attachments") or _brought_files(ticket, message):
        return None
    return message if looks_like_thanks(str(message.get("text") or "")) else None


def suggests_noreply(ticket: Ticket, config: Configuration) -> bool:
    """Whether to suggest `tkt noreply` for it: only a thank-you waits, on a ticket that is not put away."""
    resolution = ticket.get("resolution") or {}
    return resolution.get("code") not in config.workflow.uncounted and thanks_of(ticket) is not None


def _brought_files(ticket: Ticket, message: Event) -> bool:
    return any(each.did == "attached" and each.get("message") == message.id for each in ticket.effective)


def _tidy(text: str) -> str:
    """Small letters, half-width, without a mail's signature and the lines that it quotes."""
    lines = takewhile(lambda line: line.rstrip() != "--", normalize("NFKC", text).casefold().splitlines())
    return "\n".join(line for line in lines if not line.lstrip().startswith(">")).strip()
