"""Is everything that was read told, and every gap counted, as one would by hand?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.disclosure import Audience, auditor, partner, police
from analysis.questions.builds import Build
from analysis.questions.data_quality import DataQuality, data_quality, rejects
from tests.analysis.build.force import LOGS, build_force, write_force

TORN = LOGS + 'L10,soon,1,1,N1,999,early,no,,,unknown,\nL11,,1,1,N1,999,early,no,,,unknown,\nL12,"never",1\n'


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("quality")
    return build_force(write_force(folder / "force"), folder / "store").build


@pytest.fixture(scope="module")
def found(build: Build) -> DataQuality:
    return data_quality(build, police(None), lines_shown=2)


def test_each_file_has_what_was_read_and_what_became_of_it(found: DataQuality) -> None:
    counts = found.files.rows.select("file", "read", "accepted", "refused", "emptied").rows()
    assert counts == [
        ("logs_1.csv", 10, 8, 2, 1),
        ("units.csv", 6, 5, 1, 0),
        ("crimes.csv", 1, 1, 0, 0),
        ("places.csv", 1, 1, 0, 0),
    ]


def test_the_newest_record_of_a_feed_without_times_is_that_of_its_log(found: DataQuality) -> None:
    assert dict(found.files.rows.select("feed", "newest_at").iter_rows()) == {
        "incidents": datetime(2013, 10, 27, 13, tzinfo=UTC),
        "deployments": datetime(2013, 10, 27, 12, 10, tzinfo=UTC),
        "crimes": datetime(2013, 10, 26, 22, tzinfo=UTC),
        "places": None,
    }


def test_a_column_that_is_mapped_but_absent_is_told(found: DataQuality) -> None:
    absent = dict(found.files.rows.select("file", "absent_columns").iter_rows())
    assert (absent["crimes.csv"], absent["units.csv"]) == ("outcome", "")


def test_each_reason_names_column_rule_and_line_with_refused_rows_first(found: DataQuality) -> None:
    assert found.reasons.rows.select("is_row_refused", "column", "rule", "first_lines").rows() == [
        (True, "cleared_at", "end_before_start", "7"),
        (True, "incident_id", "missing", "10"),
        (True, "received_at", "datetime", "11"),
        (False, "grade", "value", "9"),
    ]


def test_of_many_lines_the_first_are_given_and_all_are_in_the_list_of_rejects(tmp_path: Path) -> None:
    build = build_force(write_force(tmp_path / "force", logs=TORN), tmp_path / "store").build
    found = data_quality(build, police(None), lines_shown=1).reasons.rows.to_dicts()
    of_times = next(reason for reason in found if reason["rule"] == "datetime")
    lines = rejects(build, police(None)).rows.filter(file="logs_1.csv", rule="datetime")["line"].to_list()
    assert (of_times["rejects"], of_times["first_lines"], lines) == (2, "11", [11, 12])


@pytest.mark.parametrize(
    ("topic", "gaps"),
    [
        ("place", {"no_point": (1, 8), "zero_point": (1, 8), "outside_force": (1, 8)}),
        ("area", {"no_ward": (3, 8), "no_neighbourhood": (1, 8)}),
        ("officer_time", {"imputed": (1, 5), "orphaned": (1, 5), "over_cap": (1, 5), "crew_assumed": (1, 5)}),
        ("imputed_time", {"imputed_minutes": (60, 930)}),
        (
            "record",
            {"no_deployment": (4, 8), "link_broken": (1, 8), "clock_changed": (1, 8), "domestic_unknown": (1, 8)},
        ),
        # L5 and L8 are one incident, and the officer's own log is nobody's contact
        ("caller", {"witness": (1, 6), "withheld": (1, 6), "institution": (1, 6)}),
    ],
)
def test_every_gap_is_counted_as_by_hand(found: DataQuality, topic: str, gaps: dict[str, tuple[int, int]]) -> None:
    rows = found.gaps.rows.filter(topic=topic)
    assert {gap: (number, of) for gap, number, of in rows.select("gap", "number", "of").iter_rows()} == gaps


@pytest.mark.parametrize(
    "audience", [auditor(), partner("HOUSING", shared_persons=frozenset(), threshold=5)], ids=["auditor", "partner"]
)
def test_only_the_police_are_told(build: Build, audience: Audience) -> None:
    found = data_quality(build, audience, lines_shown=2)
    assert [part.rows.width for part in (found.files, found.reasons, found.gaps, rejects(build, audience))] == [0] * 4
