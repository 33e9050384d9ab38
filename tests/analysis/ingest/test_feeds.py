"""From extracts to accepted rows: nothing is lost, what stops, what refuses, what only empties."""

import re
from datetime import date
from math import isfinite
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.contracts.feeds import FEEDS
from analysis.errors import SourcesError
from analysis.ingest import read_sources
from analysis.ingest.values import Reading, read_column
from tests.analysis.ingest.force import DEPLOYMENTS, LOG, ONE_LOG, logs_of, read, reject_rows, write


def test_a_supplier_s_columns_values_and_constants_become_the_contract_s(tmp_path: Path) -> None:
    mapping = """datetime_format = "%d/%m/%Y %H:%M"
[feed.columns]
incident_id = ["LOG_DATE", "LOG_NO"]
received_at = "CREATED"
grade = "GR"
[feed.values.grade]
I = "immediate"
"-" = ""
[feed.constants]
is_domestic = true
source = "999"
"""
    text = "LOG_DATE,LOG_NO,CREATED,GR\n20131201,0007,01/12/2013 09:30,I\n20131201,0008,01/12/2013 09:31,-\n"
    rows = logs_of(tmp_path, text, mapping).tables["incidents"]
    assert rows["incident_id"].to_list() == ["20131201-0007", "20131201-0008"]
    assert rows["grade"].to_list() == ["immediate", None]
    assert rows["is_domestic"].to_list() == [True, True]
    assert rows["source"].to_list() == ["999", "999"]


def test_a_value_may_be_mapped_to_any_spelling_of_the_contract_s_and_to_nothing(tmp_path: Path) -> None:
    mapping = """[feed.values.grade]
I = "IMMEDIATE "
"-" = ""
[feed.values.is_domestic]
X = true
O = 0
"""
    text = "incident_id,received_at,grade,is_domestic\nL1,2013-12-01,I,X\nL2,2013-12-01,-,O\n"
    rows = logs_of(tmp_path, text, mapping).tables["incidents"]
    assert rows.select("grade", "is_domestic").rows() == [("immediate", True), (None, False)]


def test_a_required_value_that_is_missing_or_unreadable_refuses_the_row(tmp_path: Path) -> None:
    ingested = logs_of(tmp_path, "incident_id,received_at\nL1,2013-12-01\n,2013-12-01\nL3,\nL4,soon\n")
    assert reject_rows(ingested) == [
        (3, "incident_id", "missing", True),
        (5, "received_at", "datetime", True),
        (4, "received_at", "missing", True),
    ]
    assert ingested.tables["incidents"]["incident_id"].to_list() == ["L1"]


def test_an_unreadable_value_elsewhere_empties_it_and_never_costs_the_row(tmp_path: Path) -> None:
    text = "incident_id,received_at,grade,is_domestic,closed_at\nL1,2013-12-01,urgent,perhaps,later\n"
    ingested = logs_of(tmp_path, text)
    assert reject_rows(ingested) == [
        (2, "grade", "value", False),
        (2, "is_domestic", "value", False),
        (2, "closed_at", "datetime", False),
    ]
    assert ingested.counts[0].accepted == 1


def test_flags_are_read_in_any_case(tmp_path: Path) -> None:
    words = ["true", "Yes", "Y", "t", "1", "FALSE", "no", "n", "F", "0"]
    text = "incident_id,received_at,is_domestic\n" + "".join(
        f"L{number},2013-12-01,{word}\n" for number, word in enumerate(words)
    )
    assert logs_of(tmp_path, text).tables["incidents"]["is_domestic"].to_list() == [True] * 5 + [False] * 5


def test_a_deployment_that_ends_before_it_begins_or_names_nobody_is_refused(tmp_path: Path) -> None:
    rows = (
        "incident_id,callsign,assigned_at,cleared_at\n"
        "L1,A1,2013-12-01 10:00,2013-12-01 09:59\nL1,,2013-12-01 10:00,2013-12-01 10:30\n"
        "L1,A1,2013-12-01 10:00,2013-12-01 10:00\n"
    )
    ingested = read(write(tmp_path, LOG + DEPLOYMENTS, incidents__csv=ONE_LOG, deployments__csv=rows))
    assert reject_rows(ingested) == [(3, "callsign", "missing", True), (2, "cleared_at", "end_before_start", True)]
    assert ingested.tables["deployments"].height == 1


def test_a_record_without_the_header_s_shape_is_refused_by_line(tmp_path: Path) -> None:
    ingested = logs_of(tmp_path, "incident_id,received_at\nL1,2013-12-01\nL2\nL3,2013-12-01,more\n")
    assert reject_rows(ingested) == [(3, None, "shape", True), (4, None, "shape", True)]
    assert (ingested.counts[0].read, ingested.counts[0].accepted, ingested.counts[0].rejected) == (3, 1, 2)


def test_rows_that_agree_are_one_and_of_those_that_disagree_the_last_wins(tmp_path: Path) -> None:
    text = (
        "incident_id,received_at,grade\nL1,2013-12-01,early\nL1,2013-12-01,early\nL1,2013-12-01,routine\n"
        "L2,2013-12-01,early\n"
    )
    ingested = logs_of(tmp_path, text)
    count = ingested.counts[0]
    assert (count.accepted, count.repeated, count.corrected) == (4, 1, 1)
    rows = ingested.tables["incidents"]
    assert rows.height == count.accepted - count.repeated - count.corrected
    assert rows.filter(incident_id="L1").select("grade", "source_line").row(0) == ("routine", 4)


def test_the_same_extract_under_two_names_changes_nothing(tmp_path: Path) -> None:
    once = read(write(tmp_path / "once", incidents__csv=ONE_LOG))
    twice = read(write(tmp_path / "twice", incidents_a__csv=ONE_LOG, incidents_b__csv=ONE_LOG))
    assert twice.counts[1].repeated == 1
    contract = [name for name in once.tables["incidents"].columns if name not in ("source_file", "read_order")]
    assert twice.tables["incidents"].select(contract).equals(once.tables["incidents"].select(contract))


def test_one_officer_given_by_id_and_one_by_callsign_are_two_rows(tmp_path: Path) -> None:
    rows = "incident_id,officer_id,callsign,assigned_at\nL1,7,,2013-12-01\nL1,,7,2013-12-01\nL1,7,B2,2013-12-01\n"
    ingested = read(write(tmp_path, LOG + DEPLOYMENTS, incidents__csv=ONE_LOG, deployments__csv=rows))
    assert ingested.tables["deployments"].select("officer_id", "callsign").rows() == [(None, "7"), ("7", "B2")]
    assert ingested.counts[1].corrected == 1


WARDS_OF_A_DAY = '[[boundaries.ward]]\nfile = "wards.geojson"\ncode = "code"\nname = "name"\nvalid_from = {}\n'


@pytest.mark.parametrize("written", ["2018-05-03", '"2018-05-03"', "2018-05-03T00:00:00"])
def test_the_first_day_of_a_vintage_may_be_a_date_a_text_or_a_time(written: str, tmp_path: Path) -> None:
    sources = read_sources(write(tmp_path, LOG + WARDS_OF_A_DAY.format(written)))
    assert [type(ward.valid_from) for ward in sources.wards] == [date]
    assert sources.wards[0].valid_from == date(2018, 5, 3)


@pytest.mark.parametrize(
    ("sources", "files", "words"),
    [
        (LOG, {"incidents__csv": "incident_id,when\nL1,2013-12-01\n"}, ["incidents.csv", "received_at", "map"]),
        (LOG, {"incidents__csv": ""}, ["incidents.csv", "empty"]),
        (LOG, {"other__csv": ONE_LOG}, ["incidents*.csv", "no file"]),
        (LOG, {"incidents__csv": "incident_id,received_at\nL1,soon\n"}, ["received_at", "datetime_format"]),
        (
            LOG + DEPLOYMENTS,
            {"incidents__csv": ONE_LOG, "deployments__csv": "incident_id,assigned_at\nL1,2013-12-01\n"},
            ["deployments.csv", "officer_id or callsign"],
        ),
        (LOG.replace("csv", "xlsx"), {"incidents__xlsx": "not a workbook"}, ["incidents.xlsx", "Save it again"]),
        (LOG.replace("csv", "parquet"), {"incidents__parquet": "PAR1 not really"}, ["incidents.parquet", "Parquet"]),
        (LOG + '[feed.columns]\ncolour = "X"\n', {"incidents__csv": ONE_LOG}, ["colour", "incident_id"]),
        (LOG + "[feed.constants]\nis_domestic = 7\n", {"incidents__csv": ONE_LOG}, ["is_domestic", "constant"]),
        (LOG.replace("Europe/London", "Europe/Brum"), {"incidents__csv": ONE_LOG}, ["timezone"]),
        (LOG + "[[feed]]\n", {"incidents__csv": ONE_LOG}, ["[[feed]] 2", "table"]),
        ("[force\n", {}, ["sources.toml", "TOML"]),
        (LOG, {"incidents__csv": "incident_id,received_at\n"}, ["incidents.csv", "received_at", "extract again"]),
        (LOG + "crs = 27700\n", {}, ["[[feed]] 1 (incidents)", 'crs = "EPSG:27700"']),
        (LOG + 'datetime_format = "dd/mm/yyyy"\n', {}, ["datetime_format", "%d/%m/%Y"]),
        (LOG + "datetime_format = 3\n", {}, ["datetime_format", "quotation marks"]),
        (LOG + 'columns = "X"\n', {}, ["columns", "[feed.columns]"]),
        (LOG + "[feed.columns]\nx = 3\n", {}, ["[feed.columns]: x", "quotation marks"]),
        (LOG + "[feed.columns]\nincident_id = []\n", {}, ["[feed.columns]: incident_id", "quotation marks"]),
        (LOG + '[feed.values]\ngrade = "I"\n', {}, ["[feed.values] grade", "[feed.values.grade]"]),
        (LOG + '[feed.values.grade]\nI = ["early"]\n', {}, ["[feed.values] grade: I", "one value"]),
        (
            LOG + '[feed.values.grade]\nI = "Immediate"\nP = "priority"\n',
            {},
            ["sources.toml: [[feed]] 1 (incidents)", "grade", '"P"', '"priority"', "immediate, early, routine, diary"],
        ),
        (LOG + '[feed.values.is_domestic]\nN = "-"\n', {}, ["is_domestic", '"-"', "true, false", 'write ""']),
        (LOG + 'constants = "X"\n', {}, ["constants", "[feed.constants]"]),
        (LOG.replace('"incidents"', '["incidents"]'), {}, ["[[feed]] 1", "table is not one of"]),
        ('force = "Test Force"\n' + LOG[LOG.index("[[feed]]") :], {}, ["sources.toml: force", "[force]"]),
        ('harm = "harm.csv"\n' + LOG, {}, ["sources.toml: harm", "[harm]"]),
        (LOG + '[harm]\nfile = "h.csv"\nyear = "2020"\n', {}, ["[harm] year", "year = 2020"]),
        (
            LOG + 2 * WARDS_OF_A_DAY.format("2018-05-03"),
            {},
            ["sources.toml: [boundaries.ward]", "two vintages", "its own day"],
        ),
        (LOG + "[harms]\n", {}, ["unknown entry harms", "boundaries, feed, force, harm"]),
        (LOG.replace("synthetic", "sythetic"), {}, ["[force]: unknown entry sythetic"]),
        (
            LOG + '[[boundaries.ward]]\nfile = "w"\ncode = "c"\nname = "n"\npopulation = 3\n',
            {},
            ["[boundaries.ward]: population", "quotation marks"],
        ),
    ],
)
def test_what_stops_the_build_says_where_and_how_to_mend_it(
    tmp_path: Path, sources: str, files: dict[str, str], words: list[str]
) -> None:
    with pytest.raises(SourcesError) as stopped:
        read(write(tmp_path, sources, **files))
    message = str(stopped.value)
    assert "\n" not in message
    for word in words:
        assert word in message


def test_of_two_files_that_stop_the_build_the_first_is_told_however_long_the_other_is(tmp_path: Path) -> None:
    short, long = "incident_id,when\nL1,2013-12-01\n", "incident_id,when\n" + "L2,2013-12-01\n" * 100
    with pytest.raises(SourcesError, match=r"incidents_a\.csv"):
        read(write(tmp_path, incidents_a__csv=short, incidents_b__csv=long))


def test_a_column_mapped_but_absent_in_a_file_is_null_and_told(tmp_path: Path) -> None:
    ingested = logs_of(tmp_path, ONE_LOG, '[feed.columns]\ngrade = "GRADE"\n')
    assert ingested.counts[0].absent_columns == ("grade",)


def test_rejects_never_quote_a_value(tmp_path: Path) -> None:
    ingested = logs_of(tmp_path, "incident_id,received_at,grade\nL1,2013-12-01,SECRET\n,SECRET,SECRET\n")
    assert "SECRET" not in ingested.rejects.write_csv()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("0159+-.eE_ infaN,xX١", min_size=1, max_size=6), min_size=1, max_size=20))
def test_a_number_is_read_where_it_is_written_in_digits_and_nowhere_else(texts: list[str]) -> None:
    column = FEEDS["incidents"].column("x")
    read = read_column(pl.Series(texts, dtype=pl.String), column, Reading("Europe/London"))
    is_number = [re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", text.strip()) for text in texts]
    expected = [
        float(text) if match and isfinite(float(text)) else None for text, match in zip(texts, is_number, strict=True)
    ]
    assert read.values.to_list() == expected


def test_one_of_a_supplier_s_columns_may_fill_two_of_the_contract_s(tmp_path: Path) -> None:
    mapping = '[feed.columns]\ngrade = "GR"\ninitial_grade = "GR"\n'
    rows = logs_of(tmp_path, "incident_id,received_at,GR\nL1,2013-12-01,early\n", mapping).tables["incidents"]
    assert rows.select("grade", "initial_grade").rows() == [("early", "early")]


fields = st.sampled_from(["", "L1", "L2", "2013-12-01", "2013-12-01 25:00", "x,y", 'a"b', "a\nb", "immediate"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(fields, min_size=1, max_size=4), max_size=8))
def test_read_is_accepted_plus_rejected_whatever_the_file_holds(
    tmp_path_factory: pytest.TempPathFactory, records: list[list[str]]
) -> None:
    text = "incident_id,received_at,grade\nL0,2013-12-01,early\n" + "\n".join(",".join(row) for row in records)
    ingested = logs_of(tmp_path_factory.mktemp("force"), text)
    count = ingested.counts[0]
    assert count.read == count.accepted + count.rejected
    assert ingested.tables["incidents"].height == count.accepted - count.repeated - count.corrected
    refused = ingested.rejects.filter("is_row_refused")["line"].n_unique()
    assert refused == count.rejected


def test_a_file_may_lie_beside_the_folder_of_the_sources(tmp_path: Path) -> None:
    write(tmp_path / "extracts", incidents__csv=ONE_LOG)
    for pattern in ("../extracts/*.csv", str(tmp_path / "extracts" / "incidents.csv")):
        sources = write(tmp_path / "mapping", LOG.replace("incidents*.csv", pattern))
        assert read(sources).counts[0].file == "../extracts/incidents.csv"
