"""Which fields can a query name, what may stand in them, and where do their values come from?

`table` lists them, `names` what they are called, `vocabulary` gives the words of a desk's configuration,
`lookup` the values of what is stored; what is computed of a ticket's history and clocks is in `tkt.columns`.
docs/fields.md is the same table for people.
"""

from __future__ import annotations

from tkt.fields.clocks import CLOCK_LABELS, CLOCK_NAMES, clock_told
from tkt.fields.lookup import Lookup, instant_in, leaves, part_of, stored_lookup, stored_text
from tkt.fields.names import STORED_LABELS, chinese_named, field_label, field_named, field_names
from tkt.fields.spec import FieldSpec, normalised
from tkt.fields.table import COMPUTED_KEYS, RESERVED, field_specs
from tkt.fields.vocabulary import Known, known_words, meant_by, nearest_word

__all__ = [
    "CLOCK_LABELS",
    "CLOCK_NAMES",
    "COMPUTED_KEYS",
    "RESERVED",
    "STORED_LABELS",
    "FieldSpec",
    "Known",
    "Lookup",
    "chinese_named",
    "clock_told",
    "field_label",
    "field_named",
    "field_names",
    "field_specs",
    "instant_in",
    "known_words",
    "leaves",
    "meant_by",
    "nearest_word",
    "normalised",
    "part_of",
    "stored_lookup",
    "stored_text",
]
