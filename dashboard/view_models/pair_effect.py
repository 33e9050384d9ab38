"""What would joining two people do to the lists, and parting one, in words and line by line?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.questions.figures import Days, OfPerson, OfSide
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, hours, listing, ordinal, plural, sentence
from dashboard.view_models.openings import imputed_share, opening

_LIKE = {"a": "like the first record", "b": "like the second", "either": "like both alike"}


def effect_table(rows: Sequence[Mapping[str, Any]], pair: tuple[str, str], days: Days) -> Table:
    """The lists now and after joining, a line each; each opens what it counts, but for the two as one."""
    said = {"now": "now", "after": "if one person", "enters": "would come in", "leaves": "would fall out"}
    return Table(
        columns=(
            TableColumn("Neighbourhood"),
            TableColumn("When"),
            TableColumn("Who"),
            TableColumn("Place", True),
            TableColumn("Contacts", True),
            TableColumn("Officer time", True),
            TableColumn("of it imputed", True),
        ),
        rows=tuple(
            (
                str(row["area_name"]),
                said[row["part"]],
                " and ".join(pair) if row["part"] == "after" else str(row["key_id"]),
                ordinal(row["position"]) if row["position"] else "not listed",
                count(row["contacts"]),
                hours(row["officer_hours"]),
                imputed_share(row["imputed_hours"], row["officer_hours"]),
            )
            for row in rows
        ),
        said="The two in their lists now, and the one they would be",
        openings=tuple(
            opening(
                OfPerson(row["key_id"], days, (row["area_code"],)),
                f"{row['key_id']} in {row['area_name']}",
                name=f"{row['key_id']}, {row['area_name']}",
                contacts=row["contacts"],
                officer_hours=row["officer_hours"],
            )
            for row in rows
            if row["part"] != "after"
        ),
        no_list="as one person the two have what their own lists hold, an incident both rang about once",
    )


def effect_said(rows: Sequence[Mapping[str, Any]], *, top: int) -> str:
    """What joining would do, in a sentence."""
    if not rows:
        return "Neither has contacts in these weeks in your area, so no list would change."
    said = []
    for area in dict.fromkeys(row["area_name"] for row in rows):
        here = [row for row in rows if row["area_name"] == area]
        after = next((row for row in here if row["part"] == "after"), None)
        if after is None or not after["position"] or after["position"] > top:
            continue
        before = min((row["position"] for row in here if row["part"] == "now" and row["position"]), default=None)
        moved = [
            f"{row['key_id']} {'comes in' if row['part'] == 'enters' else 'falls out'}"
            for row in here
            if row["part"] in ("enters", "leaves")
        ]
        was = f"; the higher of the two is {ordinal(before)} now" if before else "; neither is listed now"
        said.append(
            f"{area}: as one person {ordinal(after['position'])} with {plural(after['contacts'], 'contact')}{was}"
        )
        said += [f"in {area} {listing(moved)}"] if moved else []
    return sentence(*said) if said else "As one person they would not reach a top ten, so no top ten would change."


def parting_said(rows: Sequence[Mapping[str, Any]]) -> str:
    """What each set of a person's records has, in a sentence; empty where the records are of two people already."""
    if not rows:
        return ""
    said = [
        f"{plural(records, 'record')} {_LIKE[side]}, with {plural(contacts, 'contact')} in these weeks"
        for side, (records, contacts) in _by_side(rows).items()
    ]
    return sentence(f"This build holds them to be one person: {listing(said)}", "If they part, each side keeps its own")


def parting_openings(rows: Sequence[Mapping[str, Any]], references: tuple[str, str], days: Days) -> tuple[Opening, ...]:
    """The contacts of each side; none of a side without any. `references`: the two records decided about."""
    return tuple(
        opening(
            OfSide(rows[0]["person_id"], days, *references, side),
            f"Contacts of {rows[0]['person_id']} in records {_LIKE[side]}",
            name=f"records {_LIKE[side]}",
            contacts=contacts,
        )
        for side, (_, contacts) in _by_side(rows).items()
        if contacts
    )


def _by_side(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """Records and contacts of each side, over all areas; none of a side without records."""
    sides = dict.fromkeys(_LIKE, (0, 0))
    for row in rows:
        records, contacts = sides[row["side"]]
        sides[row["side"]] = records + row["records"], contacts + row["contacts"]
    return {side: found for side, found in sides.items() if found[0]}
