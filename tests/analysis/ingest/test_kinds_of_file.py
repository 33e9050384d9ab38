"""In which encodings and kinds of file may an extract come, and what is kept of a type?"""

import io
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from analysis.errors import SourcesError
from tests.analysis.ingest.force import LOG, logs_of, read, reject_rows, write


@pytest.mark.parametrize(
    "data",
    [
        "incident_id,received_at,caller_name\nL1,2013-12-01,José\n".encode("utf-8-sig"),
        "incident_id,received_at,caller_name\nL1,2013-12-01,José\n".encode("utf-16"),
        "incident_id,received_at,caller_name\nL1,2013-12-01,José\n".encode("utf-16-le"),
        "incident_id,received_at,caller_name\nL1,2013-12-01,José\n".encode("cp1252"),
        "incident_id,received_at,caller_name\rL1,2013-12-01,José\r".encode(),
        "incident_id,received_at,caller_name\r\nL1,2013-12-01,José\r\n".encode(),
    ],
)
def test_every_encoding_a_control_room_uses_is_read(tmp_path: Path, data: bytes) -> None:
    assert logs_of(tmp_path, data).tables["incidents"]["caller_name"].to_list() == ["José"]


def test_a_line_in_another_encoding_costs_nothing(tmp_path: Path) -> None:
    data = b"incident_id,received_at,caller_name\nL1,2013-12-01,Jos\xc3\xa9\nL2,2013-12-01,Jos\xe9\n"
    assert logs_of(tmp_path, data).tables["incidents"]["caller_name"].to_list() == ["José", "José"]


def test_a_value_with_control_characters_is_emptied(tmp_path: Path) -> None:
    ingested = logs_of(tmp_path, b"incident_id,received_at,address\nL1,2013-12-01,1 High\x00 Street\n")
    assert reject_rows(ingested) == [(2, "address", "value", False)]


def test_a_byte_that_no_encoding_knows_makes_its_value_unreadable_and_no_other(tmp_path: Path) -> None:
    text = b"incident_id,received_at,caller_name\nL1,2013-12-01,Jos\xe9\nL2,2013-12-01,Jos\x81\nL\x9d,2013-12-01,Ann\n"
    ingested = logs_of(tmp_path, text)
    assert reject_rows(ingested) == [(4, "incident_id", "value", True), (3, "caller_name", "value", False)]
    assert ingested.tables["incidents"].select("incident_id", "caller_name").rows() == [("L1", "José"), ("L2", None)]


@pytest.mark.parametrize("stand_in", ["7.7009E+09", "1E+11", "NULL", "(null)", "<NULL>", "#N/A", "#NAME?", "#REF!"])
def test_what_a_spreadsheet_or_database_writes_in_place_of_a_text_is_no_value(stand_in: str, tmp_path: Path) -> None:
    text = f"incident_id,received_at,caller_nominal_id\nL1,2013-12-01,{stand_in}\n{stand_in},2013-12-01,N7\n"
    ingested = logs_of(tmp_path, text)
    assert reject_rows(ingested) == [(3, "incident_id", "value", True), (2, "caller_nominal_id", "value", False)]
    assert ingested.tables["incidents"].select("incident_id", "caller_nominal_id").rows() == [("L1", None)]


def test_a_text_that_only_holds_such_letters_stays(tmp_path: Path) -> None:
    names = ["NULLIPARA, ANN", "Null", "7.7E+9A", "E+12", "#NORTH", "77E+09"]
    text = "incident_id,received_at,caller_name\n" + "".join(f'{name},2013-12-01,"{name}"\n' for name in names[1:])
    ingested = logs_of(tmp_path, text + f'L0,2013-12-01,"{names[0]}"\n')
    assert ingested.tables["incidents"]["caller_name"].to_list() == [*names[1:], names[0]]


def test_half_a_joined_id_is_none_where_a_database_wrote_nothing_for_the_rest(tmp_path: Path) -> None:
    text = "day,number,received_at\n1,NULL,2013-12-01\n2,7,2013-12-02\n"
    ingested = logs_of(tmp_path, text, '[feed.columns]\nincident_id = ["day", "number"]\n')
    assert reject_rows(ingested) == [(2, "incident_id", "missing", True)]
    assert ingested.tables["incidents"]["incident_id"].to_list() == ["2-7"]


def test_what_a_database_writes_for_nothing_can_be_mapped_to_nothing(tmp_path: Path) -> None:
    text = "incident_id,received_at,caller_nominal_id\nL1,2013-12-01,NULL\n"
    ingested = logs_of(tmp_path, text, '[feed.values.caller_nominal_id]\nNULL = ""\n')
    assert (reject_rows(ingested), ingested.tables["incidents"]["caller_nominal_id"].to_list()) == ([], [None])


def test_parquet_keeps_its_types_and_counts_rows_from_one(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    pl.DataFrame(
        {
            "incident_id": [1001, 1002, None],
            "received_at": [datetime(2013, 10, 27, 1, 30)] * 3,
            "uprn": [10023.0, None, 5.0],
            "is_domestic": [True, False, None],
            "x": [4.5, float("nan"), 1.0],
        }
    ).write_parquet(buffer)
    sources = LOG.replace("csv", "parquet") + 'crs = "EPSG:27700"\n'
    ingested = read(write(tmp_path, sources, incidents__parquet=buffer.getvalue()))
    rows = ingested.tables["incidents"]
    assert rows.select("incident_id", "uprn", "is_domestic").rows() == [("1001", "10023", True), ("1002", None, False)]
    assert rows["received_at"][0].isoformat() == "2013-10-27T00:30:00+00:00"
    assert reject_rows(ingested) == [(3, "incident_id", "missing", True), (2, "x", "number", False)]


def test_a_workbook_is_read_by_sheet_rows_with_dates_and_whole_numbers(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Log")
        sheet.write_row(1, 0, ["incident_id", "received_at", "is_domestic"])
        sheet.write_number(2, 0, 77)
        sheet.write_datetime(2, 1, datetime(2013, 12, 1, 9, 30), book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
        sheet.write_boolean(2, 2, True)
        sheet.write_row(4, 0, ["78", "soon", "no"])
    sources = LOG.replace("csv", "xlsx")
    ingested = read(write(tmp_path, sources, incidents__xlsx=buffer.getvalue()))
    row = ingested.tables["incidents"].row(0, named=True)
    assert (row["incident_id"], row["is_domestic"], row["source_line"]) == ("77", True, 3)
    assert row["received_at"].isoformat() == "2013-12-01T09:30:00+00:00"
    assert reject_rows(ingested) == [(5, "received_at", "datetime", True)]


@pytest.mark.parametrize("year", [1, 9999])
@pytest.mark.parametrize("zone", [None, "UTC"])
def test_a_placeholder_for_a_time_is_unreadable_in_parquet_as_it_is_in_text(
    tmp_path: Path, year: int, zone: str | None
) -> None:
    times = pl.Series([datetime(year, 12, 31), datetime(2013, 12, 1)]).dt.replace_time_zone(zone)
    buffer = io.BytesIO()
    pl.DataFrame(
        {
            "incident_id": ["L1", "L2"],
            "received_at": pl.Series([datetime(2013, 12, 1)] * 2),
            "closed_at": times,
            "caller_date_of_birth": times.dt.date(),
        }
    ).write_parquet(buffer)
    typed = read(write(tmp_path / "typed", LOG.replace("csv", "parquet"), incidents__parquet=buffer.getvalue()))
    text = "incident_id,received_at,closed_at,caller_date_of_birth\n"
    text += f"L1,2013-12-01,{year:04}-12-31,{year:04}-12-31\nL2,2013-12-01,2013-12-01,2013-12-01\n"
    written = logs_of(tmp_path / "text", text)
    assert reject_rows(typed) == [(1, "caller_date_of_birth", "datetime", False), (1, "closed_at", "datetime", False)]
    assert [row[1:] for row in reject_rows(written)] == [row[1:] for row in reject_rows(typed)]
    assert typed.tables["incidents"]["closed_at"].to_list() == written.tables["incidents"]["closed_at"].to_list()


@pytest.mark.parametrize("values", [[["early"], []], [{"a": 1}, {"a": 2}], [timedelta(1), None], [b"\xff", b"a"]])
def test_a_column_that_holds_no_values_stops_the_build_by_its_name(tmp_path: Path, values: list[object]) -> None:
    buffer = io.BytesIO()
    times = [datetime(2013, 12, 1)] * 2
    pl.DataFrame({"incident_id": ["L1", "L2"], "received_at": times, "grade": values}).write_parquet(buffer)
    with pytest.raises(SourcesError, match=r"^incidents\.parquet: column grade holds .* Extract it as text\.$"):
        read(write(tmp_path, LOG.replace("csv", "parquet"), incidents__parquet=buffer.getvalue()))


def test_text_written_as_bytes_is_text(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    pl.DataFrame({"incident_id": [b"L1"], "received_at": [datetime(2013, 12, 1)]}).write_parquet(buffer)
    ingested = read(write(tmp_path, LOG.replace("csv", "parquet"), incidents__parquet=buffer.getvalue()))
    assert ingested.tables["incidents"]["incident_id"].to_list() == ["L1"]
