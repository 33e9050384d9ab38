"""How is it said who enters and who leaves a list when a repeat is defined another way?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.questions.definitions import Change, Definition, DefinitionSwitch
from analysis.questions.figures import OfDefinition
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, listing, plural_words, sentence
from dashboard.view_models.demand_setting import DemandSetting
from dashboard.view_models.openings import opening

_FEEDS = {"safeguarding": "MARAC referrals", "crimes": "crimes"}
_NOBODY = "–"


@dataclass(frozen=True)
class DefinitionsView:
    """The switch: what each definition says, who enters and leaves in one neighbourhood, counts of all in view."""

    sentence: str
    base_said: str
    other_said: str
    lacking: str
    changes_title: str
    changes: Table
    counts: Table
    source: SourceLine


def definition_words(one: Definition) -> str:
    """A definition with its version and its source, in one sentence."""
    return sentence(f"{one.name}, version {one.version}: {one.reason}", f"Source: {one.source}")


def definitions_view(answer: DefinitionSwitch, setting: DemandSetting) -> DefinitionsView:
    """Put the answer into words; people are listed for the neighbourhood chosen, else the first in view."""
    here = pl.col("area_code") == setting.first_code
    changed = answer.changes.rows.filter(here, pl.col("change") != Change.STAYS.value).to_dicts()
    counts = answer.counts.rows.to_dicts()
    which = "" if setting.areas == 1 else ", the first in view"
    return DefinitionsView(
        sentence=_sentence(counts, answer),
        base_said=definition_words(answer.base),
        other_said=definition_words(answer.other),
        lacking=_lacking(answer),
        changes_title=f"Who enters and who leaves: {setting.first_name}{which}",
        changes=_changes(changed, answer, setting),
        counts=_counts(counts),
        source=setting.source(
            f"from “{answer.base.name}” to “{answer.other.name}”; lists of {setting.length} in the order of the lens",
            "left out: contacts that name nobody, and contacts in other neighbourhoods",
        ),
    )


def _sentence(counts: list[dict[str, Any]], answer: DefinitionSwitch) -> str:
    total = {name: sum(row[name] or 0 for row in counts) for name in ("enter", "leave", "people", "other_people")}
    if answer.base.id == answer.other.id:
        return "Both are the same definition; choose another to see who enters and who leaves."
    if not (total["enter"] or total["leave"]):
        return "Nobody enters or leaves a list when the definition is switched."
    return sentence(
        f"Over the lists in view {_people(total['enter'])} would enter and {_people(total['leave'])} would leave, "
        "counted on each list",
        f"{plural_words(total['people'], 'person meets', 'people meet')} the present definition in a neighbourhood, "
        f"{plural_words(total['other_people'], 'meets', 'meet')} the other",
    )


def _people(number: int) -> str:
    return plural_words(number, "person", "people") if number else "nobody"


def _lacking(answer: DefinitionSwitch) -> str:
    if not answer.lacking:
        return ""
    feeds = listing([_FEEDS[feed] for feed in sorted(answer.lacking)])
    return f"This build has no {feeds}, without which a definition that rests on them is met by nobody."


def _changes(rows: list[dict[str, Any]], answer: DefinitionSwitch, setting: DemandSetting) -> Table:
    return Table(
        columns=(
            TableColumn("Person"),
            TableColumn("Change"),
            TableColumn("Contacts, present", is_number=True),
            TableColumn("Contacts, other", is_number=True),
            TableColumn("Position now", is_number=True),
            TableColumn("Position then", is_number=True),
            TableColumn("Met the present first on"),
            TableColumn("Met the other first on"),
        ),
        rows=tuple(
            (
                row["key_id"],
                row["change"],
                count(row["contacts"]),
                count(row["other_contacts"]),
                _place(row["position"]),
                _place(row["other_position"]),
                setting.local_day(row["met_at"]),
                setting.local_day(row["other_met_at"]),
            )
            for row in rows
        ),
        said=f"People who enter or leave the list of {setting.first_name}, with the contacts that each definition "
        "counts; those who stay are only counted.",
        openings=tuple(one for row in rows for one in _openings(row, answer, setting)),
    )


def _openings(row: dict[str, Any], answer: DefinitionSwitch, setting: DemandSetting) -> tuple[Opening, ...]:
    """What each definition counts of a person; none where it counts nothing."""
    both = (("present", answer.base, row["contacts"]), ("other", answer.other, row["other_contacts"]))
    return tuple(
        opening(
            OfDefinition(row["key_id"], setting.days, row["area_code"], one.id),
            f"{row['key_id']} in {setting.first_name}: what “{one.name}” counts",
            name=f"{row['key_id']}, {said}",
            contacts=contacts,
        )
        for said, one, contacts in both
        if contacts
    )


def _place(position: int | None) -> str:
    return _NOBODY if position is None else count(position)


def _counts(rows: list[dict[str, Any]]) -> Table:
    columns = {
        "people": "Meet the present",
        "other_people": "Meet the other",
        "both": "Meet both",
        "enter": "Enter the list",
        "leave": "Leave the list",
        "stay": "Stay on the list",
    }
    return Table(
        columns=(TableColumn("Neighbourhood"), *(TableColumn(said, is_number=True) for said in columns.values())),
        rows=tuple((row["area_name"], *(count(row[name] or 0) for name in columns)) for row in rows),
        said="People who meet each definition, and what becomes of the list, by neighbourhood.",
        no_list="these are people and places on a list; open a person from Top ten for their incidents",
    )
