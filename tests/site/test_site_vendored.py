"""What others wrote and ships with the pages is what it is said to be."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "templates/site/vendor"


def test_the_checksum_of_what_is_vendored_holds() -> None:
    lines = re.findall(r"^ {4}([0-9a-f]{64})  (\S+)$", (VENDOR / "README.md").read_text(), re.M)
    said = {name: digest for digest, name in lines}
    assert set(said) == {"echarts.js"}
    assert {name: sha256((VENDOR / name).read_bytes()).hexdigest() for name in said} == said


def test_the_licences_stand_beside_it() -> None:
    for name in ("LICENSE-echarts", "NOTICE-echarts", "LICENSE-zrender"):
        assert (VENDOR / name).read_text().strip()


def test_nothing_in_it_ends_a_script() -> None:
    assert "</script" not in (VENDOR / "echarts.js").read_text().lower()
