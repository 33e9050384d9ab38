"""Are rows told that are of incidents nobody extracted?"""

from __future__ import annotations

from pathlib import Path

from analysis.disclosure import police
from analysis.questions.unmatched import unmatched
from tests.analysis.build.force import CRIMES, build_force, write_force


def test_rows_of_incidents_that_are_not_there_are_counted_feed_by_feed_and_rows_of_none_are_not(tmp_path: Path) -> None:
    sources = write_force(tmp_path / "force")
    # By hand: of the crimes two name an incident that is there, one names one that is not, one names none; of five
    # units that were accepted, that of L404 is of no incident.
    (sources.parent / "crimes.csv").write_text(CRIMES + "C2,L1,8N\nC3,L3-,8N\nC4,,8N\n", encoding="utf-8")
    found = unmatched(build_force(sources, tmp_path / "store").build, police(None))
    assert found.rows.rows() == [("deployments", 1, 5), ("crimes", 1, 3)]
