"""How does this clone's desk meet the others': fetch, merge by ticket, check, push?

`syncing` is the way there and back, `joining` puts two branches together, `forecast` looks ahead
without touching anything; `proposing` is the way aside where pushes are refused.
"""

from __future__ import annotations

from tkt.sync.forecast import Forecast, forecast
from tkt.sync.proposing import Propose
from tkt.sync.report import SyncReport
from tkt.sync.syncing import is_shared, sync

__all__ = ["Forecast", "Propose", "SyncReport", "forecast", "is_shared", "sync"]
