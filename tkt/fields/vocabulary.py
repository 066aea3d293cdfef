"""Which values may a field have on this desk, and what else do people call them?

The one place for it: queries and commands, checks and questions ask here. Values come from the
configuration, other words are their labels in both languages and what a Chinese screen shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from tkt.errors import nearest
from tkt.fields.clocks import CLOCK_NAMES
from tkt.fields.names import CHINESE_NAMES, own_labels
from tkt.fields.spec import NO_ALIASES, normalised
from tkt.late import late
from tkt.schema import Configuration
from tkt.schema.base import Labelled, Words

Known = Mapping[str, tuple[str, ...]]
"""A value → other words that are accepted for it, whole labels first."""

Aliases = Mapping[str, tuple[str, ...]]
Vocabulary = tuple[tuple[str, ...] | None, Aliases]
"""The values (None: anything goes) and what other words mean."""

_OPEN = ("new", "active", "waiting")
_CATEGORIES = (*_OPEN, "resolved", "closed")
_GROUPS: Mapping[str, tuple[str, ...]] = {
    **{category: (category,) for category in _CATEGORIES},
    **dict.fromkeys(("open", "unresolved", "unsolved", "未解决", "未完成"), _OPEN),
    **dict.fromkeys(("unclosed", "未关闭"), (*_OPEN, "resolved")),
    **dict.fromkeys(("all", "全部"), _CATEGORIES),
}
"""Words for several statuses → the categories of these."""

STATUS_GROUPS = ("open", "all")
_PARTS = late(r"\s*[()（）:：]\s*")
_DENIED = late(r"un|non|not|[未不没无非]")

_FIXED: Mapping[str, Known] = {
    "sla": {
        "active": ("running", "计时中"),
        "paused": ("暂停计时", "暂停"),
        "met": ("达标",),
        "breached": ("超时",),
        "cancelled": ("已取消", "取消"),
        "exempt": ("豁免",),
        "n/a": ("不适用",),
        "uncovered": ("未覆盖",),
    },
    "needs": {
        "reply": ("an answer", "answer", "待回复", "回复"),
        "triage": ("待分诊", "分诊"),
        "owner": ("an owner", "待定负责人", "负责人"),
        "next-action": ("a next action", "next action", "待定下一步", "下一步"),
        "words": ("the customer's words", "客户原话"),
    },
    "waiting_on": {
        "customer": ("the customer", "客户", "等客户"),
        "vendor": ("a vendor", "供应商", "等供应商"),
        "colleague": ("a colleague", "同事", "等同事"),
    },
    "channel.class": {"online": ("线上",), "offline": ("线下",), "derived": ("衍生",)},
    "audience": {"customer": ("客户",), "internal": ("内部",)},
}  # fmt: skip
_MORE: Mapping[str, Known] = {
    "impact": {"many": ("多数",), "some": ("部分",), "one": ("单个",)},
    "urgency": {"red": ("红",), "yellow": ("黄",), "green": ("绿",)},
    "breached": {
        "first_response": ("first response", "首次响应"),
        "next_response": ("next response", "后续响应"),
        "update": ("进展告知",),
        "resolution": ("解决",),
        "work": ("处理",),
        "stage": ("阶段",),
        "task": ("sub-task", "协办任务"),
        "promise": ("承诺",),
    },
}
"""Short words for values that desks usually have."""

SLA_STATES = tuple(_FIXED["sla"])
NEEDS = tuple(_FIXED["needs"])


def vocabularies(config: Configuration) -> dict[str, Vocabulary]:
    """Field name → its words as a query takes them, for every field whose values the configuration fixes."""
    known = {name: known_words(config, name) for name in (*_FIXED, *_DECLARED)}
    found = {name: ANYTHING if it is None else _vocabulary(it) for name, it in known.items()}
    found["status"] = _statuses(config)
    found["category"] = _categories(config)
    found["missing"] = (None, _missing(config))
    found["waiting"] = (None, _aliases_of(known["waiting_on"] or {}))
    found["resolution"] = (None, _aliases_of({**(known["code"] or {}), **(known["cause"] or {})}))
    return found


@lru_cache(maxsize=512)
def known_words(config: Configuration, field: str, kind: str | None = None) -> Known | None:
    """The values of `field` and what else they are called; of `category` those of the type `kind`.

    None where anything goes. For `status` these are the single statuses, without `open` and the like.
    """
    if field in _FIXED:
        return _FIXED[field]
    if field == "category":
        return _spoken(_declared_categories(config, kind))
    declared = _DECLARED.get(field)
    if declared is not None:
        found = declared(config)
        return _spoken(found, _MORE.get(field, {})) if found or field not in _FREE else None
    own = config.taxonomy.fields.get(field)
    return dict.fromkeys(own.values, ()) if own and own.values else None


def meant_by(word: str, known: Known) -> tuple[str, ...]:
    """The values that a typed word means, whatever its case and width; several only where they share it."""
    if word in known:
        return (word,)
    wanted = normalised(word.strip())
    exact = tuple(value for value in known if normalised(value) == wanted)
    return exact or tuple(value for value, others in known.items() if wanted in _said(value, others))


def nearest_word(typed: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, never the opposite: not `resolved` for `unresolved`."""
    denied = _DENIED.match(typed) is not None
    return nearest(typed, [word for word in known if (_DENIED.match(word) is not None) is denied])


def person_aliases(config: Configuration) -> Aliases:
    """Mail addresses and names of people → their ids."""
    return _aliases((word, name) for name, words in _people(config).items() for word in words)


ANYTHING: Vocabulary = (None, NO_ALIASES)


def _people(config: Configuration) -> Known:
    """Everybody of the desk, those who left too: id → name and mail addresses."""
    return {
        name: tuple(word for word in (it.name, it.email, *it.aliases) if word)
        for name, it in config.people.people.items()
    }


def _types(config: Configuration) -> Known:
    taxonomy = config.taxonomy
    return _labels({**dict.fromkeys(taxonomy.types, Labelled()), **taxonomy.of_type})


def _declared_categories(config: Configuration, kind: str | None) -> Known:
    groups = config.taxonomy.types
    inside = [groups[kind]] if kind in groups else list(groups.values())
    return {name: words for group in inside for name, words in _labels(group).items()}


def _priorities(config: Configuration) -> Known:
    taxonomy = config.taxonomy
    used = {value for row in taxonomy.priority.values() for cells in row.values() for value in cells}
    return {
        name: tuple(taxonomy.priority_names.get(name, ()))
        for name in sorted({*taxonomy.priority_names, *used})
    }


def _labels(declared: Mapping[str, Labelled]) -> Known:
    return {name: tuple(word for word in (it.en, it.zh) if word) for name, it in declared.items()}


def _texts(codes: Mapping[str, Words]) -> Known:
    return {name: (it,) if isinstance(it, str) else tuple(it.values()) for name, it in codes.items()}


def _bare(names: Iterable[str]) -> Known:
    return dict.fromkeys(names, ())


_DECLARED: Mapping[str, Callable[[Configuration], Known]] = {
    "status": lambda config: _labels(config.workflow.statuses),
    "type": _types,
    "priority": _priorities,
    "impact": lambda config: _labels(config.taxonomy.impact),
    "urgency": lambda config: _labels(config.taxonomy.urgency),
    "complexity": lambda config: _labels(config.taxonomy.complexity),
    "product": lambda config: _labels(config.taxonomy.products),
    "tier": lambda config: _bare(config.taxonomy.priority),
    "channel": lambda config: _labels(config.channels.channels),
    "team": lambda config: _labels(config.people.teams),
    "owner": _people,
    "code": lambda config: _texts({**config.workflow.codes, **config.workflow.uncounted}),
    "cause": lambda config: _texts(config.workflow.causes),
    "policy": lambda config: _bare(policy.name for policy in config.sla.policies),
    "breached": lambda _config: _bare(CLOCK_NAMES),
}
_FREE = ("product", "tier", "team", "owner")  # anything goes while the desk lists none


def _spoken(labels: Known, more: Known = NO_ALIASES) -> Known:
    """With what people say for a label: of `紧急(红)` also `紧急` and `红`, of `部分客户：…` also `部分客户`.

    A part that is another value's whole label means that other value alone.
    """
    whole = {normalised(word) for name, words in labels.items() for word in (name, *words)}
    return {
        name: tuple(dict.fromkeys((*words, *_parts(words, whole), *more.get(name, ()))))
        for name, words in labels.items()
    }


def _parts(labels: Iterable[str], whole: set[str]) -> Iterator[str]:
    for label in labels:
        yield from (part for part in _PARTS.split(label)[:2] if part and normalised(part) not in whole)


def _said(value: str, others: Iterable[str]) -> Iterator[str]:
    """The other words, and each behind its value as tables print them: `P1 紧急`."""
    for word in others:
        yield normalised(word)
        yield normalised(f"{value} {word}")


def _vocabulary(known: Known) -> Vocabulary:
    return tuple(known), _aliases_of(known)


def _statuses(config: Configuration) -> Vocabulary:
    """Labels and groups; a status that is named like a category is meant itself."""
    declared = config.workflow.statuses
    groups = {
        word: tuple(name for name, it in declared.items() if it.category in categories)
        for word, categories in _GROUPS.items()
    }
    values, labels = _vocabulary(known_words(config, "status") or {})
    return values, MappingProxyType({**groups, **labels})


def _categories(config: Configuration) -> Vocabulary:
    """Categories by name and by `type/name`; a label means the category of its own type alone."""
    names: dict[str, None] = {}
    words: list[tuple[str, str]] = []
    for kind in config.taxonomy.types:
        for name, others in (known_words(config, "category", kind) or {}).items():
            names |= {name: None, f"{kind}/{name}": None}
            words += [(word, f"{kind}/{name}") for word in others]
    return tuple(names), _aliases(words)


def _missing(config: Configuration) -> Aliases:
    """The labels of fields, by which a screen names what is missing."""
    return _aliases((*own_labels(config), *CHINESE_NAMES.items()))


def _aliases_of(known: Known) -> Aliases:
    return _aliases((word, value) for value, words in known.items() for word in _said(value, words))


def _aliases(words: Iterable[tuple[str, str]]) -> Aliases:
    found: dict[str, tuple[str, ...]] = {}
    for word, name in words:
        key = normalised(word)
        if key and name not in found.get(key, ()):
            found[key] = (*found.get(key, ()), name)
    return MappingProxyType(found)
