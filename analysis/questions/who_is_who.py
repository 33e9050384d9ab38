"""Which pairs of people may be one person, where, and would joining them change a top ten?"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from analysis.demand.areas import UNLOCATED, AreaKind
from analysis.demand.contacts import KeyType
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.errors import StoreError
from analysis.questions.ranking import contacts_of
from analysis.questions.view import Lens, View
from analysis.ranking.rank import counted_contacts, rank
from analysis.store import Build

PAIR_COLUMNS: dict[str, Kind] = {
    "area_code": Kind.CODE,
    "pair_reference": Kind.CODE,
    "reference_a": Kind.CODE,
    "reference_b": Kind.CODE,
    "person_a": Kind.PERSON,
    "person_b": Kind.PERSON,
    "score": Kind.MEASURE,
    "evidence": Kind.CODE,
    "contacts_a": Kind.COUNT,
    "contacts_b": Kind.COUNT,
    "contacts_joined": Kind.COUNT,
    "changes_top_ten": Kind.FLAG,
}
_VALUES = {Lens.OFFICER_HOURS: "units"}


def doubtful_pairs(build: Build, view: View, audience: Audience, *, top: int, minimum_contacts: int) -> Released:
    """The pairs in the grey zone with a person in the audience's scope; those that would change a top ten first.

    Joining two people changes the top ten of an area where both have contacts there, and what they have together
    reaches the last place (contacts; officer hours where the view orders by them) and is more than either has, or
    both are listed, so that one place comes free.

    Args:
        top: positions of a list.
        minimum_contacts: contacts in the area and window from which a key is listed.

    Returns:
        `PAIR_COLUMNS`, a row for each pair and area where either person is recorded; contacts are those of the
        view's window and area, `contacts_joined` the distinct ones of both.
    """
    pairs = _pairs(build)
    people = pl.concat([pairs["person_a"], pairs["person_b"]]).unique()
    stands = (
        build.table("search_facts")
        .filter(pl.col("person_id").is_in(people.implode()))
        .select("person_id", area_code=pl.col("neighbourhood_code").fill_null(UNLOCATED))
        .collect()
    )
    both = pairs.select("pair_reference", person_id=pl.concat_list("person_a", "person_b")).explode("person_id")
    where = both.join(stands, on="person_id").select("pair_reference", "area_code").unique()
    joined = _joined(build, view, pairs, both, top=top, minimum_contacts=minimum_contacts)
    rows = (
        where.join(pairs, on="pair_reference")
        .join(joined, on=["pair_reference", "area_code"], how="left")
        .with_columns(
            pl.col("contacts_a", "contacts_b", "contacts_joined").fill_null(0),
            pl.col("changes_top_ten").fill_null(False),
        )
    )
    if audience.neighbourhoods is not None:
        rows = rows.filter(pl.col("area_code").is_in(sorted(audience.neighbourhoods)))
    first = (
        pl.col("changes_top_ten").max().over("pair_reference"),
        pl.col("contacts_joined").max().over("pair_reference"),
    )
    in_order = rows.sort(
        *first,
        "score",
        "pair_reference",
        "contacts_joined",
        "area_code",
        descending=[True, True, True, False, True, False],
    )
    answer = Answer(
        name="doubtful pairs",
        columns=tuple(AnswerColumn(name, kind) for name, kind in PAIR_COLUMNS.items()),
        area_column="area_code",
        person_column="person_a",
    )
    return release(in_order.select(list(PAIR_COLUMNS)), answer, audience)


def _pairs(build: Build) -> pl.DataFrame:
    """The doubtful pairs; none in a build that was made before there were any."""
    try:
        return build.frame("doubtful")
    except StoreError:
        texts = ("pair_reference", "reference_a", "reference_b", "person_a", "person_b", "evidence")
        return pl.DataFrame(schema={**dict.fromkeys(texts, pl.String), "score": pl.Float64})


def _joined(
    build: Build, view: View, pairs: pl.DataFrame, both: pl.DataFrame, *, top: int, minimum_contacts: int
) -> pl.DataFrame:
    """What the two have together in each area, against the last place of its list."""
    contacts = contacts_of(build, KeyType.CALLER)
    window = Window(view.as_of, view.weeks, build.timezone)
    value = _VALUES.get(view.lens, "contacts")
    lists = rank(
        contacts,
        window,
        lens=Lens.OFFICER_HOURS if value == "units" else Lens.CONTACTS,
        area=AreaKind.NEIGHBOURHOOD,
        domestic_only=view.domestic_only,
        minimum_contacts=minimum_contacts,
        group_crimes=None,
    )
    last = lists.filter(pl.col("position") == top).select("area_code", last=value)
    counted = counted_contacts(contacts, window, area=AreaKind.NEIGHBOURHOOD, domestic_only=view.domestic_only)
    of_pairs = both.join(counted, left_on="person_id", right_on="key_id").join(
        pairs.select("pair_reference", "person_a"), on="pair_reference"
    )
    is_a = pl.col("person_id") == pl.col("person_a")
    keys = ["pair_reference", "area_code"]
    of_pairs = of_pairs.with_columns(contacts=pl.lit(1, pl.Int64))
    each = of_pairs.group_by(keys).agg(
        contacts_a=is_a.sum().cast(pl.Int64),
        contacts_b=(~is_a).sum().cast(pl.Int64),
        value_a=pl.col(value).filter(is_a).sum(),
        value_b=pl.col(value).filter(~is_a).sum(),
    )
    together = (
        of_pairs.unique([*keys, "group_id"])
        .group_by(keys)
        .agg(contacts_joined=pl.len().cast(pl.Int64), units=pl.col("units").sum())
        .with_columns(contacts=pl.col("contacts_joined"))
    )
    has_room = pl.col("last").is_null()
    reaches = has_room | (pl.col(value) >= pl.col("last"))
    fewer, lesser, greater = (
        pl.min_horizontal("contacts_a", "contacts_b"),
        pl.min_horizontal("value_a", "value_b"),
        pl.max_horizontal("value_a", "value_b"),
    )
    are_listed = (fewer >= minimum_contacts) & (has_room | (lesser >= pl.col("last")))
    moves = (fewer > 0) & ((pl.col(value) > greater) | are_listed)
    return (
        each.join(together, on=keys)
        .join(last, on="area_code", how="left")
        .select(
            *keys,
            "contacts_a",
            "contacts_b",
            "contacts_joined",
            changes_top_ten=moves & (pl.col("contacts_joined") >= minimum_contacts) & reaches,
        )
    )


def persons_of_records(build: Build, references: Collection[str]) -> dict[str, str]:
    """The person each record stands under in this build, by the record's reference; for a check, never to be shown."""
    asked = pl.Series(sorted(set(references)), dtype=pl.String)
    records = build.table("person_records")
    if "record_reference" not in records.collect_schema().names():
        return {}
    found = (
        records.filter(pl.col("record_reference").is_in(asked.implode()), pl.col("person_id").is_not_null())
        .select("record_reference", "person_id")
        .collect()
    )
    return dict(found.iter_rows())
