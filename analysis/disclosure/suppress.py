"""Which counts are too small to show, and what must be withheld with them?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.disclosure.contract import IS_SUPPRESSED, Answer
from analysis.disclosure.cover import Cells, Link, withheld_cells

_WITHHELD = "__withheld"


@dataclass(frozen=True, eq=False)
class Suppressed:
    """A table fit for those who may not see small counts.

    Attributes:
        rows: withheld counts and what hangs on them are null, and `is_suppressed` is true there; a true 0 stays 0.
        n_suppressed: rows in which something is withheld.
    """

    rows: pl.DataFrame
    n_suppressed: int


def suppress(frame: pl.DataFrame, answer: Answer, *, threshold: int, width: int) -> Suppressed:
    """Withhold counts from 1 to threshold - 1, and enough others that the totals do not give them away.

    A count that is unknown is treated as withheld. Each count of the contract is protected for itself.

    Args:
        frame: at most one row for each combination of the columns over which the contract has totals.
        threshold: the smallest count that is shown.
        width: how far a reader's best interval for any withheld count must reach at least, in the count's own unit.

    Raises:
        ValueError: a column of the contract's small counts or totals is missing, or a total stands twice.
    """
    needed = {name for total in answer.totals for name in (total.over, *total.within)}
    needed |= {small.count for small in answer.small_counts}
    if missing := sorted(needed - set(frame.columns)):
        raise ValueError(f"Answer {answer.name}: {', '.join(missing)} missing, so small counts cannot be withheld.")
    rows, order = _in_a_fixed_order(frame, answer)
    links = _links(rows, answer)
    rows = rows.with_columns(pl.lit(False).alias(IS_SUPPRESSED))
    for small in answer.small_counts:
        counts = rows[small.count].cast(pl.Int64).to_list()
        cells = Cells(tuple(counts), links)
        below = [at for at, count in enumerate(counts) if count is not None and 0 < count < threshold]
        hidden = withheld_cells(cells, below, width=width)
        withheld = pl.Series(_WITHHELD, [at in hidden or count is None for at, count in enumerate(counts)], pl.Boolean)
        names = [name for name in (small.count, *small.dependants) if name in rows.columns]
        rows = rows.with_columns(withheld).with_columns(
            pl.when(_WITHHELD).then(None).otherwise(pl.col(names)).name.keep(),
            (pl.col(IS_SUPPRESSED) | pl.col(_WITHHELD)).alias(IS_SUPPRESSED),
        )
    rows = rows.drop(_WITHHELD, strict=False).sort(order).drop(order)
    return Suppressed(rows, int(rows[IS_SUPPRESSED].sum()))


def _in_a_fixed_order(frame: pl.DataFrame, answer: Answer) -> tuple[pl.DataFrame, str]:
    """The rows sorted by what they are about, so that the order given never decides; and the column of that order."""
    order = "__order"
    by = _dimensions(answer) + [small.count for small in answer.small_counts]
    rows = frame.drop(IS_SUPPRESSED, strict=False).with_row_index(order)
    return (rows.sort(by, nulls_last=True, maintain_order=True) if by else rows), order


def _dimensions(answer: Answer) -> list[str]:
    """The columns that say which cell of the table a row is, in the order the contract names them."""
    return list(dict.fromkeys(name for total in answer.totals for name in (total.over, *total.within)))


def _links(rows: pl.DataFrame, answer: Answer) -> tuple[tuple[Link, ...], ...]:
    """For each row the sums it takes part in: numbered, and as a part (+1) or the total (-1)."""
    dimensions = _dimensions(answer)
    keys = rows.select(dimensions).rows() if dimensions else []
    if len(set(keys)) != len(keys):
        raise ValueError(f"Answer {answer.name}: two rows bear the same {', '.join(dimensions)}.")
    links: list[list[Link]] = [[] for _ in range(rows.height)]
    numbers: dict[tuple[int, tuple[object, ...]], int] = {}
    for which, total in enumerate(answer.totals):
        at = dimensions.index(total.over)
        groups = [(which, key[:at] + key[at + 1 :]) for key in keys]
        tops = {group for group, key in zip(groups, keys, strict=True) if key[at] == total.label}
        summed = tops & {group for group, key in zip(groups, keys, strict=True) if key[at] != total.label}
        for row, (group, key) in enumerate(zip(groups, keys, strict=True)):
            if group in summed:
                number = numbers.setdefault(group, len(numbers))
                links[row].append((number, -1 if key[at] == total.label else 1))
    return tuple(tuple(link) for link in links)
