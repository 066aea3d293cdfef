"""What is the page of a ticket on the dashboard, and how are 100,000 of them written?"""

from __future__ import annotations

from tkt.site.tickets.putting import Which, put_tickets

__all__ = ["Which", "put_tickets"]
