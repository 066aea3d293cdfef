"""What does the search in the page know of the articles?

A script that sets one list, because a page opened from a disk may load scripts and nothing else:
[slug, language, the slug that all its translations share, title, words, text, mark].
"""

from __future__ import annotations

import json
from typing import Any

from tkt.helpcentre.centre import Centre
from tkt.helpcentre.edition import Entry
from tkt.helpcentre.topics import topic_of
from tkt.helpcentre.views import mark_of
from tkt.i18n import speaking

PAGE = "assets/articles.js"
_IN_SCRIPTS = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def search_script(centre: Centre) -> str:
    """The script that the first page loads when somebody searches."""
    told = json.dumps(
        [_told(centre, entry) for entry in centre.entries.values()], ensure_ascii=False, separators=(",", ":")
    )
    return f"window.tktArticles={told.translate(_IN_SCRIPTS)};\n"


def _told(centre: Centre, entry: Entry) -> list[Any]:
    labels = (topic_of(name, entry.language, centre.config).label for name in entry.applies_to)
    kin = min([entry.slug, *(slug for _, slug in entry.translations)])
    with speaking(entry.language):
        mark, _tone = mark_of(entry)
    return [
        entry.slug,
        entry.language,
        kin,
        entry.title,
        " ".join((*entry.tags, *labels)),
        " ".join(centre.markup(entry).text.split()),
        mark,
    ]
