"""Which pairs of persons does a human have to look at?"""

from __future__ import annotations

import numpy as np
import polars as pl

from analysis.people.evidence import evidence
from analysis.people.linking import Linked
from analysis.people.references import SEPARATOR, keyed_codes

DOUBTFUL = {
    "pair_reference": pl.String,
    "reference_a": pl.String,
    "reference_b": pl.String,
    "person_a": pl.String,
    "person_b": pl.String,
    "score": pl.Float64,
    "evidence": pl.String,
}
PREFIX = "D"


def doubtful_pairs(records: pl.DataFrame, linked: Linked, decided: pl.DataFrame, *, key: bytes) -> pl.DataFrame:
    """One row for each pair of persons who may be one: the strongest pair of records, by a stable reference.

    Pairs that a human decided are not asked again, whichever of their records was decided on.

    Args:
        records: those given to `linking.link`, in its order: `record_reference`, `record_id`, `received_at`,
            `person_id` (null in a pool).
        linked: what was found.
        decided: `person_a`, `person_b` whom a human keeps apart.
        key: the store's secret.

    Returns:
        `DOUBTFUL`, sorted by `pair_reference`.
    """
    if not len(linked.probability):
        return pl.DataFrame(schema=DOUBTFUL)
    asked = np.unique(np.concatenate([linked.compared.one, linked.compared.other]))
    is_asked = np.zeros(int(linked.presumed.max()) + 1, dtype=bool)
    is_asked[asked] = True
    first = (
        records.with_columns(presumed=pl.Series(linked.presumed))
        .filter(pl.Series(is_asked[linked.presumed]))
        .sort("received_at", "record_id", nulls_last=True)
        .unique("presumed", keep="first", maintain_order=True)
        .sort("presumed")
    )
    one, other = (np.searchsorted(asked, ends) for ends in (linked.compared.one, linked.compared.other))
    reference, person = first["record_reference"], first["person_id"]
    pairs = pl.DataFrame(
        {
            "at": np.arange(len(one)),
            "score": linked.probability,
            "left": reference.gather(one),
            "right": reference.gather(other),
            "left_person": person.gather(one),
            "right_person": person.gather(other),
        }
    ).filter(pl.col("left_person") != pl.col("right_person"))
    is_turned = pl.col("left") > pl.col("right")
    ordered = pairs.select(
        "at",
        "score",
        reference_a=pl.when(is_turned).then("right").otherwise("left"),
        reference_b=pl.when(is_turned).then("left").otherwise("right"),
        person_a=pl.when(is_turned).then("right_person").otherwise("left_person"),
        person_b=pl.when(is_turned).then("left_person").otherwise("right_person"),
    )
    both = [
        pl.min_horizontal("person_a", "person_b").alias("low"),
        pl.max_horizontal("person_a", "person_b").alias("high"),
    ]
    strongest = (
        ordered.with_columns(both)
        .join(decided.select(both), on=["low", "high"], how="anti")
        .sort("score", "reference_a", "reference_b", descending=[True, False, False])
        .unique(["low", "high"], keep="first", maintain_order=True)
    )
    texts = (strongest["reference_a"] + SEPARATOR + strongest["reference_b"]).to_list()
    return (
        strongest.with_columns(
            pair_reference=pl.Series(keyed_codes(PREFIX, texts, key=key), dtype=pl.String),
            evidence=evidence(linked.compared, strongest["at"].to_numpy()),
        )
        .select(*DOUBTFUL)
        .sort("pair_reference")
    )
