"""How are organic outlines drawn so that neighbours share every vertex and no ground is left over?"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.sample.chance import Floats
from dashboard.sample.errors import SampleError

GRID_METRES = 0.1
WIGGLES = (0.16, 0.11, 0.07, 0.04, 0.0)


def draw_outline(rng: np.random.Generator, *, centre: tuple[float, float], width: float) -> shapely.Polygon:
    """A rounded, irregular outline in metres, about `width` across and four fifths as high."""
    angle = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    radius = np.ones_like(angle)
    for wave in range(2, 15):
        radius += 0.22 / wave * rng.normal() * np.cos(wave * angle + rng.uniform(0, 2 * np.pi)) * 0.9
    radius = np.clip(radius, 0.72, 1.3) * width / 2
    x = centre[0] + radius * np.cos(angle)
    y = centre[1] + radius * np.sin(angle) * 0.8
    return shapely.Polygon(np.round(np.column_stack([x, y]), 1))


def draw_coverage(rng: np.random.Generator, outline: BaseGeometry, count: int) -> list[BaseGeometry]:
    """`count` areas with wiggly shared borders that fill the outline: Voronoi cells of evened-out random seeds.

    Every border is bent once and given to both its areas, so the areas form a coverage. Where bent borders would cross,
    all are bent less.

    Raises:
        SampleError: the outline is too intricate for `count` areas.
    """
    seeds = _seeds(rng, outline, count)
    borders = _borders(outline, seeds)
    bends = [rng.normal(size=6) for _ in borders]
    for wiggle in WIGGLES:
        bent = [_bend(line, bend, wiggle) for line, bend in zip(borders, bends, strict=True)]
        areas = _areas(bent, outline, seeds)
        if areas is not None:
            return areas
    raise SampleError("The outline is too intricate to be divided into areas. Give simpler boundaries.")


def points_inside(rng: np.random.Generator, outline: BaseGeometry, count: int) -> Floats:
    """`count` random points of the outline, (count, 2) metres."""
    shapely.prepare(outline)
    west, south, east, north = outline.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        tried = rng.uniform((west, south), (east, north), size=(2 * count + 16, 2))
        found = np.concatenate([found, tried[shapely.contains_xy(outline, tried[:, 0], tried[:, 1])]])
    return found[:count]


def _seeds(rng: np.random.Generator, outline: BaseGeometry, count: int) -> Floats:
    """Random seeds, moved twice towards the middle of the ground nearest to them (Lloyd)."""
    seeds = points_inside(rng, outline, count)
    ground = points_inside(rng, outline, 60 * count)
    for _ in range(2):
        tree = shapely.STRtree(shapely.points(seeds))
        nearest = tree.nearest(shapely.points(ground))
        size = np.maximum(np.bincount(nearest, minlength=count), 1)
        middle = np.column_stack([np.bincount(nearest, ground[:, axis], minlength=count) / size for axis in (0, 1)])
        seeds = np.where((np.bincount(nearest, minlength=count) > 0)[:, None], middle, seeds)
    return seeds


def _borders(outline: BaseGeometry, seeds: Floats) -> list[BaseGeometry]:
    """Straight inner borders between junctions, cut at the outline."""
    edges = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=outline.envelope, only_edges=True)
    inside = shapely.line_merge(shapely.intersection(shapely.unary_union(edges), outline))
    lines = [line for line in shapely.get_parts(inside) if shapely.length(line) > GRID_METRES]
    pieces = [
        shapely.linestrings(np.asarray(pair))
        for line in lines
        for pair in zip(shapely.get_coordinates(line)[:-1], shapely.get_coordinates(line)[1:], strict=True)
    ]
    return sorted(pieces, key=lambda line: tuple(shapely.get_coordinates(line).ravel()))


def _bend(line: BaseGeometry, bend: Floats, wiggle: float) -> BaseGeometry:
    """The same border with its ends kept and its middle bent by a few sines; `wiggle` is a share of its length."""
    start, end = shapely.get_coordinates(line)
    length = float(np.hypot(*(end - start)))
    at = np.linspace(0, 1, max(3, int(length / 45)))
    wave = np.arange(1, len(bend) + 1)
    offset = (np.sin(np.pi * at[:, None] * wave) * bend / wave**1.3).sum(axis=1) * wiggle * length * 0.6
    across = np.array([-(end - start)[1], (end - start)[0]]) / length
    points = start + at[:, None] * (end - start) + offset[:, None] * across
    points[0], points[-1] = start, end
    return shapely.linestrings(points)


def _areas(borders: list[BaseGeometry], outline: BaseGeometry, seeds: Floats) -> list[BaseGeometry] | None:
    """The areas that the borders and the outline enclose, one a seed, or None where borders cross."""
    inner = shapely.multilinestrings(borders)
    if len(shapely.get_parts(shapely.node(inner))) != len(borders) and not _touch_at_ends_only(borders):
        return None
    lines = shapely.unary_union([inner, outline.boundary], grid_size=GRID_METRES)
    faces = [face for face in shapely.get_parts(shapely.polygonize([lines])) if _is_inside(face, outline)]
    middle = shapely.point_on_surface(np.asarray(faces))
    owner = shapely.STRtree(shapely.points(seeds)).nearest(middle)
    if len(set(owner.tolist())) != len(seeds):
        return None
    if outline.geom_type == "Polygon" and len(faces) != len(seeds):
        return None
    areas = [shapely.union_all([faces[i] for i in np.flatnonzero(owner == seed)]) for seed in range(len(seeds))]
    return areas if shapely.coverage_is_valid(np.asarray(areas)) else None


def _touch_at_ends_only(borders: list[BaseGeometry]) -> bool:
    array = np.asarray(borders)
    left, right = shapely.STRtree(array).query(array, predicate="crosses")
    return bool((left == right).all())


def _is_inside(face: BaseGeometry, outline: BaseGeometry) -> bool:
    return bool(shapely.contains(outline, shapely.point_on_surface(face)))
