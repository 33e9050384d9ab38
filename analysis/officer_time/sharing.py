"""How is an instant shared when one officer is on several incidents at once?"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from analysis.officer_time.rows import Flags, Integers, changes, places_in_order
from analysis.officer_time.units import UNITS_PER_MILLISECOND

Precedence: TypeAlias = Callable[[Integers], Integers]
"""Given some of the rows, the rank of each: 0 for the one assigned first."""


def lay_end_to_end(start: Integers, end: Integers, is_first: Flags) -> tuple[Integers, Integers]:
    """Shift each group's times so that the groups follow one another on one line, a millisecond apart.

    A running maximum or a sort over the line then never mixes two groups. `is_first` marks each group's first row;
    the rows of a group stand together.
    """
    first = np.flatnonzero(is_first)
    if not first.size:
        return start, end
    group = np.cumsum(is_first) - 1
    base = np.minimum.reduceat(start, first)
    extent = np.maximum.reduceat(end, first) - base + 1
    shift = (np.cumsum(extent) - extent - base)[group]
    return start + shift, end + shift


def overlap_clusters(officer: Integers, start: Integers, end: Integers) -> Integers:
    """A number for each run of rows of one officer that overlap, directly or by way of others.

    Rows are by officer, then start; ends are exclusive. A row alone in its cluster shares its time with nothing.
    """
    line_start, line_end = lay_end_to_end(start, end, changes(officer))
    is_first = np.ones(start.size, dtype=np.bool_)
    is_first[1:] = line_start[1:] >= np.maximum.accumulate(line_end)[:-1]
    return np.cumsum(is_first) - 1


def own_starts(group: Integers, start: Integers, end: Integers) -> Integers:
    """From when each row holds its group's time: an instant belongs to the row assigned first, then read first.

    Rows of a group need not stand together, but are in that order. A row whose own start is not before its end holds
    nothing: the rows before it cover it.
    """
    order = places_in_order(group)
    is_first = changes(group[order])
    line_start, line_end = lay_end_to_end(start[order], end[order], is_first)
    covered = np.maximum.accumulate(line_end)
    held = start[order]
    held[1:] += np.where(is_first[1:], 0, np.maximum(covered[:-1] - line_start[1:], 0))
    own = np.empty_like(start)
    own[order] = held
    return own


def shared_units(cluster: Integers, incident: Integers, start: Integers, end: Integers, first: Precedence) -> Integers:
    """Units of each row when every instant is shared equally among the incidents its officer is then on.

    The share of a row is F(end) - F(start), where F is the integral of 1 / (incidents at once). Where a stretch does
    not divide, the remainder goes to the row assigned first, so that units add up to the time a cluster covers.

    Args:
        cluster: rows of one cluster stand together, assigned first and read first.
        incident: a code.
        start: milliseconds.
        end: milliseconds, exclusive.
        first: asked only where a stretch does not divide.
    """
    own = own_starts(cluster * (incident.max(initial=0) + 1) + incident, start, end)
    live = np.flatnonzero(own < end)
    units = np.zeros(start.size, dtype=np.int64)
    begin, finish = lay_end_to_end(own[live], end[live], changes(cluster[live]))
    size = live.size
    moments = np.concatenate([begin, finish])
    order = np.argsort(moments)
    stretch = np.diff(moments[order]) * UNITS_PER_MILLISECOND
    at_once = np.cumsum(np.where(order < size, 1, -1))[:-1]
    share = np.where(at_once > 0, stretch // np.maximum(at_once, 1), 0)
    # The sum may pass 2^63 and wrap; the difference of two of its values is exact all the same.
    integral = np.zeros(moments.size, dtype=np.int64)
    integral[order[1:]] = np.cumsum(share)
    units[live] = integral[size:] - integral[:size]
    remainder = np.where(at_once > 0, stretch - share * at_once, 0)
    left = np.flatnonzero(remainder)
    if left.size:
        touched = np.isin(cluster[live], cluster[live[order[left] % size]])
        rows = live[touched]
        takers = _first_at(moments[order[left]], begin[touched], finish[touched], first(rows))
        np.add.at(units, rows[takers], remainder[left])
    return units


def _first_at(moments: Integers, begin: Integers, finish: Integers, rank: Integers) -> Integers:
    """At each moment (ascending, somebody is always under way) the row under way that comes first in rank.

    A loop: a stretch only has a remainder with seventeen or more incidents at once.
    """
    waiting = np.argsort(begin, kind="stable").tolist()[::-1]
    under_way: list[tuple[int, int]] = []
    takers = []
    for moment in moments.tolist():
        while waiting and begin[waiting[-1]] <= moment:
            row = waiting.pop()
            heapq.heappush(under_way, (int(rank[row]), row))
        while finish[under_way[0][1]] <= moment:
            heapq.heappop(under_way)
        takers.append(under_way[0][1])
    return np.array(takers, dtype=np.int64)
