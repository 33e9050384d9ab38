"""What stands under a top ten? The same by each lens, as a plain table, who left, and who could not be counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.questions.figures import OfPerson, OfPool
from analysis.questions.top_ten import TopTen
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, day, decimal, hours, listing, ordinal, plural_words, sentence
from dashboard.view_models.openings import opening
from dashboard.view_models.top_ten_rows import NO_CRIME, place, plural_days
from dashboard.view_models.top_ten_setting import TopTenSetting

LENS_WORDS = {"contacts": "contacts", "officer_hours": "officer hours", "harm": "harm"}
POOL_WORDS = {
    "institution": "Institutions, by their number",
    "withheld": "Number withheld, no name that identifies",
    "shared": "A number many people share",
    "witness": "Witnesses",
    "third_party": "Third parties",
    "professional": "Professionals",
}


@dataclass(frozen=True)
class LensList:
    """One of the small lists side by side."""

    key: str
    title: str
    table: Table


def twin_table(people: list[dict[str, Any]], setting: TopTenSetting, everyone: tuple[Opening, ...]) -> Table:
    """Everyone on the page in order, as a plain table."""
    headings = ("Place", "Person", "Contacts", "Officer hours", "imputed", "Harm, days", "Last contact", "Elsewhere")
    return Table(
        columns=tuple(TableColumn(heading, is_number=heading not in {"Place", "Person"}) for heading in headings),
        rows=tuple(
            (
                place(person),
                setting.called(person["key_id"]),
                count(person["contacts"]),
                hours(person["officer_hours"]),
                hours(person["imputed_hours"]),
                NO_CRIME if person["harm"] is None else decimal(person["harm"], places=0),
                day(setting.local(person["last_contact_at"]).date()),
                count(person["contacts_elsewhere"]),
            )
            for person in people
        ),
        said=f"Repeat callers of {setting.area_name} in order",
        openings=everyone,
        no_list="the numbers of one person open in their row above",
    )


def lens_lists(answer: TopTen, setting: TopTenSetting) -> tuple[LensList, ...]:
    """The first of each lens, each person marked with the other lists they are on."""
    rows = answer.lenses.rows.sort("lens", "position").to_dicts()
    on: dict[str, list[str]] = {}
    for row in rows:
        on.setdefault(row["key_id"], []).append(row["lens"])
    lenses = [lens for lens in LENS_WORDS if any(row["lens"] == lens for row in rows)]
    return tuple(
        LensList(
            lens,
            f"By {LENS_WORDS[lens]}",
            Table(
                columns=(TableColumn("Place"), TableColumn("Person"), TableColumn("", True), TableColumn("Also by")),
                rows=tuple(
                    (
                        "no rank" if row["rank"] is None else str(row["rank"]),
                        setting.called(row["key_id"]),
                        _measure(row, lens),
                        _also(on[row["key_id"]], lens, len(lenses)),
                    )
                    for row in rows
                    if row["lens"] == lens
                ),
                said=f"The first {setting.length} by {LENS_WORDS[lens]}",
            ),
        )
        for lens in lenses
    )


def _measure(row: dict[str, Any], lens: str) -> str:
    if lens == "contacts":
        return count(row["contacts"])
    if lens == "officer_hours":
        return hours(row["officer_hours"])
    return NO_CRIME if row["harm"] is None else plural_days(row["harm"])


def _also(lenses: list[str], own: str, every: int) -> str:
    others = [LENS_WORDS[lens] for lens in LENS_WORDS if lens in lenses and lens != own]
    if not others:
        return "this only"
    return "all three" if len(others) == every - 1 == 2 else listing(others)


def lenses_said(answer: TopTen) -> str:
    """How far the lenses agree, in a sentence; empty where there is one lens only."""
    rows = answer.lenses.rows
    lenses = rows["lens"].n_unique()
    if lenses < 2:
        return ""
    times = rows.group_by("key_id").len()["len"]
    everywhere = int((times == lenses).sum())
    return (
        f"{sentence(plural_words(everywhere, 'person is', 'people are'))[:-1]} in the top ten by "
        f"{'all three' if lenses == 3 else 'both'}; {plural_words(int((times == 1).sum()), 'is', 'are')} in one only. "
        "Contacts leads: harm is known only where a crime was recorded."
    )


def left_table(answer: TopTen, setting: TopTenSetting) -> Table:
    """Who was on the list a week ago and is not now."""
    return Table(
        columns=(TableColumn("Person"), TableColumn("Place a week ago"), TableColumn("Contacts now", is_number=True)),
        rows=tuple(
            (
                setting.called(row["key_id"]),
                "no rank" if row["earlier_rank"] is None else ordinal(row["earlier_rank"]),
                "too few to be listed" if row["contacts"] is None else count(row["contacts"]),
            )
            for row in answer.left.rows.iter_rows(named=True)
        ),
        said="People who left the list since last week",
        openings=tuple(
            opening(
                OfPerson(row["key_id"], setting.days, (row["area_code"],)),
                f"{row['key_id']} in {setting.area_name}",
                name=setting.called(row["key_id"]),
                contacts=row["contacts"],
            )
            for row in answer.left.rows.iter_rows(named=True)
            if row["contacts"] is not None
        ),
    )


def unresolved_table(answer: TopTen, setting: TopTenSetting) -> Table:
    """Incidents whose caller is set apart, by the reason."""
    return Table(
        columns=(
            TableColumn("Who rang"),
            TableColumn("Incidents", is_number=True),
            TableColumn("Officer time", is_number=True),
        ),
        rows=tuple(
            (POOL_WORDS.get(row["pool"], row["pool"]), count(row["incidents"]), hours(row["officer_hours"]))
            for row in answer.unresolved.rows.iter_rows(named=True)
        ),
        said="Contacts that could not be counted for a person, by the reason",
        openings=tuple(
            opening(
                OfPool(setting.days, row["area_code"], row["pool"]),
                f"{setting.area_name}: {POOL_WORDS.get(row['pool'], row['pool'])}",
                name=POOL_WORDS.get(row["pool"], row["pool"]),
                incidents=row["incidents"],
                officer_hours=row["officer_hours"],
            )
            for row in answer.unresolved.rows.iter_rows(named=True)
        ),
    )
