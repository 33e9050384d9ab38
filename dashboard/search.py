"""Who is meant? One box on every page of the police; a search is a consultation, logged before its answer is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from analysis.disclosure import Audience
from analysis.questions.identities import Purpose
from analysis.questions.search import search
from analysis.questions.search_forms import Sought, sought
from dashboard import decisions
from dashboard.build_facts import store_folder
from dashboard.components.found_people import found_people
from dashboard.consultation import last_purpose, remember_purpose
from dashboard.data import assumptions, audience_of, build_of
from dashboard.decisions_database import log_key
from dashboard.open_person import open_person
from dashboard.pages import POLICE
from dashboard.text import escape_markdown
from dashboard.today import now, today
from dashboard.view_models.search import FoundSetting, found_view
from dashboard.visit import Visit
from partnership import access_log
from partnership.errors import NoSuchRecord, PartnershipError
from partnership.vocabulary import Operation

KEY = "find"
SHOWN = 10
LONGEST = 120
_FOUND, _WHY, _TEXT = f"{KEY}_found", f"{KEY}_purpose", f"{KEY}_text"
_SUBJECT = "search"
_CASE_REFERENCE = re.compile(r"[A-Za-z0-9_-]{20,24}")
_HINT = "Number, address, name, reference"
_HELP = (
    "A telephone number in any form, an address or a postcode, a name however it is spelt, the reference of a person "
    "or a case, or an incident number."
)


@dataclass(frozen=True)
class Found:
    """The answer kept over the runs of a session: for whom it was released, and its rows; never what was typed."""

    build_id: str
    audience: Audience
    rows: tuple[Mapping[str, Any], ...]


def find_anyone(visit: Visit) -> None:
    """Draw the box and, under it, who was found last; a purpose is asked for once a session."""
    if visit.viewer.role not in POLICE:
        return
    given = st.session_state.get(_WHY)
    with st.form(f"{KEY}_form", border=False):
        row = st.container(horizontal=True, vertical_alignment="bottom", key=f"{KEY}_row")
        typed = row.text_input(
            "Find anyone", placeholder=_HINT, help=_HELP, key=_TEXT, max_chars=LONGEST, autocomplete="off"
        )
        why = given
        if given is None:
            asked = "Why? Kept in the access log, once a session"
            why = row.text_input(asked, last_purpose(), placeholder="Such as: a call this morning", key=f"{KEY}_why")
        is_sent = row.form_submit_button("Find", icon=":material/search:", key=f"{KEY}_go")
    if is_sent and (typed or "").strip():
        _ask(visit, typed or "", why or "")
    _show(visit)


def _ask(visit: Visit, typed: str, why: str) -> None:
    st.session_state.pop(_FOUND, None)
    if not why.strip():
        st.error("Write why you are looking, then search again. It is kept in the access log.")
        return
    purpose, audience = Purpose(why), audience_of(visit)
    asked, case = sought(typed), _case_of(visit, typed)
    kinds = [kind.value for kind in asked.kinds]
    if _CASE_REFERENCE.fullmatch(typed.strip()):
        kinds, asked = ["case"], Sought(reference=case)
    rows: list[Mapping[str, Any]] = list(
        search(build_of(visit.facts.id), asked, audience, purpose=purpose, limit=SHOWN).rows.to_dicts()
    )
    if case is not None:
        rows = [{**row, "matched": "case"} for row in rows] or [_by_case_alone(case)]
    try:
        _log(visit, list(dict.fromkeys(row["person_id"] for row in rows)), kinds, why)
    except PartnershipError as refused:
        st.error(escape_markdown(str(refused)))
        return
    is_first = st.session_state.get(_WHY) is None
    st.session_state[_WHY] = why
    remember_purpose(why)
    st.session_state[_FOUND] = Found(visit.facts.id, audience, tuple(rows))
    if is_first:
        st.rerun()


def _case_of(visit: Visit, typed: str) -> str | None:
    """The person of a case's reference, where the case is open to the viewer."""
    if not _CASE_REFERENCE.fullmatch(typed.strip()):
        return None
    try:
        return decisions.case_by_reference(visit, typed.strip()).person_id
    except NoSuchRecord:
        return None


def _by_case_alone(person_id: str) -> Mapping[str, Any]:
    """Somebody without a record in the viewer's area, whose case is open to them all the same."""
    return {"person_id": person_id, "matched": "case", "people": 1, "neighbourhood_code": None, "incidents": 0}


def _show(visit: Visit) -> None:
    found = st.session_state.get(_FOUND)
    if not isinstance(found, Found):
        return
    # Who may see less than a moment ago is shown nothing of what was released before.
    if (found.build_id, found.audience) != (visit.facts.id, audience_of(visit)):
        del st.session_state[_FOUND]
        return
    people = list(dict.fromkeys(row["person_id"] for row in found.rows))
    setting = FoundSetting(
        today=today(visit.facts),
        timezone=build_of(visit.facts.id).timezone,
        data_as_at=visit.facts.last_day,
        area_names={area.code: area.name for area in visit.facts.neighbourhoods},
        stalled_days=assumptions().whole("plan_stalled_days"),
        first_day=visit.facts.first_day,
    )
    chosen = found_people(found_view(found.rows, decisions.plans_by_person(visit, people), setting), key=KEY)
    st.button("Put the answer away", key=f"{KEY}_away", on_click=_put_away, type="tertiary")
    if chosen:
        del st.session_state[_FOUND]
        open_person(chosen)


def _put_away() -> None:
    st.session_state.pop(_FOUND, None)
    st.session_state[_TEXT] = ""


def _log(visit: Visit, people: Sequence[str], kinds: Sequence[str], why: str) -> None:
    """One row for the search, whoever it finds, and one for each person shown; never what was typed."""
    key, at = log_key(store_folder()), now(visit.facts)
    details: dict[str, str | int | bool] = {
        "what": "search",
        "by": ", ".join(kinds),
        "people": len(people),
        "build": visit.facts.id,
    }
    with decisions.database().write() as session:
        actor = decisions.actor_of(session, visit)
        for subject in (_SUBJECT, *sorted(people)):
            access_log.record(
                session, actor, Operation.CONSULTATION, subject=subject, purpose=why, at=at, key=key, details=details
            )
