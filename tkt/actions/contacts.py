"""Who asks, as somebody typed it: which of it is a name, a mail address, a phone number?"""

from __future__ import annotations

from tkt.late import late

_BETWEEN = r"[\s,;:|/<>，；：、｜]+"  # stands between the parts and belongs to none
_OUTSIDE = late(rf"^{_BETWEEN}|{_BETWEEN}$")
_MAIL = late(r"[^\s<>()（）,;:|，；：、\"@]+@[^\s<>()（）,;:|，；：、\"@]+")
_NUMBER = r"\+?(?:[(（]\d{1,4}[)）]|\d)(?:[ .()（）-]{0,2}\d)+"
_PHONE_AHEAD = late(rf"(?P<phone>{_NUMBER})(?![A-Za-z0-9_.-])")
_PHONE_BEHIND = late(rf"(?<![A-Za-z0-9_.+(（-])(?P<phone>{_NUMBER})$")
_PHONE_IN_BRACKETS = late(rf"[(（]\s*(?P<phone>{_NUMBER})\s*[)）]$")
_ALL_PHONE = late(r"\+?[\d\s()（）.-]{5,}")
_FEWEST = 7  # digits of a phone number beside a name; alone, any number of five characters is one


def contact_of(text: str) -> dict[str, str]:
    """`张伟 <zhang@acme.example>`, `李娜 13800138000`: name, mail address and phone number, in any order.

    What is neither the first mail address nor a phone number at one end belongs to the name.
    """
    mail = _MAIL.search(text)
    rest = text if mail is None else f"{_trimmed(text[: mail.start()])} {_trimmed(text[mail.end() :])}"
    name, phone = _without_phone(_trimmed(rest))
    parts = {"name": _unquoted(name), "email": mail[0] if mail else "", "phone": phone}
    return {key: value for key, value in parts.items() if value}


def _without_phone(text: str) -> tuple[str, str]:
    """The text without the phone number at its end or its beginning, and that number."""
    if _ALL_PHONE.fullmatch(text) and _digits(text) >= 3:
        return "", text
    for place in (_PHONE_IN_BRACKETS.search(text), _PHONE_BEHIND.search(text), _PHONE_AHEAD.match(text)):
        if place is not None and _digits(place["phone"]) >= _FEWEST:
            return _trimmed(text[: place.start()] + text[place.end() :]), place["phone"]
    return text, ""


def _trimmed(text: str) -> str:
    return _OUTSIDE.sub("", text)


def _unquoted(name: str) -> str:
    """A name without the quotes that mail programs put around it."""
    inner = name[1:-1]
    return inner.strip() if name[:1] == name[-1:] == '"' and '"' not in inner else name


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)
