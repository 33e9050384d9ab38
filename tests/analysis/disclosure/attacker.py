"""How closely can a reader of the published table place each withheld count? Knows nothing of how they were chosen."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure.contract import Answer


def intervals(rows: pl.DataFrame, answer: Answer, count: str) -> list[tuple[float, float]]:
    """The least and most each withheld count can be, given all that is published, in the order of the rows.

    The attacker knows that a withheld count is a whole number of at least 1 and that totals are sums of their parts;
    bounds are narrowed by propagation first, then settled by integer programming.
    """
    counts = rows[count].to_list()
    cells = [at for at, value in enumerate(counts) if value is None]
    sums = _sums(rows, answer)
    low, high = _propagated(counts, cells, sums)
    if not cells:
        return []
    place = {cell: at for at, cell in enumerate(cells)}
    matrix, known = [], []
    for parts, total in sums:
        line = np.zeros(len(cells))
        rest = 0
        for cell, sign in [*((part, 1) for part in parts), (total, -1)]:
            if cell in place:
                line[place[cell]] += sign
            else:
                rest -= sign * counts[cell]
        matrix.append(line)
        known.append(rest)
    bounds = Bounds(np.array([low[cell] for cell in cells]), np.array([high[cell] for cell in cells]))
    constraints = [LinearConstraint(np.array(matrix), known, known)] if matrix else []
    found = []
    for cell in cells:
        goal = np.zeros(len(cells))
        goal[place[cell]] = 1
        least = milp(goal, integrality=np.ones(len(cells)), bounds=bounds, constraints=constraints)
        most = milp(-goal, integrality=np.ones(len(cells)), bounds=bounds, constraints=constraints)
        assert least.status == 0, least.message
        assert most.status in (0, 3, 4), most.message
        found.append((round(least.fun), round(-most.fun) if most.status == 0 else math.inf))
    return found


def _sums(rows: pl.DataFrame, answer: Answer) -> list[tuple[list[int], int]]:
    """Parts and total of every sum that the table shows, by row number."""
    found = []
    over = [total.over for total in answer.totals]
    for total in answer.totals:
        same = [name for name in dict.fromkeys([*over, *total.within]) if name != total.over]
        same += [name for other in answer.totals for name in other.within if name not in [*same, total.over]]
        groups: dict[tuple[object, ...], list[int]] = {}
        for at, row in enumerate(rows.iter_rows(named=True)):
            groups.setdefault(tuple(row[name] for name in same), []).append(at)
        names = rows[total.over].to_list()
        for members in groups.values():
            tops = [at for at in members if names[at] == total.label]
            if tops and len(members) > 1:
                found.append(([at for at in members if at != tops[0]], tops[0]))
    return found


def _propagated(
    counts: list[int | None], cells: list[int], sums: list[tuple[list[int], int]]
) -> tuple[dict[int, float], dict[int, float]]:
    """Bounds that follow by looking at one sum at a time, again and again."""
    low: dict[int, float] = {at: 1 if value is None else value for at, value in enumerate(counts)}
    high: dict[int, float] = {at: math.inf if value is None else value for at, value in enumerate(counts)}
    changed = True
    while changed:
        before = (dict(low), dict(high))
        for parts, total in sums:
            low[total] = max(low[total], sum(low[part] for part in parts))
            high[total] = min(high[total], sum(high[part] for part in parts))
            for part in parts:
                others = [other for other in parts if other != part]
                high[part] = min(high[part], high[total] - sum(low[other] for other in others))
                if all(math.isfinite(high[other]) for other in others):
                    low[part] = max(low[part], low[total] - sum(high[other] for other in others))
        changed = (low, high) != before
        assert all(low[cell] <= high[cell] for cell in cells)
        if sum(low.values()) > 1e9:
            break
    return low, high
