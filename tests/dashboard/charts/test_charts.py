"""Does each chart draw what it was given, and nothing a caller typed as markup?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dashboard.charts.choropleth import MapArea, MapPoints, MapView, area_classes, choropleth, class_limits
from dashboard.charts.lorenz import LorenzCurve, lorenz
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.rank_bars import RankBar, rank_bars
from dashboard.charts.timeline import ContactKind, Timeline, TimelineContact, timeline
from dashboard.charts.week_series import WeekSeries, week_series
from dashboard.text import change

HOSTILE = "<b>$x$</b>"
WEEKS = tuple(date(2013, 9, 15) + timedelta(weeks=at) for at in range(12))
SHAPES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": []}}
        for code in "ABC"
    ],
}
VIEW = MapView(-1.9, 52.4, 11)


def test_only_the_newest_week_is_in_full_colour() -> None:
    drawn = week_series(WeekSeries(WEEKS, tuple(map(float, range(12))), "contacts", 2, 8), LIGHT)
    assert list(drawn.data[0].marker.color) == [LIGHT.blue_soft] * 11 + [LIGHT.blue]


def test_the_usual_range_is_a_band_that_says_its_ends() -> None:
    drawn = week_series(WeekSeries(WEEKS, (5.0,) * 12, "contacts", 45, 70), LIGHT)
    assert (drawn.layout.shapes[0].y0, drawn.layout.shapes[0].y1) == (45, 70)
    words = drawn.layout.annotations[0]
    assert words.text == "shaded: the usual range, 45 to 70"
    # above the axes, so over no bar, and with room for a line
    assert (words.yref, words.y, words.yanchor) == ("paper", 1, "bottom")
    assert drawn.layout.margin.t > drawn.layout.font.size


def test_a_withheld_week_is_a_gap_not_a_zero() -> None:
    drawn = week_series(WeekSeries(WEEKS, (None, *(5.0,) * 11), "contacts", None, None), LIGHT)
    assert drawn.data[0].y[0] is None and "not known" in drawn.data[0].customdata[0]


def test_measured_and_imputed_add_up_to_the_number_at_the_end_of_the_bar() -> None:
    drawn = rank_bars((RankBar("P-4K2M", 12.0, 2.5), RankBar("P-9QTX", 3.0)), LIGHT, unit="hours")
    assert list(drawn.data[0].x) == [12.0, 3.0] and list(drawn.data[1].x) == [2.5, 0.0]
    assert [note.text for note in drawn.layout.annotations] == [" 14.5", " 3.0"]


def test_the_imputed_part_is_hatched_as_well_as_lighter() -> None:
    drawn = rank_bars((RankBar("P-4K2M", 12.0, 2.5),), LIGHT, unit="hours")
    assert drawn.data[1].marker.pattern.shape == "/" and drawn.data[1].marker.color == LIGHT.blue_soft


def test_nothing_imputed_draws_no_second_bar() -> None:
    assert len(rank_bars((RankBar("P-4K2M", 12.0),), LIGHT, unit="hours").data) == 1


def test_nobody_to_rank_is_an_empty_chart() -> None:
    assert list(rank_bars((), LIGHT, unit="hours").data[0].x) == []


def a_timeline(*minutes: float) -> Timeline:
    """Contacts a week apart."""
    made = tuple(
        TimelineContact(datetime(2013, 10, 1) + timedelta(weeks=at), ContactKind.DOMESTIC_CRIME, taken)
        for at, taken in enumerate(minutes)
    )
    return Timeline(made, date(2012, 12, 3), date(2013, 12, 2))


def test_a_mark_grows_with_the_root_of_officer_minutes_so_that_its_area_is_in_step() -> None:
    sizes = timeline(a_timeline(0, 25, 100), LIGHT).data[0].marker.size
    assert (sizes[1] - sizes[0]) * 2 == pytest.approx(sizes[2] - sizes[0])


def test_each_kind_of_contact_has_its_own_shape() -> None:
    shapes = [trace.marker.symbol for trace in timeline(a_timeline(1), LIGHT).data]
    assert len(set(shapes)) == len(ContactKind)


def test_the_last_contact_is_ringed() -> None:
    assert list(timeline(a_timeline(1, 2, 3), LIGHT).data[0].marker.line.width) == [1, 1, 3]


@pytest.mark.parametrize(("days_in", "side"), [(10, "left"), (180, "center"), (350, "right")])
def test_the_words_of_the_longest_gap_stand_inside_the_axis(days_in: int, side: str) -> None:
    view = a_timeline(1)
    start = datetime.combine(view.first, time()) + timedelta(days=days_in)
    drawn = timeline(replace(view, quiet=(start, start + timedelta(days=6))), LIGHT)
    assert [(note.xanchor, note.yanchor, note.y) for note in drawn.layout.annotations] == [(side, "bottom", 1)]


def test_a_person_without_contacts_has_an_empty_timeline() -> None:
    assert [len(trace.x) for trace in timeline(a_timeline(), LIGHT).data] == [0, 0, 0]


@given(some.lists(some.integers(0, 40).map(float), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_every_area_is_in_exactly_one_of_at_most_five_classes(values: list[float]) -> None:
    areas = [MapArea(str(at), str(at), value) for at, value in enumerate(values)]
    classes = area_classes(areas, LIGHT)
    assert len(classes) <= 5 and sum(step.areas for step in classes) == len(values)
    assert all(sum(step.low <= value <= step.high for step in classes) == 1 for value in values)


def test_ten_areas_fall_into_five_classes_of_two() -> None:
    assert class_limits([float(value) for value in range(1, 11)]) == (2, 4, 6, 8, 10)


def test_a_withheld_area_is_in_no_class_and_is_named_so() -> None:
    areas = [MapArea("A", "Weoley", 9.0), MapArea("B", "Oscott", None), MapArea("C", "Bartley", 2.0)]
    drawn = choropleth(SHAPES, areas, LIGHT, unit="contacts", view=VIEW)
    withheld = next(trace for trace in drawn.data if trace.name == "withheld (1 area)")
    assert list(withheld.locations) == ["B"] and withheld.customdata[0] == "Oscott<br>withheld"


def test_a_value_is_written_in_the_legend_and_under_the_pointer_as_the_page_writes_it() -> None:
    areas = [MapArea("A", "Weoley", 3.0), MapArea("B", "Oscott", -2.0)]
    drawn = choropleth(SHAPES, areas, LIGHT, unit="change", view=VIEW, said=lambda value: change(int(value)))
    assert [trace.name for trace in drawn.data] == ["−2 (1 area)", "+3 (1 area)"]
    assert [list(trace.customdata) for trace in drawn.data] == [["Oscott<br>change: −2"], ["Weoley<br>change: +3"]]


def test_every_point_has_a_ring_of_the_paper_s_colour_under_it() -> None:
    points = MapPoints((-1.9, -1.8), (52.4, 52.5), ("one", "two"))
    drawn = choropleth(SHAPES, [MapArea("A", "Weoley", 1.0)], LIGHT, unit="contacts", view=VIEW, points=points)
    ring, point = drawn.data[-2:]
    assert (ring.lon, ring.lat, ring.marker.color) == (point.lon, point.lat, LIGHT.background)
    assert ring.marker.size > point.marker.size and point.name == "incidents (2)" and ring.showlegend is False


def test_shares_along_the_axes_are_written_as_in_a_sentence() -> None:
    curve = LorenzCurve("contacts", (0, 1), (0.0, 1.0), (0.0, 1.0))
    drawn = lorenz((curve,), LIGHT, list_share=0.5, list_words="the 10")
    assert drawn.layout.xaxis.ticktext[1] == drawn.layout.yaxis.ticktext[1] == "20\u00a0%"


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_map_asks_no_other_host_for_anything(colours: object) -> None:
    drawn = choropleth(SHAPES, [MapArea("A", "Weoley", 1.0)], LIGHT if colours is LIGHT else DARK, unit="x", view=VIEW)
    assert drawn.layout.map.style == "white-bg" and "http" not in json.dumps(drawn.to_plotly_json(), default=list)


def test_the_second_boundary_and_the_chosen_area_are_outlined() -> None:
    drawn = choropleth(
        SHAPES, [MapArea("A", "Weoley", 1.0)], LIGHT, unit="contacts", view=VIEW, outline=SHAPES, selected="A"
    )
    chosen = drawn.layout.map.layers[2].source["features"]
    assert [feature["properties"]["code"] for feature in chosen] == ["A"]


def test_what_a_caller_typed_is_no_markup_in_any_chart() -> None:
    figures = [
        week_series(WeekSeries(WEEKS, (1.0,) * 12, HOSTILE, 0, 1), LIGHT),
        rank_bars((RankBar(HOSTILE, 1.0, 0.5),), LIGHT, unit=HOSTILE),
        choropleth(
            SHAPES, [MapArea("A", HOSTILE, 1.0)], LIGHT, unit=HOSTILE, view=VIEW,
            points=MapPoints((-1.9,), (52.4,), (HOSTILE,)),
        ),
    ]  # fmt: skip
    assert not [figure for figure in figures if "<b>" in figure.to_json() or "$x$" in figure.to_json()]
