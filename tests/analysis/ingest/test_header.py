"""Is the mend named where a header is not what the sources say, and where a file is not what its name says?"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import xlsxwriter

from analysis.errors import SourcesError
from tests.analysis.ingest.force import LOG, ONE_LOG, logs_of, read, write

MAPPED = '[feed.columns]\nincident_id = ["LOG_DATE", "LOG_NO"]\nreceived_at = "CREATED"\n'
EXTRACT = "LOG_DATE,LOG_NO,CREATED\n01/12/2013,7,2013-12-01\n"


def stopped(folder: Path, text: str | bytes) -> str:
    """What the build says that stops at this extract."""
    with pytest.raises(SourcesError) as error:
        logs_of(folder, text, MAPPED)
    return str(error.value)


@pytest.mark.parametrize("spelt", ["Created", "created", "CREATED_", "Cre ated"])
def test_a_column_in_other_letters_is_named_as_the_file_writes_it(spelt: str, tmp_path: Path) -> None:
    said = stopped(tmp_path, EXTRACT.replace("CREATED", spelt))
    assert f"column CREATED is missing, which incidents needs for received_at. The file has {spelt}:" in said


@pytest.mark.parametrize(
    ("above", "line"),
    [("Log of December\n", 2), ("Log of December\n\n,,\n", 4), ("sep=,\n", 2)],
    ids=["a title", "a title and empty lines", "what Excel writes for itself"],
)
def test_a_header_below_a_title_is_told_with_its_line(above: str, line: int, tmp_path: Path) -> None:
    assert f"It stands in line {line}. The header must come first" in stopped(tmp_path, above + EXTRACT)


def test_a_file_without_a_header_is_told_without_a_word_of_its_rows(tmp_path: Path) -> None:
    said = stopped(tmp_path, "01/12/2013,7,Zebedee Quill\n02/12/2013,8,Ann Sand\n")
    assert "column LOG_DATE, LOG_NO is missing" in said and "Add it to the extract" in said
    assert not re.search("Zebedee|Ann|/12/", said)


@pytest.mark.parametrize(
    ("sheets", "mend"),
    [
        ({"Log": [["Log of December"], [], ["incident_id", "received_at"]]}, 'row 3 of sheet Log. Write sheet = "Log"'),
        ({"Cover": [["Made by"]], "Log": [["incident_id", "received_at"]]}, 'row 1 of sheet Log. Write sheet = "Log"'),
        ({"Cover": [["Made by"]]}, "Add it to the extract"),
    ],
    ids=["below a title", "on the second sheet", "nowhere"],
)
def test_a_header_elsewhere_in_a_workbook_is_told_with_sheet_and_row(
    sheets: dict[str, list[list[str]]], mend: str, tmp_path: Path
) -> None:
    with pytest.raises(SourcesError, match=re.escape(mend)) as error:
        read(write(tmp_path, LOG.replace("csv", "xlsx"), incidents__xlsx=workbook(sheets)))
    assert ("rows above row 3" in str(error.value)) is ("row 3" in mend)


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    """A workbook of these sheets, row by row."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "mend"),
    [
        (b"PK\x03\x04rest", "Name it .xlsx"),
        (b"PAR1rest", "Name it .parquet"),
        (b"\xd0\xcf\x11\xe0rest", "Save it as .xlsx"),
        (b"\x1f\x8brest", "Unpack it"),
        (b"<html>", "a web page"),
    ],
)
def test_a_file_that_is_no_text_is_told_as_what_it_is(data: bytes, mend: str, tmp_path: Path) -> None:
    assert mend in stopped(tmp_path, data)


def test_a_workbook_with_a_password_is_told_as_one(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="without a password"):
        read(write(tmp_path, LOG.replace("csv", "xlsx"), incidents__xlsx=b"\xd0\xcf\x11\xe0" + bytes(600)))


def test_what_office_puts_beside_an_open_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "~$incidents.csv").write_bytes(b"analyst")
    sources = write(tmp_path, LOG.replace("incidents*", "*"), incidents__csv=ONE_LOG)
    assert [count.file for count in read(sources).counts] == ["incidents.csv"]
