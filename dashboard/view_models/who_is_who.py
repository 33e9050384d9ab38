"""What does the page Who is who say? Pairs with their evidence in words, what a decision does, and who decided what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from analysis.questions.figures import Days, OfPerson
from dashboard.components.leads import Lead, Leads
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.sign_in import ROLE_WORDS
from dashboard.text import count, listing, moment, percent, plural, plural_words, sentence
from dashboard.view_models.openings import opening
from partnership.identity_reading import IdentityEvent, PairView
from partnership.vocabulary import IdentityReason, NumberKind, Verdict

EVIDENCE_WORDS: Mapping[str, str] = {
    "same_number": "the same number",
    "same_number_later": "the same number, long after",
    "number_one_digit": "numbers one digit apart",
    "numbers_differ": "different numbers",
    "same_name": "the same name",
    "name_variant": "two forms of one name",
    "name_one_letter": "names differ by one letter",
    "names_alike": "names are alike",
    "initial_fits": "an initial fits the name",
    "half_a_name": "half of the name is missing",
    "surname_differs": "surname differs",
    "first_name_differs": "first name differs",
    "names_differ": "different names",
    "births_agree": "the same date of birth",
    "births_nearly_agree": "dates of birth nearly agree",
    "births_close": "dates of birth are close",
    "births_differ": "different dates of birth",
    "same_home": "the same home",
    "same_scene": "calls to the same address",
    "same_street": "the same street",
    "same_postcode": "the same postcode",
    "homes_differ": "different homes",
    "same_log": "both on one incident",
    "nominal_ids_differ": "different nominal ids in the records system",
    "overlap_in_time": "calls overlap in time",
    "apart_in_time": "calls do not overlap in time",
}
AGAINST = frozenset(
    "numbers_differ surname_differs first_name_differs names_differ births_differ homes_differ same_log "
    "nominal_ids_differ apart_in_time".split()
)
VERDICT_WORDS = {
    Verdict.SAME: "same person",
    Verdict.DIFFERENT: "different people",
    Verdict.NOT_SURE: "not sure",
}
KIND_WORDS = {
    NumberKind.INSTITUTION: "an institution's",
    NumberKind.SHARED: "shared by many",
    NumberKind.PERSONAL: "a person's own",
}
REASON_WORDS = {
    IdentityReason.RECORDS_SHOW_IT: "the records show it",
    IdentityReason.CHECKED_ELSEWHERE: "checked in another system",
    IdentityReason.KNOWN_TO_OFFICERS: "known to officers",
    IdentityReason.SAID_SO: "the person said so",
    IdentityReason.ONE_HOUSEHOLD: "people of one household",
    IdentityReason.TOO_LITTLE: "too little is recorded to tell",
    IdentityReason.MISTAKE: "decided by mistake",
}


@dataclass(frozen=True)
class Pair:
    """A pair to be decided, as the question gives it over all areas in scope."""

    pair_reference: str
    reference_a: str
    reference_b: str
    person_a: str
    person_b: str
    score: float
    evidence: tuple[str, ...]
    areas: tuple[str, ...]
    changed_areas: tuple[str, ...]
    contacts_a: int
    contacts_b: int
    contacts_joined: int


def pairs_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Pair, ...]:
    """The pairs, in the order of the rows; contacts are those of all areas in scope."""
    of_pairs: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        of_pairs.setdefault(row["pair_reference"], []).append(row)
    return tuple(
        Pair(
            reference,
            found[0]["reference_a"],
            found[0]["reference_b"],
            found[0]["person_a"],
            found[0]["person_b"],
            float(found[0]["score"]),
            tuple(str(found[0]["evidence"] or "").split("|")),
            tuple(row["area_code"] for row in found),
            tuple(row["area_code"] for row in found if row["changes_top_ten"]),
            *(sum(row[part] for row in found) for part in ("contacts_a", "contacts_b", "contacts_joined")),
        )
        for reference, found in of_pairs.items()
    )


def evidence_said(codes: Sequence[str]) -> str:
    """The evidence in words: what speaks for one person, then what speaks against."""
    words = {code: EVIDENCE_WORDS.get(code, code.replace("_", " ")) for code in codes if code}
    speaks_for = [said for code, said in words.items() if code not in AGAINST]
    against = [said for code, said in words.items() if code in AGAINST]
    return sentence(
        ", ".join(speaks_for), f"But: {', '.join(against)}" if speaks_for and against else ", ".join(against)
    )


def page_sentence(pairs: Sequence[Pair], decided: Mapping[str, PairView]) -> str:
    """The page's answer: how many pairs wait, and how many matter for a list."""
    waiting = [pair for pair in pairs if not _is_decided(pair, decided)]
    if not waiting:
        return "No pair waits for a decision in your area."
    changing = sum(bool(pair.changed_areas) for pair in waiting)
    which = plural_words(changing, "of them", "of them") if changing else "none of them"
    return sentence(f"{plural_words(len(waiting), 'pair')} may be one person or two", f"{which} would change a top ten")


def pair_leads(
    pairs: Sequence[Pair], decided: Mapping[str, PairView], area_names: Mapping[str, str], *, shown: int, days: Days
) -> Leads:
    """The pairs that wait, those that would change a top ten first. `days`: of the window."""
    waiting = [pair for pair in pairs if not _is_decided(pair, decided)]
    return Leads(
        "Pairs to decide"
        if len(waiting) <= shown
        else f"Pairs to decide: the first {count(shown)} of {count(len(waiting))}",
        tuple(_lead(pair, decided, area_names, days) for pair in waiting[:shown]),
        "Nothing waits. Pairs come with the next build, where records are alike and not alike enough.",
    )


def _is_decided(pair: Pair, decided: Mapping[str, PairView]) -> bool:
    view = decided.get(pair.pair_reference)
    return view is not None and view.verdict in {Verdict.SAME, Verdict.DIFFERENT}


def contacts_of_pair(pair: Pair, days: Days) -> dict[str, Opening]:
    """The contacts of each of the two in the reader's area, by person; none of who has none."""
    both = ((pair.person_a, pair.contacts_a), (pair.person_b, pair.contacts_b))
    return {
        person: opening(OfPerson(person, days, pair.areas), f"{person} in your area", name=person, contacts=contacts)
        for person, contacts in both
        if contacts
    }


def _lead(pair: Pair, decided: Mapping[str, PairView], area_names: Mapping[str, str], days: Days) -> Lead:
    names = [area_names.get(code, code) for code in pair.changed_areas]
    mark = f"would change the top ten of {listing(names)}" if names else "changes no top ten"
    view = decided.get(pair.pair_reference)
    if view is not None and view.verdict is Verdict.NOT_SURE:
        mark += f"; {view.decided_by} was not sure"
    why = f"{evidence_said(pair.evidence)} {_together(pair)}"
    names_of_both = f"{pair.person_a} and {pair.person_b}"
    return Lead(
        names_of_both, mark, why, reference=pair.pair_reference, opens=tuple(contacts_of_pair(pair, days).values())
    )


def _together(pair: Pair) -> str:
    """What they have between them, where it is not the sum: about one incident both may have rung."""
    twice = pair.contacts_a + pair.contacts_b - pair.contacts_joined
    if not pair.contacts_joined:
        return "Neither has contacts here in these weeks."
    return f"Both rang about {plural(twice, 'incident')} of these." if twice else ""


def number_leads(rows: Sequence[Mapping[str, Any]], marks: Mapping[str, NumberKind], *, shown: int) -> Leads:
    """The numbers that may be marked, the busiest first; `marks` by reference."""
    of_numbers: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        of_numbers.setdefault(row["reference"], []).append(row)
    lines = []
    for reference, found in list(of_numbers.items())[:shown]:
        stands = KIND_WORDS[NumberKind(found[0]["stands_as"])]
        marked = marks.get(reference)
        mark = f"marked as {KIND_WORDS[marked]}" if marked else f"counts as {stands}"
        records = sum(row["records"] for row in found)
        why = f"{plural(found[0]['people'], 'person', 'people')} on it, {plural(records, 'record')} in your area."
        lines.append(Lead(reference, mark, why, reference=reference))
    return Leads("Numbers", tuple(lines), "No number of a place, and none that several people ring from, in your area.")


def history_table(events: Sequence[IdentityEvent], *, timezone: str) -> Table:
    """Every decision and undoing: when, who, about what, what and why."""
    return Table(
        columns=tuple(map(TableColumn, ("When", "Who", "About", "Decided", "Why"))),
        rows=tuple(
            (
                moment(_local(event.at, timezone)),
                f"{event.actor_name}, {ROLE_WORDS.get(event.actor_role, event.actor_role.value)}",
                event.subject,
                decided_said(event.decided),
                REASON_WORDS[event.why] if event.why else "not said",
            )
            for event in events
        ),
        said="Who decided what about whom, when and why, the newest first",
    )


def decided_said(decided: Verdict | NumberKind | None) -> str:
    """A decision in words; none is one that was undone."""
    if decided is None:
        return "undone"
    return VERDICT_WORDS[decided] if isinstance(decided, Verdict) else KIND_WORDS[decided]


def standing_said(view: PairView, *, timezone: str) -> str:
    """What stands about a pair, who decided it, when and why."""
    return sentence(
        f"{decided_said(view.verdict)}: {view.decided_by}, {moment(_local(view.decided_at, timezone))}, because "
        f"{REASON_WORDS[view.why]}"
    )


def score_said(score: float) -> str:
    """How likely the model holds it."""
    return f"The model holds it {percent(score)} likely that they are one person."


def choices(words: Mapping[Any, str], only: Collection[Any] | None = None) -> dict[str, str]:
    """Choices of a form: stored value to words."""
    return {str(value): said[0].upper() + said[1:] for value, said in words.items() if only is None or value in only}


def _local(at: datetime, timezone: str) -> datetime:
    return at.astimezone(ZoneInfo(timezone))
