"""Which Parquet files are there, and which columns has each? (docs/analytics.md has what they mean)

A column is named so that no SQL dialect takes it for a word of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

WORD, INSTANT, WHOLE, NUMBER, TRUTH, DAY, WORDS = (
    "VARCHAR", "TIMESTAMP", "BIGINT", "DOUBLE", "BOOLEAN", "DATE", "VARCHAR[]"
)  # fmt: skip

Row = tuple[str, Sequence[Any]]
"""The table, and a value for each of its columns."""


def _columns(**groups: str) -> Mapping[str, str]:
    """Column → type; given as type → names."""
    return MappingProxyType({name: kind for kind, names in groups.items() for name in names.split()})


TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "tickets": _columns(
            VARCHAR="ticket status title type category product priority team owner channel customer tier language"
            " impact urgency complexity parent resolution_code resolution_cause uncounted_as",
            TIMESTAMP="received_at updated_at triaged_at",
            BOOLEAN="is_internal is_covered is_recorded is_live",
        ),
        "requesters": _columns(VARCHAR="ticket requester", BIGINT="place"),
        "fields": _columns(VARCHAR="ticket field value"),
        "events": _columns(
            VARCHAR="ticket event did author role via field from_value to_value relation target clock",
            TIMESTAMP="happened_at recorded_at",
            BIGINT="place minutes",
            BOOLEAN="is_automatic is_forced counts",
        ),
        "messages": {
            **_columns(
                VARCHAR="ticket event author role addressed_to via sent_by canned text",
                TIMESTAMP="said_at",
                BIGINT="characters",
                BOOLEAN="is_automatic is_public is_reply is_open_question counts",
            ),
            "articles": WORDS,
        },
        "verdicts": _columns(
            VARCHAR="ticket clock family cycle state policy priority calendar ladder via reason cause",
            TIMESTAMP="started_at due_at ended_at fulfilled_at breached_at decided_at",
            BIGINT="place target_s elapsed_s paused_s remaining_s wall_s",
            BOOLEAN="met breached is_acknowledged",
        ),
        "stays": _columns(
            VARCHAR="ticket status",
            TIMESTAMP="started_at ended_at",
            BIGINT="place seconds wait_s work_s",
            BOOLEAN="is_finished is_resolve is_finish is_reopening",
        ),
        "turns": _columns(VARCHAR="ticket field value", TIMESTAMP="since_at", BIGINT="place"),
        "moments": _columns(VARCHAR="ticket kind subject", TIMESTAMP="happened_at", BIGINT="place"),
        "surveys": _columns(VARCHAR="ticket survey kind", TIMESTAMP="offered_at", BIGINT="place"),
        "ratings": _columns(
            VARCHAR="ticket event survey kind score_label comment",
            TIMESTAMP="rated_at",
            BIGINT="place best",
            DOUBLE="score",
            BOOLEAN="is_positive",
        ),
        "answers": _columns(VARCHAR="customer", TIMESTAMP="answered_at", DOUBLE="score"),
        "customers": _columns(VARCHAR="customer name tier language contract"),
        "customer_fields": _columns(VARCHAR="customer field value"),
        "releases": _columns(VARCHAR="release", TIMESTAMP="released_at"),
        "improvements": {
            **_columns(
                VARCHAR="improvement title owner state product category", TIMESTAMP="opened_at done_at", DATE="due"
            ),
            "sources": WORDS,
        },
        "reviews": {
            **_columns(VARCHAR="review ticket title owner state cause", TIMESTAMP="opened_at", DATE="due"),
            "improvements": WORDS,
        },
        "lessons": _columns(VARCHAR="kind lesson product category", TIMESTAMP="done_at"),
        "lesson_tickets": _columns(VARCHAR="kind lesson ticket"),
        "words": _columns(VARCHAR="ticket event word"),
        "statuses": _columns(VARCHAR="status category", BIGINT="place"),
        "denominators": _columns(VARCHAR="product as_of", DOUBLE="units"),
        "meta": _columns(
            VARCHAR="desk zone tkt_version commit_id",
            TIMESTAMP="made_at week_start week_end",
            BIGINT="reopen_window_s",
            DOUBLE="trend_rise trend_at_least low_score",
            BOOLEAN="is_clean has_text has_words",
        ),
    }
)  # fmt: skip
"""File (without .parquet) → column → type, in their order."""
