"""Which files of config/hooks/ are hooks, and is every verb known that a command has?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tkt
from tkt.hooks.names import ANY, VERBS, HookName, hook_name

PACKAGE = Path(tkt.__file__).parent
GIVEN = re.compile(r"\bverb(?:: str)? ?= ?\"([a-z-]+)\"")


@pytest.mark.parametrize(
    ("file", "when", "what"),
    [
        ("pre-change", "pre", "change"),
        ("post-change", "post", "change"),
        ("pre-close", "pre", "close"),
        ("pre-change.10-limits", "pre", "change"),
        ("post-new.py", "post", "new"),
    ],
)
def test_a_name_says_when_a_hook_runs(file: str, when: str, what: str) -> None:
    found = hook_name(file)
    assert found is not None
    assert (found.when, found.what, found.is_known) == (when, what, True)


@pytest.mark.parametrize(
    "file", ["README", "README.md", ".gitkeep", "pre-change~", "pre-change.bak", "pre-change.sample", "on-add", "pre-", "lib.sh"]
)  # fmt: skip
def test_other_files_are_no_hooks(file: str) -> None:
    assert hook_name(file) is None


def test_a_name_that_nothing_calls_is_told_with_the_nearest_one() -> None:
    found = hook_name("pre-resolv")
    assert found is not None
    assert not found.is_known
    assert "pre-resolve" in str(found.meant)


def test_every_verb_that_a_command_gives_has_its_hooks() -> None:
    texts = (path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    given = {verb for text in texts for verb in GIVEN.findall(text)} - {"demo"}
    assert {"new", "move", "reply", "import"} <= given
    assert not given - set(VERBS)
    assert HookName("pre", ANY).is_known


def test_the_documents_name_every_verb() -> None:
    text = (PACKAGE.parent / "docs" / "hooks.md").read_text("utf-8")
    assert not [verb for verb in VERBS if f"`{verb}`" not in text]
