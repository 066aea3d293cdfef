"""tkt.store.config: the desk is found, its configuration read whole, and every fault told with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tkt.errors import ConfigError, NotFound
from tkt.i18n import render
from tkt.newdesk import create_desk
from tkt.store.config import find_desk, load_configuration


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    root = tmp_path / "desk"
    create_desk(root, name="Help")
    return root


def change(desk: Path, path: str, old: str, new: str) -> int:
    """Replace `old`, which stands once in the file; the number of its line."""
    text = (desk / path).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    (desk / path).write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults(desk: Path) -> list[str]:
    """What loading complains of, as it is printed: place, message and hint."""
    with pytest.raises(ConfigError) as refused:
        load_configuration(desk)
    assert refused.value.exit_code == 2
    return [
        f"{it.where()}{render(it.message)}" + (f" ({render(it.hint)})" if it.hint else "")
        for it in refused.value.problems
    ]


def test_a_new_desk_loads(desk: Path) -> None:
    config = load_configuration(desk)
    assert config.desk.name == "Help"
    assert [policy.name for policy in config.sla.policies] == ["internal", "vip", "saas"]
    assert [(calendar.country, calendar.covers) for calendar in config.calendars] == [
        ("CN", [2025]),
        ("CN", [2026]),
    ]


def test_a_value_knows_its_line(desk: Path) -> None:
    line = change(desk, "config/people.yaml", "  finance:\n", "  finance:\n")
    config = load_configuration(desk)
    assert config.line_of("people", "teams", "finance") == line
    assert config.line_of("people", "teams", "finance", "zh") == line + 2
    # what does not stand there has the line of its nearest parent
    assert config.line_of("people", "teams", "finance", "lead") == line
    assert config.line_of("config/calendars/CN-2026.yaml", "holidays") is not None
    assert config.line_of("nothing", "at", "all") is None


def test_an_unknown_key_is_told_with_its_line_and_the_nearest_right_one(desk: Path) -> None:
    line = change(desk, "config/people.yaml", "assign:\n", "assing:\n")
    assert faults(desk) == [f"config/people.yaml:{line}: unknown key assing (did you mean assign?)"]


def test_a_missing_key_has_the_line_of_what_misses_it(desk: Path) -> None:
    line = change(desk, "config/people.yaml", "people: {}\n", "people:\n  li.wei:\n    email: li@x.example\n")
    assert faults(desk) == [f"config/people.yaml:{line + 1}: people.li.wei.name is missing, expected text"]


def test_a_wrong_value_has_its_own_line(desk: Path) -> None:
    line = change(desk, "config/workflow.yaml", "    category: resolved\n", "    category: resolvd\n")
    (fault,) = faults(desk)
    assert fault == (
        f"config/workflow.yaml:{line}: statuses.resolved.category: expected one of active, closed, new, "
        'resolved, waiting, found "resolvd" (did you mean resolved?)'
    )


def test_an_item_of_a_list_has_its_own_line(desk: Path) -> None:
    line = change(desk, "config/workflow.yaml", "    - words\n", "    - [words]\n")
    assert faults(desk) == [
        f"config/workflow.yaml:{line}: statuses.new.enter[1]: expected text or a mapping, found a list"
    ]


def test_the_faults_of_all_files_are_told_at_once(desk: Path) -> None:
    a = change(desk, "tkt.yaml", "  autocommit: true\n", "  autocommit: always\n")
    b = change(desk, "config/rules.yaml", "  upon: [triage, change]\n", "  upon: triage\n")
    c = change(desk, "config/calendars/CN-2026.yaml", "covers: [2026]", "covers: 2026")
    d = change(desk, "config/views.yaml", "  late: ", "  late：")
    found = faults(desk)
    assert found[:2] == [
        f'tkt.yaml:{a}: git.autocommit: expected true or false, found "always"',
        f'config/rules.yaml:{b}: rules[10].upon: expected a list, found "triage" (write [triage])',
    ]
    # a full-width colon: YAML's own complaint, with its line
    assert found[2].startswith(f"config/views.yaml:{d}: ")
    assert found[3:] == [
        f"config/calendars/CN-2026.yaml:{c}: covers: expected a list, found 2026 (write [2026])"
    ]


def test_a_file_that_is_no_yaml_is_told_with_its_line(desk: Path) -> None:
    line = change(desk, "config/reports.yaml", "thresholds:\n", "<<<<<<< ours\nthresholds:\n")
    (fault,) = faults(desk)
    assert fault.startswith(f"config/reports.yaml:{line}: ")


@pytest.mark.parametrize("name", ["workflow", "taxonomy", "sla", "people"])
def test_a_desk_cannot_do_without(desk: Path, name: str) -> None:
    (desk / "config" / f"{name}.yaml").unlink()
    assert faults(desk) == [
        f"config/{name}.yaml: is missing, and a desk needs it (get it back with "
        f"`git checkout HEAD -- config/{name}.yaml`, or copy it from a new desk: tkt init DIR)"
    ]


def test_a_desk_can_do_without_rules_views_reports_channels_and_calendars(desk: Path) -> None:
    for path in ("rules.yaml", "views.yaml", "reports.yaml", "channels.yaml"):
        (desk / "config" / path).unlink()
    for path in (desk / "config/calendars").iterdir():
        path.unlink()
    config = load_configuration(desk)
    assert config.rules.rules == []
    assert config.views.views == {}
    assert config.reports.review.when is None
    assert config.channels.channels == {}
    assert config.calendars == ()


def test_a_newer_desk_is_refused_before_anything_else_is_said(desk: Path) -> None:
    line = change(desk, "tkt.yaml", "format: 1\n", "format: 2\nwhat-comes-with-it: true\n")
    (desk / "config/sla.yaml").unlink()
    assert faults(desk) == [
        f"tkt.yaml:{line}: this desk was made by a newer tkt: its format is 2, this tkt knows up to 1 "
        "(install the newer tkt from where this one came)"
    ]


def test_there_never_was_a_format_0(desk: Path) -> None:
    line = change(desk, "tkt.yaml", "format: 1\n", "format: 0\n")
    assert faults(desk) == [f"tkt.yaml:{line}: format: expected 1, found 0"]


@pytest.mark.parametrize(
    ("zone", "hint"),
    [("Asia/Shanghia", "did you mean Asia/Shanghai?"), ("Europe/Berln", "did you mean Europe/Berlin?")],
)
def test_a_zone_that_is_none(desk: Path, zone: str, hint: str) -> None:
    line = change(desk, "tkt.yaml", "zone: Asia/Shanghai\n", f"zone: {zone}\n")
    assert faults(desk) == [
        f"tkt.yaml:{line}: {zone} is no time zone, expected one like Asia/Shanghai or Europe/Berlin ({hint})"
    ]


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/passwd", "", "Asia"])
def test_a_zone_is_never_a_path(desk: Path, zone: str) -> None:
    change(desk, "tkt.yaml", "zone: Asia/Shanghai\n", f'zone: "{zone}"\n')
    assert len(faults(desk)) == 1


def test_a_prefix_that_no_id_could_have(desk: Path) -> None:
    line = change(desk, "tkt.yaml", 'prefix: ""\n', "prefix: it_\n")
    assert faults(desk) == [
        f"tkt.yaml:{line}: prefix: expected up to 8 capital letters and digits and a final -, like IT-, "
        'found "it_"'
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(desk: Path) -> None:
    (desk / "config/sla.yaml").chmod(0)
    assert faults(desk) == ["config/sla.yaml: cannot be read: Permission denied"]


def test_a_directory_where_a_file_should_be(desk: Path) -> None:
    (desk / "config/rules.yaml").unlink()
    (desk / "config/rules.yaml").mkdir()
    assert faults(desk) == ["config/rules.yaml: cannot be read: Is a directory"]


def test_a_desk_is_found_from_below(desk: Path) -> None:
    assert find_desk(desk) == desk
    assert find_desk(desk / "tickets" / "new") == desk


def test_the_nearest_desk_is_meant(desk: Path) -> None:
    inner = desk / "customers" / "inner"
    create_desk(inner)
    assert find_desk(inner / "config") == inner


def test_a_desk_is_found_from_a_folder_that_a_link_leads_to(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(desk / "tickets", target_is_directory=True)
    assert find_desk(tmp_path / "link") == desk


def test_no_desk_anywhere(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        find_desk(tmp_path)
    assert render(refused.value.message) == f"no desk here: there is no tkt.yaml in {tmp_path} or above it"
    assert refused.value.hint is not None
    assert "`tkt init`" in render(refused.value.hint)
