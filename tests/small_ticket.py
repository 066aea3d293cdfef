"""The smallest ticket that is one, for tests of something else: `ID` stands for its id."""

OPENED = """\
events:
- id: aaaa00
  at: 2026-11-16T01:00:00Z
  by: zhang@acme.example
  role: customer
  did: opened
  status: new
  channel: phone
- id: aaaa01
  at: 2026-11-16T01:00:00Z
  by: zhang@acme.example
  role: customer
  did: message
  text: words
"""
TICKET = f"id: ID\ntitle: E104\nchannel: phone\nreceived_at: 2026-11-16T01:00:00Z\n{OPENED}"
