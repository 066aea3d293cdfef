"""tkt.defaults: what a new desk says is valid, complete in both languages, and means what it should."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest

from tkt.defaults import resolved, source_files
from tkt.durations import parse_duration, working_days
from tkt.fields import field_specs
from tkt.guards import GUARDS
from tkt.model import STORED
from tkt.newdesk import create_desk, desk_files, schema_files
from tkt.query import parse_query
from tkt.schema import Configuration
from tkt.schema.schemas import json_schema
from tkt.store.codec.reading import read_document
from tkt.store.config import load_configuration
from tkt.worktime import Calendar, opens_on

PROFILES = ("saas", "after-sales")
LANGUAGES = ("en", "zh")
SOURCES = dict(source_files())
HAN = re.compile(r"[\u4e00-\u9fff]")
NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(params=[(profile, language) for profile in PROFILES for language in LANGUAGES], ids="-".join)
def wish(request: pytest.FixtureRequest) -> tuple[str, str]:
    found: tuple[str, str] = request.param
    return found


@pytest.fixture
def config(wish: tuple[str, str], tmp_path: Path) -> Configuration:
    create_desk(tmp_path, profile=wish[0], language=wish[1], name="Help")
    return load_configuration(tmp_path)


def texts(profile: str = "saas", language: str = "en", zone: str = "Asia/Shanghai") -> dict[str, str]:
    return desk_files(profile=profile, language=language, name="Help", zone=zone)


def test_every_text_ends_in_a_line_and_keeps_no_mark_of_its_source(wish: tuple[str, str]) -> None:
    for path, text in texts(*wish).items():
        assert text == "" or text.endswith("\n"), path
        assert not re.search(r"(?m)^\s*#(en|zh|if|end)\b|@[a-z]+@|[ \t]$", text), path


def test_comments_are_in_the_language_of_the_desk(wish: tuple[str, str]) -> None:
    for path, text in texts(*wish).items():
        prose = [line for line in _comments(text) if not _is_sample(line)]
        wrong = [line for line in prose if bool(HAN.search(line)) != (wish[1] == "zh")]
        assert not wrong, path


@pytest.mark.parametrize("path", [path for path in SOURCES if not path.startswith("replies/")])
def test_every_comment_is_there_in_both_languages(path: str) -> None:
    """Blocks of `#en` and `#zh` lines alternate, at one indentation."""
    blocks = []
    for line in SOURCES[path].splitlines():
        found = re.match(r"(\s*)#(en|zh) ", line)
        block = (found[1], found[2]) if found else None
        if not blocks or blocks[-1] != block:
            blocks.append(block)
    spoken = [block for block in blocks if block]
    assert spoken
    for english, chinese in zip(spoken[::2], spoken[1::2], strict=True):
        assert (english[1], chinese[1]) == ("en", "zh")
        assert english[0] == chinese[0]
        assert blocks[blocks.index(english) + 1] is not None


def test_a_reply_is_there_in_both_languages_with_the_same_places() -> None:
    """Canned replies: one file for each name and language."""
    names = {path.split("/")[1].split(".")[0] for path in SOURCES if path.startswith("replies/")}
    assert len(names) == 15
    for name in names:
        english, chinese = (SOURCES[f"replies/{name}.{language}.md"] for language in LANGUAGES)
        head, text = re.fullmatch(r"---\n(auto: (?:true|false))\n---\n(.+)\n", english).groups()
        assert chinese.startswith(f"---\n{head}\n---\n")
        assert HAN.search(chinese)
        assert not HAN.search(text)
        assert set(_places(english)) == set(_places(chinese))


def test_automatic_replies_are_the_ones_that_stop_no_clock() -> None:
    automatic = {
        path.split("/")[1].split(".")[0] for path, text in SOURCES.items() if "\nauto: true\n" in text
    }
    assert automatic == {"ack", "ack_closed", "remind", "closing", "survey"}


def test_chinese_is_written_with_chinese_punctuation() -> None:
    """Full-width punctuation in Chinese text; lists of words are YAML."""
    for path, text in SOURCES.items():
        for line in text.splitlines():
            told = re.sub(r"`[^`]*`|\[.*\]|\{\{.*?\}\}", "", line)
            assert not re.search(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]", told), f"{path}: {line}"


# --- it is valid, and means what a new desk needs ---


def test_the_files_are_right_by_their_json_schemas(wish: tuple[str, str]) -> None:
    files = texts(*wish)
    for path, text in files.items():
        if not path.endswith(".yaml"):
            continue
        name = re.match(r"# yaml-language-server: \$schema=(?:\S*/)?(\w+)\.json\n", text)
        assert name is not None, path
        jsonschema.Draft202012Validator(json_schema(name[1])).validate(
            read_document(text.encode(), path).value
        )


def test_the_first_line_of_a_file_leads_an_editor_to_its_schema() -> None:
    files = texts()
    for path, text in files.items():
        if path.endswith(".yaml"):
            target = text.splitlines()[0].split("$schema=")[1]
            folder = Path(path).parent
            assert (Path("/") / folder / target).resolve().relative_to("/").as_posix() in schema_files()


def test_every_guard_is_known(config: Configuration) -> None:
    named = {
        guard if isinstance(guard, str) else guard.guard
        for status in config.workflow.statuses.values()
        for guard in (*status.enter, *status.leave)
    }
    assert named == set(GUARDS)


def test_every_status_says_who_is_responsible_and_what_comes_out(config: Configuration) -> None:
    for status in config.workflow.statuses.values():
        assert set(status.who) == set(status.output) == set(status.public) == {"en", "zh"}
        assert status.en
        assert status.zh


def test_every_status_can_be_reached_and_left(config: Configuration) -> None:
    moves = config.workflow.moves
    assert set(moves) == set(config.workflow.statuses)
    assert {to for targets in moves.values() for to in targets} == set(config.workflow.statuses)


def test_every_query_is_one(config: Configuration) -> None:
    queries = [
        *config.views.views.values(),
        *(rule.when for rule in config.rules.rules),
        *(policy.match for policy in config.sla.policies),
        *(guard.when for status in config.workflow.statuses.values() for guard in status.leave if not isinstance(guard, str)),
        config.workflow.closing.never_auto,
        config.reports.review.when or "",
        *(kind.when for kind in (config.reports.neglect or {}).values()),
        config.reports.survey["not_for"],
    ]  # fmt: skip
    for query in queries:
        parse_query(
            query, field_specs(config), now=NOW, zone="Asia/Shanghai", me="li.wei", my_teams=("tech",)
        )


def test_every_duration_is_one(config: Configuration) -> None:
    flow = config.workflow
    closing = flow.closing
    days = [*flow.until.values(), closing.auto_after, closing.reminder_before, closing.reopen_window]
    days += [flow.remind_customer.before_until, flow.told.within]
    assert all(working_days(text) or parse_duration(text, days=True) for text in days)
    assert all(parse_duration(status.limit) for status in flow.statuses.values() if status.limit)
    for policy in config.sla.policies:
        for row in policy.targets.values():
            assert all(parse_duration(text) for key, text in row.items() if key not in ("calendar", "ladder"))


def test_teams_calendars_and_ladders_that_are_named_exist(config: Configuration) -> None:
    teams = {decl.team for group in config.taxonomy.types.values() for decl in group.values()}
    teams |= {rule.set["team"] for rule in config.rules.rules if "team" in rule.set} - {"category"}
    assert teams <= set(config.people.teams)
    for policy in config.sla.policies:
        assert policy.ladder in config.sla.ladders
        for row in policy.targets.values():
            assert row["calendar"] in config.sla.calendars
            assert row.get("ladder", "calm") in config.sla.ladders


def test_every_needed_field_is_stored_or_declared_and_nothing_else_is_declared(config: Configuration) -> None:
    taxonomy = config.taxonomy
    needed = {name for decl in taxonomy.of_type.values() for name in decl.need}
    needed |= {name for group in taxonomy.types.values() for decl in group.values() for name in decl.need}
    inside = {name for decl in taxonomy.fields.values() for name in decl.any_of}
    assert needed - set(STORED) <= set(taxonomy.fields)
    assert inside <= {*STORED, *taxonomy.fields}
    assert set(taxonomy.fields) <= needed | inside
    assert not set(taxonomy.fields) & set(STORED)


def test_every_field_has_its_words_in_both_languages(config: Configuration) -> None:
    for name, decl in config.taxonomy.fields.items():
        assert decl.en, name
        assert decl.zh, name
        assert isinstance(decl.ask, dict), name
        assert set(decl.ask) == {"en", "zh"}, name


def test_the_default_row_is_that_of_p3(config: Configuration) -> None:
    """docs/sla.md P1: while a ticket is new and has no priority, the policy's default row applies."""
    for policy in config.sla.policies:
        assert set(policy.targets) == {"P1", "P2", "P3", "P4", "default"}
        assert policy.targets["default"] == policy.targets["P3"]


def test_an_urgent_ticket_is_promised_no_less_than_a_calm_one(config: Configuration) -> None:
    """Compared where two rows are measured on one calendar; an hour of `always` is not one of `office`."""
    for policy in config.sla.policies:
        rows = [policy.targets[name] for name in ("P1", "P2", "P3", "P4")]
        for urgent, calm in pairwise(rows):
            if urgent["calendar"] == calm["calendar"]:
                for clock in ("first_response", "resolution"):
                    assert parse_duration(urgent[clock]) < parse_duration(calm[clock]), (policy.name, clock)


def test_the_profiles_differ_where_they_say_so(tmp_path: Path) -> None:
    found = {}
    for profile in PROFILES:
        create_desk(tmp_path / profile, profile=profile)
        found[profile] = load_configuration(tmp_path / profile)
    saas, goods = found["saas"], found["after-sales"]

    def categories(config: Configuration) -> set[str]:
        return {f"{kind}/{name}" for kind, group in config.taxonomy.types.items() for name in group}

    assert categories(saas) - categories(goods) == {"product/outage", "product/data", "product/api"}
    assert categories(goods) - categories(saas) == {"service/installation"}
    extra = saas.taxonomy.types["product"]["fault"].need[-3:]
    assert extra == ["account", "environment", "expected"]
    assert not set(extra) & set(goods.taxonomy.types["product"]["fault"].need)
    assert [policy.name for policy in saas.sla.policies] == ["internal", "vip", "saas"]
    assert [policy.name for policy in goods.sla.policies] == ["internal", "vip", "after-sales"]
    vip = [row["calendar"] for row in goods.sla.policies[1].targets.values()]
    assert vip == ["service"] * 5
    assert [row["calendar"] for row in saas.sla.policies[1].targets.values()] == [
        "always", "always", "office", "office", "office",
    ]  # fmt: skip


def test_what_a_desk_writes_on_tickets_is_in_its_language(tmp_path: Path) -> None:
    create_desk(tmp_path, language="zh")
    assert load_configuration(tmp_path).workflow.next_action.what == "答复客户"


def test_the_yaml_is_in_block_style() -> None:
    for path, text in texts().items():
        if path.endswith(".yaml"):
            lines = [line for line in text.splitlines() if "{" in line and not line.lstrip().startswith("#")]
            assert all(re.search(r": \{(en: .+, zh: .+)?\}$", line) for line in lines), path


# --- calendars ---


def holidays(year: int) -> tuple[set[str], set[str]]:
    path = f"config/calendars/CN-{year}.yaml"
    found = read_document(texts()[path].encode(), path).value
    assert found["country"] == "CN"
    assert found["covers"] == [year]
    assert all(day.startswith(str(year)) for day in (*found["holidays"], *found["workdays"]))
    return set(found["holidays"]), set(found["workdays"])


def days(first: str, last: str) -> set[str]:
    start, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
    return {f"{start + timedelta(days=number):%Y-%m-%d}" for number in range((end - start).days + 1)}


def test_the_public_holidays_of_china_in_2025() -> None:
    closed, worked = holidays(2025)
    assert closed == (
        {"2025-01-01"}
        | days("2025-01-28", "2025-02-04")
        | days("2025-04-04", "2025-04-06")
        | days("2025-05-01", "2025-05-05")
        | days("2025-05-31", "2025-06-02")
        | days("2025-10-01", "2025-10-08")
    )
    assert worked == {"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"}


def test_the_public_holidays_of_china_in_2026() -> None:
    closed, worked = holidays(2026)
    assert closed == (
        days("2026-01-01", "2026-01-03")
        | days("2026-02-15", "2026-02-23")
        | days("2026-04-04", "2026-04-06")
        | days("2026-05-01", "2026-05-05")
        | days("2026-06-19", "2026-06-21")
        | days("2026-09-25", "2026-09-27")
        | days("2026-10-01", "2026-10-07")
    )
    assert worked == {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"}


def test_the_holiday_files_name_their_source() -> None:
    for year in (2025, 2026):
        assert "holidays" in re.search(r"(?m)^source: .*$", texts()[f"config/calendars/CN-{year}.yaml"])[0]


def test_the_service_calendar_rests_at_spring_festival_only(config: Configuration) -> None:
    service = config.sla.calendars["service"]
    calendar = Calendar.from_mapping(
        {"zone": service.zone, "week": service.week, "holidays": list(service.holidays), "exceptions": {}}
    )
    closed = [
        day
        for day in days("2027-02-01", "2027-02-14")
        if not opens_on(calendar, datetime.fromisoformat(day).date())
    ]
    assert sorted(closed) == ["2027-02-05", "2027-02-06", "2027-02-07"]


def test_the_attributes_are_those_that_merging_builds_upon() -> None:
    lines = texts()[".gitattributes"].splitlines()
    for folder in ("tickets", "customers", "knowledge"):
        assert f"{folder}/** text eol=lf merge=tkt diff=tkt" in lines
    assert "attachments/** -text -diff -merge" in lines


def test_a_source_is_resolved_line_by_line() -> None:
    source = "#en one\n#zh 一\n  #zh 二\n#if saas\na: @name@\n#end\n#if after-sales\nb: 1\n#end\n# kept: as it is\n"
    found = resolved(source, language="zh", chosen={"saas", "zh"}, filling={"name": '"x"'})
    assert found == '# 一\n  # 二\na: "x"\n# kept: as it is\n'


def _comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]


def _is_sample(line: str) -> bool:
    """A line that is there to be uncommented, or read by editors: `# key: value`, `# - {…}`."""
    return re.fullmatch(r"# *(- \{.*\}|[\w.-]+:( .*)?)", line, re.ASCII) is not None


def _places(text: str) -> list[str]:
    return re.findall(r"\{\{ (\w+) \}\}", text)
