"""How were people told apart in this build, by what settings, and how well does that work where the truth is known?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.disclosure import Audience, Clearance, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.people.measured import measured_quality
from analysis.store import Build

_EVERYONE = frozenset({Clearance.POLICE, Clearance.PARTNER, Clearance.AUDITOR})
_KEEPERS = frozenset({Clearance.POLICE, Clearance.AUDITOR})


@dataclass(frozen=True)
class Linkage:
    """How people were told apart; nothing in it is about a person.

    Attributes:
        model: rows field, value of the build's resolution (see `analysis.people.model`), for police and auditors:
            for others no column is left.
        measured: a row a labelled set: name, records, precision, recall, f1, exact_f1, splink_f1,
            measured_on, all as text.
    """

    model: Released
    measured: Released


def linkage(build: Build, audience: Audience) -> Linkage:
    """The model of the build and the measured quality of the method."""
    return Linkage(
        model=release(build.frame("people_model"), _MODEL, audience),
        measured=release(_measured(), _MEASURED, audience),
    )


def _measured() -> pl.DataFrame:
    # Of made-up and published records, so nobody's counts: told as words, like the judgements.
    return measured_quality().select(pl.all().cast(pl.String))


_MODEL = Answer(
    name="how people were told apart",
    columns=(AnswerColumn("field", Kind.CODE, _KEEPERS), AnswerColumn("value", Kind.MEASURE, _KEEPERS)),
)
_MEASURED = Answer(
    name="how well people are told apart",
    columns=(
        AnswerColumn("name", Kind.NAME, _EVERYONE),
        *(
            AnswerColumn(column, Kind.NAME, _EVERYONE)
            for column in ("records", "precision", "recall", "f1", "exact_f1", "splink_f1")
        ),
        AnswerColumn("measured_on", Kind.CODE, _EVERYONE),
    ),
)
