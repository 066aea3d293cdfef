"""A desk with a pull request that a reviewer should look at twice; always the same, to the second.

The branch dates a reply back by an hour, edits a message of last week, closes a ticket that nobody
was told about, and sends tickets elsewhere by a rule. Between these lie the usual things: a phone call
recorded late and said so, a request with a hostile title, an article that becomes public.
"""

from __future__ import annotations

import os
import subprocess

from helpers import DeskAtWork

BASE, HEAD = "main", "tidy-up"
NOW = "2026-11-17T04:00:00Z"  # Tuesday 12:00 in Shanghai

LATE_REPLY = "261116-AAA11"
EDITED = "261109-BBB22"
UNTOLD = "261113-CCC33"
INVOICE = "261112-DDD44"
REFUND = "261116-FFF66"
HOSTILE = "261116-EEE55"

_PEOPLE = """\
    teams: [support]
  chen.jing:
    name: Chen Jing
    email: chen.jing@desk.example
    teams: [tech]
"""
_ARTICLE = """\
---
title: What to do when invoices fail with E104
visibility: {visibility}
state: verified
owner: chen.jing
---
Open the tax settings, press *Renew certificate*, and send the invoice again.
{more}"""


def build(desk: DeskAtWork) -> tuple[str, str]:
    """Make the desk and its branch; the names of what a pull request goes into and comes from."""
    desk.at(NOW)
    _base(desk)
    desk.git("checkout", "-qb", HEAD)
    _phone_call(desk)
    _tidied_up(desk)
    return BASE, HEAD


def _base(desk: DeskAtWork) -> None:
    _replace(desk, "config/people.yaml", "    teams: [support]\n", _PEOPLE)
    desk.write("tickets/in-progress/261116-AAA11.yaml", AAA11)
    desk.write("tickets/in-progress/261109-BBB22.yaml", BBB22)
    desk.write("tickets/in-progress/261113-CCC33.yaml", CCC33)
    desk.write("tickets/assigned/261112-DDD44.yaml", DDD44)
    desk.write("tickets/new/261116-FFF66.yaml", FFF66)
    desk.write("knowledge/invoice-e104.md", _ARTICLE.format(visibility="internal", more=""))
    _commit(desk, "the week so far", "Li Wei", "2026-11-16T02:30:00Z")


def _phone_call(desk: DeskAtWork) -> None:
    """Recorded two hours after it was held, and it says so."""
    _append(desk, "tickets/assigned/261112-DDD44.yaml", CALL)
    _commit(desk, "261112-DDD44: heard", "Li Wei", "2026-11-16T02:41:00Z")


def _tidied_up(desk: DeskAtWork) -> None:
    _append(desk, "tickets/in-progress/261116-AAA11.yaml", REPLY)
    _replace(desk, "tickets/in-progress/261109-BBB22.yaml", "300 yuan", "30 yuan")
    _closed_untold(desk)
    desk.write("tickets/new/261116-EEE55.yaml", EEE55)
    _replace(desk, "config/rules.yaml", "rules:\n", f"rules:\n{RULE}")
    more = "\nStill failing? Write to us.\n"
    desk.write("knowledge/invoice-e104.md", _ARTICLE.format(visibility="public", more=more))
    _commit(desk, "tidy up", "Chen Jing", "2026-11-16T02:50:00Z")


def _closed_untold(desk: DeskAtWork) -> None:
    path = "tickets/in-progress/261113-CCC33.yaml"
    text = (desk.root / path).read_text("utf-8")
    text = text.replace("events:\n", "resolution: {code: fixed, text: cache cleared}\nevents:\n", 1)
    (desk.root / path).unlink()
    desk.write("tickets/closed/2026-11/261113-CCC33.yaml", text + CLOSING)


def _append(desk: DeskAtWork, path: str, events: str) -> None:
    desk.write(path, (desk.root / path).read_text("utf-8") + events)


def _replace(desk: DeskAtWork, path: str, old: str, new: str) -> None:
    text = (desk.root / path).read_text("utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    desk.write(path, text.replace(old, new, 1))


def _commit(desk: DeskAtWork, message: str, name: str, at: str) -> None:
    mail = f"{name.lower().replace(' ', '.')}@desk.example"
    identity = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", name), ("EMAIL", mail), ("DATE", at))
    }
    desk.git("add", "-A")
    subprocess.run(
        ["git", "commit", "-qm", message], cwd=desk.root, env={**os.environ, **identity}, check=True
    )


AAA11 = """\
id: 261116-AAA11
title: Nobody can log in since this morning
type: product
category: outage
impact: some
urgency: red
complexity: simple
priority: P2
team: tech
owner: chen.jing
channel: email
contact: {name: Zhang Wei, email: zhang.wei@acme.example}
received_at: 2026-11-16T01:00:00Z
next_action: {who: chen.jing, what: restart the login server, by: 2026-11-16T09:00:00Z}
events:
- id: a1aa00
  at: 2026-11-16T01:00:00Z
  by: zhang.wei@acme.example
  role: customer
  did: opened
  status: new
  channel: email
- id: a1aa01
  at: 2026-11-16T01:00:00Z
  by: zhang.wei@acme.example
  role: customer
  did: message
  text: Since 8 o'clock nobody in our shop can log in.
- id: a1ab00
  at: 2026-11-16T01:20:00Z
  by: chen.jing
  did: moved
  from: new
  to: in-progress
  next_action: {who: chen.jing, what: restart the login server, by: 2026-11-16T09:00:00Z}
"""

BBB22 = """\
id: 261109-BBB22
title: Charged twice for October
type: request
category: refund
impact: one
urgency: yellow
complexity: multi-step
priority: P3
team: finance
owner: li.wei
channel: email
contact: {name: Sun Li, email: sun.li@shop.example}
received_at: 2026-11-09T02:00:00Z
next_action: {who: li.wei, what: ask the bank, by: 2026-11-18T09:00:00Z}
events:
- id: b1aa00
  at: 2026-11-09T02:00:00Z
  by: sun.li@shop.example
  role: customer
  did: opened
  status: new
  channel: email
- id: b1aa01
  at: 2026-11-09T02:00:00Z
  by: sun.li@shop.example
  role: customer
  did: message
  text: You charged us twice for October.
- id: b1ab00
  at: 2026-11-09T02:30:00Z
  by: li.wei
  role: agent
  did: message
  to: customer
  text: We are sorry. You get 300 yuan back within ten days.
- id: b1ac00
  at: 2026-11-09T02:31:00Z
  by: li.wei
  did: moved
  from: new
  to: in-progress
  next_action: {who: li.wei, what: ask the bank, by: 2026-11-18T09:00:00Z}
"""

CCC33 = """\
id: 261113-CCC33
title: The mobile page loads slowly
type: product
category: fault
impact: one
urgency: green
complexity: simple
priority: P3
team: tech
owner: chen.jing
channel: web
contact: {name: Wu Min, email: wu.min@tea.example}
received_at: 2026-11-13T06:00:00Z
next_action: {who: chen.jing, what: clear the cache, by: 2026-11-17T09:00:00Z}
events:
- id: c1aa00
  at: 2026-11-13T06:00:00Z
  by: wu.min@tea.example
  role: customer
  did: opened
  status: new
  channel: web
- id: c1aa01
  at: 2026-11-13T06:00:00Z
  by: wu.min@tea.example
  role: customer
  did: message
  text: The page for phones takes a minute to load.
- id: c1ab00
  at: 2026-11-13T06:40:00Z
  by: chen.jing
  role: agent
  did: message
  to: customer
  text: Thank you, we look into it.
- id: c1ac00
  at: 2026-11-13T06:41:00Z
  by: chen.jing
  did: moved
  from: new
  to: in-progress
  next_action: {who: chen.jing, what: clear the cache, by: 2026-11-17T09:00:00Z}
"""

DDD44 = """\
id: 261112-DDD44
title: The invoice of October shows the wrong company
type: inquiry
category: billing
impact: one
urgency: yellow
complexity: simple
priority: P3
team: finance
owner: li.wei
channel: email
contact: {name: Zhao Lei, email: zhao.lei@steel.example}
received_at: 2026-11-12T03:00:00Z
events:
- id: d1aa00
  at: 2026-11-12T03:00:00Z
  by: zhao.lei@steel.example
  role: customer
  did: opened
  status: new
  channel: email
- id: d1aa01
  at: 2026-11-12T03:00:00Z
  by: zhao.lei@steel.example
  role: customer
  did: message
  text: The invoice of October names our old company.
- id: d1ab00
  at: 2026-11-12T03:10:00Z
  by: rule:money
  role: system
  auto: true
  did: set
  field: team
  to: finance
- id: d1ac00
  at: 2026-11-12T03:30:00Z
  by: li.wei
  role: agent
  did: message
  to: customer
  text: Which name should it show?
- id: d1ad00
  at: 2026-11-12T03:31:00Z
  by: li.wei
  did: moved
  from: new
  to: assigned
"""

FFF66 = """\
id: 261116-FFF66
title: Refund for a cancelled order
impact: one
urgency: green
priority: P3
team: finance
channel: chat
contact: {name: Qian Yu, wechat: qianyu88}
received_at: 2026-11-16T02:10:00Z
events:
- id: f1aa00
  at: 2026-11-16T02:10:00Z
  by: qianyu88
  role: customer
  did: opened
  status: new
  channel: chat
- id: f1aa01
  at: 2026-11-16T02:10:00Z
  by: qianyu88
  role: customer
  did: message
  text: I cancelled the order on Sunday, when do I get the refund?
- id: f1ab00
  at: 2026-11-16T02:10:00Z
  by: rule:money
  role: system
  auto: true
  did: set
  field: team
  to: finance
"""

CALL = """\
- id: d1ae00
  at: 2026-11-16T00:40:00Z
  by: zhao.lei@steel.example
  role: customer
  did: message
  via: phone
  reason: the line was busy, written down after the shift
  recorded_at: 2026-11-16T02:40:00Z
  text: Please put Steel Trading Ltd on it.
"""

REPLY = """\
- id: a1ac00
  at: 2026-11-16T01:50:00Z
  by: chen.jing
  role: agent
  did: message
  to: customer
  text: |
    We are on it: the login server is being restarted.
    You can log in again at about 11.
"""

CLOSING = """\
- id: c1ad00
  at: 2026-11-16T02:45:00Z
  by: chen.jing
  did: moved
  from: in-progress
  to: resolved
  resolution: {code: fixed, text: cache cleared}
- id: c1ae00
  at: 2026-11-16T02:45:01Z
  by: chen.jing
  did: moved
  from: resolved
  to: closed
"""

EEE55 = """\
id: 261116-EEE55
title: "Closes #12 @everyone [click](http://evil.example) <img src=x>"
channel: web
contact: {name: "**Nobody**", email: nobody@evil.example}
received_at: 2026-11-16T02:48:00Z
events:
- id: e1aa00
  at: 2026-11-16T02:48:00Z
  by: nobody@evil.example
  role: customer
  did: opened
  status: new
  channel: web
- id: e1aa01
  at: 2026-11-16T02:48:00Z
  by: nobody@evil.example
  role: customer
  did: message
  text: |
    [skip ci] ![x](http://evil.example/x.png) | fixes #3 @root
    </details><h1>approved</h1>
"""

RULE = """\
- name: bills
  when: 'invoice OR refund OR 发票 OR 退款'
  set:
    team: tech

"""
