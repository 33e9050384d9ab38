"""Which officer was assigned to which incident, first to last?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

Integers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

MICROSECONDS_PER_MILLISECOND = 1_000


@dataclass(frozen=True)
class Rows:
    """Deployments as whole numbers: by officer, then assigned first, then read first.

    Attributes:
        row: where each stands in the table of deployments.
        officer: a code, of the unit where there is no officer; an officer and a unit of the same name differ.
        unit: a code, of the officer where there is no unit.
        incident: the incident's place in the table of incidents; from `incidents` on, a code of an orphan's.
        incidents: how many incidents there are.
        grade: a code of the incident's grade; -1 where there is none, and for orphans.
        start, scene: milliseconds since 1970 UTC, floored. `scene` is `start` where unknown or before it.
        cleared: the same; `start` where the row is open.
        is_open: never cleared.
    """

    row: Integers
    officer: Integers
    unit: Integers
    incident: Integers
    incidents: int
    grade: Integers
    start: Integers
    scene: Integers
    cleared: Integers
    is_open: Flags

    @property
    def is_orphaned(self) -> Flags:
        """True where the incident is not in the table of incidents."""
        return self.incident >= self.incidents

    def in_table_order(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """The values of these rows, put back where each row stands in the table."""
        placed = np.empty_like(values)
        placed[self.row] = values
        return placed


def ordered_rows(deployments: pl.DataFrame, incidents: pl.DataFrame) -> Rows:
    """Deployments by officer, then assigned first, then read first. Whole microseconds decide who was first."""
    officers, callsigns = _text_codes(deployments["officer_id"]), _text_codes(deployments["callsign"])
    officer = _first_given(officers, callsigns)
    assigned = _microseconds(deployments["assigned_at"])
    row = _order(officer, assigned, deployments["read_order"].to_numpy())
    incident = _incident_codes(deployments["incident_id"], incidents["incident_id"])[row]
    grade = np.append(_text_codes(incidents["grade"]), -1)[np.minimum(incident, incidents.height)]
    start = assigned[row] // MICROSECONDS_PER_MILLISECOND
    scene = _microseconds(deployments["at_scene_at"].fill_null(deployments["assigned_at"]))[row]
    cleared = _microseconds(deployments["cleared_at"].fill_null(deployments["assigned_at"]))[row]
    return Rows(
        row=row,
        officer=officer[row],
        unit=_first_given(callsigns, officers)[row],
        incident=incident,
        incidents=incidents.height,
        grade=grade,
        start=start,
        scene=np.maximum(scene // MICROSECONDS_PER_MILLISECOND, start),
        cleared=cleared // MICROSECONDS_PER_MILLISECOND,
        is_open=deployments["cleared_at"].is_null().to_numpy()[row],
    )


def changes(codes: Integers) -> Flags:
    """True where a new run of equal codes begins."""
    return np.append(True, codes[1:] != codes[:-1])[: codes.size]


def places_in_order(codes: Integers) -> Integers:
    """Where the codes stand that come first, second and so on; equal ones as they stand.

    Whole numbers are sorted several times as fast as places are by them, so that each is sorted with its place in its
    last digits.
    """
    digits = codes.size.bit_length()
    least, most = int(codes.min(initial=0)), int(codes.max(initial=0))
    if (most - least).bit_length() + digits > np.iinfo(np.int64).bits - 1:
        return np.argsort(codes, kind="stable")
    placed = ((codes - least) << digits) | np.arange(codes.size)
    placed.sort()
    return placed & ((1 << digits) - 1)


def _first_given(first: Integers, second: Integers) -> Integers:
    """For each row the first code where there is one, else the second; the two never meet."""
    return np.where(first >= 0, first, first.max(initial=-1) + 1 + second)


def _text_codes(names: pl.Series) -> Integers:
    """A small whole number for each name, -1 for null. Ranking or joining text takes several times as long."""
    own = pl.Categorical(pl.Categories.random())
    codes: Integers = names.cast(own).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    return codes


def _incident_codes(deployed: pl.Series, incident_ids: pl.Series) -> Integers:
    """The place in `incident_ids` of each deployment's incident; orphans get codes from its length on."""
    places = _places(deployed, incident_ids)
    is_orphaned = places < 0
    if is_orphaned.any():
        places = np.where(
            is_orphaned, incident_ids.len() + _text_codes(deployed.set(~pl.Series(is_orphaned), None)), places
        )
    return places


def _places(names: pl.Series, known: pl.Series) -> Integers:
    """Where each name stands in `known` (distinct, without null); -1 where it does not."""
    table = known.alias("name").to_frame().with_row_index("place")
    found = names.alias("name").to_frame().join(table, on="name", how="left", maintain_order="left")
    places: Integers = found["place"].cast(pl.Int64).fill_null(-1).to_numpy()
    return places


def _microseconds(times: pl.Series) -> Integers:
    whole: Integers = times.dt.cast_time_unit("us").to_physical().to_numpy()
    return whole


def _order(officer: Integers, assigned: Integers, read: Integers) -> Integers:
    """Row numbers by officer, assigned first, read first: stable sorts, the least important key first."""
    is_in_order = bool(np.all(read[1:] > read[:-1]))
    order = np.arange(read.size) if is_in_order else places_in_order(read)
    order = order[places_in_order(assigned[order])]
    return order[places_in_order(officer[order])]
