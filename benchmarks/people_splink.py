"""What does Splink make of the same records, as it comes and with the same columns and tuning?"""

from __future__ import annotations

import logging
import tempfile
import warnings
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.people_scores import score

if TYPE_CHECKING:
    from splink import Linker
    from splink.internals.comparison_creator import ComparisonCreator
    from splink.internals.splink_dataframe import SplinkDataFrame

# What DuckDB may hold before it writes to disk.
_MEMORY = "8GB"
# Two ids of one person in the register of nominals hardly occur, so that training would take them for impossible.
_TWO_NOMINALS = 0.02


def _columns(records: pl.DataFrame) -> pl.DataFrame:
    given = pl.col("name").str.split(" ").list.set_difference(pl.concat_list("surname")).list.sort().list.join(" ")
    return records.select(
        pl.col("unique_id").cast(pl.Int64),
        given_name=pl.when(given != "").then(given),
        surname="surname",
        dob=pl.col("date_of_birth").cast(pl.String),
        phone="own_phone",
        nominal_id="nominal_id",
        home=pl.coalesce("home_by_number", "home_by_text").cast(pl.String),
        postcode=pl.col("home_area").cast(pl.String),
        log="incident_id",
    )


def splink_as_it_comes(records: pl.DataFrame) -> pl.DataFrame:
    """The comparisons of its library, usual blocking, joined from 0.95 as its tutorial does."""
    import splink.comparison_library as library

    comparisons: list[ComparisonCreator] = [
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

    comparisons: list[ComparisonCreator] = [
        library.NameComparison("given_name").configure(term_frequency_adjustments=True),
        library.NameComparison("surname").configure(term_frequency_adjustments=True),
        library.DateOfBirthComparison("dob", input_is_string=True).configure(term_frequency_adjustments=True),
        library.DamerauLevenshteinAtThresholds("phone", [1]).configure(term_frequency_adjustments=True),
        _place(),
        _nominal(),
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
    return _run(records, comparisons, rules, thresholds=(0.8, 0.95, 0.99, 0.999, 0.9999, 0.99999))


def _place() -> ComparisonCreator:
    import splink.comparison_level_library as level
    from splink.comparison_library import CustomComparison

    return CustomComparison(
        output_column_name="home",
        comparison_levels=[
            level.And(level.NullLevel("home"), level.NullLevel("postcode")),
            level.ExactMatchLevel("home", term_frequency_adjustments=True),
            level.ExactMatchLevel("postcode", term_frequency_adjustments=True),
            level.ElseLevel(),
        ],
    )


def _nominal() -> ComparisonCreator:
    import splink.comparison_level_library as level
    from splink.comparison_library import CustomComparison

    return CustomComparison(
        output_column_name="nominal_id",
        comparison_levels=[
            level.NullLevel("nominal_id"),
            level.ExactMatchLevel("nominal_id").configure(m_probability=1 - _TWO_NOMINALS, fix_m_probability=True),
            level.ElseLevel().configure(m_probability=_TWO_NOMINALS, fix_m_probability=True),
        ],
    )


def _run(
    records: pl.DataFrame,
    comparisons: list[ComparisonCreator],
    rules: list[list[str]],
    *,
    thresholds: tuple[float, ...],
) -> pl.DataFrame:
    import duckdb
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    columns = _columns(records)
    held = {name for name in columns.columns if columns[name].null_count() < columns.height}
    spilled = tempfile.TemporaryDirectory(prefix="repeat-demand-splink-")
    connection = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": spilled.name})
    database = DuckDBAPI(connection=connection)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[one for one in comparisons if _asks(one) <= held],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules if set(rule) <= held],
        retain_intermediate_calculation_columns=False,
    )
    linker = Linker(database.register(columns.select(sorted(held))), settings, log_level=logging.ERROR)
    certain = (["nominal_id"], ["phone", "surname"], ["given_name", "surname", "dob"])
    linker.training.estimate_probability_two_random_records_match(
        [block_on(*rule) for rule in certain if set(rule) <= held], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    # Each by more than a date of birth, a name or a postcode alone: at a million logs those are billions of pairs.
    for rule in (["given_name", "dob"], ["given_name", "surname", "postcode"], ["phone"]):
        if set(rule) <= held:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    pairs = linker.inference.predict(threshold_match_probability=min(thresholds))
    every = [_clusters(records, linker, pairs, threshold) for threshold in thresholds]
    connection.close()
    spilled.cleanup()
    return max(every, key=lambda found: score(found, "found").f1)


def _clusters(records: pl.DataFrame, linker: Linker, pairs: SplinkDataFrame, threshold: float) -> pl.DataFrame:
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=threshold)
    found = pl.from_arrow(clusters.as_duckdbpyrelation().arrow())
    assert isinstance(found, pl.DataFrame)
    numbered = found.select(pl.col("unique_id").cast(pl.UInt32), found="cluster_id")
    return records.join(numbered, on="unique_id", how="left")


def _asks(comparison: ComparisonCreator) -> set[str]:
    made = comparison.create_comparison_dict("duckdb")
    text = str(made)
    return {
        name
        for name in ("given_name", "surname", "dob", "phone", "home", "postcode", "nominal_id", "log")
        if f'"{name}_l"' in text or f"{name}_l" in text.split()
    }
