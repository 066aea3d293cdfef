"""Which customer is meant: by id, name or contact; one that no file knows is kept, and told of."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from helpers import DeskAtWork

NAME = "天蓝家电连锁"


@pytest.fixture
def shops(desk: DeskAtWork) -> DeskAtWork:
    desk.write(
        "customers/tianlan.yaml",
        f"name: {NAME}\ntier: vip\ncontacts:\n- {{name: 王芳, email: wang@tianlan.example}}\n",
    )
    desk.write("customers/plain.yaml", "name: Plain Ltd\n")
    return desk


def new(desk: DeskAtWork, *words: str) -> dict[str, object]:
    found: dict[str, object] = desk.json(
        "new", "E104", "--channel", "phone", "--text", "x", "--quick", *words
    )
    return found


def whose(answer: dict[str, object]) -> tuple[object, object]:
    return answer.get("customer"), answer.get("tier")


@pytest.mark.parametrize("wish", ["tianlan", NAME, "WANG@tianlan.example"])
def test_a_customer_is_named_by_id_name_or_contact(shops: DeskAtWork, wish: str) -> None:
    assert whose(new(shops, "--customer", wish)) == ("tianlan", "vip")
    ticket = str(new(shops)["id"])
    assert whose(shops.json("set", ticket, f"客户={wish}")) == ("tianlan", "vip")
    line = {"do": "set", "id": str(new(shops)["id"]), "set": {"customer": wish}}
    file = shops.root.parent / "lines.jsonl"
    file.write_text(json.dumps(line), "utf-8")
    shops.tkt("batch", str(file))
    assert whose(shops.json("show", line["id"])) == ("tianlan", "vip")


def test_another_customer_brings_its_own_tier(shops: DeskAtWork) -> None:
    ticket = str(new(shops, "--customer", "tianlan")["id"])
    assert whose(shops.json("set", ticket, "customer=plain")) == ("plain", None)
    assert whose(shops.json("set", ticket, f"customer={NAME}", "tier=standard")) == ("tianlan", "standard")


def test_one_that_no_file_knows_is_kept_and_told_of(shops: DeskAtWork) -> None:
    told = shops.tkt("new", "E104", "--channel", "phone", "--text", "x", "--customer", "天蓝家电连琐").err
    assert "no file of customers/ knows 天蓝家电连琐" in told
    assert f"did you mean {NAME}?" in told
    ticket = str(new(shops, "--customer", "不存在的", "--from", "wang@tianlan.example")["id"])
    assert whose(shops.json("show", ticket)) == ("不存在的", None)
    told = shops.tkt("set", ticket, "customer=另一个").err
    assert "write customers/ID.yaml with name: 另一个" in told
    assert shops.json("show", ticket)["customer"] == "另一个"
    file = shops.root.parent / "lines.jsonl"
    file.write_text(
        json.dumps({"do": "new", "channel": "phone", "title": "x", "text": "x", "customer": "无名"})
    )
    assert "knows 无名" in shops.tkt("batch", str(file)).err


def test_a_form_names_a_customer_too(
    shops: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n"
        f"path.write_text(path.read_text('utf-8') + 'customer: {NAME}\\n', 'utf-8')\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    monkeypatch.delenv("VISUAL", raising=False)
    assert whose(shops.json("edit", str(new(shops)["id"]))) == ("tianlan", "vip")
