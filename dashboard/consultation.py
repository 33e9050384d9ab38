"""Why is somebody's record looked at? A purpose, once a session and list of people, logged before anything is read."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

import streamlit as st

from analysis.questions.identities import Purpose
from dashboard import decisions
from dashboard.build_facts import store_folder
from dashboard.decisions_database import log_key
from dashboard.text import escape_markdown, plural
from dashboard.today import now
from dashboard.visit import Visit
from partnership import access_log
from partnership.errors import PartnershipError
from partnership.vocabulary import Operation

_GIVEN = "consultations"
_LAST = "consultation_words"
_PLACEHOLDER = "Such as: preparing Monday's meeting"


class Looked(StrEnum):
    """What is looked at; each is asked about and logged for itself."""

    NAMES = "names of a list"
    RECORD = "a person's record"
    NUMBER = "a telephone number"


def consult(visit: Visit, person_ids: Collection[str], looked: Looked, *, key: str, button: str) -> Purpose | None:
    """The purpose of looking at these people, asked for once; None, with the question on the page, until it is given.

    Each person gets a row of the access log before this returns a purpose. Where the log cannot be written there is
    no purpose, and so nothing to see.

    Args:
        button: what giving the purpose does, such as "Show names".
    """
    asked = (visit.viewer.email, looked, frozenset(person_ids))
    given: dict[tuple[str, Looked, frozenset[str]], str] = st.session_state.setdefault(_GIVEN, {})
    if asked in given:
        return Purpose(given[asked])
    # A list's names are asked for from a small button; a record opens with the question.
    is_small = looked in {Looked.NAMES, Looked.NUMBER}
    folded = st.popover(button, key=f"{key}_ask") if is_small else st.container()
    with folded, st.form(f"{key}_consult", border=looked is Looked.RECORD):
        st.markdown(
            "**Why do you need to see this?** Your name, the time and this reason are kept in the access log "
            "for each person shown."
        )
        row = st.container(horizontal=True, vertical_alignment="bottom")
        words = row.text_input("Purpose", st.session_state.get(_LAST, ""), placeholder=_PLACEHOLDER, key=f"{key}_why")
        is_sent = row.form_submit_button(button, type="primary", key=f"{key}_go")
    if not is_sent:
        return None
    try:
        log_consultation(visit, asked[2], looked.value, words or "")
    except PartnershipError as refused:
        st.error(escape_markdown(str(refused)))
    else:
        given[asked] = words
        st.session_state[_LAST] = words
        st.rerun()
    return None


def names_shown(purpose: Purpose, people: int, *, key: str) -> bool:
    """Whether names are to be seen now: one click hides them from the room, one shows them again."""
    hidden = f"{key}_hidden"
    is_hidden = bool(st.session_state.get(hidden))
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_names"):
        shown = "Names hidden." if is_hidden else f"Names of {plural(people, 'person', 'people')} shown."
        st.caption(f"{shown} Your purpose: {escape_markdown(purpose.words)}", width="content")
        st.button(
            "Show names" if is_hidden else "Hide names",
            key=f"{key}_mask",
            on_click=_turn,
            args=(hidden,),
            type="tertiary",
        )
    return not is_hidden


def last_purpose() -> str:
    """The purpose given last in this session, to be offered again; empty before the first."""
    return str(st.session_state.get(_LAST, ""))


def remember_purpose(words: str) -> None:
    """Offer this purpose when one is next asked for."""
    st.session_state[_LAST] = words


def _turn(hidden: str) -> None:
    st.session_state[hidden] = not st.session_state.get(hidden)


def log_consultation(visit: Visit, person_ids: frozenset[str], what: str, words: str) -> None:
    """Write a row of the access log for each person looked at, before anything of them is read.

    Raises:
        PartnershipError: no purpose, or the log cannot be written: nothing may be shown then.
    """
    key = log_key(store_folder())
    at = now(visit.facts)
    with decisions.database().write() as session:
        actor = decisions.actor_of(session, visit)
        for person_id in sorted(person_ids):
            access_log.record(
                session,
                actor,
                Operation.CONSULTATION,
                subject=person_id,
                purpose=words,
                at=at,
                key=key,
                details={"what": what, "people": len(person_ids), "build": visit.facts.id},
            )
