from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from dashboard.sample.write import write_sample

COMMITTED = Path(__file__).parents[3] / "data" / "sample"
SMALL = 1_200


@dataclass(frozen=True)
class Extracts:
    """The committed sample as a reader of its files sees it; incidents in the contract's columns."""

    folder: Path
    incidents: pl.DataFrame
    callers: pl.DataFrame
    officers: pl.DataFrame


def read_workbook(file: Path) -> pl.DataFrame:
    first, *rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    return pl.DataFrame(rows, schema=[str(name) for name in first], orient="row")


@pytest.fixture(scope="session")
def committed() -> Extracts:
    archive = pl.concat([pl.read_parquet(file) for file in sorted(COMMITTED.glob("incidents_archive_*.parquet"))])
    live = pl.concat(
        [
            pl.read_csv(file, infer_schema=False, truncate_ragged_lines=True)
            for file in sorted(COMMITTED.glob("incidents_live_*.csv"))
        ]
    )
    read = live.select(
        pl.concat_str("LOG_DATE", "LOG_NO", separator="-").alias("incident_id"),
        pl.col("CREATED").str.to_datetime("%d/%m/%Y %H:%M:%S", strict=False, time_unit="us").alias("received_at"),
        pl.col("DV").replace_strict({"Y": True, "N": False}, return_dtype=pl.Boolean).alias("is_domestic"),
        pl.col("CALLER_TEL").alias("caller_phone"),
        pl.col("CALLER").alias("caller_name"),
        pl.col("BEAT").alias("neighbourhood_code"),
        pl.col("SEE_LOG").alias("duplicate_of"),
        pl.col("EASTING").cast(pl.Int64, strict=False).alias("x"),
        pl.col("NORTHING").cast(pl.Int64, strict=False).alias("y"),
    )
    good = read.filter(pl.col("received_at").is_not_null() & pl.col("incident_id").is_not_null())
    good = good.unique("incident_id", keep="last", maintain_order=True)
    both = pl.concat([archive.select(good.columns), good]).filter(pl.col("incident_id") != "20131130-9999")
    return Extracts(
        COMMITTED,
        both,
        pl.read_parquet(COMMITTED / "truth" / "callers.parquet"),
        pl.read_parquet(COMMITTED / "deployments_officers.parquet"),
    )


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write_sample(folder, incidents=SMALL)
    return folder
