"""Which records with a known truth is linkage measured on?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from analysis.contracts.feeds import FEEDS, Kind
from benchmarks.people_noise import Noise, write_down_otherwise
from dashboard.sample.addresses import lay_streets
from dashboard.sample.callers import write_down
from dashboard.sample.force import plan_force
from dashboard.sample.geography import draw_geography
from dashboard.sample.incidents import describe
from dashboard.sample.logs import Setting, ring
from dashboard.sample.places import found_places
from dashboard.sample.population import settle_people
from dashboard.sample.records import people_of
from dashboard.sample.suppliers import place_rows

LINKAGE = Path(__file__).parents[1] / ".." / "shared" / "data" / "linkage"
_KINDS: dict[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.CHOICE: pl.String(),
    Kind.DATETIME: pl.Datetime("us", "UTC"),
    Kind.DATE: pl.Date(),
    Kind.NUMBER: pl.Float64(),
    Kind.COUNT: pl.Int64(),
    Kind.FLAG: pl.Boolean(),
}


@dataclass(frozen=True)
class Labelled:
    """Feeds as ingest would give them, and who each record really is: `incident_id`, `role`, `truth` (null: nobody)."""

    name: str
    incidents: pl.DataFrame
    people: pl.DataFrame
    places: pl.DataFrame
    truth: pl.DataFrame


def force(incidents: int, seed: int, noise: Noise | None) -> Labelled:
    """A generated force, written down as the sample does (`noise` None) or by the second corruptor."""
    plan = plan_force(incidents)
    geography = draw_geography(plan, seed, boundaries=None)
    addresses = lay_streets(plan, geography, seed)
    people = settle_people(plan, addresses, seed)
    setting = Setting(addresses, people, found_places(plan, addresses, seed))
    logs = describe(setting, geography, ring(plan, setting, seed), seed=seed)
    written = write_down(setting, logs, seed=seed)
    records = people_of(setting, written, seed=seed)
    truth = _truth(setting, written, records)
    name = f"force {incidents:,} seed {seed}, noise of the sample"
    if noise is not None:
        written, records = write_down_otherwise(setting, written, records, truth, noise=noise, seed=seed)
        name = f"force {incidents:,} seed {seed}, other noise {noise.name.lower()}"
    logs_as_read = _as_read("incidents", written.with_columns(received_at="at"), "incidents.csv")
    return Labelled(
        name,
        logs_as_read,
        _as_read("people", records, "people.csv"),
        _as_read("places", place_rows(setting), "places.csv"),
        truth,
    )


def _truth(setting: Setting, logs: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Callers by who rang; on domestic logs the victim and the partner, on others the victim is the caller."""
    callers = logs.select(
        "incident_id", role=pl.lit("caller"), truth=pl.when(pl.col("caller") >= 0).then("caller").cast(pl.Int64)
    )
    partner = setting.people["partner"]
    victim = pl.when("is_domestic").then("victim").otherwise("caller")
    on = logs.select("incident_id", victim.alias("victim"), at=pl.col("victim").clip(lower_bound=0))
    on = on.with_columns(subject=partner.gather(on["at"]))
    others = records.select("incident_id", "role").join(on, on="incident_id", how="left", maintain_order="left")
    who = pl.when(pl.col("role") == "victim").then("victim").when(pl.col("role") == "subject").then("subject")
    return pl.concat([callers, others.select("incident_id", "role", truth=who.cast(pl.Int64))])


def febrl() -> Labelled:
    """FEBRL's first set: 500 people, 500 corrupted copies; the truth is in `rec_id`."""
    rows = pl.read_csv(LINKAGE / "febrl1_1000.csv", infer_schema=False)
    number = pl.col("rec_id").str.extract(r"rec-(\d+)-").cast(pl.Int64)
    return _of_records(
        "febrl1_1000",
        rows.select(
            name=pl.concat_str(_text("given_name"), _text("surname"), separator=" ", ignore_nulls=True),
            date_of_birth=_text("date_of_birth").str.to_date("%Y%m%d", strict=False),
            address=pl.concat_str(_text("street_number"), _text("address_1"), separator=" ", ignore_nulls=True),
            postcode=_text("postcode"),
            phone=pl.lit(None, dtype=pl.String),
            truth=number,
        ),
    )


def splink_fake(*, with_email: bool) -> Labelled:
    """Splink's own set; a city stands for a postcode and, if given, an e-mail address for a number, one for each."""
    rows = pl.read_csv(LINKAGE / "splink_fake_1000.csv", infer_schema=False)
    city, email = (_text(name) for name in ("city", "email"))
    number = pl.format("010{}", email.rank("dense").cast(pl.Int64) + 20_000_000)
    return _of_records(
        "splink_fake_1000" + (" with e-mail" if with_email else ""),
        rows.select(
            name=pl.concat_str(_text("first_name"), _text("surname"), separator=" ", ignore_nulls=True),
            date_of_birth=_text("dob").str.to_date("%Y-%m-%d", strict=False),
            address=pl.lit(None, dtype=pl.String),
            postcode=pl.when(city.is_not_null()).then(pl.format("C{}", city.str.to_uppercase().rank("dense"))),
            phone=pl.when(email.is_not_null()).then(number) if with_email else pl.lit(None, dtype=pl.String),
            truth=pl.col("cluster").cast(pl.Int64),
        ),
    )


def _text(name: str) -> pl.Expr:
    plain = pl.col(name).str.strip_chars()
    return pl.when(plain != "").then(plain)


def _of_records(name: str, rows: pl.DataFrame) -> Labelled:
    rows = rows.with_columns(
        incident_id=pl.format("L{}", pl.int_range(pl.len()).cast(pl.String).str.zfill(5)),
        role=pl.lit("victim"),
        name=pl.when(pl.col("name") != "").then("name"),
        address=pl.when(pl.col("address") != "").then("address"),
    )
    return Labelled(
        name,
        _as_read("incidents", rows.select("incident_id"), "incidents.csv"),
        _as_read("people", rows, "people.csv"),
        _as_read("places", rows.select("name").clear(), "places.csv"),
        rows.select("incident_id", "role", "truth"),
    )


def _as_read(table: str, rows: pl.DataFrame, file: str) -> pl.DataFrame:
    """Every column of the contract and where each row was read."""
    columns = [
        pl.col(column.name).cast(_KINDS[column.kind])
        if column.name in rows.columns
        else pl.lit(None, dtype=_KINDS[column.kind]).alias(column.name)
        for column in FEEDS[table].columns
    ]
    place = np.arange(rows.height)
    return rows.select(columns).with_columns(
        source_file=pl.lit(file),
        source_line=pl.Series(place + 2),
        read_order=pl.Series(place),
        is_clock_changed=pl.lit(False),
    )
