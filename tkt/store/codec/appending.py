"""Where in an existing file does a new event go, and how is it indented there?

Events are inserted as text in the file's own style, in order of (`at`, `id`) among those that stand
there; no line of another event is touched.
"""

from __future__ import annotations

from collections.abc import Sequence

from yaml.nodes import MappingNode, SequenceNode

from tkt.errors import Conflict
from tkt.i18n import msg
from tkt.model import Event
from tkt.store.codec.layout import event_mapping
from tkt.store.codec.plain import Rendered, block_item
from tkt.store.codec.splicing import Splice


def add_events(splice: Splice, known: Sequence[Event], added: Sequence[Event]) -> None:
    """Insert `added`, in order, into a file that holds the events `known`.

    Errors: WriteError where `events` is in flow style, Conflict where the file holds other events.
    """
    pair = splice.pair("events")
    if pair is not None and isinstance(pair[1], SequenceNode) and pair[1].value:
        _insert_all(splice, pair[1], _as_they_stand(splice, known), added)
        return
    column = splice.column
    items = Rendered(
        "", [line for event in added for line in block_item(event_mapping(event), column, column + 2)]
    )
    if pair is None:
        splice.insert("events", items)
    else:
        splice.replace(pair, items)


def _as_they_stand(splice: Splice, known: Sequence[Event]) -> list[Event]:
    """The known events in the order of the file."""
    by_id = {event.id: event for event in known}
    ids = [event["id"] for event in splice.document.value["events"]]
    if set(ids) != set(by_id):
        told = msg("the file holds other events than those that were read")
        raise Conflict(told, path=splice.document.path, hint=msg("run the command again"))
    return [by_id[event_id] for event_id in ids]


def _insert_all(splice: Splice, node: SequenceNode, standing: list[Event], added: Sequence[Event]) -> None:
    if node.flow_style:
        raise splice.refusal(
            node,
            msg("the events stand in […] on one line, expected a list with `- id:` on lines of its own"),
            msg("write each event as a block: - id: …, and below it at:, by:, did:"),
        )
    first = node.value[0]
    dash = node.start_mark.column
    indent = first.start_mark.column if isinstance(first, MappingNode) else dash + 2
    for event in added:
        lines = block_item(event_mapping(event), dash, indent)
        splice.add_lines(_place_of(splice, node, standing, event), lines)


def _place_of(splice: Splice, node: SequenceNode, standing: list[Event], event: Event) -> int:
    """Behind the last event that is earlier than this one."""
    above = len(standing)
    while above and standing[above - 1].order > event.order:
        above -= 1
    if not above:
        return splice.places.line_start(splice.places.dash(node.value[0]))
    return splice.places.below_comments(node.value[above - 1], node.start_mark.column)
