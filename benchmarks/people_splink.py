"""What does Splink make of the same records, as it comes and with the same columns and tuning?"""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.people_scores import score

if TYPE_CHECKING:
    from splink import Linker
    from splink.internals.splink_dataframe import SplinkDataFrame


def _columns(records: pl.DataFrame) -> pl.DataFrame:
    given = pl.col("name").str.split(" ").list.set_difference(pl.concat_list("surname")).list.sort().list.join(" ")
    return records.select(
        pl.col("unique_id").cast(pl.Int64),
        given_name=pl.when(given != "").then(given),
        surname="surname",
        dob=pl.col("date_of_birth").cast(pl.String),
        phone="own_phone",
        nominal_id="nominal_id",
        home=pl.coalesce("home_by_number", "home_by_text"),
        postcode="home_area",
        log="incident_id",
    )


def splink_as_it_comes(records: pl.DataFrame) -> pl.DataFrame:
    """The comparisons of its library, usual blocking, joined from 0.95 as its tutorial does."""
    import splink.comparison_library as library

    comparisons = [
        library.NameComparison("given_name"),
        library.NameComparison("surname"),
        library.DateOfBirthComparison("dob", input_is_string=True),
        library.ExactMatch("phone"),
        library.ExactMatch("postcode"),
        library.ExactMatch("nominal_id"),
    ]
    rules = [
        ["phone"],
        ["surname", "dob"],
        ["given_name", "dob"],
        ["given_name", "surname", "postcode"],
        ["nominal_id"],
    ]
    return _run(records, comparisons, rules, thresholds=(0.95,))


def splink_tuned(records: pl.DataFrame) -> pl.DataFrame:
    """Term frequencies, home and postcode, wider blocking; the best of its thresholds for the very set scored."""
    import splink.comparison_library as library

    comparisons = [
        library.ForenameSurnameComparison("given_name", "surname").configure(term_frequency_adjustments=False),
        library.DateOfBirthComparison("dob", input_is_string=True).configure(term_frequency_adjustments=True),
        library.DamerauLevenshteinAtThresholds("phone", [1]).configure(term_frequency_adjustments=True),
        library.ExactMatch("home").configure(term_frequency_adjustments=True),
        library.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        library.ExactMatch("nominal_id"),
        library.ExactMatch("log"),
    ]
    rules = [
        ["phone"],
        ["surname", "dob"],
        ["given_name", "dob"],
        ["given_name", "surname", "home"],
        ["given_name", "surname", "postcode"],
        ["surname", "log"],
        ["given_name", "log"],
        ["nominal_id"],
    ]
    return _run(records, comparisons, rules, thresholds=(0.5, 0.8, 0.9, 0.95, 0.99))


def _run(
    records: pl.DataFrame, comparisons: list[object], rules: list[list[str]], *, thresholds: tuple[float, ...]
) -> pl.DataFrame:
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    columns = _columns(records)
    held = {name for name in columns.columns if columns[name].null_count() < columns.height}
    database = DuckDBAPI()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[one for one in comparisons if _asks(one) <= held],  # type: ignore[arg-type]
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules if set(rule) <= held],
        retain_intermediate_calculation_columns=False,
    )
    linker = Linker(database.register(columns.select(sorted(held))), settings, log_level=logging.ERROR)
    certain = (["nominal_id"], ["phone", "surname"], ["given_name", "surname", "dob"])
    linker.training.estimate_probability_two_random_records_match(
        [block_on(*rule) for rule in certain if set(rule) <= held], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    for rule in (["dob"], ["given_name", "surname"], ["phone"], ["postcode"]):
        if set(rule) <= held:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    pairs = linker.inference.predict(threshold_match_probability=min(thresholds))
    every = [_clusters(records, linker, pairs, threshold) for threshold in thresholds]
    return max(every, key=lambda found: score(found, "found").f1)


def _clusters(records: pl.DataFrame, linker: Linker, pairs: SplinkDataFrame, threshold: float) -> pl.DataFrame:
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=threshold)
    found = pl.from_arrow(clusters.as_duckdbpyrelation().arrow())
    assert isinstance(found, pl.DataFrame)
    numbered = found.select(pl.col("unique_id").cast(pl.UInt32), found="cluster_id")
    return records.join(numbered, on="unique_id", how="left")


def _asks(comparison: object) -> set[str]:
    made = comparison.create_comparison_dict("duckdb")  # type: ignore[attr-defined]
    text = str(made)
    return {
        name
        for name in ("given_name", "surname", "dob", "phone", "home", "postcode", "nominal_id", "log")
        if f'"{name}_l"' in text or f"{name}_l" in text.split()
    }
