"""Which style sheets and scripts belong beside the pages, and what do all pages depend on?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path

from tkt.desk import Desk
from tkt.render.frame import CHARTS, SCRIPT, SHEET, SOURCES
from tkt.render.pages import TEMPLATES, Templates
from tkt.site.writing import Output, fingerprint
from tkt.store.index.fingerprint import fingerprint as desk_print

_LICENCES = ("LICENSE-echarts", "NOTICE-echarts", "LICENSE-zrender")
_PACKAGE = Path(__file__).parents[1]


def put_assets(output: Output, templates: Templates, *, has_charts: bool = True) -> None:
    """The style sheet, the script and, with `has_charts`, what charts are drawn with. Errors: PageError."""
    sources = {SHEET: SOURCES[SHEET], SCRIPT: SOURCES[SCRIPT]}
    if has_charts:
        sources[CHARTS] = SOURCES[CHARTS]
        sources |= {f"assets/{name}": f"site/vendor/{name}" for name in _LICENCES}
    for path, name in sources.items():
        text = templates.text(name)
        output.page(path, fingerprint(text), partial(str, text))


def made_by(desk: Desk, language: str) -> str:
    """What all pages of a desk depend on: this program, its templates and the desk's, the configuration, the language."""
    digest = blake2b(digest_size=10)
    digest.update(desk_print(desk.root, desk.config))
    digest.update(_program())
    for line in sorted(_files(desk.root / TEMPLATES)):
        digest.update(line)
    return f"{digest.hexdigest()}-{language}"


@cache
def _program() -> bytes:
    """The code and the templates as this process found them."""
    return b"".join(sorted([*_files(_PACKAGE), *_files(_PACKAGE.parent / TEMPLATES)]))


def _files(folder: Path) -> Iterator[bytes]:
    """What is seen of files from outside."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            path = f"{place}/{name}"
            found = os.stat(path)  # noqa: PTH116 - of a thousand files
            yield f"{path} {found.st_mtime_ns} {found.st_size}\n".encode("utf-8", "surrogateescape")
