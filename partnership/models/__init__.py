"""Which rows does the partnership keep? Every table, in one place."""

from partnership.models.base import Base
from partnership.models.cases import Case, PersonAlias, Share
from partnership.models.meetings import Decision, Meeting
from partnership.models.members import Agency, Member
from partnership.models.plans import Action, ActionPlan
from partnership.models.records import AccessLogEntry, Event, EventText

__all__ = [
    "AccessLogEntry",
    "Action",
    "ActionPlan",
    "Agency",
    "Base",
    "Case",
    "Decision",
    "Event",
    "EventText",
    "Meeting",
    "Member",
    "PersonAlias",
    "Share",
]
