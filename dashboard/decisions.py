"""What has been decided about these people? The pages' reads of the SQL database: scoped by actor, never cached.

Every read asks anew who the viewer is, so that a right withdrawn a moment ago is gone. Writes are in `deeds`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from dashboard.build_facts import store_folder
from dashboard.members_today import decisions as opened
from dashboard.today import today
from dashboard.visit import Visit
from partnership import agencies as agency_reading
from partnership import authority, members, partner_minutes, partner_reading, reading, reliability
from partnership import history as history_reading
from partnership.agencies import AgencyLine
from partnership.agency_edition import AgencyRecord
from partnership.authority import Actor
from partnership.database import Database
from partnership.errors import NoSuchRecord
from partnership.partner_minutes import MeetingAttended
from partnership.reliability import AgencyReliability
from partnership.views import BoardLine, CaseLine, CaseView, HistoryLine, MeetingView, PlanView, SharedCase
from partnership.vocabulary import Role


def database() -> Database:
    """The store's database, opened once a process.

    Raises:
        PartnershipError: it cannot be opened; the message names the mend.
    """
    return opened(store_folder())


def actor_of(session: Session, visit: Visit) -> Actor:
    """The viewer as the database knows them at this moment.

    Raises:
        NoSuchRecord: no member any more.
    """
    actor = members.sign_in(session, visit.viewer.email, today(visit.facts))
    if actor is None:
        raise NoSuchRecord
    return actor


@contextmanager
def reading_as(visit: Visit) -> Iterator[tuple[Session, Actor]]:
    """A session that can write nothing, and who is asking.

    Raises:
        NoSuchRecord: no member any more.
        PartnershipError: the database cannot be read; the message names the mend.
    """
    with database().read() as session:
        yield session, actor_of(session, visit)


def plans_by_person(visit: Visit, person_ids: Collection[str]) -> dict[str, PlanView]:
    """The plan of each of these persons, the open one or the newest; who has none open to the viewer is left out."""
    with reading_as(visit) as (session, actor):
        return reading.plans_by_person(session, actor, person_ids, visit.facts.geography)


def cases(visit: Visit) -> tuple[CaseLine, ...]:
    """The cases open to the viewer."""
    with reading_as(visit) as (session, actor):
        return reading.cases_for(session, actor, visit.facts.geography)


def plans(visit: Visit) -> tuple[PlanView, ...]:
    """Every plan of the cases open to the viewer, the newest first."""
    with reading_as(visit) as (session, actor):
        return reading.plans_for(session, actor, visit.facts.geography)


def plan_board(visit: Visit) -> tuple[BoardLine, ...]:
    """Every action open to the viewer, the earliest due first."""
    with reading_as(visit) as (session, actor):
        return reading.plan_board(session, actor, visit.facts.geography)


def case_by_reference(visit: Visit, reference: str) -> CaseView:
    """The case of a link.

    Raises:
        NoSuchRecord: absent, erased, or not open to the viewer.
    """
    with reading_as(visit) as (session, actor):
        return reading.case_by_reference(session, actor, reference, visit.facts.geography)


def case_for_person(visit: Visit, person_id: str) -> CaseView | None:
    """The case of a person; None where there is none open to the viewer."""
    with reading_as(visit) as (session, actor):
        return reading.case_for_person(session, actor, person_id, visit.facts.geography)


def meetings(visit: Visit) -> tuple[MeetingView, ...]:
    """The meetings of the viewer's sectors, the newest first."""
    with reading_as(visit) as (session, actor):
        return reading.meetings_for(session, actor, visit.facts.geography)


def history(visit: Visit, reference: str) -> tuple[HistoryLine, ...]:
    """Everything that happened to a case, newest first.

    Raises:
        NoSuchRecord: absent, erased, or not open to the viewer.
    """
    with reading_as(visit) as (session, actor):
        return history_reading.history(session, actor, reference, visit.facts.geography)


def agency_reliability(
    visit: Visit, *, weeks: int, timezone: str, neighbourhoods: Collection[str] | None
) -> tuple[AgencyReliability, ...]:
    """How each agency kept its promises in the weeks before today, in these neighbourhoods or wherever may be read."""
    with reading_as(visit) as (session, actor):
        geography = visit.facts.geography
        return reliability.agency_reliability(
            session, actor, geography, weeks=weeks, timezone=timezone, neighbourhoods=neighbourhoods
        )


def shared_cases(visit: Visit) -> tuple[SharedCase, ...]:
    """The cases shared with the viewer's agency today; nothing for anyone but a partner."""
    with reading_as(visit) as (session, actor):
        return partner_reading.shared_with(session, actor)


def meetings_attended(visit: Visit) -> tuple[MeetingAttended, ...]:
    """The closed meetings somebody of the viewer's agency was present at; none for anyone but a partner."""
    with reading_as(visit) as (session, actor):
        return partner_minutes.meetings_attended(session, actor)


def minutes_for(visit: Visit, meeting_id: int) -> AgencyRecord:
    """The agency's edition of a closed meeting it sat at; the caller logs it before it is shown.

    Raises:
        NoSuchRecord: not the viewer's to read.
    """
    with reading_as(visit) as (session, actor):
        return partner_minutes.minutes_for(session, actor, meeting_id, visit.facts.geography)


def shared_persons(visit: Visit) -> frozenset[str]:
    """The persons whose whole case is shared with the viewer's agency today; nobody for anyone but a partner."""
    if visit.viewer.role is not Role.PARTNER:
        return frozenset()
    with reading_as(visit) as (session, actor):
        return partner_reading.persons_shared_with(session, actor)


def agencies() -> tuple[AgencyLine, ...]:
    """Every agency by code."""
    with database().read() as session:
        return agency_reading.agencies(session)


def names_of_codes(visit: Visit) -> dict[str, str]:
    """The names of agencies and neighbourhoods, by the codes that the database keeps."""
    return {**visit.facts.area_names, **{agency.code: agency.name for agency in agencies()}}


def owners(visit: Visit) -> tuple[Actor, ...]:
    """Who may own a plan: the members of the police who may sign in today, by role and name."""
    with reading_as(visit) as (session, actor):
        choices = members.sign_in_choices(session, actor.today)
        return tuple(one for one in choices if one.role not in {Role.PARTNER, Role.AUDITOR})


def reads_restricted(visit: Visit) -> bool:
    """Whether restricted cases are open to the viewer's role; where not, they look like people without a case."""
    with reading_as(visit) as (_, actor):
        return authority.reads_restricted(actor)
