"""What does one row of a top ten say? The person, why they are here, and how it stands."""

from __future__ import annotations

from typing import Any

from analysis.questions.figures import OfHarm, OfPerson
from analysis.questions.top_ten import TopTen
from dashboard.charts.palette import Palette
from dashboard.components.cells import Marked, Movement, badges, movement_word, share_bar, spark_bars
from dashboard.components.people_rows import PersonRow
from dashboard.open_incidents import Opening
from dashboard.text import count, day, days_from, hours, percent, plural, why_here
from dashboard.view_models.openings import opening
from dashboard.view_models.plan_words import plan_cell
from dashboard.view_models.top_ten_history import weeks_in_a_row
from dashboard.view_models.top_ten_setting import TopTenSetting

NO_CRIME = "no crime recorded"


def person_row(
    person: dict[str, Any], weeks: list[int], most: float, answer: TopTen, setting: TopTenSetting, palette: Palette
) -> PersonRow:
    """The row of one person; `most` is the longest officer time of the list, in hours, for the bar's scale."""
    key = person["key_id"]
    imputed = person["imputed_hours"] / person["officer_hours"] if person["officer_hours"] else 0.0
    hours_said = f"{hours(person['officer_hours'])} of officer time, {percent(imputed)} of it imputed"
    weeks_said = f"contacts in each of the last {plural(len(weeks), 'week')}: {', '.join(map(str, weeks))}"
    behind = OfPerson(key, setting.days, (person["area_code"],))
    about = f"{key} in {setting.area_name}"
    return PersonRow(
        person_id=key,
        place=place(person),
        movement=_movement(person),
        on_list=_on_list(person, setting),
        label=setting.called(key),
        reference=key if key in setting.names else "",
        why=_why(person, setting),
        badges=_badges(person, answer.feeds),
        contacts=opening(behind, about, contacts=person["contacts"]),
        spark=spark_bars(weeks, palette, said=weeks_said),
        spark_of=f"last {plural(len(weeks), 'week')}",
        hours=opening(behind, about, officer_hours=person["officer_hours"]),
        hours_bar=share_bar(
            person["officer_hours"], person["imputed_hours"], most, palette, said=hours_said, width=110
        ),
        imputed=_imputed(person, imputed),
        harm=_harm(person, answer.feeds),
        harm_opens=harm_opening(person, setting),
        last=days_from(setting.local(person["last_contact_at"]).date(), setting.today),
        last_day=day(setting.local(person["last_contact_at"]).date()),
        plan=plan_cell(setting.plans.get(key), setting.today, stalled_days=setting.stalled_days),
    )


def _imputed(person: dict[str, Any], share: float) -> str:
    """The share worked out because a unit was never cleared, and the bounds it leaves the hours between."""
    if not share:
        return "none imputed"
    return f"{percent(share)} imputed: {hours(person['officer_hours_low'])} to {hours(person['officer_hours_high'])}"


def place(person: dict[str, Any]) -> str:
    """The rank with its tie: "2="; the position in brackets where there is no rank."""
    if person["rank"] is None:
        return "no rank"
    return f"{person['rank']}{'=' if person['is_tied'] else ''}"


def _on_list(person: dict[str, Any], setting: TopTenSetting) -> str:
    weeks = person["weeks_on_list"]
    return f"{weeks_in_a_row(weeks, setting)} {'week' if weeks == 1 else 'weeks'} on the list" if weeks else ""


def _movement(person: dict[str, Any]) -> Marked:
    word = person["movement"]
    if word is None:
        return Marked("")
    return movement_word(Movement(word.replace("_", " ")), earlier_rank=person["earlier_rank"])


def _why(person: dict[str, Any], setting: TopTenSetting) -> str:
    missing = []
    if person["missing_assessments"]:
        crimes = plural(person["missing_assessments"], "crime")
        missing.append(f"no DASH on {crimes} where it is mandatory")
    return why_here(
        contacts=person["contacts"],
        weeks=setting.weeks,
        officer_hours=person["officer_hours"],
        recent=person["recent_contacts"],
        recent_weeks=setting.recent_weeks,
        missing=missing,
    )


def _badges(person: dict[str, Any], feeds: frozenset[str]) -> Marked:
    urgent, labels = [], []
    if person["missing_assessments"]:
        urgent.append(f"DASH missing: {count(person['missing_assessments'])}")
    if person["marac_on"]:
        labels.append(f"MARAC {day(person['marac_on'])}")
    if person["has_children"]:
        labels.append("children")
    if "crimes" in feeds and not person["is_victim_of_crime"]:
        labels.append("not victim of a recorded crime")
    if person["contacts_elsewhere"]:
        labels.append(f"{plural(person['contacts_elsewhere'], 'contact')} elsewhere")
    return badges([*urgent, *labels], urgent=urgent)


def harm_opening(person: dict[str, Any], setting: TopTenSetting, *, name: str = "") -> Opening | None:
    """The contacts with the crimes of a person's harm; None where no crime of theirs has a score."""
    if person["harm"] is None:
        return None
    behind = OfHarm(person["key_id"], setting.days, (person["area_code"],))
    return opening(behind, f"{person['key_id']} in {setting.area_name}", name=name, harm=person["harm"])


def _harm(person: dict[str, Any], feeds: frozenset[str]) -> str:
    """Why there is no harm; empty where there is, and its number opens."""
    if "crimes" not in feeds:
        return "harm not known"
    if person["harm"] is not None:
        return ""
    return NO_CRIME if not person["crimes"] else "crime without a score"
