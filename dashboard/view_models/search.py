"""What does a search say of each person it found? Why they matched, what was before, risk and plan, never a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from analysis.questions.figures import Among, Days, Having, OfPerson
from dashboard.components.cells import Marked
from dashboard.open_incidents import Opening
from dashboard.text import count, day, days_from, listing, plural, plural_words, sentence
from dashboard.view_models.openings import opening
from dashboard.view_models.plan_words import plan_cell
from partnership.views import PlanView

MATCHED = {
    "number": "this telephone number",
    "postcode": "this postcode",
    "address": "this address",
    "reference": "this reference",
    "incident": "stands in this incident",
    "name": "this name",
    "name_variant": "another form of this name",
    "name_alike": "a name that sounds like it",
    "case": "the case of this reference",
}


@dataclass(frozen=True)
class FoundPerson:
    """One person found, finished; `opens` leads to the incidents that the facts count."""

    person_id: str
    why: str
    facts: str
    plan: Marked
    opens: Opening | None


@dataclass(frozen=True)
class FoundView:
    """The answer to one search, finished."""

    sentence: str
    people: tuple[FoundPerson, ...]
    source: str


@dataclass(frozen=True)
class FoundSetting:
    """What the words depend on beside the answer."""

    today: date
    timezone: str
    data_as_at: date
    area_names: Mapping[str, str]
    stalled_days: int
    first_day: date


def found_view(rows: Sequence[Mapping[str, Any]], plans: Mapping[str, PlanView], setting: FoundSetting) -> FoundView:
    """Put what was found into words; `rows` are those of `analysis.questions.search`, a person's together."""
    of_people: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        of_people.setdefault(row["person_id"], []).append(row)
    people = tuple(_person(found, plans.get(person), setting) for person, found in of_people.items())
    matched = int(rows[0]["people"]) if rows else 0
    first = (
        f"{plural_words(matched, 'person', 'people')} in your area {'matches' if matched == 1 else 'match'}"
        if matched
        else "Nobody in your area matches"
    )
    more = ""
    if matched > len(people):
        more = (
            f"The closest {count(len(people))} are shown; add a first name, a house number or a postcode to narrow it"
        )
    elif not matched:
        more = "Try fewer words, another number, or only the surname"
    return FoundView(
        sentence(first, more),
        people,
        f"Recorded on incidents in your area, data as at {day(setting.data_as_at)} · the numbers and addresses of "
        "listed places, such as a refuge or a hospital, find nobody · this search stands in the access log, without "
        "what was typed",
    )


def _person(found: Sequence[Mapping[str, Any]], plan: PlanView | None, setting: FoundSetting) -> FoundPerson:
    first = found[0]
    said = [MATCHED.get(how, how) for how in str(first["matched"]).split(",")]
    areas = [setting.area_names.get(row["neighbourhood_code"] or "", "not placed") for row in found if row["incidents"]]
    return FoundPerson(
        person_id=first["person_id"],
        why=f"Matched: {listing(said)}",
        facts=_facts(found, areas, setting),
        plan=plan_cell(plan, setting.today, stalled_days=setting.stalled_days),
        opens=_opening(first["person_id"], _domestic(found), setting) if areas else None,
    )


def _domestic(found: Sequence[Mapping[str, Any]]) -> int:
    return sum(int(row["domestic_incidents"]) for row in found)


def _opening(person_id: str, domestic: int, setting: FoundSetting) -> Opening | None:
    """The domestic incidents of the whole build that the person is recorded in, in the reader's area."""
    if not domestic:
        return None
    days = Days(setting.first_day, setting.data_as_at + timedelta(days=1))
    figure = OfPerson(person_id, days, None, Among.RECORDED, Having.DOMESTIC, every_kind=True)
    return opening(figure, f"{person_id}: previous domestic incidents in your area", incidents=domestic)


def _facts(found: Sequence[Mapping[str, Any]], areas: Sequence[str], setting: FoundSetting) -> str:
    if not areas:
        return "No record in your area; the case is open to you."
    domestic = _domestic(found)
    before = plural(domestic, "previous domestic incident") if domestic else "no previous domestic incident"
    last = _local(max(row["last_at"] for row in found), setting)
    graded = [row for row in found if row["risk"]]
    newest = max(graded, key=lambda row: row["assessed_at"], default=None)
    risk = (
        f"DASH (risk assessment): {newest['risk']}, {day(_local(newest['assessed_at'], setting))}"
        if newest
        else "no DASH risk recorded"
    )
    return sentence(
        f"{before} in {listing(list(dict.fromkeys(areas)))}, the last record {days_from(last, setting.today)}",
        risk,
    )


def _local(moment: datetime, setting: FoundSetting) -> date:
    return moment.astimezone(ZoneInfo(setting.timezone)).date()
