"""How is the folder of customers' status pages written, which is all that may be published?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tkt.desk import Desk
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import Message, current_language, msg
from tkt.render.pages import Templates
from tkt.site.assets import made_by, put_assets
from tkt.site.writing import Output, Written
from tkt.statuspages.putting import put_status_pages
from tkt.store.pagekey import VARIABLE

KIND = "public"
NEW_KEY = (
    msg("a key for the names of status pages was made; it stays in this clone and is never committed"),
    msg(
        "where CI builds the pages or letters name them, set {name} there and here, so that all give the same"
        " addresses",
        name=VARIABLE,
    ),
)
"""What is to be told where a clone has just got a key of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What was written, what could not be read on the way, and what is to be told beside it."""

    written: Written
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...]


def build_status_pages(desk: Desk, now: datetime, folder: Path, *, force: bool = False) -> Built:
    """Write the pages that are due at `now`. Nobody learns their names from the folder's manifest.

    Errors: as `Output` and `put_status_pages`.
    """
    templates = Templates(desk.root)
    by = made_by(desk, current_language())
    with Output(folder, KIND, made_by=by, force=force, hides_names=True) as output:
        put_assets(output, templates, has_charts=False)
        put = put_status_pages(output, desk, templates, now)
        written = output.finish()
    return Built(written=written, problems=put.problems, notes=NEW_KEY if put.is_new_key else ())
