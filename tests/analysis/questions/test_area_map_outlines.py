"""Which outlines are drawn: those in the view, with what of the other kind lies over them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shapely

from analysis.disclosure import police
from analysis.questions.area_map_outlines import Outlines, outlines
from analysis.questions.view import AreaKind, View
from tests.analysis.questions.area_build import AS_OF, Job, local_noon, write_build


def drawn(folder: Path, area: AreaKind, scope: frozenset[str] | None, *, least_share: float = 0.1) -> Outlines | None:
    """The outlines of the three squares."""
    build = write_build(folder / "b1", [Job(local_noon(11, 20), "W1", "N1")])
    return outlines(
        build,
        View(AS_OF),
        police(scope),
        area=area,
        least_share=least_share,
        tolerance_metres=0,
        width_px=400,
        height_px=400,
    )


def codes(collection: dict[str, Any] | None) -> list[str]:
    """The codes of the features."""
    return [] if collection is None else [feature["properties"]["code"] for feature in collection["features"]]


@pytest.mark.parametrize(
    ("area", "scope", "areas", "others"),
    [
        (AreaKind.WARD, None, ["W1", "W2", "W3"], ["N1", "N2", "N3"]),
        (AreaKind.NEIGHBOURHOOD, None, ["N1", "N2", "N3"], ["W1", "W2", "W3"]),
        (AreaKind.NEIGHBOURHOOD, frozenset({"N1"}), ["N1"], ["W1"]),
        (AreaKind.WARD, frozenset({"N2"}), ["W1", "W2"], ["N2"]),
    ],
)
def test_what_lies_in_the_view_is_drawn_and_the_other_kind_over_it(
    tmp_path: Path, area: AreaKind, scope: frozenset[str] | None, areas: list[str], others: list[str]
) -> None:
    found = drawn(tmp_path, area, scope)
    assert found is not None
    assert (codes(found.areas), codes(found.others)) == (areas, others)


def test_a_sliver_of_a_ward_is_not_drawn(tmp_path: Path) -> None:
    found = drawn(tmp_path, AreaKind.WARD, frozenset({"N1"}), least_share=0.6)
    assert found is None


def test_nothing_is_outlined_beyond_what_has_a_figure(tmp_path: Path) -> None:
    found = drawn(tmp_path, AreaKind.NEIGHBOURHOOD, frozenset({"N1"}))
    assert found is not None and found.others is not None
    own, over = (shapely.from_geojson(str(part).replace("'", '"')) for part in (found.areas, found.others))
    assert shapely.difference(over, shapely.buffer(own, 0.001)).is_empty


def test_the_map_looks_at_the_middle_of_what_is_drawn(tmp_path: Path) -> None:
    found = drawn(tmp_path, AreaKind.NEIGHBOURHOOD, frozenset({"N2"}))
    assert found is not None
    west, south, east, north = shapely.from_geojson(str(found.areas).replace("'", '"')).bounds
    assert west < found.longitude < east and south < found.latitude < north
