"""Does the page on methods say what the model of the build and the benchmark say, and to whom?"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analysis.people.comparison import FIELDS
from analysis.people.measured import measured_quality
from analysis.questions.linkage import linkage
from dashboard.view_models.linkage import linkage_view
from partnership.vocabulary import Role
from tests.dashboard.built import audience_of, built, viewer, visit_of


def model() -> dict[str, float]:
    return dict(built().frame("people_model").rows())


def test_every_weight_the_build_learnt_stands_in_words(app_store: Path) -> None:
    view = linkage_view(linkage(built(), audience_of(visit_of(viewer(Role.ANALYST)))))
    assert view.weights is not None and view.counts is not None
    levels = sum(level.name != "MISSING" for field in FIELDS for level in field)
    assert len(view.weights.rows) == levels == sum(field.startswith("weight.") for field in model())
    shown = {(respect, level): weight for respect, level, weight in view.weights.rows}
    assert shown["Telephone number", "the same"] == f"+{model()['weight.phone.same']:.1f}"
    assert ("Pairs joined", f"{int(model()['pairs_joined']):,}") in view.counts.rows


def test_the_estimate_is_the_mean_probability_of_what_was_joined(app_store: Path) -> None:
    said = " ".join(linkage_view(linkage(built(), audience_of(visit_of(viewer(Role.ANALYST))))).said)
    assert f"{100 * model()['expected_precision']:.1f} % of them are one person" in said
    assert model()["setting.join_at_least"] - 0.1 <= model()["expected_precision"] <= 1
    assert 0 < model()["expected_recall"] <= 1


def test_a_partner_reads_the_measured_quality_and_nothing_of_the_build(app_store: Path) -> None:
    view = linkage_view(linkage(built(), audience_of(visit_of(viewer(Role.PARTNER)))))
    assert view.counts is None and view.weights is None
    assert len(view.said) == 1 and len(view.measured.rows) == measured_quality().height


def test_a_range_is_told_only_where_measured_sets_differ(app_store: Path) -> None:
    said = linkage_view(linkage(built(), audience_of(visit_of(viewer(Role.PARTNER))))).said[-1]
    figures = {f"{f1:.3f}" for f1 in measured_quality()["f1"]}
    told = f"{min(figures)} to {max(figures)}" if len(figures) > 1 else min(figures)
    assert f"was {told}. Precision" in said


@pytest.mark.parametrize("figure", ["precision", "recall", "f1", "exact_f1", "splink_f1"])
def test_every_measured_figure_is_a_part_of_one(figure: str) -> None:
    assert measured_quality()[figure].is_between(0, 1).fill_null(value=True).all()


def test_each_f1_belongs_to_its_precision_and_recall() -> None:
    worked = 2 * pl.col("precision") * pl.col("recall") / (pl.col("precision") + pl.col("recall"))
    assert (measured_quality().select((worked - pl.col("f1")).abs().max()).item()) < 0.001
