"""How long do pages take: the dashboard with a page a ticket, the same after one change, the help centre?"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from articles import write_articles
from measure import Failed, Taken, run

if TYPE_CHECKING:
    from cases import Bench
    from figures import Figure

ARTICLES = 2_000
HERE = Path(__file__).parent


def site(bench: Bench) -> Figure:
    """The whole dashboard and a page for every ticket, into a new folder; the index stands."""
    bench.ask("list", "-n", "1")

    def work() -> Taken:
        folder = bench.scratch / f"site-{next(bench.counter)}"
        done = bench.ask("report", "site", "-o", str(folder))
        made = sum(1 for _ in (folder / "tickets").glob("*/*-*.html"))
        shutil.rmtree(folder)
        if made < bench.number:
            raise Failed(f"{made} of {bench.number} ticket pages written")
        return done

    return bench.figure("site", work, note=f"{bench.number:,} ticket pages, all written", warm=False)


def site_again(bench: Bench) -> Figure:
    """The same folder once more after one ticket was changed by hand."""
    folder = bench.scratch / f"site-kept-{bench.number}"
    changed = bench.open_files[0]
    before = changed.read_bytes()
    page = f"*/{changed.stem}.html"
    titles = (b"\ntitle: once ", b"\ntitle: twice ")

    def work() -> Taken:
        place = next(bench.counter)
        title = titles[place % 2]
        changed.write_bytes(before.replace(b"\ntitle: ", title + str(place).encode() + b" ", 1))
        done = bench.ask("report", "site", "-o", str(folder))
        told = next((folder / "tickets").glob(page)).read_text("utf-8")
        if f"{title.split()[1].decode()} {place}" not in told:
            raise Failed("the changed ticket's page is as it was")
        return done

    try:
        return bench.figure("site-again", work, note="one ticket changed, its page seen to change")
    finally:
        changed.write_bytes(before)
        shutil.rmtree(folder, ignore_errors=True)


def help_centre(bench: Bench) -> Figure:
    """The public help centre of 2,000 articles, into a new folder."""
    desk = bench.scratch / "articles"
    if not desk.exists():
        run([sys.executable, HERE / "desks.py", desk, "--tickets", "0"], bench.scratch)
        write_articles(desk, ARTICLES)

    def work() -> Taken:
        folder = bench.scratch / f"help-{next(bench.counter)}"
        done = bench.ask("kb", "build", "--public", "-o", str(folder), folder=desk)
        made = sum(1 for _ in folder.glob("article-*.html"))
        shutil.rmtree(folder)
        if made != ARTICLES:
            raise Failed(f"{made} of {ARTICLES} articles written")
        return done

    return bench.figure("help-centre", work, note=f"{ARTICLES:,} articles, all written", warm=False)
