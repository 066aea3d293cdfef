"""What has the time asked for since somebody last looked, on all tickets of a desk? (docs/tick.md)"""

from __future__ import annotations

from tkt.ticking.running import Fired, Run, planned, tick

__all__ = ["Fired", "Run", "planned", "tick"]
