"""What may a desk's configuration say? One struct a file; `reading` turns YAML values into them.

The structs carry the JSON Schemas that editors use (`tkt config schema`). What only several files
together can tell (an unknown team, an unreachable policy) is judged in `tkt.checks`.
"""

from __future__ import annotations

from tkt.schema.configuration import FILES, Configuration
from tkt.schema.desk import DeskFile, GitPolicy
from tkt.schema.people import PeopleFile, PersonDecl, TeamDecl
from tkt.schema.service import CalendarDecl, CalendarFile, PolicyDecl, SlaFile
from tkt.schema.taxonomy import CategoryDecl, FieldDecl, LevelDecl, TaxonomyFile, TypeDecl
from tkt.schema.views import (
    ChannelDecl,
    ChannelsFile,
    NeglectDecl,
    ReportsFile,
    RuleDecl,
    RulesFile,
    ViewsFile,
)
from tkt.schema.workflow import GuardDecl, StatusDecl, WorkflowFile

__all__ = [
    "FILES",
    "CalendarDecl",
    "CalendarFile",
    "CategoryDecl",
    "ChannelDecl",
    "ChannelsFile",
    "Configuration",
    "DeskFile",
    "FieldDecl",
    "GitPolicy",
    "GuardDecl",
    "LevelDecl",
    "NeglectDecl",
    "PeopleFile",
    "PersonDecl",
    "PolicyDecl",
    "ReportsFile",
    "RuleDecl",
    "RulesFile",
    "SlaFile",
    "StatusDecl",
    "TaxonomyFile",
    "TeamDecl",
    "TypeDecl",
    "ViewsFile",
    "WorkflowFile",
]
