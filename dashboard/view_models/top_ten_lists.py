"""What stands under a top ten? The same as a plain table, who left, and who could not be counted."""

from __future__ import annotations

from typing import Any

from analysis.questions.figures import OfPerson, OfPool
from analysis.questions.top_ten import TopTen
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, day, decimal, hours, ordinal
from dashboard.view_models.openings import imputed_share, opening
from dashboard.view_models.top_ten_rows import NO_CRIME, place
from dashboard.view_models.top_ten_setting import TopTenSetting

POOL_WORDS = {
    "institution": "Institutions, by their number",
    "withheld": "Number withheld, no name that identifies",
    "shared": "A number many people share",
    "witness": "Witnesses",
    "third_party": "Third parties",
    "professional": "Professionals",
}


def twin_table(people: list[dict[str, Any]], setting: TopTenSetting, everyone: tuple[Opening, ...]) -> Table:
    """Everyone on the page in order, as a plain table."""
    headings = (
        "Place",
        "Person",
        "Contacts",
        "Officer hours",
        "imputed",
        "at least",
        "at most",
        "Harm, days",
        "Last contact",
        "Elsewhere",
    )
    return Table(
        columns=tuple(TableColumn(heading, is_number=heading not in {"Place", "Person"}) for heading in headings),
        rows=tuple(
            (
                place(person),
                setting.called(person["key_id"]),
                count(person["contacts"]),
                hours(person["officer_hours"]),
                hours(person["imputed_hours"]),
                hours(person["officer_hours_low"]),
                hours(person["officer_hours_high"]),
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
            TableColumn("of it imputed", is_number=True),
        ),
        rows=tuple(
            (
                POOL_WORDS.get(row["pool"], row["pool"]),
                count(row["incidents"]),
                hours(row["officer_hours"]),
                imputed_share(row["imputed_hours"], row["officer_hours"]),
            )
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
