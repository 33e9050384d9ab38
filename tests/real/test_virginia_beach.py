"""Virginia Beach: a byte-order mark, US dates with two-digit years, and every row at (0, 0)."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from analysis import assumptions
from analysis.build import make_build
from analysis.store import Build
from tests.real.extracts import VIRGINIA_BEACH, VIRGINIA_BEACH_SOURCES, lay_out, needs_extracts

pytestmark = needs_extracts


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("virginia_beach")
    sources = lay_out(folder, VIRGINIA_BEACH, VIRGINIA_BEACH_SOURCES)
    return make_build(sources, folder / "store", assumptions=assumptions.load(), built_at=datetime.now(UTC)).build


def test_no_incident_is_lost_and_all_are_unlocated(build: Build) -> None:
    assert build.manifest["feeds"][0]["accepted"] == build.manifest["rows"]["incidents"] == 965
    assert build.manifest["unlocated"] == {"zero_point": 965}


def test_deployments_without_a_unit_are_refused_by_line(build: Build) -> None:
    deployments = build.manifest["feeds"][1]
    assert (deployments["read"], deployments["accepted"], deployments["rejected"]) == (965, 952, 13)
    refused = build.frame("rejects").filter((pl.col("table") == "deployments") & pl.col("is_row_refused"))
    assert refused.filter(pl.col("column") == "callsign")["line"].n_unique() == 13


def test_two_digit_years_are_of_this_century(build: Build) -> None:
    assert build.frame("incidents")["received_at"].dt.year().is_in([2016, 2017, 2018]).all()
