"""How many of the pairs of records that are one person were found, and how many found are?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Score:
    """Pairwise precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"{self.precision:.4f} {self.recall:.4f} {self.f1:.4f}"


def score(records: pl.DataFrame, found: str) -> Score:
    """Of records with `truth`; one whose `found` is null stands alone."""
    labelled = records.filter(pl.col("truth").is_not_null()).with_row_index("row")
    alone = pl.format("alone {}", "row")
    labelled = labelled.with_columns(found=pl.coalesce(pl.col(found).cast(pl.String), alone))
    right = _pairs(labelled, ["found", "truth"])
    claimed, real = _pairs(labelled, ["found"]), _pairs(labelled, ["truth"])
    precision, recall = right / max(claimed, 1), right / max(real, 1)
    return Score(precision, recall, 2 * precision * recall / max(precision + recall, 1e-12))


def _pairs(records: pl.DataFrame, by: list[str]) -> int:
    size = pl.col("len").cast(pl.Int64)
    return int(records.group_by(by).len().select((size * (size - 1) // 2).sum()).item())
