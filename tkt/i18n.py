"""In which language does a person read this?

The core never translates: it hands `Message` values upwards, and whoever prints renders them
(`render`). English is the message itself; other languages are gettext catalogues in `tkt/locale/`.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path

from tkt.frozen import dataclass

LANGUAGES = {"en": "en", "zh": "zh_CN"}
_LOCALE_DIR = Path(__file__).with_name("locale")
_MANY = 4096
"""More texts than the program has; what strangers wrote may pass here too, and is not kept for ever."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a person, not yet in anybody's language."""

    text: str
    args: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int = 0

    def __str__(self) -> str:
        """The English sentence; for logs and tests."""
        text = self.plural if self.plural is not None and self.count != 1 else self.text
        return _filled(text, self.args, _english_argument)


def msg(text: str, /, **args: object) -> Message:
    """A translatable sentence; `{name}` places are filled when it is rendered."""
    return Message(text, args)


def msgn(one: str, many: str, count: int, /, **args: object) -> Message:
    """A translatable sentence that counts; `{count}` is filled with the number."""
    return Message(one, {"count": count, **args}, many, count)


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark `text` for translation where it stands; it is translated where it is printed."""
    return text


class _Reader:
    """The language of this process, chosen once at the door."""

    language: str = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    known: dict[str, str] = {}  # noqa: RUF012 - what was looked up, in this language
    choose: Callable[[], str] | None = None


def activate(language: str) -> None:
    """Print in `language` (`en` or `zh`) from now on."""
    _Reader.choose = None
    if language == "en":
        _Reader.catalogue = gettext.NullTranslations()
    else:
        _Reader.catalogue = gettext.translation("tkt", _LOCALE_DIR, [LANGUAGES[language]])
    _Reader.language = language
    _Reader.known = {}


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, in `language`: what is written to somebody who reads another one than whoever asked for it."""
    before = current_language()
    activate(language)
    try:
        yield
    finally:
        activate(before)


def activate_when_asked(choose: Callable[[], str]) -> None:
    """Print in the language that `choose` answers, which is asked with the first text and not before."""
    _Reader.choose = choose
    _Reader.known = {}


def current_language() -> str:
    """`en` or `zh`."""
    _settle()
    return _Reader.language


def _(text: str) -> str:
    """`text` in the reader's language."""
    found = _Reader.known.get(text)
    return _looked_up(text) if found is None else found


def _looked_up(text: str) -> str:
    known = _Reader.known  # taken first: another language may begin meanwhile, with texts of its own
    found = _catalogue().gettext(text) if text else ""
    if len(known) < _MANY:
        known[text] = found
    return found


def _catalogue() -> gettext.NullTranslations:
    _settle()
    return _Reader.catalogue


def _settle() -> None:
    if _Reader.choose is not None:
        activate(_Reader.choose())


def render(message: Message | str) -> str:
    """`message` in the reader's language, its places filled; a plain string passes unchanged."""
    if isinstance(message, str):
        return message
    if message.plural is None:
        text = _(message.text)
    else:
        text = _catalogue().ngettext(message.text, message.plural, message.count)
    return _filled(text, message.args, _rendered_argument)


def language_of(*wishes: str | None, environ: Mapping[str, str] | None = None) -> str:
    """The first wish that names a language we have, else the environment's, else English.

    A wish may be `zh`, `zh_CN`, `zh-Hans`, `zh_CN.UTF-8`, `en_GB` …
    """
    env = os.environ if environ is None else environ
    places = (env.get("LC_ALL"), env.get("LC_MESSAGES"), env.get("LANG"))
    for wish in (*wishes, *places):
        if wish:
            found = language_named(wish)
            if found:
                return found
    return "en"


def language_named(wish: str) -> str | None:
    """`en` or `zh` for any usual spelling of them, else None."""
    short = wish.replace("-", "_").split("_")[0].split(".")[0].lower()
    return short if short in LANGUAGES else None


def _english_argument(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_english_argument(item) for item in value)
    return str(value)


def _rendered_argument(value: object) -> str:
    if isinstance(value, Message):
        return render(value)
    if isinstance(value, (list, tuple)):
        return _(", ").join(_rendered_argument(item) for item in value)
    return str(value)


def _filled(text: str, args: Mapping[str, object], show: Callable[[object], str]) -> str:
    if not args:
        return text
    shown = {key: value if type(value) is str else show(value) for key, value in args.items()}
    return text.format_map(shown)
