"""What is each log about: its number, grade, codes, place, and the crime recorded from it?"""

from __future__ import annotations

import tomllib

import numpy as np
import polars as pl

from dashboard.sample.chance import data_text, spread, stream, weighted, words
from dashboard.sample.geography import Geography
from dashboard.sample.logs import NAMELESS, OFFICER, PROFESSIONAL, Setting

CRIME_SHARE_DOMESTIC, CRIME_SHARE_OTHER = 0.46, 0.22
FLAG_MISSED_SHARE = 0.02
FAR_METRES = 60_000.0
GRADES_DOMESTIC = (("immediate", 34), ("early", 45), ("routine", 15), ("diary", 6))
GRADES_OTHER = (("immediate", 16), ("early", 28), ("routine", 40), ("diary", 16))
CODES_DOMESTIC = (
    ("DOMESTIC INCIDENT", 78),
    ("VIOLENCE", 9),
    ("CONCERN FOR SAFETY", 7),
    ("ABANDONED CALL", 3),
    ("NOISE", 3),
)
CODES_OTHER = (
    ("ANTI-SOCIAL BEHAVIOUR", 22),
    ("CONCERN FOR SAFETY", 14),
    ("THEFT", 13),
    ("SUSPICIOUS ACTIVITY", 11),
    ("ROAD RELATED", 10),
    ("CRIMINAL DAMAGE", 7),
    ("VIOLENCE", 7),
    ("BURGLARY", 5),
    ("MISSING PERSON", 4),
    ("ABANDONED CALL", 4),
    ("ALARM", 3),
)


def describe(setting: Setting, geography: Geography, logs: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """The logs with their own contract columns and with `is_crime`, `offence` (row of the offences; null for none).

    Locations: whole metres, EPSG:27700; about 1 % have none, 1 % are (0, 0), and a few lie far outside. The logged
    neighbourhood is wrong for about 2 %.
    """
    rng = stream(seed, "incidents")
    count = len(logs)
    is_domestic = logs["is_domestic"].to_numpy()
    logs = logs.with_columns(_crime(rng, setting, logs)).with_columns(
        pl.when("is_domestic")
        .then(spread(rng, GRADES_DOMESTIC, count))
        .otherwise(spread(rng, GRADES_OTHER, count))
        .alias("grade"),
        pl.when("is_domestic")
        .then(spread(rng, CODES_DOMESTIC, count))
        .otherwise(spread(rng, CODES_OTHER, count))
        .alias("opening_code"),
        pl.Series("luck", rng.random(count)),
        pl.Series("more", rng.random(count)),
    )
    located = _location(rng, setting, geography, logs)
    household = logs["victim"].to_numpy()
    children = setting.people["has_children"].to_numpy()[np.maximum(household, 0)] & is_domestic
    number = pl.int_range(1, pl.len() + 1).over("date").cast(pl.String).str.zfill(4)
    return (
        pl.concat([logs, located], how="horizontal")
        .with_columns(
            pl.col("date").dt.strftime("%Y%m%d").alias("log_date"),
            number.alias("log_number"),
            _source().alias("source"),
            pl.when(pl.col("luck") < 0.93).then("grade").otherwise(pl.lit("early")).alias("initial_grade"),
            _closing().alias("closing_code"),
            _qualifiers(children).alias("qualifiers"),
            pl.when(is_missed()).then(pl.lit(False)).otherwise("is_domestic").alias("flagged"),
            pl.when(pl.Series(children))
            .then(pl.col("more") < 0.8)
            .when(pl.col("luck") < 0.6)
            .then(pl.lit(False))
            .alias("children_present"),
            pl.when(pl.col("more") < 0.9).then(pl.col("luck") > 0.82).alias("vulnerable_flag"),
            _repeat().alias("repeat_flag"),
        )
        .with_columns(
            pl.concat_str("log_date", "log_number", separator="-").alias("incident_id"),
            pl.when("is_crime")
            .then(pl.format("SF/{}/{}", pl.col("date").dt.strftime("%y"), pl.int_range(pl.len()) + 100_000))
            .alias("crime"),
        )
    )


def is_missed() -> pl.Expr:
    """Domestic logs that nobody flagged; the crime recorded from each says that it was."""
    return pl.col("is_domestic") & pl.col("is_crime") & (pl.col("luck") < FLAG_MISSED_SHARE / CRIME_SHARE_DOMESTIC)


def _crime(rng: np.random.Generator, setting: Setting, logs: pl.DataFrame) -> list[pl.Series]:
    """Whether a crime was recorded, and of which offence. Some people's incidents are never crimes."""
    offences = pl.DataFrame(tomllib.loads(data_text("offences.toml"))["offence"])
    is_domestic = logs["is_domestic"].to_numpy()
    noncrime = setting.people["is_noncrime"].to_numpy()[np.maximum(logs["victim"].to_numpy(), 0)] & is_domestic
    share = np.where(is_domestic, CRIME_SHARE_DOMESTIC, CRIME_SHARE_OTHER)
    is_crime = (rng.random(len(logs)) < share) & ~noncrime & logs["parent"].is_null().to_numpy()
    domestic = weighted(rng, offences["domestic"].to_numpy(), len(logs))
    other = weighted(rng, offences["other"].to_numpy(), len(logs))
    return [pl.Series("is_crime", is_crime), pl.Series("offence", np.where(is_domestic, domestic, other))]


def _location(rng: np.random.Generator, setting: Setting, geography: Geography, logs: pl.DataFrame) -> pl.DataFrame:
    """x, y, address, postcode, uprn, neighbourhood_code as logged, and the true neighbourhood (index)."""
    count = len(logs)
    here = setting.addresses[logs["address_at"].to_numpy()]
    fate = weighted(rng, [0.976, 0.012, 0.008, 0.004], count)
    codes = [area.code for area in geography.neighbourhoods]
    true = here["neighbourhood"].to_numpy()
    wrong = rng.random(count) < 0.02
    logged = np.where(wrong, (true + rng.integers(1, len(codes), count)) % len(codes), true)
    is_blank = (rng.random(count) < 0.012) & (fate == 0)
    return pl.DataFrame(
        {
            "neighbourhood": true,
            "x": np.select([fate == 0, fate == 2, fate == 3], [here["x"], 0.0, here["x"] + FAR_METRES], np.nan),
            "y": np.select([fate == 0, fate == 2, fate == 3], [here["y"], 0.0, here["y"] - FAR_METRES], np.nan),
            "address": here["address"],
            "postcode": here["postcode"],
            "uprn": here["uprn"],
            "is_gazetteer": rng.random(count) < 0.8,
            "neighbourhood_code": words(codes, logged),
            "is_blank": is_blank,
        }
    ).with_columns(
        pl.col("x", "y").fill_nan(None),
        pl.when("is_gazetteer").then("uprn").alias("uprn"),
        pl.when(~pl.col("is_blank")).then("neighbourhood_code").alias("neighbourhood_code"),
    )


def _source() -> pl.Expr:
    is_urgent = pl.col("grade") == "immediate"
    return (
        pl.when(pl.col("kind") == OFFICER)
        .then(pl.lit("officer"))
        .when((pl.col("kind") == PROFESSIONAL) & (pl.col("more") < 0.6))
        .then(pl.lit("agency"))
        .when(pl.col("more") < pl.when(is_urgent).then(0.85).otherwise(0.36))
        .then(pl.lit("999"))
        .when(pl.col("more") < 0.965)
        .then(pl.lit("101"))
        .when(pl.col("kind") != NAMELESS)
        .then(pl.lit("online"))
        .otherwise(pl.lit("other"))
    )


def _closing() -> pl.Expr:
    return (
        pl.when(pl.col("parent").is_not_null())
        .then(pl.lit("DUPLICATE"))
        .when(pl.col("is_domestic") & (pl.col("luck") < 0.95))
        .then(pl.when("is_crime").then(pl.lit("DOMESTIC CRIME")).otherwise(pl.lit("DOMESTIC INCIDENT")))
        .when(pl.col("luck") > 0.15)
        .then("opening_code")
        .otherwise(pl.lit("NO OFFENCE DISCLOSED"))
    )


def _qualifiers(children: np.ndarray) -> pl.Expr:
    parts = [
        pl.when(pl.col("is_domestic") & (pl.col("luck") < 0.9)).then(pl.lit("DOMESTIC")),
        pl.when(pl.col("more") > 0.8).then(pl.lit("ALCOHOL")),
        pl.when((pl.col("luck") - 0.4).abs() < 0.04).then(pl.lit("MENTAL HEALTH")),
        pl.when(pl.Series(children)).then(pl.lit("CHILD")),
    ]
    joined = pl.concat_str(parts, separator=";", ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def _repeat() -> pl.Expr:
    """Whether the log was marked as a repeat: about three in four of those with a domestic log in the year before."""
    since = pl.col("at") - pl.col("at").shift(1).over("victim", order_by="log")
    is_repeat = (pl.col("victim") >= 0) & (since < pl.duration(days=365)).fill_null(False)
    return pl.when(pl.col("is_domestic")).then(is_repeat & (pl.col("luck") < 0.75))
