"""How are a person and a neighbourhood told by one number, so that rows are compared and sorted by that alone?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


def numbered(known: pl.Series, *others: pl.Series) -> tuple[pl.Series, list[pl.Series]]:
    """The distinct texts in order, and where each row of every column stands among them; null for what is not known."""
    own = pl.Categorical(pl.Categories.random())
    columns = [column.cast(own) for column in (known, *others)]
    numbers = [column.to_physical().alias("number") for column in columns]
    most = pl.concat(numbers).to_frame().select(pl.col("number").max().fill_null(0)).item()
    distinct = columns[0].drop_nulls().unique()
    order = distinct.cast(pl.String).arg_sort()
    nowhere = pl.Series([None], dtype=pl.Int64).new_from_index(0, most + 1)
    places = nowhere.scatter(distinct.to_physical().gather(order), pl.int_range(len(order), eager=True))
    return distinct.cast(pl.String).gather(order), [places.gather(number) for number in numbers]


@dataclass(frozen=True)
class WhoWhere:
    """Persons and neighbourhoods in order; a person in a neighbourhood, or in none, as one number in that order."""

    persons: pl.Series
    areas: pl.Series

    @property
    def most(self) -> int:
        """One more than the largest number."""
        return max(len(self.persons), 1) * (len(self.areas) + 1)

    def number(self, person: pl.Series, area: pl.Series) -> pl.Series:
        """`who`, of each place among the persons and the areas; null where there is no person."""
        return (person * (len(self.areas) + 1) + (area + 1).fill_null(0)).alias("who")

    def person(self, who: pl.Series) -> pl.Series:
        """Where the person of each number stands among the persons."""
        return who // (len(self.areas) + 1)

    def columns(self, who: pl.Series) -> pl.DataFrame:
        """person_id and neighbourhood_code of each number."""
        places = pl.concat([pl.Series([None], dtype=pl.String), self.areas])
        return pl.DataFrame(
            {
                "person_id": self.persons.gather(self.person(who)),
                "neighbourhood_code": places.gather(who % (len(self.areas) + 1)),
            }
        )
