"""Does a build say to whoever ran it what was refused, emptied, unmatched and not placed, and how to mend it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.disclosure import police
from analysis.questions.data_quality import data_quality
from analysis.store import current_build
from dashboard import build_facts
from dashboard.build_report import report
from dashboard.view_models.data_page import data_view
from tests.analysis.build.force import HEADER, SOURCES, build_force, write_force

# By hand: two refused for their time, one for its id; both grades mean nothing; the one with a point lies in no ward.
LOGS = HEADER + (
    "L1,2013-10-26T22:00,430000,300000,N1,999,soonish,yes,Zebedee Quill,07700 900001,victim,\n"
    "L2,2013-10-26T23:00,,,N1,999,urgent,yes,,,unknown,\n"
    "L3,26/10/2013 22:00,,,N1,999,early,yes,,,unknown,\n"
    "L4,26/10/2013 22:00,,,N1,999,early,yes,,,unknown,\n"
    ",2013-10-26T23:00,,,N1,999,early,yes,,,unknown,\n"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    sources = write_force(folder / "force", logs=LOGS)
    sources.write_text(SOURCES.replace('"units.csv"', '"u.csv"'), encoding="utf-8")
    (folder / "force" / "u.csv").write_text(
        "incident_id,officer_id,assigned_at,cleared_at\nL-1,O1,2013-10-26T22:10,2013-10-26T23:10\n", encoding="utf-8"
    )
    build_force(sources, folder / "store")
    return folder / "store"


@pytest.fixture(scope="module")
def lines(store: Path) -> list[str]:
    return list(report(current_build(store)))


def test_a_column_of_which_not_one_value_could_be_read_stands_under_its_file(lines: list[str]) -> None:
    under = lines[lines.index(next(line for line in lines if line.startswith("logs_1.csv"))) + 1 :]
    assert under[:2] == [
        "  grade: not one value could be read; left empty",
        "  duplicate_of: no row has a value; left empty",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "incidents, received_at: 2 rows refused, not a date and time that can be read (first in logs_1.csv, line 4); "
        "is it written as datetime_format in sources.toml says?",
        "incidents, incident_id: 1 row refused, a value that is needed is missing (first in logs_1.csv, line 6)",
        "incidents, grade: 2 values left empty, not a value the feed can take (first in logs_1.csv, line 2); "
        "say what it means under [feed.values.grade] in sources.toml, or mend the extract",
        "deployments: rows of an incident that is not in the data: 1 of 1; "
        "is incident_id written alike in both extracts?",
        "crimes: rows of an incident that is not in the data: 0 of 1",
        "incidents not on the map: 2 (no coordinates 1, coordinates outside every boundary 1); "
        "never-cleared deployments: 0",
    ],
)
def test_the_reason_and_the_mend_are_one_line_each(line: str, lines: list[str]) -> None:
    assert (line in lines) is not line.startswith("crimes")


def test_the_report_names_no_value_of_a_row(lines: list[str]) -> None:
    assert not [line for line in lines for value in ("Zebedee", "soonish", "26/10/2013", "L-1") if value in line]


def test_the_data_page_says_of_a_column_without_values_what_the_report_says(store: Path) -> None:
    found = data_quality(current_build(store), police(None), lines_shown=1)
    said = data_view(found, facts=build_facts.read(store), is_whole_force=True).absent
    assert [line for line in said if "logs_1.csv: in no row a value that could be read: grade, duplicate_of." in line]
