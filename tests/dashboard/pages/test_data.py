"""Does the Data page say what was read, refused and left out, to the police and to nobody else?"""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.data.data_page import quality, rejects_csv
from dashboard.text import NBSP
from dashboard.view_models.data_page import DataView, data_view
from dashboard.view_models.data_words import FEED_WORDS, GAP_WORDS, RULE_WORDS
from partnership.vocabulary import Role
from tests.dashboard.built import all_text, audience_of, built, opened, viewer, visit_of

POLICE = (Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER, Role.PPU_OFFICER, Role.ANALYST)


@pytest.fixture
def view(app_store: Path) -> DataView:
    """The page's view for the analyst."""
    visit = visit_of(viewer(Role.ANALYST))
    return data_view(quality(visit.facts.id, audience_of(visit)), facts=visit.facts, is_whole_force=True)


@pytest.mark.parametrize("role", POLICE)
def test_every_police_role_reads_the_answer_and_can_take_the_rejects_away(app_store: Path, role: Role) -> None:
    app = opened(viewer(role), "data")
    assert not app.exception
    assert "records read" in all_text(app) and app.get("download_button")


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR])
def test_partners_and_auditors_are_told_where_else_to_go(app_store: Path, role: Role) -> None:
    app = opened(viewer(role), "data")
    assert not app.exception
    assert "records read" not in all_text(app) and not app.get("download_button")


def test_nobody_is_asked_who_they_are(app_store: Path) -> None:
    app = opened(None, "data")
    assert app.title[0].value == "Who are you today?"


def test_every_file_of_the_build_is_a_row(view: DataView) -> None:
    assert [row[0] for row in view.files.rows] == [feed["file"] for feed in built().manifest["feeds"]]


def test_the_answer_counts_what_the_build_counted(view: DataView) -> None:
    feeds = built().manifest["feeds"]
    read, refused = (sum(feed[name] for feed in feeds) for name in ("read", "rejected"))
    assert view.sentence.startswith(f"Of {read:,} records read, {refused} (under 1{NBSP}%) were refused")
    assert f"{sum(built().manifest['unlocated'].values())} incidents" in view.sentence


def test_the_rejects_are_taken_away_one_a_line_without_any_value(app_store: Path) -> None:
    visit = visit_of(viewer(Role.ANALYST))
    lines = rejects_csv(visit.facts.id, audience_of(visit)).decode("utf-8").splitlines()
    assert lines[0] == "table,file,line,column,rule,is_row_refused"
    assert len(lines) - 1 == built().manifest["rows"]["rejects"]


def test_every_feed_rule_and_gap_of_the_sample_is_said_in_words(view: DataView) -> None:
    visit = visit_of(viewer(Role.ANALYST))
    found = quality(visit.facts.id, audience_of(visit))
    assert set(found.files.rows["feed"]) <= set(FEED_WORDS)
    assert set(found.reasons.rows["rule"]) <= set(RULE_WORDS)
    assert set(found.gaps.rows["gap"]) <= set(GAP_WORDS)
