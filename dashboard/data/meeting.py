"""What does the meeting page ask? A meeting's record, the writer's drafts, and what the lists say of its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from analysis.disclosure import Audience, Released
from analysis.questions.assessed_risk import assessed_risk
from analysis.questions.person import Person
from analysis.questions.top_ten import TopTen
from analysis.questions.view import Lens, View
from analysis.questions.who_is_who import persons_of_records
from dashboard import decisions
from dashboard.data import assumptions, audience_of, build_of
from dashboard.data.person import person
from dashboard.data.top_ten import top_ten
from dashboard.today import now
from dashboard.visit import Visit
from partnership import drafts, meeting_reading
from partnership.drafts import DraftView
from partnership.errors import NoSuchRecord
from partnership.identity import stated_pairs
from partnership.meeting_record import MeetingRecord
from partnership.vocabulary import Verdict

_SETTLED = {Verdict.SAME: "two records are one person", Verdict.DIFFERENT: "two records are two people"}


@dataclass(frozen=True)
class Lists:
    """What the lists say before a meeting: each neighbourhood's top ten by its code, and the risks last recorded."""

    top_tens: Mapping[str, TopTen]
    risks: Released


def record_of(visit: Visit, meeting_id: int | None) -> MeetingRecord | None:
    """The record of a meeting, read anew; None where there is none open to the viewer."""
    if meeting_id is None:
        return None
    with decisions.reading_as(visit) as (session, actor):
        try:
            return meeting_reading.meeting_record(session, actor, meeting_id, visit.facts.geography)
        except NoSuchRecord:
            return None


def drafts_of(visit: Visit, meeting_id: int) -> tuple[DraftView, ...]:
    """What the viewer typed into this meeting's fields and did not save."""
    kept_since = now(visit.facts) - timedelta(days=assumptions().whole("draft_kept_days"))
    with decisions.reading_as(visit) as (session, actor):
        return drafts.drafts_of(session, actor, meeting_id, visit.facts.geography, kept_since=kept_since)


def view_for(visit: Visit, sector: str, held_on: date) -> View:
    """The weeks a meeting looks at: the year up to its Monday, or up to the newest week where it lies ahead.

    The filters of other pages do not apply: a meeting's agenda is the same for everyone at the table.
    """
    facts = visit.facts
    monday = held_on - timedelta(days=held_on.weekday())
    return View(
        as_of=min(monday, facts.default_as_of),
        weeks=assumptions().whole("window_weeks"),
        lens=Lens.CONTACTS,
        domestic_only=facts.has_domestic,
        neighbourhoods=tuple(area.code for area in facts.neighbourhoods if area.sector == sector),
    )


def lists_for(visit: Visit, view: View) -> Lists:
    """The lists of every neighbourhood of a meeting's view."""
    audience, build = audience_of(visit), visit.facts.id
    found = {code: top_ten(build, view, audience, code) for code in view.neighbourhoods or ()}
    frames = [answer.people.rows for answer in found.values()]
    people = frozenset(key for rows in frames if "key_id" in rows.columns for key in rows["key_id"])
    return Lists(found, risks_of(build, people, audience))


def identities_since(visit: Visit, since: date) -> dict[str, str]:
    """What was decided from that day on about who somebody is, by person id; not what was left unsure."""
    with decisions.reading_as(visit) as (session, _):
        decided = [one for one in stated_pairs(session) if one.decided_at.date() >= since and one.verdict in _SETTLED]
    records = {reference for one in decided for reference in (one.reference_a, one.reference_b)}
    persons = persons_of_records(build_of(visit.facts.id), records)
    return {
        persons[reference]: _SETTLED[one.verdict]
        for one in decided
        for reference in (one.reference_a, one.reference_b)
        if reference in persons
    }


@st.cache_resource(max_entries=32, show_spinner=False)
def risks_of(build_id: str, person_ids: frozenset[str], audience: Audience) -> Released:
    """The risk last recorded of these people."""
    return assessed_risk(build_of(build_id), person_ids, audience)


def person_of(visit: Visit, person_id: str, view: View) -> Person:
    """What the viewer may see of one person in the meeting's year."""
    return person(visit.facts.id, person_id, view, audience_of(visit))
