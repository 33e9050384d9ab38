"""Who is among the ten by contacts, by officer hours and by harm, and where do the three lists disagree?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from analysis.demand.areas import AreaKind
from analysis.demand.arrays import Column, Flags, Whole, frame_of, known, whole, worded
from analysis.demand.windows import Window
from analysis.ranking.order import HARM_STEP, Lens, Standings, exact_column, standings
from analysis.ranking.rank import counted_contacts, rank
from analysis.ranking.rolled import UNSCORED


class Place(StrEnum):
    """Where a person stands to a list."""

    LISTED = "listed"
    SHARES_LAST_PLACE = "shares_last_place"
    """Has the rank of the last one listed, and is not listed."""
    NEAR = "near"
    """Among the next few behind."""


class HarmKnown(StrEnum):
    """What can be said of a person's harm; a person without a crime stays on the list, and has no harm of zero."""

    SCORED = "scored"
    NO_CRIME = "no_crime_recorded"
    NO_SCORE = "crime_without_a_score"
    """A crime is recorded, and the force's harm table has no days for any of its offences."""
    NO_TABLE = "no_harm_table"


PLACE_COLUMNS = (
    "area_code",
    "lens",
    "position",
    "rank",
    "is_tied",
    "key_id",
    "place",
    "contacts",
    "units",
    "units_low",
    "units_high",
    "imputed_units",
    "harm",
    "crimes",
    "harm_known",
    "last_contact_at",
)
PEOPLE_COLUMNS = (
    "area_code",
    "key_id",
    "by_contacts",
    "by_officer_hours",
    "by_harm",
    "lenses",
    "rank_by_contacts",
    "rank_by_officer_hours",
    "rank_by_harm",
)
AGREEMENT_COLUMNS = (
    "area_code",
    "people",
    "in_all",
    "in_two",
    "in_one",
    "only_contacts",
    "only_officer_hours",
    "only_harm",
)
_KEY = ["area_code", "key_id"]
_LISTED, _SHARES, _NEAR = range(len(Place))


@dataclass(frozen=True)
class ThreeLenses:
    """The lists of each area by each lens there is, side by side.

    Attributes:
        places: `PLACE_COLUMNS`: of each list who is on it, who shares its last place and who is near.
        people: `PEOPLE_COLUMNS`: everyone who is on a list by a lens that ranks them: by which (Booleans, null for a
            lens there is not), by how many, and their rank by each. One in the harm list only because it has room, with
            no harm to be ranked by, is not counted as being in it.
        agreement: `AGREEMENT_COLUMNS`: how many of them are on all the lists there are, on two, on one, and on which
            alone; with two lenses `in_all` and `in_two` are the same people.
        shared: area_code, lens, sharing: how many more share the last place of a list; no row where none does.
        row: for each of `places` the row of its key among the keys.
    """

    places: pl.DataFrame
    people: pl.DataFrame
    agreement: pl.DataFrame
    shared: pl.DataFrame
    row: Whole


def three_lenses(
    contacts: pl.DataFrame,
    window: Window,
    *,
    area: AreaKind,
    domestic_only: bool,
    minimum_contacts: int,
    group_crimes: pl.DataFrame,
    has_harm: bool,
    length: int,
    near: int,
) -> ThreeLenses:
    """The lists by contacts, officer hours and, where the force gave a harm table, harm.

    Each is what `rank` gives for that lens. Contacts leads: it orders `people`.

    Args:
        contacts, window, area, domestic_only, minimum_contacts: as for `rank`.
        group_crimes: group_id, crime_ref, days (null where the offence has no score).
        has_harm: whether the force gave a harm table.
        length: positions of a list.
        near: how many behind the last place are given.
    """
    listed = rank(
        contacts,
        window,
        lens=Lens.CONTACTS,
        area=area,
        domestic_only=domestic_only,
        minimum_contacts=minimum_contacts,
        group_crimes=group_crimes if has_harm else None,
    )
    counted = counted_contacts(contacts, window, area=area, domestic_only=domestic_only)
    keys = listed.drop("position", "rank", "is_tied").join(_crimes(counted, group_crimes), on=_KEY, how="left")
    exact = keys.with_columns(
        pl.col("crimes").fill_null(0), (pl.col("harm") * HARM_STEP).round().cast(pl.Int64).alias("harm_steps")
    ).sort(_KEY)
    return side_by_side(exact, has_harm=has_harm, length=length, near=near)


def side_by_side(keys: pl.DataFrame, *, has_harm: bool, length: int, near: int) -> ThreeLenses:
    """The lists by each lens there is of keys that are counted already.

    Args:
        keys: one row a key that may be listed, sorted by area_code and key_id: these, contacts, units and its kin,
            harm, harm_steps, crimes, last_contact_at.
        has_harm, length, near: as for `three_lenses`.
    """
    area = whole(keys["area_code"].rle_id())
    then = [whole(keys[name]) for name in ("contacts", "units", "last_contact_at")]
    lists = {}
    for lens in (lens for lens in Lens if has_harm or lens is not Lens.HARM):
        measure = whole(keys[exact_column(lens)], unknown=UNSCORED)
        lists[lens] = _placed(standings(area, measure, then, unranked=UNSCORED), area, length=length, near=near)
    people = _people(keys, area, lists)
    return ThreeLenses(
        places=_places(keys, lists, has_harm=has_harm),
        people=people,
        agreement=_agreement(people, list(lists)),
        shared=_shared(keys, area, lists),
        row=np.concatenate([one.row for one in lists.values()]),
    )


@dataclass(frozen=True, eq=False)
class _List:
    """The lists of every area by one lens, as arrays: which key stands where, by area and position.

    `place` is the number of a `Place`; those behind who is near are left out.
    """

    row: Whole
    position: Whole
    rank: Whole
    is_tied: Flags
    place: Whole

    @property
    def is_in(self) -> Flags:
        """Who is on the list and ranked by its lens."""
        return (self.place == _LISTED) & (self.rank > 0)


def _placed(found: Standings, area: Whole, *, length: int, near: int) -> _List:
    """Who is listed, who shares the last place, and the next few; everyone else is left out."""
    is_listed = found.position <= length
    list_of = area[found.row]
    last_rank = np.zeros(area.max(initial=-1) + 1, dtype=np.int64)
    # the last one listed has the highest rank of them; who has none comes last and is 0
    last_rank[list_of[is_listed]] = found.rank[is_listed]
    shares = ~is_listed & (found.rank > 0) & (found.rank == last_rank[list_of])
    sharing = np.bincount(list_of[shares], minlength=last_rank.size)
    is_near = found.position - length - sharing[list_of] <= near
    place = np.select([is_listed, shares], [_LISTED, _SHARES], default=_NEAR).astype(np.int64)
    kept = is_listed | shares | is_near
    return _List(*(of[kept] for of in (found.row, found.position, found.rank, found.is_tied, place)))


def _places(keys: pl.DataFrame, lists: dict[Lens, _List], *, has_harm: bool) -> pl.DataFrame:
    row, position, rank, is_tied, place = (
        np.concatenate([vars(one)[name] for one in lists.values()])
        for name in ("row", "position", "rank", "is_tied", "place")
    )
    lens = np.repeat(np.arange(len(lists)), [one.row.size for one in lists.values()])
    found = keys[row]
    columns = frame_of(
        {
            "lens": worded(lists, lens),
            "position": position,
            "rank": known(rank, rank > 0),
            "is_tied": is_tied,
            "place": worded(Place, place),
            "harm_known": _harm_known(found, has_harm=has_harm),
        }
    )
    return found.hstack(columns)[list(PLACE_COLUMNS)]


def _harm_known(keys: pl.DataFrame, *, has_harm: bool) -> pl.Series:
    scored, no_crime, no_score, no_table = range(len(HarmKnown))
    if not has_harm:
        return worded(HarmKnown, np.full(keys.height, no_table))
    is_scored, has_crime = keys["harm"].is_not_null().to_numpy(), whole(keys["crimes"]) > 0
    return worded(HarmKnown, np.select([is_scored, has_crime], [scored, no_score], default=no_crime))


def _people(keys: pl.DataFrame, area: Whole, lists: dict[Lens, _List]) -> pl.DataFrame:
    """Everyone on a list by a lens that ranks them: by area, lens and position."""
    everyone = np.concatenate([one.row[one.is_in] for one in lists.values()])
    first = np.sort(np.unique(everyone, return_index=True)[1])
    rows = everyone[first][np.argsort(area[everyone[first]], kind="stable")]
    columns: dict[str, Column] = {"area_code": keys["area_code"][rows], "key_id": keys["key_id"][rows]}
    count = np.zeros(rows.size, dtype=np.int64)
    for lens in Lens:
        one = lists.get(lens)
        if one is None:
            columns[f"by_{lens}"] = pl.Series([None], dtype=pl.Boolean).new_from_index(0, rows.size)
            columns[f"rank_by_{lens}"] = pl.Series([None], dtype=pl.Int64).new_from_index(0, rows.size)
            continue
        rank, is_in = np.zeros(keys.height, dtype=np.int64), np.zeros(keys.height, dtype=np.bool_)
        rank[one.row], is_in[one.row] = one.rank, one.is_in
        columns[f"by_{lens}"] = is_in[rows]
        columns[f"rank_by_{lens}"] = known(rank[rows], rank[rows] > 0)
        count += is_in[rows]
    return frame_of({**columns, "lenses": count})[list(PEOPLE_COLUMNS)]


def _crimes(counted: pl.DataFrame, group_crimes: pl.DataFrame) -> pl.DataFrame:
    """area_code, key_id, crimes: distinct recorded crimes of the counted contacts, scored or not."""
    linked = counted.join(group_crimes.select("group_id", "crime_ref"), on="group_id")
    return linked.group_by(_KEY).agg(pl.col("crime_ref").n_unique().cast(pl.Int64).alias("crimes"))


def _agreement(people: pl.DataFrame, lenses: Sequence[Lens]) -> pl.DataFrame:
    """How many people are on how many of the lists of each area."""
    area, on = whole(people["area_code"].rle_id()), whole(people["lenses"])
    begins = np.flatnonzero(np.diff(area, prepend=-1))

    def counted(chosen: Flags) -> Whole:
        return np.bincount(area[chosen], minlength=begins.size).astype(np.int64)

    alone = {
        f"only_{lens}": counted((on == 1) & people[f"by_{lens}"].to_numpy())
        if lens in lenses
        else np.zeros_like(begins)
        for lens in Lens
    }
    found = frame_of(
        {
            "area_code": people["area_code"][begins],
            "people": counted(on > 0),
            "in_all": counted(on == len(lenses)),
            "in_two": counted(on == 2),
            "in_one": counted(on == 1),
            **alone,
        }
    )
    return found[list(AGREEMENT_COLUMNS)]


def _shared(keys: pl.DataFrame, area: Whole, lists: dict[Lens, _List]) -> pl.DataFrame:
    """How many more share the last place of each list of which any do."""
    sharing = np.stack(
        [np.bincount(area[one.row[one.place == _SHARES]], minlength=area.size) for one in lists.values()]
    )
    lens, where = np.nonzero(sharing)
    return frame_of(
        {
            "area_code": keys["area_code"][np.searchsorted(area, where)],
            "lens": worded(lists, lens),
            "sharing": sharing[lens, where],
        }
    )
