"""Which words do people read for the desk's own names: statuses, priorities, clocks, fields?"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.clocks.causes import SHORT
from tkt.fields import CLOCK_LABELS, STORED_LABELS
from tkt.i18n import N_, _, current_language, msg, render
from tkt.render.text import one_line
from tkt.schema import Configuration
from tkt.schema.base import Labelled, words_in

STATE_NAMES = {
    "active": N_("running"),
    "paused": N_("paused"),
    "met": N_("met"),
    "breached": N_("breached"),
    "cancelled": N_("cancelled"),
    "exempt": N_("exempt"),
    "n/a": N_("n/a"),
}

STATE_STYLES = {"breached": "red", "met": "green", "paused": "yellow", "active": "bold"}


NEED_NAMES = {
    "reply": N_("an answer"),
    "triage": N_("triage"),
    "owner": N_("an owner"),
    "next-action": N_("a next action"),
    "words": N_("the customer's words"),
}

PARTY_NAMES = {"customer": N_("the customer"), "vendor": N_("a vendor"), "colleague": N_("a colleague")}

WAIT_NAMES = {
    "customer": N_("on customer"),
    "vendor": N_("on vendor"),
    "colleague": N_("on colleague"),
}
"""On whom a ticket waits, as a column `needs` says it."""

GUARD_NAMES = {
    "channel": N_("the channel it came by"),
    "words": N_("what the customer said"),
    "who": N_("the customer or a contact"),
    "asks": N_("what the customer wants to happen"),
    "type": N_("whose business it is"),
    "category": N_("what it is about"),
    "impact": N_("how many are affected"),
    "urgency": N_("how fast it must go"),
    "complexity": N_("how many hands and rounds it takes"),
    "team": N_("the team that owns it"),
    "needed_fields": N_("the fields that type and category need"),
    "one_owner": N_("the one person who is responsible"),
    "next_action": N_("what happens next is written down"),
    "waiting_on": N_("on whom it waits"),
    "waiting_for": N_("what must come"),
    "until": N_("when waiting ends at the latest"),
    "asked_if_customer": N_("a customer who is waited for was asked"),
    "code": N_("how it was solved"),
    "resolution_text": N_("what was done, in words"),
    "cause": N_("the class of the cause"),
    "tasks_done": N_("no sub-task is open"),
    "children_done": N_("no ticket split off it is open"),
    "visits_done": N_("no visit is still to come"),
    "told": N_("the customer was told of the solution"),
    "no_unanswered_message": N_("no message of the customer's is unanswered"),
    "confirmed_or_auto_closed": N_("the customer confirmed, or the closing time ran out"),
}
"""What a guard asks for, in a few words; one for every name of `tkt.guards.GUARDS`."""

ASK_NAMES = {
    "repair": N_("repair"),
    "replace": N_("replacement"),
    "exchange": N_("exchange"),
    "refund": N_("refund"),
    "answer": N_("answer"),
    "explain": N_("explanation"),
    "wish": N_("wish"),
}


def guard_name(guard: str) -> str:
    """What a guard asks for, in a few words; nothing for one that is not known."""
    return _(GUARD_NAMES[guard]) if guard in GUARD_NAMES else ""


def ask_name(kind: str) -> str:
    """What kind of thing the customer asks for; other words as they are."""
    return _(ASK_NAMES[kind]) if kind in ASK_NAMES else kind


def need_name(need: str) -> str:
    """What a ticket needs now: `an answer`, `分诊`."""
    return _(NEED_NAMES.get(need, need))


def party_name(party: str) -> str:
    """On whom a ticket waits."""
    return _(PARTY_NAMES.get(party, party))


def wait_name(party: str) -> str:
    """On whom a ticket waits, in a column: `on vendor`, `等供应商`."""
    return _(WAIT_NAMES[party]) if party in WAIT_NAMES else party


def clock_name(clock: str, config: Configuration | None = None) -> str:
    """`first response`, `首次响应`; of a family also whose: `stage New`, `阶段：新建`. Strangers named some of them."""
    family, _sign, whose = clock.partition(":")
    if family == "stage" and whose:
        status = status_name(config, whose) if config is not None else whose
        return render(msg("stage {status}", status=status))
    if family == "task" and whose:
        return render(msg("sub-task {task}", task=one_line(whose)))
    return _(CLOCK_LABELS[family]) if family in CLOCK_LABELS else one_line(clock)


def breach_cause(cause: str) -> str:
    """Why a promise was missed: `late pickup`, `接单晚`; a word of another program as it is."""
    return _(SHORT.get(cause, cause))


def state_name(state: str) -> str:
    """`breached`, `超时`."""
    return _(STATE_NAMES.get(state, state))


def status_name(config: Configuration, status: str) -> str:
    """The desk's word for a status."""
    found = config.workflow.statuses.get(status)
    return found.label(current_language(), status) if found else status


def priority_name(config: Configuration, priority: str | None) -> str:
    """`P1 紧急`; in English the bare name, as the field has it."""
    if priority is None:
        return "–"
    names = config.taxonomy.priority_names.get(priority, [])
    ascii_wanted = current_language() == "en"
    label = next((name for name in names if name.isascii() is ascii_wanted), None)
    return f"{priority} {label}" if label else priority


def priority_word(config: Configuration, priority: str) -> str:
    """A priority in a sentence: `P1 紧急`; in English as it is stored."""
    return priority if current_language() == "en" else priority_name(config, priority)


def category_name(config: Configuration, type_name: str | None, category: str | None) -> str:
    """`product/fault`; in Chinese its label."""
    if type_name is None and category is None:
        return "–"
    path = "/".join(part for part in (type_name, category) if part)
    declared = config.category(type_name, category)
    kind = config.taxonomy.of_type.get(type_name or "")
    if current_language() == "en" or (declared is None and kind is None):
        return path
    labels = (kind.label("zh", "") if kind else "", declared.label("zh", "") if declared else "")
    return f"{'·'.join(label for label in labels if label)} {path}"


def level_name(config: Configuration, field: str, value: str) -> str:
    """A level of impact, urgency or complexity: `单个客户 one`; in English its label, `one customer`."""
    levels: Mapping[str, Labelled] = getattr(config.taxonomy, field)
    if value not in levels or current_language() != "en":
        return level_word(config, field, value)
    label = levels[value].label("en", value)
    return label if value in label else f"{value} ({label})"


def level_word(config: Configuration, field: str, value: str) -> str:
    """A level in a sentence: `单个客户 one`; in English as it is stored."""
    levels: Mapping[str, Labelled] = getattr(config.taxonomy, field)
    return _with_code(levels.get(value), value)


def type_word(config: Configuration, name: str) -> str:
    """A type in a sentence: `咨询查询 inquiry`; in English as it is stored."""
    return _with_code(config.taxonomy.of_type.get(name), name)


def category_word(config: Configuration, name: str) -> str:
    """A category in a sentence, without its type: `账单与发票 billing`."""
    return _with_code(config.category(None, name), name)


def product_word(config: Configuration, name: str) -> str:
    """A product line: `开票 invoicing`; in English its label."""
    found = config.taxonomy.products.get(name)
    return found.label("en", name) if found and current_language() == "en" else _with_code(found, name)


def channel_name(config: Configuration, channel: str) -> str:
    """`微信 wechat`; in English as it is stored."""
    return _with_code(config.channels.channels.get(channel), channel)


def _with_code(declared: Labelled | None, name: str) -> str:
    """The Chinese label and, as it is what people type, the name; the name alone in English."""
    label = declared.label("zh", name) if declared and current_language() == "zh" else name
    return name if label == name else f"{label} {name}"


def code_name(config: Configuration, code: str) -> str:
    """How it was solved: `fixed`, `已修复`."""
    flow = config.workflow
    named = flow.uncounted.get(code, flow.codes.get(code, code))
    return words_in(named, current_language(), code)


def cause_name(config: Configuration, cause: str) -> str:
    """The class of the cause: `defect of the product`, `产品缺陷`."""
    return words_in(config.workflow.causes.get(cause, cause), current_language(), cause)


def team_name(config: Configuration, team: str | None) -> str:
    """The team's label."""
    found = config.people.teams.get(team or "")
    return found.label(current_language(), team or "") if found else team or "–"


def person_name(config: Configuration, person: str | None) -> str:
    """Their name, or the id where nobody of that id is known."""
    found = config.persons.get(person or "")
    return found.name if found else person or "–"


def author_name(config: Configuration, by: str) -> str:
    """Who wrote an event: a person's name, `rule vip`, `automatic`, `import servicenow`."""
    kind, sign, name = by.partition(":")
    if by == "tick":
        return _("automatic")
    if sign and kind == "rule":
        return render(msg("rule {name}", name=name))
    if sign and kind == "import":
        return render(msg("import {source}", source=name))
    return _("the customer") if by == "customer" else person_name(config, by)


def field_name(config: Configuration, name: str) -> str:
    """The label of a stored field, in the reader's language."""
    own = config.taxonomy.fields.get(name)
    return own.label(current_language(), name) if own else _(STORED_LABELS.get(name, name))
