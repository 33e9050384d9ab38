"""Contacts that count, as plain rows, for the calculations that need no more of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import strategies as st

from analysis.officer_time import UNITS_PER_MINUTE

BEGINNING = datetime(2013, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Rung:
    """One contact: who, where, about which job, when, and the officer time of the job."""

    key_id: str
    contact_at: datetime
    group_id: str
    area_code: str = "N1"
    units: int = 0


def rung(key_id: str, *instants: str, minutes: int = 0, area: str = "N1") -> list[Rung]:
    """One contact at each instant (ISO 8601, UTC), each about a job of its own."""
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in instants]
    return [
        Rung(key_id, moment, f"{key_id}-{area}-{number}", area, minutes * UNITS_PER_MINUTE)
        for number, moment in enumerate(moments)
    ]


def frame(rows: list[Rung]) -> pl.DataFrame:
    """The rows as the calculations are given them; a quarter of the officer time of each job is imputed."""
    schema = {
        "area_code": pl.String,
        "key_id": pl.String,
        "group_id": pl.String,
        "contact_at": pl.Datetime("us", "UTC"),
        "units": pl.Int64,
    }
    plain = pl.DataFrame([{name: vars(row)[name] for name in schema} for row in rows], schema=schema)
    return plain.with_columns(imputed_units=pl.col("units") // 4)


@st.composite
def contact_rows(draw: st.DrawFn, *, days: int = 30, most: int = 25) -> list[Rung]:
    """Few people, few jobs that several ring about, many days alike."""
    groups = {
        f"G{number}": (area, units)
        for number, (area, units) in enumerate(
            draw(
                st.lists(
                    st.tuples(st.sampled_from(["N1", "N2"]), st.sampled_from([0, 1, 5, UNITS_PER_MINUTE])),
                    min_size=1,
                    max_size=most,
                )
            )
        )
    }
    seen = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["P1", "P2", "P3", "P4"]), st.sampled_from(sorted(groups)), st.integers(0, days * 2)
            ),
            max_size=most,
            unique_by=lambda one: one[:2],
        )
    )
    return [
        Rung(key, BEGINNING + timedelta(days=half / 2), group, groups[group][0], groups[group][1])
        for key, group, half in seen
    ]
