"""`tkt config`: what is configured, in which shape, and why does a rule decide as it does?"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec
import typer

from tkt.commands.common import Session
from tkt.commands.naming import named
from tkt.commands.signature import paged, reads
from tkt.errors import UsageError, did_you_mean
from tkt.i18n import N_, msg
from tkt.render.config_page import priority_page, workflow_page
from tkt.schema import FILES
from tkt.schema.schemas import SCHEMAS, json_schema

NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="[NAME]",
        help=N_("desk, workflow, taxonomy, sla, people, channels, rules, views or reports."),
        show_default=False,
    ),
]
SchemaArgument = Annotated[
    str, typer.Argument(metavar="NAME", help=N_("A file of the configuration, calendar, or ticket."))
]


class Topic(StrEnum):
    """What `config explain` explains."""

    PRIORITY = "priority"
    WORKFLOW = "workflow"


@paged
@reads
def show(session: Session, name: NameArgument = "") -> int:
    """Print the configuration as tkt reads it, defaults filled in."""
    if name and name not in FILES:
        raise UsageError(msg("no configuration {name}", name=name), hint=did_you_mean(name, FILES))
    config = session.desk.config
    wanted = [name] if name else list(FILES)
    found = {each: msgspec.to_builtins(getattr(config, each)) for each in wanted}
    if session.json:
        session.answer(found[name] if name else found)
    else:
        from tkt.store.codec.plain import yaml_text

        session.screen.print(yaml_text(found).rstrip("\n"))
    return 0


@reads
def schema(session: Session, name: SchemaArgument) -> int:
    """Print the JSON Schema of a file."""
    import json

    if name not in SCHEMAS:
        raise UsageError(msg("no schema {name}", name=name), hint=did_you_mean(name, SCHEMAS))
    found = json_schema(name)
    if session.json:
        session.answer(found)
    else:
        session.screen.print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0


TopicArgument = Annotated[Topic, typer.Argument(metavar="priority|workflow", help=N_("Which rule."))]
OptionalId = Annotated[
    str,
    typer.Argument(
        metavar="[ID]", help=N_("A ticket, to see how the rule decides for it."), show_default=False
    ),
]


@reads
def explain(session: Session, topic: TopicArgument, ticket: OptionalId = "") -> int:
    """Explain the priority table, its criteria and the row used; or who does what in each status."""
    desk = session.desk
    found = desk.ticket(named(session, ticket)) if ticket else None
    page = priority_page(desk.config, found) if topic is Topic.PRIORITY else workflow_page(desk.config, found)
    if session.json:
        session.answer(page.data)
    else:
        for line in page.lines(session.screen):
            session.screen.print(line)
    return 0
