"""Which rows of the search are made anew, and which stand as in the build before?"""

from __future__ import annotations

import polars as pl

from analysis.build.asked import OF_SEARCH, OF_SEARCHED_GROUPS, OF_SEARCHED_RECORDS
from analysis.build.making import Making
from analysis.build.search_keys import KEY_COLUMNS, search_tables
from analysis.build.unchanged import changed_people
from analysis.store import Build

_ORDER = "order"
_FACT_ORDER = ("person_id", "neighbourhood_code")
_BETWEEN = "\0"
"""Before every character of a key, so that joined texts stand in the order of their parts."""


def write_search(
    making: Making, build: Build, group: pl.Series, *, concerned: pl.DataFrame, aliases: pl.DataFrame, group_rows: int
) -> None:
    """Write by which keys people can be found; rows of people of whom nothing changed are those of the build before.

    Args:
        build: as far as it is made.
        group: where each log's group stands in the groups.
        concerned, aliases: see `analysis.people.People`.
        group_rows: rows a group of both files.
    """
    making.say("making people findable")
    before = making.comparable
    changed = None if before is None else changed_people(before, build)
    made = search_tables(
        build.frame("incidents", list(OF_SEARCH)).with_columns(group),
        build.frame("groups", list(OF_SEARCHED_GROUPS)),
        build.frame("person_records", list(OF_SEARCHED_RECORDS)),
        {table: making.feed(table).frame() for table in ("people", "places", "assessments")},
        concerned=concerned,
        aliases=aliases,
        only=changed,
    )
    for name, rows, order in (("search_keys", made.keys, KEY_COLUMNS), ("search_facts", made.facts, _FACT_ORDER)):
        if before is not None and changed is not None:
            rows = _among_those_of_others(rows, before.table(name), changed, order)
        making.writer.write(name, rows, group_rows=group_rows)


def _among_those_of_others(
    made: pl.DataFrame, before: pl.LazyFrame, changed: pl.Series, order: tuple[str, ...]
) -> pl.DataFrame:
    """Rows made anew and, of everybody else, rows as they were; both are in order, and so is what is returned."""
    stand = before.filter(~pl.col("person_id").is_in(changed.implode()))
    place = pl.concat_str([pl.col(name).fill_null("") for name in order], separator=_BETWEEN).alias(_ORDER)
    return stand.with_columns(place).merge_sorted(made.lazy().with_columns(place), _ORDER).drop(_ORDER).collect()
