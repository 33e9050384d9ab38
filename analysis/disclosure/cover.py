"""Which further cells must be withheld, so that no withheld count follows from the totals?

Every withheld cell is given a *move*: another table that agrees with everything published, in which that cell differs
by `width`, nothing withheld is below 1 and all the sums still hold. While one exists, no reasoning from the published
figures can place the cell more closely than an interval of that width.

A table in which every cell takes part in at most two sums is a network: sums are its nodes, cells its edges, and a move
is a cycle of withheld edges. The cheapest cycle through each cell is a shortest path. The idea is that of network
cell suppression (Cox 1995, Journal of the American Statistical Association 90:1453).
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

Link = tuple[int, int]
"""A sum's number, and how the cell enters it: +1 as a part, -1 as the total."""

_State = tuple[int, int]
"""A sum's number, and the sign of what is to be balanced there."""

OUTSIDE: _State = (-1, 0)
"""The far end of a cell that takes part in one sum only: nothing there need balance."""

_Network = dict[_State, list[tuple[_State, int]]]
"""For each imbalance: where it goes, and by which cell."""


@dataclass(frozen=True)
class Cells:
    """The counts of a table and the sums they take part in.

    Attributes:
        counts: one a cell; None is a cell that is not published anyway.
        links: for each cell its sums, at most two.
    """

    counts: tuple[int | None, ...]
    links: tuple[tuple[Link, ...], ...]


def withheld_cells(cells: Cells, small: Sequence[int], *, width: int) -> frozenset[int]:
    """The small cells, and those withheld to protect them.

    Loops over cells: a table that is read on a screen has some thousands at most.

    Args:
        small: the cells that are withheld for their own sake; none of them is zero.
        width: how far a reader's best interval for any withheld cell must reach at least.
    """
    hidden = {at for at, count in enumerate(cells.counts) if count is None} | set(small)
    network = _network(cells, width=width)
    protected: set[int] = set()
    waiting = sorted(small, reverse=True)
    while waiting:
        cell = waiting.pop()
        if cell in protected or not cells.links[cell]:
            continue
        moved = _move(cells, network, hidden, cell=cell, width=width)
        if moved is None:  # the totals given are no sums of their parts: show none of it
            moved = [at for at, links in enumerate(cells.links) if set(links) & set(_both_ways(cells.links[cell]))]
        protected.update(moved)
        protected.add(cell)
        hidden.update(moved)
    return frozenset(hidden)


def _both_ways(links: tuple[Link, ...]) -> list[Link]:
    """The links with either sign: every cell of these sums has one of them."""
    return [(number, sign) for number, _ in links for sign in (1, -1)]


def _network(cells: Cells, *, width: int) -> _Network:
    """For each imbalance the cells that can take it up, and where it goes then; a true zero never moves."""
    network: _Network = defaultdict(list)
    for cell, (count, links) in enumerate(zip(cells.counts, cells.links, strict=True)):
        steps = [] if count == 0 else [1] if count is None or count <= width else [1, -1]
        for step in steps:
            for number, enters in links:
                onward = [link for link in links if link[0] != number]
                after = (onward[0][0], step * onward[0][1]) if onward else OUTSIDE
                network[(number, -step * enters)].append((after, cell))
            if len(links) == 1:
                network[OUTSIDE].append(((links[0][0], step * links[0][1]), cell))
    return network


def _move(cells: Cells, network: _Network, hidden: set[int], *, cell: int, width: int) -> list[int] | None:
    """The cells that move with this one and cost least to withhold; None where no move exists."""
    count = cells.counts[cell]
    steps = [1, -1] if count is not None and count > width else [1]
    ends = []
    for step in steps:
        first, *rest = cells.links[cell]
        ends.append(((first[0], step * first[1]), (rest[0][0], -step * rest[0][1]) if rest else OUTSIDE))
    for start, goal in ends:
        free = _free_path(network, hidden, cell=cell, start=start, goal=goal)
        if free is not None:
            return free
    paths = [_cheapest_path(cells, network, hidden, cell=cell, start=start, goal=goal) for start, goal in ends]
    found = [path for path in paths if path is not None]
    return min(found)[1] if found else None


def _free_path(network: _Network, hidden: set[int], *, cell: int, start: _State, goal: _State) -> list[int] | None:
    """A shortest way to balance every sum by cells that are withheld already."""
    came: dict[_State, tuple[_State, int]] = {}
    waiting = deque([start])
    while waiting:
        state = waiting.popleft()
        for after, other in network[state]:
            if other in hidden and other != cell and after != start and after not in came:
                came[after] = (state, other)
                if after == goal:
                    return _cells_on_the_way(came, start=start, goal=goal)
                waiting.append(after)
    return None


def _cheapest_path(
    cells: Cells, network: _Network, hidden: set[int], *, cell: int, start: _State, goal: _State
) -> tuple[int, list[int]] | None:
    """The way to balance every sum that withholds the least (Dijkstra): its cost, a sum of counts, and its cells."""
    came: dict[_State, tuple[_State, int]] = {}
    best: dict[_State, tuple[int, int]] = {start: (0, 0)}
    heap: list[tuple[tuple[int, int], _State]] = [((0, 0), start)]
    while heap:
        offer, state = heapq.heappop(heap)
        if offer > best[state]:
            continue
        if state == goal:
            return offer[0], _cells_on_the_way(came, start=start, goal=goal)
        for after, other in network[state]:
            if other == cell:
                continue
            cost = 0 if other in hidden else cells.counts[other] or 0
            onward = (offer[0] + cost, offer[1] + 1)
            if after not in best or onward < best[after]:
                best[after] = onward
                came[after] = (state, other)
                heapq.heappush(heap, (onward, after))
    return None


def _cells_on_the_way(came: dict[_State, tuple[_State, int]], *, start: _State, goal: _State) -> list[int]:
    """The cells that moved on the way."""
    moved = []
    at = goal
    while at != start:
        at, cell = came[at]
        moved.append(cell)
    return moved
