"""Do the words of a top ten say where the lists agree, how places moved, and what was published?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import polars as pl
import pytest

from analysis.disclosure import police
from analysis.questions.builds import Build, load_assumptions
from analysis.questions.published_lists import PublishedAgainstNow, publish, published_against_now
from analysis.questions.top_ten import TopTen, top_ten
from analysis.questions.view import View
from dashboard.charts.palette import LIGHT
from dashboard.components.notes import SourceLine
from dashboard.view_models.published import PublishedWords, published_words
from dashboard.view_models.top_ten import top_ten_view
from dashboard.view_models.top_ten_history import OFF, history_figure
from dashboard.view_models.top_ten_lenses import lens_figure
from dashboard.view_models.top_ten_setting import TopTenSetting
from tests.analysis.questions.demand_force import AS_OF, build_force, person
from tests.dashboard.built import built

SOURCE = SourceLine("52 weeks", "callers", "1 Dec 2013", "left out: nothing")


def setting_for(build: Build, area_name: str = "Alder Park") -> TopTenSetting:
    assumed = load_assumptions()
    return TopTenSetting(
        area_name=area_name,
        as_of=AS_OF,
        weeks=52,
        domestic_only=True,
        recent_weeks=assumed.whole("recent_weeks"),
        length=10,
        minimum_contacts=2,
        timezone="Europe/London",
        today=AS_OF,
        data_as_at=date(2013, 12, 1),
        stalled_days=28,
        plans={},
        names={},
        is_chosen=True,
        areas_in_scope=1,
        first_day=date.fromisoformat(build.manifest["facts"]["first_day"]),
        movement_weeks=assumed.whole("movement_weeks"),
        lens="contacts",
        build=build.id,
        judgements=assumed.fingerprint,
    )


@cache
def answered(area: str = "S-N01") -> TopTen:
    return top_ten(built(), View(AS_OF), police(None), area=area, assumptions=load_assumptions())


def test_the_figure_of_the_three_lists_counts_everyone_on_one_two_and_all() -> None:
    figure = lens_figure(answered(), setting_for(built()), SOURCE, LIGHT)
    assert figure is not None
    places = answered().lenses.places.rows.filter(pl.col("place") == "listed", pl.col("rank").is_not_null())
    times = places.group_by("key_id").len()["len"]
    words = {"all three": 3, "two lists": 2, "one list": 1}
    shown = [row[-1] for row in figure.table.rows]
    assert {word: shown.count(word) for word in words} == {
        word: int((times == lists).sum()) for word, lists in words.items()
    }


def test_who_has_no_recorded_crime_is_said_to_and_never_has_harm_of_zero() -> None:
    figure = lens_figure(answered(), setting_for(built()), SOURCE, LIGHT)
    assert figure is not None
    without = {row["key_id"] for row in answered().people.rows.to_dicts() if not row["crimes"]}
    cells = {row[0]: row[3] for row in figure.table.rows}
    assert without and all(cells[key] == "no crime recorded" for key in without & set(cells))
    assert not [cell for cell in cells.values() if str(cell).startswith("0") or ", 0 days" in str(cell)]


def test_the_harm_tables_source_and_year_stand_under_the_list_and_the_figure() -> None:
    view = top_ten_view(answered(), setting_for(built()), LIGHT, published_words(None, setting_for(built())))
    harm = built().manifest["harm"]
    for source in (view.source, dict(view.figures)["lenses"].source):
        assert f"harm in days: {harm['source']}, {harm['year']}" in source.definition


def test_beside_hours_of_which_a_part_is_imputed_stand_their_bounds() -> None:
    view = top_ten_view(answered(), setting_for(built()), LIGHT, published_words(None, setting_for(built())))
    imputed = {row["key_id"]: row for row in answered().people.rows.to_dicts() if row["imputed_hours"]}
    said = {row.person_id: row.imputed for row in (*view.rows, *view.tied, *view.near)}
    assert imputed and {key for key, words in said.items() if " to " in words} == set(imputed)
    assert all(
        row["officer_hours_low"] <= row["officer_hours"] <= row["officer_hours_high"] for row in imputed.values()
    )


def test_the_places_of_a_year_are_those_of_the_lists_and_off_the_list_is_a_gap() -> None:
    figure = history_figure(answered(), setting_for(built()), SOURCE, LIGHT)
    assert figure is not None
    history = answered().history.rows
    for row, line in zip(figure.table.rows, figure.picture.data, strict=True):
        own = history.filter(pl.col("key_id") == row[0]).sort("week_ending")["position"].to_list()
        drawn = [place for place in line.y if place is not None]
        assert (drawn, str(row[4]).split().count(OFF)) == (own, len(line.y) - len(own))
        assert row[2] == f"{len(own)}" and line.connectgaps is False


def test_the_table_of_the_year_says_the_place_of_the_list_also_where_several_share_it() -> None:
    figure = history_figure(answered(), setting_for(built()), SOURCE, LIGHT)
    ranks = {row["key_id"]: row["rank"] for row in answered().people.rows.to_dicts()}
    assert figure is not None and "share a place are drawn one below another" in figure.sentence
    newest = {str(row[0]): int(str(row[4]).split()[0]) for row in figure.table.rows}
    assert newest == {key: ranks[key] for key in newest} and len(set(newest.values())) < len(newest)


def test_without_an_earlier_list_no_year_of_places_is_drawn() -> None:
    setting = replace(setting_for(built()), first_day=date(2013, 11, 1))
    assert history_figure(answered(), setting, SOURCE, LIGHT) is None


def test_every_row_says_in_one_sentence_why_the_person_is_here() -> None:
    unpublished = published_words(None, setting_for(built()))
    view = top_ten_view(answered(), setting_for(built()), LIGHT, unpublished)
    assert len(view.rows) == 10
    assert all(row.why.startswith("Here because of ") and row.why.endswith(".") for row in view.rows)


def test_a_shared_last_place_is_counted_in_the_title_and_in_the_sentence_of_the_lists() -> None:
    found = [
        area for area in (f"S-N{at:02}" for at in range(1, 13)) if not answered(area).lenses.shared.rows.is_empty()
    ]
    answer = answered(found[0])
    figure = lens_figure(answer, setting_for(built()), SOURCE, LIGHT)
    shared = dict(answer.lenses.shared.rows.select("lens", "sharing").iter_rows())
    assert figure is not None and figure.sentence.count(" place") == len(shared)
    tied = top_ten_view(answer, setting_for(built()), LIGHT, published_words(None, setting_for(built()))).tied
    assert len(tied) == shared.get("contacts", 0)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, PublishedAgainstNow]:
    """The week is published; then two logs of Bob's arrive that had been late, and the force is built again."""
    folder = tmp_path_factory.mktemp("corrected")
    at = datetime(2013, 12, 2, 8, tzinfo=UTC)
    publish(build_force(folder), View(AS_OF), published_at=at, assumptions=load_assumptions())
    build = build_force(folder, with_late_logs=True)
    found = published_against_now(build, View(AS_OF, neighbourhoods=("N1",)), police(None))
    assert found is not None
    return build, found


@pytest.fixture
def words(corrected: tuple[Build, PublishedAgainstNow]) -> PublishedWords:
    build, found = corrected
    return published_words(found, setting_for(build, "N1"))


def test_a_correction_stands_beside_what_was_published(
    words: PublishedWords, corrected: tuple[Build, PublishedAgainstNow]
) -> None:
    assert words.said.startswith("As published on Mon 2 Dec 2013, 08:00. For two people")
    assert words.corrected is not None
    bob = next(row for row in words.corrected.rows if row[0] == person(corrected[0], "L4"))
    assert (str(bob[1])[:15], str(bob[2])[:15]) == ("2nd, 2 contacts", "1st, 4 contacts")


def test_the_reason_names_both_builds_and_the_settings(
    words: PublishedWords, corrected: tuple[Build, PublishedAgainstNow]
) -> None:
    build, found = corrected
    assert f"{found.build_id[:8]}, today's is build {build.id[:8]}" in words.why
    assert "52 weeks, domestic incidents, 2 contacts or more and the first 10; by the same judgements" in words.why


def test_other_filters_than_the_published_are_said(corrected: tuple[Build, PublishedAgainstNow]) -> None:
    build, found = corrected
    setting = replace(setting_for(build, "N1"), weeks=13)
    assert "What was published is the list of 52 weeks, domestic incidents." in published_words(found, setting).said


def test_hours_of_both_lists_say_their_imputed_part(
    words: PublishedWords, corrected: tuple[Build, PublishedAgainstNow]
) -> None:
    assert words.corrected is not None
    (ann,) = [row for row in words.corrected.rows if row[0] == person(corrected[0], "L1")]
    assert [str(cell).split(", ", 2)[2] for cell in ann[1:3]] == ["7.1\u00a0h (0\u00a0% of it imputed)"] * 2


def test_a_list_from_before_the_imputed_part_was_kept_says_so(corrected: tuple[Build, PublishedAgainstNow]) -> None:
    build, _ = corrected
    (file,) = (build.path.parent / "published").glob("*.json")
    kept = json.loads(file.read_text())
    for row in kept["rows"]:
        del row["imputed_units"]
    file.chmod(0o600)
    file.write_text(json.dumps(kept))
    found = published_against_now(build, View(AS_OF, neighbourhoods=("N1",)), police(None))
    words = published_words(found, setting_for(build, "N1")).corrected
    assert words is not None and {str(row[1]).count("not kept then") for row in words.rows} == {1}
