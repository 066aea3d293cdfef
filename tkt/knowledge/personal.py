"""What in a text says who somebody is, and what stands in its place?

One list, `SIGNS`: what a draft leaves out and what `kb check` looks for in public articles. Names cannot be known by
their looks alone: those of the ticket, of the customers and of the desk are handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from ipaddress import ip_address
from types import MappingProxyType
from typing import NamedTuple

from tkt.actions.pseudonyms import SHORTEST, is_phone, pattern_of
from tkt.frozen import dataclass
from tkt.ids import TICKET_PATTERN
from tkt.knowledge.digits import is_card, is_citizen_id, plain_digits
from tkt.late import late

NAME, CUSTOMER, EMAIL, PHONE, ACCOUNT = "name", "customer", "email", "phone", "account"
ID_NUMBER, CARD, NUMBER, ORDER, SERIAL = "ID number", "bank card", "number", "order number", "serial number"
ADDRESS, LINK, IP, SECRET, TICKET = "address", "link", "IP address", "secret", "ticket"
MARKS: Mapping[str, str] = MappingProxyType(
    {
        NAME: "姓名", CUSTOMER: "客户", EMAIL: "邮箱", PHONE: "电话", ACCOUNT: "账号", ID_NUMBER: "证件号", CARD: "银行卡号",
        NUMBER: "号码", ORDER: "订单号", SERIAL: "序列号", ADDRESS: "地址", LINK: "链接", IP: "IP 地址", SECRET: "密码",
        TICKET: "工单号",
    }
)  # fmt: skip
"""What something personal is, as it is written in an English text, and in a Chinese one."""

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_HAN = r"[\u4e00-\u9fff]"
_SEP = r"[ \t]*(?:[:：=#]|号码?[:：]?|是|为|\bis\b)[ \t]*#?"
_COLON = r"[ \t]*[:：=][ \t]*"
_CODE = r"[A-Za-z0-9][A-Za-z0-9_\-/]{2,}[A-Za-z0-9]"
_IN_URL = r"[^\s<>\"'，。；）】]"
_TOKEN_KEYS = r"(?:access_?)?token|key|api_?key|sig(?:nature)?|secret|pass(?:word|wd)?|pwd|session(?:id)?|sid|auth|code|ticket|openid|phone|mobile|email|user(?:id)?|uid"


class Sign(NamedTuple):
    """How something personal looks. Its group `it`, where it has one, is what is left out.

    `is_sure`: it is personal wherever it stands, so that it is a leak in a public article.
    """

    mark: str
    pattern: re.Pattern[str]
    accepts: Callable[[str], bool] | None = None
    is_sure: bool = True


def _labelled(labels: str, value: str, between: str = _SEP) -> re.Pattern[str]:
    return late(rf"(?:{labels}){between}(?P<it>{value})", re.IGNORECASE)


def _named(labels: str, value: str) -> re.Pattern[str]:
    return late(rf"(?:{labels}){_COLON}(?P<it>{value})")


def _is_ip(text: str) -> bool:
    try:
        found = ip_address(text)
    except ValueError:
        return False
    return not (found.is_loopback or found.is_unspecified)


SIGNS: tuple[Sign, ...] = (
    # What a word before it says it is: first, as digits alone look like much.
    Sign(SECRET, _labelled(r"密码|口令|密钥|password|passwd|passcode|pwd|api[ _-]?key|access[ _-]?token|secret", r"(?=\S{0,99}[A-Za-z])(?=\S{0,99}\d)[!-Z\^-~]{6,}")),
    Sign(ID_NUMBER, _labelled(r"身份证|护照|港澳通行证|passport(?: no\.?| number)?|ID card", r"(?=[A-Za-z]{0,3}\d)[A-Za-z0-9]{6,20}")),
    Sign(CARD, _labelled(r"银行卡|卡号|账户号|银行账号|card (?:no\.?|number)|account number|IBAN", r"(?=[A-Z]{0,3}\d)[A-Z0-9][A-Z0-9 \-]{6,32}[A-Z0-9]")),
    Sign(ORDER, _labelled(r"订单(?:编)?|运单|快递单|物流单|合同(?:编)?|发票|(?:order|tracking|waybill|contract|invoice)(?: no\.?| number| id)?", rf"(?=[A-Za-z_\-/]*\d){_CODE}"), is_sure=False),
    Sign(SERIAL, _labelled(r"序列|设备编|serial(?: no\.?| number)?|\bS/?N|IMEI", rf"(?=[A-Za-z_\-/]*\d){_CODE}"), is_sure=False),
    Sign(ACCOUNT, _labelled(r"微信|QQ|wechat(?: id)?|weixin|skype|telegram|whatsapp", r"[A-Za-z0-9_\-+]{5,32}"), is_sure=False),
    Sign(ADDRESS, _labelled(r"地址|住址|(?:shipping |billing |home |postal )address", r"(?!https?://)[^\s\[][^\n。；;\[]{4,120}", _COLON), is_sure=False),
    Sign(NAME, _named(r"联系人|收货人|收件人|寄件人|姓名|经办人|负责人|称呼|客户名称|[Nn]ame|[Cc]ontact", r"[\u4e00-\u9fff][\u4e00-\u9fff·]{1,9}|[A-Z][\w'\-]+(?: [A-Z][\w'\-]+){0,3}"), is_sure=False),
    Sign(PHONE, _labelled(r"电话|手机|座机|联系方式|传真|phone|mobile|\btel\.?|fax", r"\+?[\d(][\d ()\-]{5,18}\d"), is_sure=False),
    # What it is by its looks alone.
    Sign(SECRET, late(r"(?<![A-Za-z0-9])(?:sk|pk|ghp|gho|glpat|xox[abp]|AKIA)[-_]?[A-Za-z0-9_\-]{16,}")),
    Sign(LINK, late(rf"[a-z][a-z0-9+.\-]{{1,15}}://[^\s/@<>:]{{1,99}}:[^\s/@<>]{{1,99}}@{_IN_URL}+", re.IGNORECASE)),
    Sign(LINK, late(rf"https?://{_IN_URL}{{0,999}}?[?&;#](?:{_TOKEN_KEYS})={_IN_URL}+", re.IGNORECASE)),
    Sign(LINK, late(rf"https?://{_IN_URL}{{0,999}}?/(?=[A-Za-z_\-]*\d)[A-Za-z0-9_\-]{{24,}}{_IN_URL}*", re.IGNORECASE)),
    Sign(EMAIL, late(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")),
    Sign(TICKET, late(rf"(?<![0-9A-Za-z\-]){TICKET_PATTERN}(?![0-9A-Za-z\-])")),
    Sign(ID_NUMBER, late(r"(?<![0-9A-Za-z])\d{6}[ \-]?\d{8}[ \-]?\d{3}[0-9Xx](?![0-9A-Za-z])"), is_citizen_id),
    Sign(CARD, late(r"(?<![0-9A-Za-z])(?:\d{13,19}|\d{4}(?:[ \-]\d{4}){2,3}(?:[ \-]\d{1,4})?|\d{4}[ \-]\d{6}[ \-]\d{5})(?![0-9A-Za-z])"), is_card),
    Sign(PHONE, late(r"(?<![0-9A-Za-z.])(?:(?:\+|00)?86[ \-]?)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?![0-9A-Za-z])")),
    Sign(PHONE, late(r"(?<![0-9A-Za-z.])(?:\(0\d{2,3}\)|0\d{2,3})[ \-]?[2-9]\d{2,3}[ \-]?\d{4}(?:[ \-]\d{1,5})?(?![0-9A-Za-z])"), is_sure=False),
    Sign(PHONE, late(r"(?<![0-9A-Za-z])\+\d(?:(?:[ .\-]| ?\(|\) ?)?\d){7,14}(?![0-9A-Za-z])")),
    Sign(PHONE, late(r"(?<![0-9A-Za-z.\-])(?!400|800)\(?[2-9]\d{2}\)?[ .\-]\d{3}[ .\-]\d{4}(?![0-9A-Za-z\-])"), is_sure=False),
    Sign(IP, late(r"(?<![0-9A-Za-z.])(?<!版本)(?<!版本 )(?<!ersion )\d{1,3}(?:\.\d{1,3}){3}(?![0-9A-Za-z]|\.\d)"), _is_ip, is_sure=False),
    Sign(IP, late(r"(?<![0-9A-Za-z:])(?=[0-9A-Fa-f:]*\d)[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![0-9A-Za-z:])"), _is_ip, is_sure=False),
    Sign(ADDRESS, late(rf"(?:{_HAN}{{2,4}}(?:省|自治区))?(?:{_HAN}{{2,4}}[市州盟])?(?:{_HAN}{{2,5}}[区县旗])?(?:{_HAN}{{2,6}}(?:镇|乡|街道))?{_HAN}{{1,8}}(?:路|街|大道|巷|胡同|弄|村|小区|花园|大厦)[东西南北中]?(?:{_HAN}{{0,4}}[A-Za-z]?\d{{1,5}}(?:号楼|号|栋|幢|座|单元|室|层|楼))+"), is_sure=False),
    Sign(ADDRESS, late(r"(?<![0-9A-Za-z])\d{1,5} (?:[A-Z][a-z]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Boulevard|Blvd|Drive|Dr|Square|Court|Ct)\b\.?(?:, (?:[A-Z][A-Za-z]+ ?){1,3}){0,3}"), is_sure=False),
    Sign(NAME, late(rf"(?P<it>[{_SURNAMES}]{_HAN}{{0,2}})(?=先生|女士|小姐|太太)"), is_sure=False),
    Sign(NAME, late(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? (?P<it>[A-Z][\w'\-]+(?: [A-Z][\w'\-]+){0,2})"), is_sure=False),
    Sign(NAME, late(r"^(?:Dear|Hi|Hello|Hey) (?P<it>[A-Z][\w'\-]+(?: [A-Z][\w'\-]+){0,2})(?=[,!:，！：]|$)", re.MULTILINE), is_sure=False),
    Sign(NUMBER, late(r"(?<![0-9A-Za-z.\-])(?:\d{11,}|\d{4}(?:[ \-]\d{4}){2,})(?![0-9A-Za-z]|\.\d)"), is_sure=False),
)  # fmt: skip
"""What is personal by its looks. Where two find the same, the earlier one says what it is."""

_ANY_MARK = late("|".join(re.escape(f"[{word}]") for pair in MARKS.items() for word in pair))
_WIDE = {0xFF10 + digit: ord("0") + digit for digit in range(10)} | {
    0xFF20: ord("@"),
    0xFF0E: ord("."),
    0xFF0D: ord("-"),
    0x3000: ord(" "),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Something personal: what it is, what stands there, and where in the text."""

    mark: str
    words: str
    start: int
    end: int


def found_in(text: str, literals: Mapping[str, str], *, sure: bool = False) -> tuple[Found, ...]:
    """Everything personal in a text, in its order, nothing twice. `literals`: names and the like → their marks.

    `sure`: only what is personal wherever it stands.
    """
    plain = text.translate(_WIDE)
    spans = [*_literals(plain, literals), *_signs(plain, sure=sure)]
    joined: list[list[int | str]] = []
    for start, end, mark in sorted(spans, key=lambda it: (it[0], -it[1])):
        if joined and start < int(joined[-1][1]):
            joined[-1][1] = max(int(joined[-1][1]), end)
        else:
            joined.append([start, end, mark])
    return tuple(
        Found(str(mark), text[int(start) : int(end)], int(start), int(end)) for start, end, mark in joined
    )


def left_out(text: str, literals: Mapping[str, str], language: str) -> tuple[str, tuple[Found, ...]]:
    """The text with a mark in place of everything personal, in words of `language`, and what that was."""
    found = found_in(text, literals)
    pieces, at = [], 0
    for each in found:
        pieces += [text[at : each.start], mark_word(each.mark, language)]
        at = each.end
    return "".join((*pieces, text[at:])), found


def mark_word(mark: str, language: str) -> str:
    """`[name]`, `[姓名]`."""
    return f"[{MARKS[mark]}]" if language == "zh" else f"[{mark}]"


def marks_in(text: str) -> tuple[str, ...]:
    """The marks that stand in a text, each once."""
    return tuple(dict.fromkeys(_ANY_MARK.findall(text)))


def standing_in(text: str, literals: Mapping[str, str]) -> dict[str, str]:
    """Those that may stand in a text. Of thousands of customers few do: worth asking before each line is looked at."""
    plain = text.translate(_WIDE)
    folded, digits = plain.casefold(), plain_digits(plain)
    return {
        literal: mark
        for literal, mark in literals.items()
        if len(words := literal.strip()) >= SHORTEST and _may_stand(words, folded, digits)
    }


def _literals(text: str, literals: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    for literal, mark in standing_in(text, literals).items():
        words = literal.strip()
        is_one_word = mark == NAME and words.isalpha() and words.isascii()  # Will, and not will
        for it in re.finditer(pattern_of(words), text, 0 if is_one_word else re.IGNORECASE):
            yield it.start(), it.end(), mark


def _may_stand(literal: str, folded: str, digits: str) -> bool:
    """Whether it is worth looking for: its first word stands there, of a phone number all digits."""
    first, number = _key_of(literal)
    return number in digits if number else first in folded


@lru_cache(maxsize=100_000)
def _key_of(literal: str) -> tuple[str, str]:
    """Its first word, and its digits where it is a phone number, which is found however it is written."""
    return literal.casefold().split()[0], plain_digits(literal) if is_phone(literal) else ""


def _signs(text: str, *, sure: bool) -> Iterator[tuple[int, int, str]]:
    for sign in SIGNS:
        if sure and not sign.is_sure:
            continue
        for it in sign.pattern.finditer(text):
            group = "it" if "it" in it.groupdict() else 0
            if sign.accepts is None or sign.accepts(it[group]):
                yield it.start(group), it.end(group), sign.mark
