"""Collect every text a person reads, merge it into the catalogues, compile them.

    python tools/messages.py            rewrite tkt/locale/*/LC_MESSAGES/tkt.po and .mo
    python tools/messages.py FILE ...   take translations from these .po files into zh_CN first

English is the message itself, so its catalogue fills itself; what has no Chinese yet is listed.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "tkt" / "locale"
KEYWORDS = {"_": None, "N_": None, "msg": None, "msgn": (1, 2), "ngettext": (1, 2)}
LANGUAGES = ("en", "zh_CN")
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)  # a date that never changes makes no diffs


def collected() -> Catalog:
    """Every message of the source and of the page templates, sorted, without line numbers (they only make noise in diffs)."""
    catalog = Catalog(project="tkt", charset="utf-8")
    for folder, methods in (
        (ROOT / "tkt", [("**.py", "python")]),
        (ROOT / "templates", [("**.j2", "jinja2")]),
    ):
        found = extract_from_dir(folder, methods, keywords=KEYWORDS, strip_comment_tags=True)
        for _file, _line, message, _comments, _context in found:
            if message:
                catalog.add(message)
    return catalog


def updated(language: str, source: Catalog) -> Catalog:
    """The catalogue of a language with exactly the messages of `source`."""
    path = po_path(language)
    old = read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    new = Catalog(locale=language, project="tkt", charset="utf-8", fuzzy=False)
    for message in source:
        if message.id:
            new.add(message.id, string=_translation(language, message.id, old))
    return new


def _translation(
    language: str, message_id: str | tuple[str, ...] | list[str], old: Catalog
) -> str | tuple[str, ...]:
    if language == "en":
        return tuple(message_id) if isinstance(message_id, (tuple, list)) else message_id
    key = message_id[0] if isinstance(message_id, (tuple, list)) else message_id
    known = old.get(key)
    plural = isinstance(message_id, (tuple, list))
    if known is None or not known.string:
        return ("",) if plural else ""
    if plural:
        return tuple(known.string) if isinstance(known.string, (tuple, list)) else (known.string,)
    return known.string[0] if isinstance(known.string, (tuple, list)) else known.string


def po_path(language: str) -> Path:
    """Where the catalogue of a language is kept."""
    return LOCALE / language / "LC_MESSAGES" / "tkt.po"


def written(catalog: Catalog, language: str) -> None:
    """Write `.po` for people and `.mo` for the program."""
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.creation_date = catalog.revision_date = UNDATED
    with path.open("wb") as stream:
        write_po(stream, catalog, sort_output=True, width=0, omit_header=False)
    with path.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalog)


def taken_in(files: list[str]) -> None:
    """Add the translations of other `.po` files to the Chinese catalogue."""
    path = po_path("zh_CN")
    mine = read_po(BytesIO(path.read_bytes()), locale="zh_CN") if path.exists() else Catalog(locale="zh_CN")
    for name in files:
        for message in read_po(BytesIO(Path(name).read_bytes()), locale="zh_CN"):
            if message.id and message.string and any(message.string):
                key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
                mine.delete(key)
                mine.add(message.id, string=message.string)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, mine, sort_output=True, width=0)


def main(files: list[str]) -> int:
    """Rewrite the catalogues; 1 where something is not translated."""
    if files:
        taken_in(files)
    source = collected()
    missing: list[str] = []
    for language in LANGUAGES:
        catalog = updated(language, source)
        written(catalog, language)
        missing += [str(m.id) for m in catalog if m.id and not any(m.string)]
    for text in missing:
        print(f"not translated: {text}")
    print(f"{len(list(source)) - 1} messages, {len(missing)} not translated")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
