"""How is a pair, or a number, looked at and decided? The parts of the page Who is who, as the viewer."""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import streamlit as st

from dashboard import identity_deeds
from dashboard.components.first_seen import finish
from dashboard.components.table import table
from dashboard.components.verdict_form import VerdictForm, verdict_form
from dashboard.consultation import Looked, consult, names_shown
from dashboard.data import assumptions, audience_of, view_of
from dashboard.data.who_is_who import joined, number_itself, parted, who
from dashboard.deeds import timezone_of
from dashboard.open_person import open_person
from dashboard.text import escape_markdown, plural
from dashboard.view_models.pair_record import record_table
from dashboard.view_models.who_is_who import (
    KIND_WORDS,
    REASON_WORDS,
    VERDICT_WORDS,
    Pair,
    choices,
    effect_said,
    effect_table,
    evidence_said,
    parting_said,
    score_said,
    standing_said,
)
from dashboard.visit import Visit
from partnership.identity_reading import NumberView, PairView
from partnership.vocabulary import IdentityReason, NumberKind, Verdict

KEY = "who"
_PAIR_REASONS = choices(REASON_WORDS, [reason for reason in IdentityReason if reason is not IdentityReason.MISTAKE])
_NUMBER_REASONS = choices(
    REASON_WORDS,
    [IdentityReason.RECORDS_SHOW_IT, IdentityReason.CHECKED_ELSEWHERE, IdentityReason.KNOWN_TO_OFFICERS],
)
_UNDO_REASONS = choices(
    REASON_WORDS,
    [IdentityReason.MISTAKE, IdentityReason.CHECKED_ELSEWHERE, IdentityReason.SAID_SO, IdentityReason.TOO_LITTLE],
)


def pair_parts(visit: Visit, pair: Pair, stands: PairView | None) -> None:
    """One pair: the evidence, both records side by side, what joining does, and the three buttons."""
    st.subheader(escape_markdown(f"{pair.person_a} and {pair.person_b}"), anchor=False)
    st.markdown(escape_markdown(f"{evidence_said(pair.evidence)} {score_said(pair.score)}"))
    _side_by_side(visit, pair)
    effect = joined(visit.facts.id, view_of(visit), audience_of(visit), pair.person_a, pair.person_b).rows.to_dicts()
    st.markdown(escape_markdown(effect_said(effect, top=assumptions().whole("top_ten_length"))))
    if effect:
        with st.expander("The lists now, and after", key=f"{KEY}_effect_fold"):
            table(effect_table(effect, (pair.person_a, pair.person_b)), key=f"{KEY}_effect")
    st.caption(
        "As different people nothing changes: that is how this build counts them. Saved, it holds in every build."
    )
    form = VerdictForm(
        "One person or two?",
        choices(VERDICT_WORDS),
        _PAIR_REASONS,
        stands.version if stands else 0,
        crc32(pair.pair_reference.encode()),
    )
    sent = verdict_form(form, key=f"{KEY}_pair")
    if sent is not None:
        outcome = identity_deeds.decide(
            visit,
            (pair.pair_reference, pair.reference_a, pair.reference_b),
            Verdict(sent.verdict),
            why=IdentityReason(sent.why),
            neighbourhoods=pair.areas,
            seen_version=sent.seen_version,
        )
        finish(outcome, version=form.version, key=f"{KEY}_pair")


def _side_by_side(visit: Visit, pair: Pair) -> None:
    both = (pair.person_a, pair.person_b)
    purpose = consult(visit, both, Looked.NAMES, key=f"{KEY}_both", button="Show both records")
    are_shown = purpose is not None and names_shown(purpose, len(both), key=f"{KEY}_both")
    audience = audience_of(visit)
    rows = who(visit.facts.id, frozenset(both), audience, purpose).to_dicts() if purpose and are_shown else None
    contacts = (pair.contacts_a, pair.contacts_b)
    for at, (column, person) in enumerate(zip(st.columns(2), both, strict=True)):
        with column, st.container(border=True):
            if st.button(escape_markdown(person), key=f"{KEY}_open_{at}", help="Open this person", type="tertiary"):
                open_person(person)
            st.markdown(f"{plural(contacts[at], 'contact')} in these weeks in your area")
            if rows is not None:
                mine = record_table(rows, person, timezone=timezone_of(visit))
                if mine.rows:
                    table(mine, key=f"{KEY}_record_{at}")
                else:
                    st.markdown("Nothing is recorded of this person in your area.")


def decided_parts(visit: Visit, stands: PairView) -> None:
    """A pair somebody decided: what stands, what undoing puts at stake, and the way back."""
    st.subheader(escape_markdown(f"Pair {stands.pair_reference}"), anchor=False)
    st.markdown(escape_markdown(standing_said(stands, timezone=timezone_of(visit))))
    rows = parted(visit.facts.id, view_of(visit), audience_of(visit), stands.reference_a, stands.reference_b).rows
    said = parting_said(rows.to_dicts())
    if said:
        st.markdown(escape_markdown(said))
    if stands.verdict is None:
        return
    form = VerdictForm(
        "Undo this decision", {"undo": "Undo"}, _UNDO_REASONS, stands.version, crc32(stands.pair_reference.encode())
    )
    sent = verdict_form(form, key=f"{KEY}_undo")
    if sent is not None:
        why = IdentityReason(sent.why)
        outcome = identity_deeds.undo(visit, stands.pair_reference, why=why, seen_version=sent.seen_version)
        finish(outcome, version=form.version, key=f"{KEY}_undo")


def number_parts(visit: Visit, reference: str, areas: tuple[str, ...], mark: NumberView | None) -> None:
    """One number: shown for a purpose, and marked or unmarked."""
    st.markdown(f"**Number {escape_markdown(reference)}**")
    purpose = consult(visit, {reference}, Looked.NUMBER, key=f"{KEY}_number", button="Show the number")
    if purpose is not None and names_shown(purpose, 1, key=f"{KEY}_number"):
        shown = number_itself(visit.facts.id, reference, audience_of(visit), purpose)
        st.markdown(escape_markdown(shown or "It rang outside your area only."))
    buttons: Mapping[str, str] = choices(KIND_WORDS)
    reasons = _NUMBER_REASONS
    if mark is not None and mark.kind is not None:
        buttons, reasons = {**buttons, "undo": "Take the mark off"}, {**_NUMBER_REASONS, **_UNDO_REASONS}
    form = VerdictForm("Whose number is it?", buttons, reasons, mark.version if mark else 0, crc32(reference.encode()))
    sent = verdict_form(form, key=f"{KEY}_mark")
    if sent is None:
        return
    why = IdentityReason(sent.why)
    if sent.verdict == "undo":
        outcome = identity_deeds.unmark(visit, reference, why=why, seen_version=sent.seen_version)
    else:
        outcome = identity_deeds.mark(
            visit,
            reference,
            NumberKind(sent.verdict),
            why=why,
            neighbourhoods=areas,
            seen_version=sent.seen_version,
        )
    finish(outcome, version=form.version, key=f"{KEY}_mark")
