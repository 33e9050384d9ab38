"""Does every table leave as CSV, JSON, Parquet and XLSX with the columns and types that others rely on?"""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from dashboard.__main__ import main
from dashboard.decisions_database import log_key, open_decisions
from dashboard.errors import DashboardError
from dashboard.export_files import csv_bytes, put_in_place, xlsx_bytes
from partnership import access_log
from partnership.models.records import AccessLogEntry
from partnership.vocabulary import Operation
from tests.dashboard.built import built, built_store, own_copy

TEXT, COUNT, MEASURE, FLAG, TIME = pl.String(), pl.Int64(), pl.Float64(), pl.Boolean(), pl.Datetime("us", "UTC")
TABLES: dict[str, dict[str, pl.DataType]] = {
    "incidents": {
        **dict.fromkeys(["incident_id", "ward_code", "neighbourhood_code"], TEXT),
        **dict.fromkeys(["caller_id", "caller_role", "concerned_id", "group_id"], TEXT),
        **dict.fromkeys(["officer_minutes", "officer_minutes_low", "officer_minutes_high"], MEASURE),
        **dict.fromkeys(["elapsed_minutes", "unit_minutes"], MEASURE),
        "received_at": TIME,
        "is_domestic": FLAG,
    },
    "deployments": {
        **dict.fromkeys(["incident_id", "officer_id"], TEXT),
        **dict.fromkeys(["assigned_at", "cleared_at"], TIME),
        "minutes": MEASURE,
        **dict.fromkeys(["is_imputed", "is_orphaned"], FLAG),
    },
    "persons": {"person_id": TEXT, "contacts": COUNT, "first_contact_at": TIME, "last_contact_at": TIME},
    "person_records": {
        **dict.fromkeys(["incident_id", "role", "source_file", "person_id", "pool"], TEXT),
        "source_line": COUNT,
    },
    "rejects": {**dict.fromkeys(["table", "file", "column", "rule"], TEXT), "line": COUNT, "is_row_refused": FLAG},
    "ranking": {
        **dict.fromkeys(["area_code", "area_name", "key_id"], TEXT),
        **dict.fromkeys(["position", "rank", "contacts", "contacts_elsewhere"], COUNT),
        **dict.fromkeys(["officer_hours", "officer_hours_low", "officer_hours_high", "harm"], MEASURE),
        **dict.fromkeys(["first_contact_at", "last_contact_at"], TIME),
        "is_tied": FLAG,
    },
}
ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def exported(table: str, file: Path, *options: str, store: Path | None = None) -> Path:
    """The file after an export that went well."""
    assert main(["export", table, "--out", str(file), "--store", str(store or built_store()), *options]) == 0
    return file


@pytest.mark.parametrize("table", TABLES)
def test_parquet_has_the_columns_with_their_types(tmp_path: Path, table: str) -> None:
    schema = pl.read_parquet(exported(table, tmp_path / "out.parquet")).schema
    assert {name: schema.get(name) for name in TABLES[table]} == TABLES[table]


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_json_hold_the_same_rows_with_times_in_utc(tmp_path: Path, table: str) -> None:
    rows = pl.read_parquet(exported(table, tmp_path / "out.parquet"))
    csv = pl.read_csv(exported(table, tmp_path / "out.csv"), infer_schema=False)
    objects = json.loads(exported(table, tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (csv.columns, csv.height, len(objects)) == (rows.columns, rows.height, rows.height)
    assert list(objects[0]) == rows.columns
    for name in (name for name, dtype in TABLES[table].items() if dtype == TIME):
        texts = [row[name] for row in objects]
        assert csv[name].to_list() == texts
        assert all(ISO.fullmatch(text) for text in texts if text is not None)
        read = [None if text is None else datetime.fromisoformat(text) for text in texts]
        assert read == rows[name].to_list()


@pytest.mark.parametrize("table", TABLES)
def test_a_workbook_has_the_same_rows_with_local_times_and_says_so(tmp_path: Path, table: str) -> None:
    rows = pl.read_parquet(exported(table, tmp_path / "out.parquet"))
    book = CalamineWorkbook.from_path(str(exported(table, tmp_path / "out.xlsx")))
    cells = book.get_sheet_by_index(0).to_python()
    zone = built().timezone
    assert list(cells[0]) == [f"{name} ({zone})" if rows.schema[name] == TIME else name for name in rows.columns]
    assert len(cells) - 1 == rows.height
    for name in (name for name, dtype in TABLES[table].items() if dtype == TIME):
        local = rows[name].dt.convert_time_zone(zone).dt.replace_time_zone(None).dt.truncate("1s").head(50).to_list()
        at = rows.columns.index(name)
        assert [_to_the_second(row[at]) for row in cells[1:51]] == local


def _to_the_second(value: object) -> datetime | None:
    return value.replace(microsecond=0) if isinstance(value, datetime) else None


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_one_row_for_each_thing_of_the_build(tmp_path: Path, table: str) -> None:
    rows = pl.read_parquet(exported(table, tmp_path / "out.parquet"))
    if table == "ranking":
        assert rows["position"].max() == 10 and rows.select("area_code", "position").is_unique().all()
    else:
        assert rows.height == built().manifest["rows"][table]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return own_copy(tmp_path)


def disclosures(store: Path) -> list[tuple[str, str]]:
    """Subject's purpose and actor of each disclosure in the access log."""
    database = open_decisions(store)
    try:
        with database.read() as session:
            assert access_log.verify(session, log_key(store)).is_whole
            entries = session.query(AccessLogEntry).filter_by(operation=Operation.DISCLOSURE).all()
            return [(str(entry.purpose), str(entry.recipient)) for entry in entries]
    finally:
        database.close()


def test_identities_need_a_purpose_and_nothing_is_written_without(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.csv"
    before = disclosures(store)
    assert main(["export", "persons", "--out", str(file), "--store", str(store), "--identities"]) == 2
    assert "--purpose" in capsys.readouterr().err
    assert not file.exists() and disclosures(store) == before


@pytest.mark.parametrize("table", ["incidents", "persons", "person_records", "ranking"])
def test_identities_with_a_purpose_are_in_the_file_and_in_the_access_log(
    store: Path, tmp_path: Path, table: str
) -> None:
    options = ("--key", "phone") if table == "ranking" else ()
    plain = exported(table, tmp_path / "plain.csv", *options, store=store).read_text(encoding="utf-8")
    before = disclosures(store)
    named = exported(
        table, tmp_path / "named.csv", *options, "--identities", "--purpose", "a check by hand", store=store
    ).read_text(encoding="utf-8")
    numbers = [f"+{digits}" for digits in re.findall(r"\+(44\d{9,10})", named)]
    assert numbers and not re.search(r"\+44\d{9,10}", plain)
    assert [purpose for purpose, _ in disclosures(store)[len(before) :]] == ["a check by hand"]


def test_an_export_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    typed = ["export", "rejects", "--out", str(tmp_path / "a.csv"), "--force", "--store", str(built_store())]
    assert main(typed) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_nothing_is_written_through_a_link_that_somebody_puts_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "theirs"

    def tidied_and_then_a_link(path: Path, *, missing_ok: bool = False) -> None:
        path.symlink_to(elsewhere)

    monkeypatch.setattr(Path, "unlink", tidied_and_then_a_link)
    with pytest.raises(DashboardError, match="cannot be written"):
        put_in_place(tmp_path / "list.csv", b"a person")
    assert not elsewhere.exists() and not (tmp_path / "list.csv").exists()


RUN_AS_FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u00a0=1", "\r=1", "\uff1d1", "=cmd|' /C calc'!A0"]
SAID = [*RUN_AS_FORMULAS, "http://a.example", "mailto:a@a.example", "0123", "1e5"]


def test_no_text_of_a_workbook_is_a_formula_a_link_or_a_number() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(pl.DataFrame({"said": SAID}), timezone="Europe/London"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
        linked = [name for name in book.namelist() if "sheet1.xml.rels" in name]
    assert "<f>" not in sheet and "hyperlink" not in sheet.lower() and linked == []
    assert sheet.count('t="s"') == len(SAID) + 1


def test_a_text_that_begins_as_a_formula_stands_behind_an_apostrophe_in_csv_and_no_other_does() -> None:
    read = pl.read_csv(io.BytesIO(csv_bytes(pl.DataFrame({"said": SAID}))), infer_schema=False)["said"].to_list()
    assert read == [f"'{said}" if said in RUN_AS_FORMULAS else said for said in SAID]
