"""Is it told where a column, or a whole extract, gave nothing?"""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import SourcesError
from analysis.ingest import read_sources
from tests.analysis.ingest.force import DEPLOYMENTS, LOG, logs_of, write

HEADER = "incident_id,received_at,grade,caller_name,closed_at\n"


def test_a_column_of_which_no_row_gives_a_value_is_told_whether_anything_stood_there_or_not(tmp_path: Path) -> None:
    ingested = logs_of(tmp_path, HEADER + "L1,2013-12-01,urgent,Ann,\nL2,2013-12-02,urgent,,\n")
    assert ingested.counts[0].empty_columns == ("grade", "closed_at")


def test_of_an_extract_without_rows_no_column_is_said_to_be_empty(tmp_path: Path) -> None:
    crimes = '\n[[feed]]\ntable = "crimes"\nfiles = ["crimes.csv"]\n'
    (tmp_path / "crimes.csv").write_text("crime_ref,outcome\n", encoding="utf-8")
    ingested = logs_of(tmp_path, HEADER + "L1,2013-12-01,early,Ann,2013-12-01\n", crimes)
    assert [count.empty_columns for count in ingested.counts] == [(), ()]


def test_where_no_row_of_incidents_is_read_the_reason_of_most_is_told_with_its_first_line(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"received_at: datetime, 2 rows, first in incidents\.csv, line 3"):
        logs_of(tmp_path, HEADER + ",2013-12-01,,,\nL2,01/12/2013,,,\nL3,02/12/2013,,,\n")


@pytest.mark.parametrize(
    ("sources", "mend"),
    [
        (LOG.replace("[[feed]]", "[feed]") + DEPLOYMENTS, "[[feed]], in two brackets"),
        (LOG.replace("incidents*", "C:\\Extracts\\incidents*"), "write / in place of"),
        (LOG.replace('"Test Force"', "“Test Force”"), "straight quotation marks"),
        (LOG.replace('"incidents"', '"incidents'), "Mend that line"),
    ],
    ids=["one bracket", "a path of Windows", "curly quotation marks", "an open quotation mark"],
)
def test_a_slip_of_the_pen_in_the_sources_is_told_with_its_line_and_what_it_often_means(
    sources: str, mend: str, tmp_path: Path
) -> None:
    with pytest.raises(SourcesError, match=r"sources\.toml: not valid TOML: .* \(at line \d+") as stopped:
        read_sources(write(tmp_path, sources))
    assert mend in str(stopped.value)
