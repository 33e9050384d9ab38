"""What does every chart and component look like? One page of all of them, from invented values."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

import streamlit as st

from dashboard import frame
from dashboard.charts.choropleth import MapArea, MapPoints, MapView, choropleth
from dashboard.charts.palette import palette
from dashboard.charts.rank_bars import RankBar, rank_bars
from dashboard.charts.timeline import ContactKind, Timeline, TimelineContact, timeline
from dashboard.charts.week_series import WeekSeries, week_series
from dashboard.components.cells import (
    Movement,
    Status,
    badges,
    movement_word,
    plain,
    share_bar,
    spark_bars,
    status_word,
    words,
)
from dashboard.components.figure import FigureView, figure
from dashboard.components.metrics import Metric, metric_row
from dashboard.components.notes import SourceLine, empty_state, suppressed_note
from dashboard.components.table import Table, TableColumn, people_table
from dashboard.text import hours as hours_said

HOSTILE = "![x](https://a.example/p.png) <b>www.a.example</b> $x$ :red[y] a@b.example"
SOURCE = SourceLine("52 weeks to Sun 1 Dec 2013", "distinct incidents", "Sun 1 Dec 2013", "23 contacts not placed")
PALETTE = palette(st.context.theme.type)
WEEKS = tuple(date(2012, 12, 9) + timedelta(weeks=at) for at in range(52))


def square(code: str, name: str, west: float, south: float) -> dict[str, object]:
    """A small square area."""
    ring = [[west, south], [west + 0.02, south], [west + 0.02, south + 0.015], [west, south + 0.015], [west, south]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def a_table(*rows: tuple[str, str]) -> Table:
    """A twin of two columns."""
    return Table((TableColumn("What"), TableColumn("Value", is_number=True)), rows, said="The same as a table")


def weeks() -> FigureView:
    """A year of weeks."""
    values = tuple(float(round(55 + 12 * math.sin(at / 4))) for at in range(52))
    view = WeekSeries(WEEKS, values, "contacts", 45, 70)
    return FigureView(
        "Contacts a week",
        "61 contacts, within the usual range of 45 to 70.",
        week_series(view, PALETTE),
        a_table(("1 Dec", "61")),
        SOURCE,
        alt="Bars of contacts a week; the newest is 61, usual 45 to 70",
    )


def hours() -> FigureView:
    """Hours a person."""
    bars = tuple(RankBar(f"P-{at}K2M", 20.0 - 2 * at, 3.0 if at % 3 == 0 else 0.0) for at in range(6))
    bars += (RankBar(HOSTILE[:24], 2.0),)
    return FigureView(
        "Officer hours",
        "Seven people took 100 h.",
        rank_bars(bars, PALETTE, unit="officer hours"),
        a_table(("P-0K2M", "23.0")),
        SOURCE,
        alt="Bars of officer hours for seven people, the most 23 hours",
    )


def contacts() -> FigureView:
    """One person's contacts."""
    start = datetime(2013, 1, 5, 22, 10)
    made = tuple(
        TimelineContact(start + timedelta(days=at * at * 3), list(ContactKind)[at % 3], 40.0 * at + 15)
        for at in range(10)
    )
    view = Timeline(made, date(2012, 12, 3), date(2013, 12, 2), (made[7].at, made[8].at))
    return FigureView(
        "Contacts over the year",
        "Ten contacts, the last four days ago.",
        timeline(view, PALETTE),
        a_table(("5 Jan", "15")),
        SOURCE,
        alt="Ten contacts over a year on three rows by kind",
    )


def the_map() -> FigureView:
    """Nine areas, one withheld, with a second boundary and points."""
    shapes = [square(f"W{at}", f"Ward {at}", -1.95 + 0.02 * (at % 3), 52.42 + 0.015 * (at // 3)) for at in range(9)]
    areas = [MapArea(f"W{at}", f"Ward {at}", None if at == 4 else float(at * at)) for at in range(9)]
    outline = {"type": "FeatureCollection", "features": [square("N1", "North", -1.94, 52.4275)]}
    points = MapPoints((-1.94, -1.93, -1.92), (52.43, 52.44, 52.45), ("one", "two", HOSTILE))
    drawn = choropleth(
        {"type": "FeatureCollection", "features": shapes},
        areas,
        PALETTE,
        unit="contacts",
        view=MapView(-1.92, 52.4425, 12.2),
        outline=outline,
        points=points,
        selected="W2",
        height=420,
    )
    return FigureView(
        "Where the incidents lie",
        "Ward 8 holds most.",
        drawn,
        a_table(("Ward 8", "64")),
        SOURCE,
        alt="Map of nine wards by contacts",
        is_map=True,
    )


def people() -> Table:
    """Three people of a top ten."""
    columns = tuple(
        TableColumn(name, is_number=name in {"Contacts"})
        for name in ("Person", "Position", "Contacts", "12 weeks", "Officer hours", "Last contact", "To note", "Plan")
    )
    rows = []
    for at, status in enumerate((Status.OVERDUE, Status.DUE_SOON, Status.ON_TRACK, Status.DONE), 1):
        trend = spark_bars([at, 0, 2, 5, 1, 0, 0, 3, at, 4, 2, 6], PALETTE, said="contacts a week, the last 6")
        bar = share_bar(24.0 / at, 5.0 / at, 24.0, PALETTE, said=f"{24 / at:.1f} hours, {5 / at:.1f} imputed")
        rows.append(
            (
                words("Jo Bloggs" if at > 1 else HOSTILE, f"P-4K2{at}"),
                movement_word(Movement.UP if at % 2 else Movement.NEW, earlier_rank=at + 2),
                str(10 - at),
                trend,
                bar + plain(hours_said(24 / at)),
                "4 days ago",
                badges(["DASH missing", "children"], urgent=["DASH missing"]),
                status_word(status),
            )
        )
    return Table(columns, tuple(rows), said="Top ten of Alder Park")


frame.page_setup()
st.title("Gallery", anchor=False)
few = spark_bars([float(50 + at % 20) for at in range(52)], PALETTE, said="contacts a week over 52 weeks")
metric_row(
    [
        Metric("Domestic contacts", "61", "usual 45 to 70", few),
        Metric("Officer hours", "143 h", "9 % imputed", few),
        Metric("People in top tens", "40", "3 new; 8 % of callers, 21 % of contacts"),
        Metric("Plans needing attention", "7", "2 overdue"),
    ],
    key="week",
)
people_table(people(), key="ten")
suppressed_note(2, threshold=5)
for name, view in {"weeks": weeks(), "hours": hours(), "line": contacts(), "map": the_map()}.items():
    figure(view, key=name)
empty_state(why="Nobody is in this top ten.", what_to_do="Choose a longer window, or all incidents.")
