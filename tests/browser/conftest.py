"""Pages in a real browser: opened from the disk, at several widths, and nothing may be complained of or fetched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Seen:
    """A page that was opened, and what went wrong on it."""

    page: Any
    folder: Path
    complaints: list[str] = field(default_factory=list)

    def open(self, name: str) -> None:
        """Go to a page of the folder; nothing may be complained of, and nothing may come from elsewhere."""
        self.page.goto((self.folder / name).as_uri())
        self.page.wait_for_function("document.readyState === 'complete'")
        assert self.complaints == [], name

    def is_narrow(self) -> bool:
        """Whether the page scrolls down only."""
        return bool(
            self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        )

    def faults(self) -> list[str]:
        """What axe finds that is serious or critical."""
        from axe_playwright_python.sync_playwright import Axe

        options = {"preload": False}  # it would ask for the style sheet, which no page may
        found = Axe().run(self.page, options=options).response["violations"]
        return [
            f"{it['id']}: {node['html'][:200]}"
            for it in found
            if it["impact"] in ("serious", "critical")
            for node in it["nodes"]
        ]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser without a window; the test is skipped where there is none."""
    if not CHROMIUM.exists():
        pytest.skip("needs /usr/bin/chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browser(chromium: Any) -> Iterator[Callable[..., Seen]]:
    """Gives a function: the folder of pages → a tab that looks at them."""
    contexts = []

    def look(folder: Path, *, width: int = 1024, scheme: str = "light", script: bool = True) -> Seen:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        seen = Seen(context.new_page(), folder)
        home = folder.as_uri()
        seen.page.on(
            "console",
            lambda it: seen.complaints.append(it.text) if it.type in ("error", "warning") else None,
        )
        seen.page.on("pageerror", lambda it: seen.complaints.append(str(it)))
        seen.page.on(
            "request",
            lambda it: (
                None if it.url.startswith((home, "data:")) else seen.complaints.append(f"asked for {it.url}")
            ),
        )
        return seen

    yield look
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def of_the_demo(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Gives a function: the words of a command that writes a folder → that folder, of a demo desk, made once."""
    from tkt.cli import main

    made: dict[tuple[str, ...], Path] = {}
    home = tmp_path_factory.mktemp("demo")

    def folder(*command: str) -> Path:
        if command not in made:
            os.environ["TKT_NOW"] = "2026-11-16T02:00:00Z"
            desk, out = home / "desk", home / f"out-{len(made)}"
            if not desk.exists():
                assert main(["demo", str(desk)]) == 0
            assert main(["-C", str(desk), *command, "-o", str(out)]) == 0
            made[command] = out
        return made[command]

    return folder
