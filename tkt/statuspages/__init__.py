"""What may a customer see of their request, and how do these pages come about?"""

from __future__ import annotations

from tkt.statuspages.building import Built, build_status_pages
from tkt.statuspages.putting import StatusPages, put_status_pages

__all__ = ["Built", "StatusPages", "build_status_pages", "put_status_pages"]
