"""Which rows does the partnership keep? Every table, in one place."""

from partnership.models.agenda import AgendaItem, Draft
from partnership.models.base import Base
from partnership.models.cases import Case, PersonAlias, Share
from partnership.models.identity import NumberMark, PairDecision
from partnership.models.meetings import Addendum, Attendance, Decision, Meeting
from partnership.models.members import Agency, Member
from partnership.models.plans import Action, ActionPlan
from partnership.models.records import AccessLogEntry, Event, EventText

__all__ = [
    "AccessLogEntry",
    "Action",
    "ActionPlan",
    "Addendum",
    "Agency",
    "AgendaItem",
    "Attendance",
    "Base",
    "Case",
    "Decision",
    "Draft",
    "Event",
    "EventText",
    "Meeting",
    "Member",
    "NumberMark",
    "PairDecision",
    "PersonAlias",
    "Share",
]
