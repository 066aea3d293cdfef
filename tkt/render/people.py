"""How is somebody written into config/people.yaml?"""

from __future__ import annotations

import json
import re


def person_line(name: str | None, mail: str) -> str:
    """One line to paste below `people:`; the id is made of the address."""
    local = mail.partition("@")[0]
    short = re.sub(r"[^a-z0-9]+", ".", local.lower()).strip(".") or "agent"
    person = json.dumps({"name": name or local, "email": mail}, ensure_ascii=False)
    return f"{json.dumps(short)}: {person}"
