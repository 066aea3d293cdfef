"""What does each key figure mean: its name, its unit, whom it is about, and where that is written?

`tkt report explain` prints it; docs/kpi.md has the whole text.
"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.errors import NotFound, did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import Message, msg

DOC = "docs/kpi.md"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One KPI in words."""

    key: str  # of its figures in JSON; empty: they stand at the top
    title: Message
    unit: Message
    cohort: Message  # whom or what it counts
    means: Message


_SECONDS = msg("seconds: n, median, p90, mean")
_COUNT = msg("tickets")
_SHARE = msg("share, 0 to 1")
_RESOLVED = msg("tickets resolved in the window")
_CREATED = msg("tickets received in the window")
_FIRST = msg("tickets first resolved in the window")

MEANINGS: Mapping[str, Meaning] = {
    "K0": Meaning("", msg("Tickets"), _COUNT, _CREATED, msg(
        "How many came in. Spam, tests, duplicates and merged tickets count nowhere, and requests of the house itself are apart.")),
    "K1": Meaning("first_response", msg("First response time"), _SECONDS, msg("first responses given in the window"), msg(
        "From the request to the first answer of a person, in open time and on the wall clock; zeros are kept.")),
    "K2": Meaning("resolution", msg("Resolution time"), _SECONDS, _RESOLVED, msg(
        "Wall time from the request to its last resolve in the window; beside it the first resolve, the requester's wait and the work.")),
    "K3": Meaning("sla", msg("Service level attainment"), _SHARE, msg("cycles of clocks decided in the window"), msg(
        "Met of met and breached, decided at the earlier of fulfilment and breach: an open breached cycle counts at once.")),
    "K4": Meaning("one_reply", msg("Solved at once"), _SHARE, _FIRST, msg(
        "One reply: exactly one public reply of a person, never reopened. First contact: the customer wrote nothing after the opening words but thanks, no reopening, no repeat within 7 days; judged once these have passed.")),
    "K5": Meaning("backlog", msg("Backlog"), _COUNT, msg("tickets open at an instant, replayed from the events"), msg(
        "Received, and neither resolved nor closed. At the end = at the start + created − finished + reopened.")),
    "K6": Meaning("csat", msg("Satisfaction"), _SHARE, msg("answers given in the window, the latest of each survey"), msg(
        "Positive of all: four or five stars, or yes. Beside it how many of those asked answered, and how many of those resolved were asked.")),
    "K7": Meaning("nps", msg("Net promoter score"), msg("points, −100 to 100"), msg("customers who answered in the window, their latest answer"), msg(
        "The share of 9 and 10 less the share of 0 to 6. Fewer than 30 answers carry a warning.")),
    "K8": Meaning("reopen", msg("Reopened tickets"), _SHARE, msg("tickets first resolved in the window whose reopen window has passed"), msg(
        "Those that were reopened within it (closing.reopen_window in config/workflow.yaml).")),
    "K9": Meaning("repeats", msg("Repeats"), _SHARE, _CREATED, msg(
        "By customer: marked as a repeat, or the same customer and category within 30 days of a resolve. By problem: attached to a known root cause.")),
    "K10": Meaning("time_in_status", msg("Time in status"), _SECONDS, _RESOLVED, msg(
        "Where their time went, by visit. The bottleneck is the status in which requesters waited most. The sum is the whole life.")),
    "K11": Meaning("complaints", msg("Complaints by product"), msg("complaints per 1,000 units"), _CREATED, msg(
        "Tickets of the types product, service and complaint by units in use (denominators in config/reports.yaml); without these only counts and shares.")),
    "K12": Meaning("csat_by_response", msg("Satisfaction against first response"), msg("Spearman's rho, −1 to 1"), msg("answers in stars given in the window"), msg(
        "Whether those who were answered sooner are more content, also by quarter of the response time; n/a below 20 answers. A correlation, not a cause.")),
    "K13": Meaning("trend", msg("Trend"), _COUNT, _CREATED, msg(
        "By category against the window just before, as long, and the same window a year before. Flagged from a rise of 30 % with 10 tickets on (thresholds.trend in config/reports.yaml).")),
    "K14": Meaning("agents", msg("By agent"), msg("tickets, seconds, shares"), _RESOLVED, msg(
        "By the owner at the resolve, in alphabetical order; who resolved fewer than five is not shown. For coaching, never as a ranking.")),
    "K15": Meaning("releases", msg("Releases"), msg("tickets a day"), msg("releases in the window"), msg(
        "By category in the 14 days before and after each release: a git tag of releases.tags or one of releases.list in config/reports.yaml.")),
    "K16": Meaning("handoffs", msg("Hand-offs"), msg("number: n, median, p90, mean"), _RESOLVED, msg(
        "Changes of the owner after the first one, teams that had it, people who wrote.")),
    "K17": Meaning("loop", msg("Closed loop"), _SHARE, _RESOLVED, msg(
        "Told of all resolved, the goal being all of them; then confirmations, promises kept, reviews, improvements, and what came back after them.")),
    "K18": Meaning("misclassified", msg("Misclassified"), _SHARE, msg("tickets triaged in the window"), msg(
        "Those whose type or complexity was changed after triage.")),
    "K19": Meaning("keywords", msg("Keywords"), msg("tickets a word stands on"), _CREATED, msg(
        "The most frequent words of titles and messages against the window just before, and those of the comments of low scores. Computed with --keywords.")),
    "K20": Meaning("effort", msg("Effort"), _SECONDS, _RESOLVED, msg(
        "The minutes that people recorded, up to the last resolve in the window; tickets without any are left out.")),
}  # fmt: skip
"""Number → meaning, in the order of the page."""


_ALSO: Mapping[str, str] = {"frt": "K1", "art": "K2", "fcr": "K4", "created": "K0"}
"""What people call some of them."""


def number_of(wish: str) -> str:
    """`K4` of `k4`, `4` or `one_reply`. Errors: NotFound."""
    plain = wish.strip().casefold().replace("-", "_")
    if plain in _ALSO:
        return _ALSO[plain]
    for number, it in MEANINGS.items():
        if plain in (number.casefold(), number[1:], it.key or None):
            return number
    known = [*MEANINGS, *(it.key for it in MEANINGS.values() if it.key)]
    raise NotFound(
        msg("no key figure {name}, expected K0 to K20 or a name", name=wish),
        hint=did_you_mean(plain.upper() if plain[:1] == "k" else plain, known) or msg("tkt report explain"),
    )
