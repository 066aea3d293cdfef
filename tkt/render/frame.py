"""What stands around the content of an HTML page: language, navigation, scripts, what it is made from?

Every page of a site has one; `templates/site/base.html.j2` sets it. How to use it: docs/site.md.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from tkt.frozen import dataclass
from tkt.i18n import current_language
from tkt.render.pages import Templates

SHEET = "assets/site.css"
SCRIPT = "assets/site.js"
CHARTS = "assets/echarts.js"
SOURCES = {
    SHEET: "site/assets/site.css",
    SCRIPT: "site/assets/site.js",
    CHARTS: "site/vendor/echarts.js",
}
"""Path in the folder of pages → name among the templates."""
_LANGUAGES = {"en": "en", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A style sheet or a script: at a path from the top folder, or with `text` inside of the page."""

    path: str
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """A page in the navigation; its path is from the top folder."""

    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The frame of one page."""

    title: str
    lang: str = "en"  # as HTML names it
    root: str = ""  # the way to the top folder: "" or "../"
    brand: str = ""  # the name of the site; "": no head
    home: str = "index.html"
    nav: tuple[NavItem, ...] = ()
    current: str = ""  # the path of the page's item in the navigation
    facts: tuple[tuple[str, str], ...] = ()  # what it is made from
    notes: tuple[str, ...] = ()
    robots: str = "noindex, nofollow"  # "" where searching engines are welcome
    kind: str = "plain"  # a class of the body: dashboard has its navigation at the side
    policy: str = ""  # the Content-Security-Policy
    sheets: tuple[Asset, ...] = ()
    scripts: tuple[Asset, ...] = ()


def framed(
    title: str,
    *,
    depth: int = 0,
    brand: str = "",
    home: str = "index.html",
    nav: tuple[NavItem, ...] = (),
    current: str = "",
    facts: tuple[tuple[str, str], ...] = (),
    notes: tuple[str, ...] = (),
    robots: str = "noindex, nofollow",
    kind: str = "plain",
    has_script: bool = True,
    has_charts: bool = False,
    more: Iterable[Asset] = (),
    inline: Templates | None = None,
    language: str | None = None,
) -> Frame:
    """A frame in the reader's language (or `language`: en, zh), `depth` folders below the top one.

    `more` are further scripts. `inline`: one file that needs no other; style and scripts come from these
    templates into it.
    """
    names = [CHARTS] if has_charts else []
    if has_script or has_charts:
        names.append(SCRIPT)
    sheets: tuple[Asset, ...] = (Asset(path=SHEET),)
    scripts: tuple[Asset, ...] = (*(Asset(path=name) for name in names), *more)
    if inline is not None:
        sheets, scripts = _inlined(sheets, inline), _inlined(scripts, inline)
    return Frame(
        title=title,
        lang=_LANGUAGES[language or current_language()],
        root="../" * depth,
        brand=brand,
        home=home,
        nav=nav,
        current=current,
        facts=facts,
        notes=notes,
        robots=robots,
        kind=kind,
        policy=_policy(scripts),
        sheets=sheets,
        scripts=scripts,
    )


def _inlined(assets: Iterable[Asset], templates: Templates) -> tuple[Asset, ...]:
    return tuple(Asset(path=it.path, text=templates.text(SOURCES.get(it.path, it.path))) for it in assets)


def _policy(scripts: Iterable[Asset]) -> str:
    """Nothing is fetched but from the folder of the page; of scripts those alone that the page names.

    Styles may stand on elements: charts are drawn with them.
    """
    allowed = {"'self'" if it.text is None else _digest(it.text) for it in scripts} or {"'none'"}
    return (
        "default-src 'none'; "
        f"script-src {' '.join(sorted(allowed))}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
