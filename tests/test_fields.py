"""The table of fields, the words of a desk's configuration, and what stored keys tell."""

from __future__ import annotations

import gettext
import re
from importlib.resources import files
from pathlib import Path

import flowdesk
import pytest
from querydesk import DESK, FIELDS, TAXONOMY, configuration

from tkt.actions.vocabulary import choices
from tkt.clocks.table import CLOCKS
from tkt.columns import COMPUTED
from tkt.fields import (
    COMPUTED_KEYS,
    RESERVED,
    FieldSpec,
    field_named,
    field_specs,
    meant_by,
    nearest_word,
    stored_lookup,
)
from tkt.fields.lookup import DERIVED
from tkt.model import STORED
from tkt.render import words
from tkt.schema import Configuration

PAGE = Path(__file__).resolve().parent.parent / "docs" / "fields.md"
OWN = set(TAXONOMY["fields"])


def builtin() -> dict[str, FieldSpec]:
    """Name → field, without the desk's own and with one line for all clocks."""
    specs = {spec.name: spec for spec in FIELDS.values() if spec.name not in OWN}
    clocks = [name for name in specs if name.startswith("sla.")]
    return {name: spec for name, spec in specs.items() if name not in clocks[1:]}


def documented() -> dict[str, list[str]]:
    """The cells behind each name of the page's table; a clock's line under the first clock's name."""
    rows = [
        line.strip("|").split("|") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")
    ]
    found = {cells[0].strip(" `"): [cell.strip() for cell in cells[1:]] for cells in rows}
    found["sla.first_response"] = found.pop("sla.<clock>")
    return found


# --- the page ---


def test_the_page_names_every_field_and_no_other() -> None:
    assert sorted(documented()) == sorted(builtin())


@pytest.mark.parametrize("name", sorted(builtin()))
def test_the_page_tells_the_truth_about(name: str) -> None:
    spec = builtin()[name]
    also, kind, source, json, meaning = documented()[name]
    known = field_specs(configuration(taxonomy={**TAXONOMY, "fields": {}}))
    others = sorted(key for key, each in known.items() if each.name == name and key != name)
    assert sorted(re.findall("`([^`]+)`", also)) == others
    assert kind == spec.kind
    assert source == ("computed" if spec.computed else "stored")
    assert json == (f"`{spec.json}`" if spec.json else "–")
    assert meaning


# --- the table ---


def test_every_stored_key_and_every_computed_value_is_a_field() -> None:
    assert set(STORED) | {"status"} == {name for name, spec in builtin().items() if not spec.computed}
    computed = {name for name, spec in builtin().items() if spec.computed} - {"sla.first_response"}
    assert computed == (set(COMPUTED) | set(DERIVED)) - {"category"}
    assert set(COMPUTED_KEYS.values()) <= computed


def test_a_field_from_keys_can_be_told_without_events_or_clocks() -> None:
    for name in ("priority", "status", "audience", "channel.class", "waiting_on", "code", "made_sla"):
        assert FIELDS[name].from_keys, name
    for name in ("reopens", "needs", "sla", "sla.resolution", "due", "age", "updated"):
        assert not FIELDS[name].from_keys, name


def test_what_depends_on_the_time_says_so() -> None:
    assert {name for name, spec in builtin().items() if spec.relative} == {
        "age", "untouched", "policy", "sla", "sla.first_response", "breached", "acknowledged",
        "due", "remaining",
    }  # fmt: skip


def test_other_names_lead_to_the_same_field() -> None:
    assert FIELDS["tag"] is FIELDS["tags"]
    assert FIELDS["customer.tier"].name == "tier"
    assert FIELDS["状态"] is FIELDS["status"]


def test_every_clock_and_family_of_clocks_is_a_field() -> None:
    assert [name for name in FIELDS if name.startswith("sla.")] == [f"sla.{name}" for name in CLOCKS]
    assert {"sla.update", "sla.stage", "sla.promise"} < FIELDS.keys()
    assert "sla.calendar" not in FIELDS


# --- a desk's own fields ---


def test_own_fields_are_queryable_by_name_and_label() -> None:
    assert FIELDS["made_sla"].kind == "bool"
    assert FIELDS["金额"] is FIELDS["amount"]
    assert "SLA met" not in FIELDS, "a label with a space cannot stand before a colon"
    assert FIELDS["colour"].values == ("blue", "green")
    assert "model_or_version" not in FIELDS, "it is not stored itself"


def test_an_own_field_hides_a_second_name_but_never_a_field_of_tkt() -> None:
    # given own fields named like a second name and like a field of tkt
    fields = {
        "resolved_at": {"type": "text"},
        "priority": {"type": "number"},
        "due": {},
        "where": {"zh": "状态"},
    }
    specs = field_specs(configuration(taxonomy={**TAXONOMY, "fields": fields}))
    # then the first is the desk's, the others stay what they were
    assert (specs["resolved_at"].name, specs["resolved_at"].kind) == ("resolved_at", "text")
    assert specs["priority"].values == ("P1", "P2", "P3", "P4")
    assert specs["due"].kind == "instant"
    assert specs["状态"].name == "status"
    assert {"priority", "due"} <= RESERVED
    assert "resolved_at" not in RESERVED


# --- words ---


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("status", "Open", ("new", "assigned", "in-progress", "waiting")),
        ("status", "active", ("assigned", "in-progress")),
        ("status", "waiting", ("waiting",)),
        ("status", "处理中", ("in-progress",)),
        ("priority", "p1", ("P1",)),
        ("priority", "紧急", ("P1",)),
        ("category", "data", ("data",)),
        ("category", "数据导出", ("request/data",)),
        ("owner", "LI.WEI@desk.example", ("li.wei",)),
        ("sla", "超时", ("breached",)),
        ("needs", "回复", ("reply",)),
        ("needs", "待定下一步", ("next-action",)),
        ("sla", "running", ("active",)),
        ("sla", "已取消", ("cancelled",)),
        ("sla.update", "不适用", ("n/a",)),
        ("breached", "首次响应", ("first_response",)),
        ("breached", "update", ("update",)),
        ("missing", "型号", ("model",)),
        ("priority", "P1 紧急", ("P1",)),
        ("status", "未解决", ("new", "assigned", "in-progress", "waiting")),
        ("status", "unresolved", ("new", "assigned", "in-progress", "waiting")),
        ("channel.class", "衍生", ("derived",)),
        ("cause", "产品缺陷", ("product",)),
        ("colour", "Blue", ("blue",)),
        ("customer", "Anything", ("Anything",)),
        ("status", "nowhere", None),
    ],
)
def test_a_typed_word_means_values(field: str, typed: str, meant: tuple[str, ...] | None) -> None:
    assert FIELDS[field].meant_by(typed) == meant


def test_a_category_without_a_status_is_a_group_of_none() -> None:
    # given a desk that has no waiting status
    workflow = {"statuses": {"inbox": {"category": "new"}, "done": {"category": "closed"}}, "moves": {}}
    status = field_specs(configuration(workflow=workflow))["status"]
    # then its categories still can be asked for
    assert status.meant_by("waiting") == ()
    assert status.meant_by("closed") == ("done",)
    assert status.meant_by("open") == ("inbox",)


def test_a_label_that_two_values_share_means_both() -> None:
    people = {"teams": {}, "people": {"li1": {"name": "李伟"}, "li2": {"name": "李伟"}}}
    assert field_specs(configuration(people=people))["owner"].meant_by("李伟") == ("li1", "li2")


def test_a_part_of_a_label_never_takes_the_whole_label_of_another_value() -> None:
    levels = {"part": {"zh": "退款（部分）"}, "all": {"zh": "退款"}, "none": {"zh": "退款（部分）：不予"}}
    config = configuration(taxonomy={**TAXONOMY, "impact": levels})
    impact = field_specs(config)["impact"]
    assert impact.meant_by("退款") == ("all",)
    assert impact.meant_by("退款(部分)") == ("part",)
    assert impact.meant_by("部分") == ("part", "none")


@pytest.mark.parametrize("desk", [DESK, flowdesk.desk()])
def test_what_a_query_takes_for_a_value_a_command_takes_too(desk: Configuration) -> None:
    specs = field_specs(desk)
    for name in (
        "type",
        "impact",
        "urgency",
        "complexity",
        "priority",
        "team",
        "owner",
        "channel",
        "product",
    ):
        known = choices(desk, name, {})
        for typed in [*(known or {}), *(word for others in (known or {}).values() for word in others)]:
            meant = specs[name].meant_by(typed)
            assert meant is not None
            assert meant_by(typed, known or {}) == meant, (name, typed)


def test_the_opposite_of_a_word_is_never_its_nearest() -> None:
    statuses = ["resolved", "closed", "已解决", "已关闭"]
    assert [nearest_word(typed, statuses) for typed in ("unresolve", "未解", "未关", "resolvd", "已解")] == [
        None, None, None, "resolved", "已解决",
    ]  # fmt: skip
    assert nearest_word("covered", ["uncovered"]) is None
    assert nearest_word("uncoverd", ["uncovered"]) == "uncovered"


# --- what people call a field ---


CHINESE = gettext.translation("tkt", files("tkt") / "locale", ["zh_CN"]).gettext


@pytest.mark.parametrize("name", sorted(name for name in builtin() if not name.startswith("sla.")))
def test_the_label_that_the_screen_shows_is_a_name_of_the_field(name: str) -> None:
    label = CHINESE(builtin()[name].label)
    assert FIELDS[label].name == name


@pytest.mark.parametrize(
    ("field", "shown"),
    [("sla", words.STATE_NAMES), ("needs", words.NEED_NAMES), ("waiting_on", words.PARTY_NAMES)],
)
def test_the_words_that_the_screen_shows_are_values(field: str, shown: dict[str, str]) -> None:
    for value, english in shown.items():
        assert FIELDS[field].meant_by(english) == (value,), english
        assert FIELDS[field].meant_by(CHINESE(english)) == (value,), CHINESE(english)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("优先级", "priority"), ("Priority", "priority"), ("细类", "category"), ("customer.tier", "tier"),
        ("order number", "order_no"), ("订单号", "order_no"), ("联系人.email", "contact.email"),
        ("金额", "amount"), ("SLA met", "made_sla"), ("resolved_at", "resolved_at"), ("nothing", "nothing"),
        ("状态", "status"), ("tag", "tags"), ("no.thing", "no.thing"),
    ],
)  # fmt: skip
def test_a_field_is_named_by_any_of_its_names_and_labels(typed: str, name: str) -> None:
    assert field_named(DESK, typed) == name


# --- what stored keys tell ---


def test_stored_keys_are_looked_up_by_name() -> None:
    lookup = stored_lookup({"priority": "P1", "made_sla": False, "tags": ["a"]}, "assigned", DESK)
    assert lookup("status") == "assigned"
    assert lookup("priority") == "P1"
    assert lookup("made_sla") is False
    assert lookup("owner") is None


def test_configuration_and_keys_tell_more_together() -> None:
    values = {
        "type": "request",
        "category": "it",
        "channel": "weibo",
        "waiting": {"on": "vendor", "until": "2026-11-24T10:00:00Z"},
    }
    lookup = stored_lookup(values, "waiting", DESK)
    assert lookup("audience") == "internal"
    assert lookup("channel.class") == "derived"
    assert lookup("waiting_on") == "vendor"
    assert str(lookup("until")) == "2026-11-24 10:00:00+00:00"
    assert lookup("category") == ("it", "request/it")


def test_what_is_unreadable_or_unknown_is_absent() -> None:
    values = {"waiting": {"until": "soon"}, "channel": "pigeon", "category": "nothing", "resolution": "fixed"}
    lookup = stored_lookup(values, "waiting", DESK)
    assert lookup("until") is None
    assert lookup("channel.class") is None
    assert lookup("audience") == "customer"
    assert lookup("code") is None
    assert lookup("category") == "nothing"


def test_without_a_configuration_audience_is_the_customer() -> None:
    lookup = stored_lookup({"category": "it", "type": "request"})
    assert (lookup("audience"), lookup("channel.class"), lookup("status")) == ("customer", None, None)


def test_a_time_without_offset_in_a_mapping_is_the_desks() -> None:
    lookup = stored_lookup({"waiting": {"until": "2026-11-24T10:00"}}, "waiting", DESK)
    assert str(lookup("until")) == "2026-11-24 02:00:00+00:00"
