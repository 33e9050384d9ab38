"""How is a pair, or a number, looked at and decided? The parts of the page Who is who, as the viewer."""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import streamlit as st

from dashboard import identity_deeds
from dashboard.components.first_seen import finish
from dashboard.components.leads import leads
from dashboard.components.notes import SourceLine, source_line
from dashboard.components.opens_incidents import opens, opens_each
from dashboard.components.table import table
from dashboard.components.verdict_form import VerdictForm, verdict_form
from dashboard.consultation import Looked, consult, names_shown
from dashboard.data import assumptions, audience_of, view_of
from dashboard.data.who_is_who import joined, number_itself, numbers, parted, who
from dashboard.deeds import timezone_of
from dashboard.open_person import open_person
from dashboard.text import as_at, day, escape_markdown, plural
from dashboard.view_models.openings import window_days
from dashboard.view_models.pair_effect import effect_said, effect_table, parting_openings, parting_said
from dashboard.view_models.pair_record import record_table
from dashboard.view_models.who_is_who import (
    KIND_WORDS,
    REASON_WORDS,
    VERDICT_WORDS,
    Pair,
    choices,
    contacts_of_pair,
    evidence_said,
    number_leads,
    score_said,
    standing_said,
)
from dashboard.visit import Visit
from partnership.identity_reading import NumberView, PairView
from partnership.vocabulary import IdentityReason, NumberKind, Verdict

KEY, SHOWN = "who", 20
NUMBER = f"{KEY}_number_opened"
_PAIR_REASONS = choices(REASON_WORDS, [reason for reason in IdentityReason if reason is not IdentityReason.MISTAKE])
_NUMBER_REASONS = choices(
    REASON_WORDS,
    [IdentityReason.RECORDS_SHOW_IT, IdentityReason.CHECKED_ELSEWHERE, IdentityReason.KNOWN_TO_OFFICERS],
)
_UNDO_REASONS = choices(
    REASON_WORDS,
    [IdentityReason.MISTAKE, IdentityReason.CHECKED_ELSEWHERE, IdentityReason.SAID_SO, IdentityReason.TOO_LITTLE],
)


def pairs_source(visit: Visit) -> SourceLine:
    """What the contacts of a pair are counted from."""
    which = "domestic incidents" if visit.filters.domestic_only else "all incidents"
    return SourceLine(
        period=f"{plural(visit.filters.weeks, 'week')} to {day(visit.filters.week_ending)}, {which}",
        definition="contacts as caller of people the model cannot tell apart; officer hours of the whole incident",
        data_as_at=as_at(visit.facts.last_day, visit.facts.id),
        left_out="left out: contacts outside your area",
    )


def numbers_source(visit: Visit) -> SourceLine:
    """What the people and records on a number are counted from."""
    return SourceLine(
        period=f"{day(visit.facts.first_day)} to {day(visit.facts.last_day)}, the whole build",
        definition="records of callers that bear the number, and the people they are taken to be of",
        data_as_at=as_at(visit.facts.last_day, visit.facts.id),
        left_out="left out: records outside your area, and numbers that were withheld",
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
            shown = effect_table(effect, (pair.person_a, pair.person_b), window_days(visit.filters))
            table(shown, key=f"{KEY}_effect")
            source_line(pairs_source(visit))
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
    lists = contacts_of_pair(pair, window_days(visit.filters))
    for at, (column, person) in enumerate(zip(st.columns(2), both, strict=True)):
        with column, st.container(border=True):
            if st.button(escape_markdown(person), key=f"{KEY}_open_{at}", help="Open this person", type="tertiary"):
                open_person(person)
            if person in lists:
                opens(lists[person], key=f"{KEY}_contacts_{at}")
            else:
                st.markdown("No contact in these weeks in your area")
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
    both = stands.reference_a, stands.reference_b
    rows = parted(visit.facts.id, view_of(visit), audience_of(visit), *both).rows.to_dicts()
    if rows:
        st.markdown(escape_markdown(parting_said(rows)))
        opens_each(parting_openings(rows, both, window_days(visit.filters)), key=f"{KEY}_parting")
        source_line(pairs_source(visit))
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


def show_numbers(visit: Visit) -> None:
    """The numbers that may be marked, and the one that was opened."""
    rows = numbers(visit.facts.id, audience_of(visit)).rows.to_dicts()
    marks = {mark.reference: mark for mark in identity_deeds.numbers_marked(visit)}
    kinds = {reference: mark.kind for reference, mark in marks.items() if mark.kind is not None}
    chosen = leads(number_leads(rows, kinds, shown=SHOWN), key=f"{KEY}_numbers")
    source_line(numbers_source(visit))
    if chosen is not None:
        st.session_state[NUMBER] = chosen.reference
    asked = st.session_state.get(NUMBER)
    areas = tuple(row["neighbourhood_code"] for row in rows if row["reference"] == asked and row["neighbourhood_code"])
    if asked and (areas or asked in marks):
        number_parts(visit, asked, areas, marks.get(asked))


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
