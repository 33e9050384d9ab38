"""Who enters and who leaves a list when the definition is switched?"""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ranking.definition_lists import list_of_those, switched

RANKED = pl.DataFrame(
    {
        "area_code": ["N1"] * 5,
        "key_id": ["P1", "P2", "P3", "P4", "P5"],
        "position": [1, 2, 3, 4, 5],
        "rank": [1, 2, 2, 4, None],
        "is_tied": [False, True, True, False, False],
    },
    schema_overrides={"position": pl.Int64, "rank": pl.Int64},
)


def those(*keys: str) -> pl.DataFrame:
    met = pl.DataFrame(
        {"area_code": ["N1"] * len(keys), "key_id": keys}, schema={"area_code": pl.String, "key_id": pl.String}
    )
    return list_of_those(RANKED, met)


def test_those_who_meet_it_keep_their_order_and_are_ranked_anew() -> None:
    found = those("P2", "P3", "P4", "P5")
    assert found.select("key_id", "position", "rank", "is_tied").rows() == [
        ("P2", 1, 1, True),
        ("P3", 2, 1, True),
        ("P4", 3, 3, False),
        ("P5", 4, None, False),
    ]


def test_without_the_other_nobody_shares_a_rank() -> None:
    assert those("P1", "P3")["is_tied"].to_list() == [False, False]


def test_who_enters_who_stays_and_who_leaves() -> None:
    changes = switched(those("P1", "P2"), those("P2", "P4"), length=10)
    assert changes.select("key_id", "change", "position", "other_position").rows() == [
        ("P2", "stays", 2, 1),
        ("P4", "enters", None, 2),
        ("P1", "leaves", 1, None),
    ]


def test_the_list_closes_at_its_length() -> None:
    changes = switched(those("P1", "P2", "P3"), those("P2", "P3"), length=1)
    assert changes.select("key_id", "change").rows() == [("P2", "enters"), ("P1", "leaves")]


def test_without_an_end_everyone_is_compared() -> None:
    assert switched(those("P1", "P2", "P3"), those("P1", "P2", "P3"), length=0).height == 3


@settings(max_examples=40, deadline=None)
@given(
    st.sets(st.sampled_from(RANKED["key_id"].to_list())),
    st.sets(st.sampled_from(RANKED["key_id"].to_list())),
    st.integers(1, 3),
)
def test_switching_there_and_back_changes_nothing(one: set[str], other: set[str], length: int) -> None:
    before, after = those(*sorted(one)), those(*sorted(other))
    changes = dict(switched(before, after, length=length).select("key_id", "change").iter_rows())
    listed, listed_after = set(before["key_id"][:length]), set(after["key_id"][:length])
    assert {key for key, change in changes.items() if change == "enters"} == listed_after - listed
    assert {key for key, change in changes.items() if change == "leaves"} == listed - listed_after
    assert {key for key, change in changes.items() if change == "stays"} == listed & listed_after
