"""What is on the demo desk: a believable help desk to try tkt on, in Chinese and English?

`demo_tickets` is pure; texts lie in `tkt/demodata`. A new kind of problem is one entry in
`scenarios.<language>.yaml`, a new turn of events one line in `steps.STEPS` and one in `plots`.
"""

from __future__ import annotations

from tkt.demo.building import Demo, build_demo
from tkt.demo.cast import PEOPLE
from tkt.demo.casting import DAYS
from tkt.demo.clients import CUSTOMERS
from tkt.demo.generating import demo_tickets

__all__ = ["CUSTOMERS", "DAYS", "PEOPLE", "Demo", "build_demo", "demo_tickets"]
