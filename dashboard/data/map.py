"""What does the map ask of the build? Figures, outlines and points, each kept by build, view and audience."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.disclosure import Audience, Released
from analysis.questions import area_map as figures
from analysis.questions import area_map_outlines as shapes
from analysis.questions.area_map_points import incident_points
from analysis.questions.view import AreaKind, View
from dashboard.data import build_of

# How the map is drawn, not what it says: an edge may move by less than can be seen at this size, a sliver of a
# neighbour's ward is not drawn, and the areas fit the map's place on a wide screen, or on a telephone's.
TOLERANCE_METRES = 10.0
LEAST_SHARE = 0.02
WIDE_PX, PHONE_PX, HEIGHT_PX = 600, 340, 500


@st.cache_resource(max_entries=64, show_spinner="Counting by area …")
def area_map(build_id: str, view: View, audience: Audience, area: AreaKind) -> figures.AreaMap:
    """The figures of each area.

    Raises:
        QuestionError: the build has no areas of that kind, or no domestic flag.
    """
    return figures.area_map(build_of(build_id), view, audience, area=area)


@st.cache_resource(max_entries=32, show_spinner="Drawing the outlines …")
def outlines(
    build_id: str, view: View, audience: Audience, area: AreaKind, *, is_phone: bool = False
) -> shapes.Outlines | None:
    """The outlines of the areas; None where the build has no boundaries of that kind.

    `is_phone`: whether the browser says that it is a telephone's; the screen's width is not told.
    """
    return shapes.outlines(
        build_of(build_id),
        view,
        audience,
        area=area,
        least_share=LEAST_SHARE,
        tolerance_metres=TOLERANCE_METRES,
        width_px=PHONE_PX if is_phone else WIDE_PX,
        height_px=HEIGHT_PX,
    )


@st.cache_resource(max_entries=32, show_spinner="Placing the incidents …")
def points(build_id: str, view: View, audience: Audience, week_ending: date) -> Released:
    """Where the incidents of one week lay, for those allowed."""
    return incident_points(build_of(build_id), view, audience, week_ending=week_ending)
