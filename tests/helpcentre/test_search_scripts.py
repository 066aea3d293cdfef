"""The search in the page: what it cuts texts into, and what it is made of."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tkt.fields import normalised
from tkt.store.index.cutting import cut

KNOWLEDGE = Path(__file__).resolve().parents[2] / "templates/knowledge"
TEXTS = [
    "如何申请开具发票？",
    "发票",
    "票",
    "打印机Printer-2000打印模糊",
    "ＡＢＣ１２３　全角，标点！",
    "Straße ΟΔΥΣΣΕΥΣ ﬁne İstanbul ıssız",
    "don't stop: e-mail, C++ & C#",
    "😀 表情 👩‍💻 符号",
    "𠮷野家と日本語カタカナｶﾀｶﾅ 한국어",
    "naïve café CAFÉ",
    "",
    "   \t\n ",
    "a_b_c 1.5 2026-11-01",
    "①②③ ㈱ ½ x²",
    "هذا نص عربي Привет МИР",
]
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="there is no node")
def test_the_page_cuts_texts_as_the_index_does() -> None:
    script = (
        "const {tktCutting: c} = require(process.argv[1]);"
        "const texts = JSON.parse(require('fs').readFileSync(0, 'utf-8'));"
        "console.log(JSON.stringify(texts.map(text => [c.normalised(text), c.cut(text).join(' ')])));"
    )
    done = subprocess.run(
        [str(NODE), "-e", script, str(KNOWLEDGE / "assets/cutting.js")],
        input=json.dumps(TEXTS),
        capture_output=True,
        text=True,
        check=True,
    )
    for text, (plain, pieces) in zip(TEXTS, json.loads(done.stdout), strict=True):
        assert plain == normalised(text)
        assert pieces == cut(normalised(text))


def test_what_was_taken_from_others_is_what_they_published() -> None:
    told = (KNOWLEDGE / "vendor/README.md").read_text("utf-8")
    sums = {name: found for found, name in re.findall(r"`([0-9a-f]{64})` (\S+\.js)", told)}
    assert set(sums) == {path.name for path in (KNOWLEDGE / "vendor").glob("*.js")}
    for name, expected in sums.items():
        assert sha256((KNOWLEDGE / "vendor" / name).read_bytes()).hexdigest() == expected
    assert "Luca Ongaro" in (KNOWLEDGE / "vendor/LICENSE-minisearch").read_text("utf-8")
