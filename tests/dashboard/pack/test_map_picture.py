"""Does the map say in words what it draws?"""

from __future__ import annotations

from typing import Any

from dashboard.pack.map_picture import map_picture

SQUARE = [[[-1.9, 52.4], [-1.8, 52.4], [-1.8, 52.5], [-1.9, 52.5], [-1.9, 52.4]]]


def area(code: str, name: str, kind: str = "Polygon") -> dict[str, Any]:
    shape = SQUARE if kind == "Polygon" else [SQUARE]
    return {"properties": {"code": code, "name": name}, "geometry": {"type": kind, "coordinates": shape}}


def test_every_neighbourhood_is_said_with_its_cases() -> None:
    areas = {"features": [area("A", "Alder $x$ Park"), area("B", "Brook", "MultiPolygon")]}
    drawn = map_picture(areas, {"A": 2})
    assert drawn is not None
    assert drawn.alt == "Map of 2 neighbourhoods with the number of cases in each: Alder $x$ Park 2, Brook 0."
    assert drawn.png.startswith(b"\x89PNG")


def test_the_same_numbers_draw_the_same_picture_and_others_another() -> None:
    areas = {"features": [area("A", "Alder Park"), area("B", "Brook")]}
    one, again, other = (map_picture(areas, cases) for cases in ({"A": 2}, {"A": 2}, {"B": 3}))
    assert one == again
    assert one is not None and other is not None and one.png != other.png


def test_where_nothing_can_be_drawn_there_is_no_map() -> None:
    assert map_picture({"features": []}, {}) is None
