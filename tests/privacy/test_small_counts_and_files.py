"""Can a small count be read by a partner, or a planted caller in a file that was made without a purpose?"""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl
import pytest

from analysis.disclosure import partner, police
from analysis.questions.builds import current_build
from analysis.questions.exports import TABLE_NAMES, export_table
from analysis.questions.shared_totals import shared_totals
from dashboard.__main__ import main
from dashboard.build_facts import read
from dashboard.export_files import FORMATS
from tests.privacy.planted import IDENTITIES, TYPED, found_in, planted_store

RECENT_WEEKS, WEEKS = 4, 52


def contents(file: Path) -> str:
    """All that a file holds, unpacked."""
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as book:
            return "".join(book.read(name).decode("utf-8", errors="ignore") for name in book.namelist())
    if file.suffix == ".parquet":
        return pl.read_parquet(file).write_json()
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_no_file_without_a_purpose_holds_an_identity(tmp_path: Path, table: str) -> None:
    found = {}
    for suffix in FORMATS:
        file = tmp_path / f"out{suffix}"
        assert main(["export", table, "--out", str(file), "--store", str(planted_store())]) == 0
        found[suffix] = found_in(contents(file), IDENTITIES | TYPED)
    assert found == {suffix: [] for suffix in FORMATS}


@pytest.mark.parametrize("key", ["address", "phone"])
def test_a_ranking_of_addresses_or_numbers_names_them_by_reference_only(tmp_path: Path, key: str) -> None:
    file = tmp_path / "out.csv"
    typed = ["export", "ranking", "--key", key, "--top", "0", "--out", str(file), "--store", str(planted_store())]
    assert main(typed) == 0
    assert found_in(contents(file), IDENTITIES) == []


def test_with_identities_the_planted_caller_is_in_the_table() -> None:
    build = current_build(planted_store())
    rows = export_table(build, "incidents", police(None), with_identities=True).rows
    assert set(found_in(rows.write_json(), IDENTITIES)) >= {"name", "number", "address", "postcode", "uprn"}


@pytest.mark.parametrize("table", [name for name in TABLE_NAMES if name != "ranking"])
def test_no_table_is_given_to_a_partner_or_to_a_part_of_the_force(table: str) -> None:
    build = current_build(planted_store())
    agency = partner("HOUSING", shared_persons=frozenset(), threshold=5)
    for audience in (agency, police(frozenset({"S-N01"}))):
        assert export_table(build, table, audience, with_identities=True).rows.is_empty()


def totals(audience_rows: str) -> pl.DataFrame:
    """The shared totals of the newest weeks, as police or as a partner sees them."""
    store = planted_store()
    audience = (
        police(None) if audience_rows == "police" else partner("HOUSING", shared_persons=frozenset(), threshold=5)
    )
    found = shared_totals(
        current_build(store), audience, as_of=read(store).default_as_of, recent_weeks=RECENT_WEEKS, weeks=WEEKS
    )
    assert found.recent is not None and found.earlier
    return pl.concat([found.recent.rows, *(part.rows for part in found.earlier)])


def test_the_force_has_small_counts_to_find() -> None:
    assert totals("police").filter(pl.col("incidents").is_between(1, 4)).height > 3


def test_a_partner_is_shown_no_small_count_and_no_hours_beside_a_withheld_one() -> None:
    shown = totals("partner")
    assert shown.filter(pl.col("incidents").is_between(1, 4)).is_empty()
    withheld = shown.filter("is_suppressed")
    assert withheld.height > 3 and withheld["officer_hours"].is_null().all()
