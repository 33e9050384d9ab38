"""What have people decided about who is one person, and on which records of this build?"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum

import polars as pl

DECISIONS = {"reference_a": pl.String, "reference_b": pl.String, "kind": pl.String}
NUMBERS = {"reference": pl.String, "kind": pl.String}
_SAID = ("own_phone", "name", "date_of_birth", "nominal_id", "home_by_number", "home_by_text")
# Above every number that packs an exact key.
_FIRST_NEW = 7 * 2**60


class Kind(StrEnum):
    """What a person decided about two records."""

    SAME = "same"
    DIFFERENT = "different"


class NumberKind(StrEnum):
    """What a person decided about a number."""

    INSTITUTION = "institution"
    SHARED = "shared"
    PERSONAL = "personal"


def decided_rows(records: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """The decisions on records of this build: `one`, `other` (rows of `records`), `is_same`; the rest change nothing.

    Args:
        records: `record_reference`.
        decisions: `reference_a`, `reference_b`, `kind` (`Kind`); those in force.
    """
    named = records.select("record_reference").with_row_index("at")
    return (
        decisions.join(named, left_on="reference_a", right_on="record_reference")
        .rename({"at": "one"})
        .join(named, left_on="reference_b", right_on="record_reference")
        .select(
            pl.col("one").cast(pl.Int64),
            pl.col("at").cast(pl.Int64).alias("other"),
            is_same=pl.col("kind") == Kind.SAME.value,
        )
        .filter(pl.col("one") != pl.col("other"))
        .unique()
        .sort("one", "other", "is_same")
    )


def split_decided(records: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """The records with `presumed` taken apart where a human separated two records that exact keys make one person.

    Each record decided on stands for itself and for those joined to it by decision. Every other record of that person
    goes with the one it has most in common with; of several, with the one received first.

    Args:
        records: `presumed`, `record_id`, `received_at`, and what identifies.
        decided: see `decided_rows`.
    """
    presumed = records["presumed"].to_list() if decided.height else []
    broken = {
        presumed[one]
        for one, other in decided.filter(~pl.col("is_same")).select("one", "other").rows()
        if presumed[one] == presumed[other]
    }
    if not broken:
        return records
    seeds: dict[int, dict[int, int]] = defaultdict(dict)
    for one, other, is_same in decided.rows():
        for row in (one, other):
            if presumed[row] in broken:
                seeds[presumed[row]].setdefault(row, row)
        if is_same and presumed[one] == presumed[other] and presumed[one] in broken:
            group = seeds[presumed[one]]
            low, high = sorted((group[one], group[other]))
            seeds[presumed[one]] = {row: low if lead == high else lead for row, lead in group.items()}
    changed = _assigned(records, seeds)
    rows = sorted(changed)
    numbers = pl.Series([changed[row] for row in rows], dtype=pl.Int64)
    return records.with_columns(presumed=records["presumed"].scatter(rows, numbers))


def _assigned(records: pl.DataFrame, seeds: dict[int, dict[int, int]]) -> dict[int, int]:
    """The new number of each row of the persons taken apart."""
    some = records.with_row_index("at").filter(pl.col("presumed").is_in(list(seeds)))
    said = {row["at"]: row for row in some.iter_rows(named=True)}
    when = {row: (one["received_at"] is None, one["received_at"], one["record_id"]) for row, one in said.items()}
    leads = sorted({lead for group in seeds.values() for lead in group.values()}, key=lambda row: when[row])
    number = {lead: _FIRST_NEW + place for place, lead in enumerate(leads)}
    changed = {}
    for row, one in said.items():
        group = seeds[one["presumed"]]
        nearest = min(group, key=lambda seed: (seed != row, -_in_common(one, said[seed]), when[seed]))
        changed[row] = number[group[nearest]]
    return changed


def _in_common(one: dict[str, object], other: dict[str, object]) -> int:
    pairs = [(one[part], other[part]) for part in _SAID]
    return sum(1 if a == b else -1 for a, b in pairs if a is not None and b is not None)
