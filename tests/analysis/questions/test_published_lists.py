"""After a correction, is what was published shown beside what is true now?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from analysis.disclosure import Audience, partner, police
from analysis.errors import StoreError
from analysis.questions.builds import Build, load_assumptions
from analysis.questions.published_lists import (
    PublishedAgainstNow,
    publish,
    published_against_now,
    weeks_published,
)
from analysis.questions.view import View
from tests.analysis.questions.demand_force import AS_OF, build_force, person

PUBLISHED_AT = datetime(2013, 12, 2, 8, tzinfo=UTC)


def publish_week(build: Build) -> None:
    publish(build, View(AS_OF), published_at=PUBLISHED_AT, assumptions=load_assumptions())


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The week is published; then two logs of Bob's arrive that had been late, and the force is built again."""
    folder = tmp_path_factory.mktemp("published")
    publish_week(build_force(folder))
    return build_force(folder, with_late_logs=True)


def against_now(build: Build, audience: Audience) -> PublishedAgainstNow:
    found = published_against_now(build, View(AS_OF), audience)
    assert found is not None
    return found


def test_published_as_second_now_first(corrected: Build) -> None:
    rows = against_now(corrected, police(None)).rows.rows.filter(pl.col("lens") == "contacts")
    bob = rows.filter(pl.col("key_id") == person(corrected, "L4")).row(0, named=True)
    said = [
        bob[name] for name in ("change", "published_position", "position_now", "published_contacts", "contacts_now")
    ]
    assert said == ["moved", 2, 1, 2, 4]


def test_what_the_late_logs_do_not_touch_is_as_published(corrected: Build) -> None:
    rows = against_now(corrected, police(frozenset({"N2"}))).rows.rows
    assert set(rows["change"]) == {"as_published"}


def test_it_says_from_which_build_and_when(corrected: Build) -> None:
    found = against_now(corrected, police(None))
    assert (found.published_at, found.is_same_build, found.settings.weeks) == (PUBLISHED_AT, False, 52)


def test_an_officer_is_given_the_own_neighbourhood_only(corrected: Build) -> None:
    rows = against_now(corrected, police(frozenset({"N2"}))).rows.rows
    assert rows["area_code"].unique().to_list() == ["N2"]


def test_a_partner_is_given_nothing(corrected: Build) -> None:
    audience = partner("Housing", shared_persons=frozenset({person(corrected, "L1")}), threshold=5)
    assert against_now(corrected, audience).rows.rows.width == 0


def test_a_week_is_published_once(corrected: Build) -> None:
    with pytest.raises(StoreError, match="stay as they are"):
        publish_week(corrected)


def test_the_weeks_published_are_known(corrected: Build) -> None:
    assert weeks_published(corrected) == [AS_OF]


def test_a_week_never_published_has_nothing_to_compare(corrected: Build) -> None:
    assert published_against_now(corrected, View(AS_OF.replace(day=9)), police(None)) is None


def test_nothing_changes_within_one_build(tmp_path: Path) -> None:
    build = build_force(tmp_path)
    publish_week(build)
    found = against_now(build, police(None))
    assert (found.is_same_build, set(found.rows.rows["change"])) == (True, {"as_published"})
