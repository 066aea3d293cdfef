"""Bad maps: every fault at once, with its line and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest
from build_log import small_map

from tkt.errors import ConfigError, DataError, NotFound
from tkt.i18n import render
from tkt.intake.log import bundled_maps, map_faults, open_map
from tkt.schema import Configuration

GOOD = """\
source: old
dates: ["%Y-%m-%d"]
columns: {number: n, changed_at: c, state: s, opened_at: o}
title: ["{n}"]
states:
  New: new
  Ask: {status: waiting, on: customer}
"""


def faults_of(path: Path, text: str, config: Configuration) -> list[tuple[str, str | None]]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        open_map(str(path), config)
    return [
        (
            f"{problem.line}: {render(problem.message)}",
            None if problem.hint is None else render(problem.hint),
        )
        for problem in refused.value.problems
    ]


def test_every_bundled_map_fits_a_new_desk(config: Configuration) -> None:
    assert list(bundled_maps()) == ["servicenow"]
    for name in bundled_maps():
        assert open_map(name, config).source == name


def test_a_map_of_ones_own_is_a_file(tmp_path: Path, config: Configuration) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD, encoding="utf-8")
    logmap = open_map(str(tmp_path / "mine.yaml"), config)
    assert (logmap.encoding, logmap.delimiter, logmap.missing, logmap.zone) == ("utf-8-sig", ",", [""], None)


def test_an_unknown_map_is_refused_with_the_nearest_name(config: Configuration) -> None:
    with pytest.raises(NotFound) as refused:
        open_map("servicenov", config)
    assert render(refused.value.message) == (
        "there is no map servicenov: no file of that name, and none that comes with tkt"
    )
    assert refused.value.hint is not None
    assert render(refused.value.hint) == "did you mean servicenow?"
    with pytest.raises(NotFound) as refused:
        open_map("maps/zendesk.yaml", config)
    assert refused.value.hint is not None
    assert render(refused.value.hint) == "known are: servicenow"


def test_a_folder_is_no_map(tmp_path: Path, config: Configuration) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        open_map(str(tmp_path), config)


def test_keys_that_are_wrong_are_all_told(tmp_path: Path, config: Configuration) -> None:
    text = GOOD.replace("source: old", "source: Old System").replace("dates:", "date:")
    text += 'delimiter: ";;"\nlacks: [mails]\n'
    assert faults_of(tmp_path / "map.yaml", text, config) == [
        ('1: source: expected lower-case letters, digits and -, found "Old System"', None),
        ('8: delimiter: expected one character, like , ; or a tab, found ";;"', None),
        ("1: dates is missing, expected a list", None),
        ('9: lacks[0]: expected one of messages, found "mails"', None),
        ("2: unknown key date", "did you mean dates?"),
    ]


def test_names_that_the_desk_does_not_have_are_all_told(tmp_path: Path, config: Configuration) -> None:
    text = GOOD.replace("New: new", "New: nwe") + (
        "unknown_state: in-progres\n"
        "channels: {Mail: emial}\n"
        "priorities: {top: P9}\n"
        "impacts: {all: much}\n"
        "urgencies: {now: redd}\n"
        "resolution: {code: fixd, cause: unknwon, codes: {x: answred}}\n"
    )
    assert faults_of(tmp_path / "map.yaml", text, config) == [
        ("8: unknown_state: the desk has no status in-progres", "did you mean in-progress?"),
        ("6: states.New: the desk has no status nwe", "did you mean new?"),
        ("9: channels.Mail: the desk has no channel emial", "did you mean email?"),
        ("10: priorities.top: the desk has no priority P9", "known are: P1, P2, P3, P4"),
        ("11: impacts.all: the desk has no impact much", "known are: many, some, one"),
        ("12: urgencies.now: the desk has no urgency redd", "did you mean red?"),
        ("13: resolution.code: the desk has no resolution code fixd", "did you mean fixed?"),
        ("13: resolution.codes.x: the desk has no resolution code answred", "did you mean answered?"),
        ("13: resolution.cause: the desk has no cause class unknwon", "did you mean unknown?"),
    ]


def test_waiting_states_say_on_whom(tmp_path: Path, config: Configuration) -> None:
    text = GOOD.replace("New: new", "New: {status: new, on: vendor}").replace(
        "{status: waiting, on: customer}", "waiting"
    )
    text += "unknown_state: waiting\n"
    assert faults_of(tmp_path / "map.yaml", text, config) == [
        ("6: states.New: only a waiting status waits on somebody", None),
        ("7: states.Ask: on whom does it wait?", "write: Ask: {status: waiting, on: customer}"),
        ("8: unknown_state: a waiting status needs somebody to wait for, so it cannot stand here", None),
    ]


def test_fields_must_not_collide_with_the_desks(tmp_path: Path, config: Configuration) -> None:
    text = (
        GOOD
        + "fields:\n  owner: {column: a}\n  bought_at: {column: b, type: number}\n  symptom: {column: c}\n"
    )
    assert faults_of(tmp_path / "map.yaml", text, config) == [
        ("9: fields.owner: every ticket has a field of that name, choose another one", None),
        (
            "10: fields.bought_at: the desk's field of that name is of type instant, the map's of type number",
            None,
        ),
    ]


def test_how_the_file_is_read_must_be_possible(tmp_path: Path, config: Configuration) -> None:
    text = GOOD.replace('["%Y-%m-%d"]', "[]") + "encoding: gbx\nzone: Asia/Shanghay\n"
    assert [message for message, _ in faults_of(tmp_path / "map.yaml", text, config)] == [
        "8: gbx is no encoding",
        "9: Asia/Shanghay is no time zone, expected one like Asia/Shanghai or Europe/Berlin",
        "2: dates is empty, expected at least one",
    ]


def test_a_date_format_must_give_a_whole_date(tmp_path: Path, config: Configuration) -> None:
    text = GOOD.replace('["%Y-%m-%d"]', '["%d/%m %H:%M", "%d/%m/%y", "%Q", "%Y-%m-%d %H:%M%z"]')
    assert [message for message, _ in faults_of(tmp_path / "map.yaml", text, config)] == [
        "2: dates: %d/%m %H:%M does not give a whole date",
        "2: dates: %Q does not give a whole date",
    ]


def test_bytes_are_no_text_encoding(tmp_path: Path, config: Configuration) -> None:
    (fault,) = faults_of(tmp_path / "map.yaml", GOOD + "encoding: hex\n", config)
    assert fault == ("8: hex is no encoding", "for example utf-8-sig, gb18030 or cp1252")


def test_a_fitting_map_has_no_faults(config: Configuration) -> None:
    assert map_faults(small_map(), config) == []
