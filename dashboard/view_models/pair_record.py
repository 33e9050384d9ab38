"""What is recorded of each of two people who may be one? The same rows in the same order, to be compared across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.components.table import Table, TableColumn
from dashboard.text import count, day

KINDS = {"name": "Name", "telephone": "Telephone", "date_of_birth": "Date of birth", "address": "Address"}


def record_table(rows: Sequence[Mapping[str, Any]], person_id: str, *, timezone: str) -> Table:
    """Names, numbers, dates of birth and addresses of one person, the most recorded first.

    Args:
        rows: those of `analysis.questions.identities`, of several people.
        timezone: of the force, for the days.
    """
    several: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["person_id"] == person_id:
            several.setdefault((row["kind"], row["value"]), []).append(row)
    zone, order = ZoneInfo(timezone), list(KINDS)
    found = sorted(several.items(), key=lambda one: (order.index(one[0][0]), -sum(row["records"] for row in one[1])))
    return Table(
        columns=(TableColumn("What"), TableColumn("As recorded"), TableColumn("Records", True), TableColumn("Between")),
        rows=tuple(
            (
                KINDS[kind],
                value,
                count(sum(row["records"] for row in rows_of)),
                " and ".join(
                    dict.fromkeys(
                        day(moment.astimezone(zone).date())
                        for moment in (min(r["first_at"] for r in rows_of), max(r["last_at"] for r in rows_of))
                    )
                ),
            )
            for (kind, value), rows_of in found
        ),
        said=f"What is recorded of {person_id}",
    )
