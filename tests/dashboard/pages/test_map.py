"""Does the map page hold for every role, and do its words say what the figures say?"""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.disclosure import police
from analysis.questions.area_map import AreaMap, NoRate, area_map
from analysis.questions.area_map_outlines import Outlines
from analysis.questions.area_map_points import incident_points
from analysis.questions.builds import Build
from analysis.questions.view import AreaKind, View
from dashboard.charts.palette import palette
from dashboard.filters import Filters, Lens, filter_options
from dashboard.view_models.map import MapPage, choices, map_page, weeks_of
from dashboard.view_models.map_lines import Choice, Measure, Period
from dashboard.visit import Visit
from partnership.vocabulary import Role
from tests.analysis.questions.area_build import AS_OF, Job, local_noon, write_build
from tests.dashboard.built import all_text, opened, viewer
from tests.dashboard.frame.builders import a_build, a_viewer

NOV = local_noon(11, 20)
POLICE = [Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER, Role.PPU_OFFICER, Role.ANALYST]
CONTACTS = Choice(AreaKind.NEIGHBOURHOOD, Measure.CONTACTS, Period.NOW)
JOBS = [Job(NOV, "W1", "N1", minutes=60)] * 9 + [Job(NOV, "W2", "N2", imputed=30)] + [Job(NOV, None, None)]
EARLIER = [Job(local_noon(8, 1), "W2", "N2", point=(-1.9, 52.4))] * 4


def build_of(folder: Path, **more: object) -> Build:
    """Nine contacts in one neighbourhood, one in another, one in none; four in the period before."""
    return write_build(folder / "b1", [*JOBS, *EARLIER], **more)  # type: ignore[arg-type]


def a_visit(*, weeks: int = 12) -> Visit:
    """A public protection officer, who sees the whole force."""
    who, facts = a_viewer(Role.PPU_OFFICER), a_build()
    filters = Filters(None, None, AS_OF, weeks, Lens.CONTACTS, domestic_only=True)
    return Visit(who, facts, filter_options(facts, who), filters)


def answered(build: Build, *, weeks: int = 12) -> AreaMap:
    """The figures by neighbourhood."""
    return area_map(build, View(AS_OF, weeks=weeks), police(None), area=AreaKind.NEIGHBOURHOOD)


def page_of(
    build: Build, choice: Choice = CONTACTS, *, chosen: tuple[str, ...] = (), shapes: Outlines | None = None
) -> MapPage:
    """The page of the whole force."""
    return map_page(answered(build), shapes, None, choice=choice, chosen=chosen, visit=a_visit(), palette=palette(None))


def test_the_sentence_says_who_holds_most_and_what_could_not_be_placed(tmp_path: Path) -> None:
    said = "N 1 holds 90\u00a0% of the force's domestic contacts; 1 contact could not be placed in a neighbourhood."
    assert page_of(build_of(tmp_path)).sentence == said


def test_the_share_of_the_residents_is_said_where_they_are_known(tmp_path: Path) -> None:
    said = page_of(build_of(tmp_path, residents=(100.0, 800.0, 100.0))).sentence
    assert "holds 90\u00a0% of the force's domestic contacts on 10\u00a0% of its residents" in said


def test_the_change_names_the_largest_rise_and_says_that_small_ones_may_be_chance(tmp_path: Path) -> None:
    said = page_of(build_of(tmp_path), Choice(AreaKind.NEIGHBOURHOOD, Measure.CONTACTS, Period.CHANGE)).sentence
    assert said.startswith("N 1 has the largest rise, +9 domestic contacts") and "may be chance" in said


@pytest.mark.parametrize(
    ("choice", "rows"),
    [
        (CONTACTS, [("N 1", "9"), ("N 2", "1"), ("N 3", "0"), ("Unlocated", "1")]),
        (
            Choice(AreaKind.NEIGHBOURHOOD, Measure.OFFICER_HOURS, Period.BEFORE),
            [("N 2", "4\u00a0h"), ("N 1", "0\u00a0h"), ("N 3", "0\u00a0h"), ("Unlocated", "0\u00a0h")],
        ),
        (
            Choice(AreaKind.NEIGHBOURHOOD, Measure.CONTACTS, Period.CHANGE),
            [("N 1", "+9"), ("N 3", "no change"), ("N 2", "\u22123"), ("Unlocated", "+1")],
        ),
    ],
)
def test_the_list_has_most_first_and_what_could_not_be_placed_last(
    tmp_path: Path, choice: Choice, rows: list[tuple[str, str]]
) -> None:
    assert list(page_of(build_of(tmp_path), choice).listed.rows) == rows


def test_the_chosen_area_is_marked_in_the_list_and_leads_to_its_top_ten(tmp_path: Path) -> None:
    page = page_of(build_of(tmp_path), chosen=("N2",))
    assert "▸ N 2" in str(page.listed.rows[1][0]) and page.chosen is not None
    assert (page.chosen.neighbourhood, page.chosen.said) == (
        "N2",
        "1 contact from 1 person, 1.0\u00a0h of officer time, 50\u00a0% of it imputed, "
        "between 0.5\u00a0h and 1.5\u00a0h. 4 contacts in the period before.",
    )


def test_several_areas_in_a_box_are_added_up_without_their_people(tmp_path: Path) -> None:
    page = page_of(build_of(tmp_path), chosen=("N1", "N2"))
    assert page.chosen is not None and page.chosen.neighbourhood is None
    assert page.chosen.said.startswith("10 contacts, 10.0\u00a0h of officer time")


def test_what_cannot_be_switched_to_is_not_offered_and_it_is_said_why(tmp_path: Path) -> None:
    offered = choices(answered(build_of(tmp_path), weeks=52))
    assert Measure.PER_1000 not in offered.measures and list(offered.periods) == [Period.NOW]
    assert len(offered.why_not) == 2


def test_every_reason_for_no_rate_has_its_words() -> None:
    from dashboard.view_models.map import _WHY_NO_RATE

    assert set(_WHY_NO_RATE) == set(NoRate)


def test_a_point_is_said_with_its_local_time(tmp_path: Path) -> None:
    build = build_of(tmp_path)
    visit = a_visit(weeks=26)
    week = next(sunday for sunday in weeks_of(visit) if sunday.isoformat() == "2013-08-04")
    points = incident_points(build, View(AS_OF, weeks=26), police(None), week_ending=week)
    shapes = Outlines({"type": "FeatureCollection", "features": []}, None, -1.9, 52.4, 11)
    page = map_page(answered(build), shapes, points, choice=CONTACTS, chosen=(), visit=visit, palette=palette(None))
    assert page.picture is not None
    assert page.picture.picture.data[-1].customdata[0] == "Thu 1 Aug 2013, 13:00, routine"


@pytest.mark.parametrize("role", POLICE)
def test_the_page_opens_for_the_police(app_store: Path, role: Role) -> None:
    app = opened(viewer(role), "map")
    assert not app.exception and app.title[0].value == "Map" and app.radio(key="map_kind").options


def test_wards_points_and_changes_can_be_switched_to(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "map")
    app.radio(key="map_kind").set_value(AreaKind.WARD)
    app.radio(key="map_period").set_value(Period.CHANGE)
    app.toggle(key="map_points").set_value(True).run()
    assert not app.exception and app.select_slider(key="map_points_week").value


def test_an_officer_reads_of_own_neighbourhood_and_of_no_other(app_store: Path) -> None:
    who = viewer(Role.NEIGHBOURHOOD_OFFICER)
    app = opened(who, "map")
    names = set(app.selectbox(key="map_area_neighbourhood").options)
    assert len(names) == len(who.areas)


def test_choosing_from_the_list_opens_the_area_and_its_top_ten(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "map")
    app.selectbox(key="map_area_neighbourhood").select_index(0).run()
    code = app.selectbox(key="map_area_neighbourhood").value
    app.button(key="map_chosen_top_ten").click().run()
    assert not app.exception and app.selectbox(key="neighbourhood").value == code and app.title[0].value == "Top ten"


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR])
def test_others_are_told_why_there_is_no_map_for_them(app_store: Path, role: Role) -> None:
    text = all_text(opened(viewer(role), "map"))
    assert "not part of what" in text and "holds" not in text


def test_nobody_is_asked_who_they_are(app_store: Path) -> None:
    assert opened(None, "map").title[0].value == "Who are you today?"
