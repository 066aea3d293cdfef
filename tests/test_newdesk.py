"""tkt.newdesk: `tkt init` writes a desk that works as it stands, and overwrites nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tkt.errors import Refused, UsageError
from tkt.i18n import render
from tkt.model import Person
from tkt.newdesk import create_desk, desk_files
from tkt.schema.configuration import FILES
from tkt.store.config import load_configuration


def texts(profile: str = "saas", language: str = "en", zone: str = "Asia/Shanghai") -> dict[str, str]:
    return desk_files(profile=profile, language=language, name="Help", zone=zone)


def test_every_file_that_a_desk_needs_is_written(tmp_path: Path) -> None:
    written = create_desk(tmp_path / "desk")
    found = sorted(
        path.relative_to(tmp_path / "desk") for path in (tmp_path / "desk").rglob("*") if path.is_file()
    )
    assert written == found
    named = {path.as_posix() for path in written}
    assert {path for path, _ in FILES.values()} <= named
    assert {
        ".gitattributes",
        ".gitignore",
        "config/calendars/CN-2025.yaml",
        "config/calendars/CN-2026.yaml",
    } <= named
    for folder in ("attachments", "customers", "improvements", "knowledge", "reviews", "templates"):
        assert f"{folder}/.gitkeep" in named
    for status in ("new", "assigned", "in-progress", "waiting", "resolved", "closed"):
        assert f"tickets/{status}/.gitkeep" in named


def test_a_desk_elsewhere_has_its_own_zone_and_no_chinese_holidays(tmp_path: Path) -> None:
    written = create_desk(tmp_path, zone="Europe/Berlin")
    config = load_configuration(tmp_path)
    assert config.desk.zone == "Europe/Berlin"
    assert {calendar.zone for calendar in config.sla.calendars.values()} == {"Europe/Berlin"}
    assert not any(calendar.holidays for calendar in config.sla.calendars.values())
    assert not any("calendars" in path.parts for path in written)


def test_the_name_is_the_folders_unless_given(tmp_path: Path) -> None:
    create_desk(tmp_path / "acme-desk")
    assert load_configuration(tmp_path / "acme-desk").desk.name == "acme-desk"


@pytest.mark.parametrize(
    "name", ["no", "12", 'a "b": c', "服务台：一号", "x\ty", "# not a comment", "a\x7f\x85b"]
)
def test_any_name_reads_back_as_it_was_given(tmp_path: Path, name: str) -> None:
    create_desk(tmp_path, name=name)
    assert load_configuration(tmp_path).desk.name == name


def test_people_can_be_given(tmp_path: Path) -> None:
    people = [
        Person(id="li.wei", name="李伟", email="li.wei@acme.example", teams=("support", "tech")),
        Person(id="no", name='O\'Neill: "Bo"'),
    ]
    create_desk(tmp_path, people=people)
    found = load_configuration(tmp_path).persons
    assert (found["li.wei"].name, found["li.wei"].email) == ("李伟", "li.wei@acme.example")
    assert found["li.wei"].teams == ("support", "tech")
    # somebody without a team answers customers
    assert (found["no"].name, found["no"].teams) == ('O\'Neill: "Bo"', ("support",))


def test_a_desk_is_not_made_twice(tmp_path: Path) -> None:
    create_desk(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(Refused) as refused:
        create_desk(tmp_path, profile="after-sales")
    assert render(refused.value.message) == f"there is a desk in {tmp_path} already"
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/sla.yaml").write_text("mine: true\n")
    (tmp_path / "replies").mkdir()
    (tmp_path / "replies/ack.en.md").write_text("mine\n")
    with pytest.raises(Refused) as refused:
        create_desk(tmp_path)
    assert render(refused.value.message) == (
        "these files are there already, and nothing is overwritten: config/sla.yaml, replies/ack.en.md"
    )
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["ack.en.md", "sla.yaml"]


def test_an_interrupted_init_can_be_run_again(tmp_path: Path) -> None:
    create_desk(tmp_path, name="Help")
    (tmp_path / "tkt.yaml").unlink()  # it is written last
    (tmp_path / "config/views.yaml").unlink()
    written = create_desk(tmp_path, name="Help")
    assert [path.as_posix() for path in written] == ["config/views.yaml", "tkt.yaml"]
    load_configuration(tmp_path)


def test_tkt_yaml_is_the_last_file_written() -> None:
    assert list(texts())[-1] == "tkt.yaml"


def test_a_repository_keeps_its_own_ignores_and_attributes(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.pyc\n.tkt/\n.*.tmp")  # without a final line end
    (tmp_path / ".gitattributes").write_text("*.png binary\n")
    written = create_desk(tmp_path)
    assert Path(".gitignore") not in written
    assert (tmp_path / ".gitignore").read_text() == "*.pyc\n.tkt/\n.*.tmp"
    attributes = (tmp_path / ".gitattributes").read_text().splitlines()
    assert attributes[0] == "*.png binary"
    assert "tickets/** text eol=lf merge=tkt diff=tkt" in attributes


@pytest.mark.parametrize(
    ("wishes", "message", "hint"),
    [
        ({"profile": "sass"}, "no profile sass", "did you mean saas?"),
        ({"language": "de"}, "no language de", "known are: en, zh"),
        (
            {"zone": "Asia/Shanghia"},
            "Asia/Shanghia is no time zone, expected one like Asia/Shanghai or Europe/Berlin",
            "did you mean Asia/Shanghai?",
        ),
    ],
)
def test_a_wish_that_nobody_can_fulfil_writes_nothing(
    tmp_path: Path, wishes: dict[str, str], message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as refused:
        create_desk(tmp_path / "desk", **wishes)
    assert render(refused.value.message) == message
    assert refused.value.hint is not None
    assert render(refused.value.hint) == hint
    assert not (tmp_path / "desk").exists()
