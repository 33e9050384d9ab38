"""What did the invented partnership decide? Loads the sample's decisions through the verbs, in the order of their days.

All of it is one transaction: it is loaded as a whole, or nothing is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from analysis.disclosure import police
from analysis.questions.builds import current_build, load_assumptions
from analysis.questions.callers import callers
from dashboard import build_facts
from dashboard.decisions_database import open_decisions
from dashboard.errors import DashboardError
from dashboard.published_weeks import publish_held
from dashboard.sample_meetings import hold_meetings
from dashboard.sample_story import Loaded, Loading, Person, at_hour, tell_case
from partnership import agencies, members
from partnership.vocabulary import MeetingState, Role

SYSTEM = "sample"
_PARTS = {"agencies", "members", "cases", "meetings"}


def load_decisions(file: Path, store: Path) -> Loaded | None:
    """Load `decisions.json`; None when its members are there already, and nothing is changed.

    Raises:
        DashboardError: the file cannot be read, or the build is not an invented one.
        PartnershipError: the database cannot be written.
        StoreError: nothing has been built.
    """
    said = _said(file)
    facts = build_facts.read(store)
    if not facts.is_synthetic:
        raise DashboardError(
            f"build {facts.id[:8]} is not marked synthetic. Invented decisions are for invented people."
        )
    people = _people(store, said["cases"])
    partners = {one["agency"]: one["email"] for one in said["members"] if one["agency"]}
    database = open_decisions(store)
    try:
        with database.write() as session:
            first = date.fromisoformat(min(_days(said)))
            if _is_loaded(session, said, first):
                return None
            loading = Loading(session, facts.geography, people, partners)
            _add_members(loading, said, first)
            names = {area.code: area.name for area in facts.neighbourhoods}
            # A meeting begins before, and ends after, what is done about the cases on its day.
            with hold_meetings(loading, said, names=names):
                for case in said["cases"]:
                    tell_case(loading, case)
            loading.do_all()
            return loading.loaded
    finally:
        database.close()


def publish_meetings(file: Path, store: Path) -> int:
    """Freeze the lists of every week whose invented meeting has been opened; how many weeks that were.

    Raises:
        StoreError: they cannot be written.
    """
    facts = build_facts.read(store)
    meetings = json.loads(file.read_text(encoding="utf-8"))["meetings"]
    held = [date.fromisoformat(one["date"]) for one in meetings if one["state"] != MeetingState.DRAFT]
    opened = [(day, at_hour(day)) for day in held]
    return publish_held(
        current_build(store),
        opened,
        last=facts.default_as_of,
        has_domestic=facts.has_domestic,
        assumptions=load_assumptions(),
    )


def _said(file: Path) -> dict[str, Any]:
    mend = f"{file}: cannot be read. Write it again: repeat-demand sample --out DIR"
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DashboardError(mend) from error
    if not isinstance(said, dict) or not said.keys() >= _PARTS:
        raise DashboardError(mend)
    return said


def _people(store: Path, said: list[dict[str, Any]]) -> dict[str, Person]:
    rows = callers(current_build(store), frozenset(case["caller_of"] for case in said), police(None)).rows
    found: dict[str, Person] = {}
    for (incident_id, person_id), places in rows.group_by("incident_id", "person_id", maintain_order=True):
        found[str(incident_id)] = Person(str(person_id), tuple(places["neighbourhood_code"].drop_nulls()))
    return found


def _days(said: Mapping[str, Any]) -> list[str]:
    return [case["opened_on"] for case in said["cases"]] + [meeting["date"] for meeting in said["meetings"]]


def _is_loaded(session: Session, said: Mapping[str, Any], first: date) -> bool:
    known = {line.email for line in members.members(session, members.operator(SYSTEM, first))}
    return {member["email"] for member in said["members"]} <= known


def _add_members(loading: Loading, said: Mapping[str, Any], first: date) -> None:
    operator, at = members.operator(SYSTEM, first), at_hour(first)
    for agency in said["agencies"]:
        agencies.add_agency(loading.session, operator, code=agency["code"], name=agency["name"], at=at)
    for one in said["members"]:
        saved = members.add_member(
            loading.session,
            operator,
            email=one["email"],
            name=one["name"],
            role=Role(one["role"]),
            areas=one["areas"],
            agency=one["agency"],
            at=at,
        )
        assert saved.row_id is not None
        loading.member_ids[one["name"]] = saved.row_id
        loading.loaded.members += 1
