"""What do the ten by contacts, by officer hours and by harm say beside each other? One figure, finished."""

from __future__ import annotations

from typing import Any

from analysis.questions.figures import OfPerson
from analysis.questions.lenses import HarmKnown, Place
from analysis.questions.top_ten import TopTen
from dashboard.charts.lens_lines import LensColumn, lens_lines
from dashboard.charts.palette import Palette
from dashboard.components.figure import FigureView
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, harm_days, hours, listing, ordinal, plural_words, sentence
from dashboard.view_models.openings import imputed_share, opening
from dashboard.view_models.top_ten_rows import NO_CRIME, harm_opening
from dashboard.view_models.top_ten_setting import TopTenSetting

LENS_WORDS = {"contacts": "contacts", "officer_hours": "officer hours", "harm": "harm"}
_ON = {1: "one list", 2: "two lists", 3: "all three"}
_HARM_WORDS = {
    HarmKnown.NO_CRIME.value: NO_CRIME,
    HarmKnown.NO_SCORE.value: "crime without a score",
    HarmKnown.NO_TABLE.value: "no harm table",
}


def lens_figure(answer: TopTen, setting: TopTenSetting, source: SourceLine, palette: Palette) -> FigureView | None:
    """The lists side by side with lines between the same people; None where nobody is listed."""
    people = answer.lenses.people.rows.to_dicts()
    if not people:
        return None
    lenses = tuple(LENS_WORDS) if answer.lenses.harm else ("contacts", "officer_hours")
    places = answer.lenses.places.rows.to_dicts()
    columns = tuple(LensColumn(LENS_WORDS[lens], _on_list(places, lens)) for lens in lenses)
    said = _said(answer, lenses)
    return FigureView(
        title=f"By {listing([LENS_WORDS[lens] for lens in lenses])}, side by side",
        sentence=said,
        picture=lens_lines(columns, palette),
        table=_table(people, places, lenses, setting),
        source=source,
        alt=f"The first {setting.length} by each, lines between the same people. {said}",
    )


def _on_list(places: list[dict[str, Any]], lens: str) -> tuple[str, ...]:
    """The references on a list in order; who has no rank by the lens is not on it though there be room."""
    rows = [row for row in places if row["lens"] == lens and _is_listed(row)]
    return tuple(row["key_id"] for row in sorted(rows, key=lambda row: row["position"]))


def _is_listed(row: dict[str, Any]) -> bool:
    return row["place"] == Place.LISTED.value and row["rank"] is not None


def _said(answer: TopTen, lenses: tuple[str, ...]) -> str:
    """Who is on one, two and all; where the lists disagree; who shares the last place; what harm cannot see."""
    agreed = answer.lenses.agreement.rows.row(0, named=True)
    every = "all three lists" if len(lenses) == 3 else "both lists"
    on = [f"{plural_words(agreed['in_all'], 'person is', 'people are')} on {every}"]
    if len(lenses) == 3:
        on.append(f"{plural_words(agreed['in_two'], 'is', 'are')} on two")
    alone = [f"{count(agreed[f'only_{lens}'])} by {LENS_WORDS[lens]}" for lens in lenses if agreed[f"only_{lens}"]]
    on.append(f"{plural_words(agreed['in_one'], 'is', 'are')} on one only" + (f", {listing(alone)}" if alone else ""))
    shared = [
        f"by {LENS_WORDS[row['lens']]} {plural_words(row['sharing'], 'more shares', 'more share')} the "
        f"{ordinal(_last_rank(answer, row['lens']))} place"
        for row in answer.lenses.shared.rows.iter_rows(named=True)
    ]
    unseen = "Contacts leads: harm is known only where a crime was recorded, and is not zero elsewhere"
    return sentence(listing(on), *shared, unseen if answer.lenses.harm else "")


def _last_rank(answer: TopTen, lens: str) -> int:
    rows = answer.lenses.places.rows.to_dicts()
    return max(row["rank"] for row in rows if row["lens"] == lens and _is_listed(row))


def _table(
    people: list[dict[str, Any]], places: list[dict[str, Any]], lenses: tuple[str, ...], setting: TopTenSetting
) -> Table:
    """The same as a table: a row a person on any list, their place and figure by each."""
    at = {(row["lens"], row["key_id"]): row for row in places}
    by_person: dict[str, dict[str, Any]] = {}
    for row in places:
        by_person.setdefault(row["key_id"], row)
    return Table(
        columns=(
            TableColumn("Person"),
            *(TableColumn(f"By {LENS_WORDS[lens]}") for lens in lenses),
            TableColumn("On"),
        ),
        rows=tuple(
            (
                setting.called(person["key_id"]),
                *(_cell(at.get((lens, person["key_id"])), lens, by_person[person["key_id"]]) for lens in lenses),
                "both" if person["lenses"] == len(lenses) == 2 else _ON[person["lenses"]],
            )
            for person in people
        ),
        said="Everyone on a list, with their place by each",
        openings=tuple(
            one for person in people for one in _openings(by_person[person["key_id"]], setting, "harm" in lenses)
        ),
    )


def _cell(row: dict[str, Any] | None, lens: str, person: dict[str, Any]) -> str:
    """The place and the figure; who is not listed is told near, or unranked for want of a crime."""
    figures = _figure(person, lens)
    if lens == "harm" and person["harm"] is None:
        return figures
    if row is None:
        return f"further down, {figures}"
    tied = "=" if row["is_tied"] else ""
    if _is_listed(row):
        return f"{ordinal(row['rank'])}{tied}, {figures}"
    where = "shares" if row["place"] == Place.SHARES_LAST_PLACE.value else "near,"
    return f"{where} {ordinal(row['rank'])}{tied}, {figures}" if row["rank"] else figures


def _figure(person: dict[str, Any], lens: str) -> str:
    if lens == "contacts":
        return count(person["contacts"])
    if lens == "officer_hours":
        share = imputed_share(person["imputed_hours"], person["officer_hours"])
        return hours(person["officer_hours"]) + (f", {share} imputed" if person["imputed_hours"] else "")
    return _HARM_WORDS.get(person["harm_known"], NO_CRIME) if person["harm"] is None else harm_days(person["harm"])


def _openings(person: dict[str, Any], setting: TopTenSetting, has_harm: bool) -> tuple[Opening, ...]:
    """What a person rang about, and of it the incidents with the crimes of their harm."""
    name = setting.called(person["key_id"])
    rang = opening(
        OfPerson(person["key_id"], setting.days, (person["area_code"],)),
        f"{person['key_id']} in {setting.area_name}",
        name=name,
        contacts=person["contacts"],
        officer_hours=person["officer_hours"],
    )
    harm = harm_opening(person, setting, name=name) if has_harm else None
    return (rang,) if harm is None else (rang, harm)
