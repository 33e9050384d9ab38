"""What did the resolution of this build rest on, in numbers for the page on methods?"""

from __future__ import annotations

import dataclasses

import numpy as np
import polars as pl

from analysis.people.comparison import FIELDS
from analysis.people.linking import Linked, LinkSettings

MODEL = {"field": pl.String, "value": pl.Float64}


def model_table(linked: Linked, settings: LinkSettings, *, doubtful: int) -> pl.DataFrame:
    """`field`, `value`: every setting, how much was compared and found, and what each agreement weighs.

    Weights are `weight.<respect>.<level>` in bits: the logarithm to base 2 of how much likelier the level is among
    records of one person than among any two. Names, dates of birth, numbers and places that agree weigh more or less
    than that by how many share them. `expected_precision` and `expected_recall` are the model's own estimate, of the
    pairs that were compared: of those joined, the mean probability of being one person; and the part of all that
    probability which was joined (not a number where there was nothing to join).
    """
    weights, counts = linked.weights, linked.counts
    rows: dict[str, float] = {f"setting.{name}": float(value) for name, value in dataclasses.asdict(settings).items()}
    rows |= {
        "presumed_persons": counts.presumed,
        "pairs_compared": counts.pairs,
        "pairs_joined": counts.joined,
        "expected_precision": counts.likely_joined / counts.joined if counts.joined else float("nan"),
        "expected_recall": counts.likely_joined / counts.likely if counts.likely else float("nan"),
        "persons": counts.persons,
        "pairs_for_a_human": doubtful,
        "pairs_taught_by_nominal_id": weights.taught_by,
        "estimated_pairs_of_one_person": weights.matches,
        "estimated_pairs_of_one_household": weights.households,
    }
    for place, levels in enumerate(FIELDS):
        respect = levels.__name__.removesuffix("Level").lower()
        for level in levels:
            if level.name != "MISSING":
                ratio = weights.match[place][level] / weights.random[place][level]
                rows[f"weight.{respect}.{level.name.lower()}"] = float(np.log2(ratio))
    return pl.DataFrame({"field": list(rows), "value": [float(value) for value in rows.values()]}, schema=MODEL)
