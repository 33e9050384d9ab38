"""Worked examples: which id does a person keep when clusters meet, part, come and go?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from string import ascii_lowercase

import polars as pl

from analysis.people.ids import AssignedIds, KnownIds, assign_ids
from analysis.people.references import keyed_codes
from tests.analysis.people.builders import KEY

DAY = {name: place for place, name in enumerate(ascii_lowercase)}
COLLIDING = "abcdefghijklmnopqrst"  # twenty records on the thirty-two ids of one digit


def given(
    *clusters: str, known: KnownIds | None = None, pool: str = "", digits: int = 10, loose: str = ""
) -> AssignedIds:
    """Each cluster is written as the letters of its records, which were received in the order of the alphabet."""
    rows = [(record, place) for place, cluster in enumerate(clusters) for record in cluster]
    rows += [(record, None) for record in pool]
    records = pl.DataFrame(rows, schema={"record_id": pl.String, "cluster": pl.Int64}, orient="row").with_columns(
        received_at=pl.Series(
            [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=DAY[record]) for record, _ in rows],
            dtype=pl.Datetime("us", "UTC"),
        ),
        is_firm=pl.Series([record not in loose for record, _ in rows], dtype=pl.Boolean),
    )
    return assign_ids(records, known, key=KEY, digits=digits)


def ids(assigned: AssignedIds) -> list[str]:
    return assigned.clusters.sort("cluster")["person_id"].to_list()


def aliases(assigned: AssignedIds) -> dict[str, str]:
    return dict(assigned.known.aliases.iter_rows())


def test_an_id_is_ten_crockford_digits() -> None:
    (one,) = ids(given("a"))
    assert one.startswith("P-")
    assert len(one) == 12
    assert not set(one[2:]) - set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_a_person_keeps_the_id_when_an_older_record_arrives() -> None:
    first = given("b")
    assert ids(given("ab", known=first.known)) == ids(first)


def test_an_id_does_not_go_with_an_older_record_that_is_only_usually_the_persons() -> None:
    first = given("ab", "c", loose="a")
    assert ids(given("b", "ac", known=first.known, loose="a")) == ids(first)


def test_a_merge_keeps_the_older_id_and_the_other_as_an_alias() -> None:
    first = given("a", "b")
    old, young = ids(first)
    merged = given("ab", known=first.known)
    assert ids(merged) == [old]
    assert aliases(merged) == {young: old}


def test_the_id_given_in_the_earlier_build_is_older_though_its_record_is_younger() -> None:
    first = given("c")
    second = given("a", "c", known=first.known)
    assert ids(given("ac", known=second.known)) == ids(first)


def test_a_split_leaves_the_id_with_its_oldest_record() -> None:
    first = given("abc")
    kept, new = ids(given("ac", "b", known=first.known))
    assert kept == ids(first)[0]
    assert new != kept


def test_a_split_after_a_merge_gives_both_their_own_ids_again() -> None:
    first = given("a", "b")
    merged = given("abc", known=first.known)
    split = given("a", "bc", known=merged.known)
    assert ids(split) == ids(first)
    assert aliases(split) == {}


def test_an_id_stays_with_the_person_when_the_records_that_first_had_it_are_gone() -> None:
    first = given("a", "b")
    merged = given("ab", known=first.known)
    assert ids(given("b", known=merged.known)) == [ids(first)[0]]


def test_a_person_who_comes_back_has_the_old_id() -> None:
    first = given("a", "b")
    gone = given("b", known=first.known)
    assert ids(given("a", "b", known=gone.known)) == ids(first)


def test_an_id_whose_anchor_falls_into_a_pool_stays_with_the_oldest_record_left() -> None:
    first = given("abc")
    kept, new = ids(given("b", "c", pool="a", known=first.known))
    assert [kept] == ids(first)
    assert new != kept


def test_an_alias_of_an_alias_leads_to_the_end() -> None:
    first = given("a", "b", "c")
    second = given("a", "bc", known=first.known)
    third = given("abc", known=second.known)
    oldest, middle, youngest = ids(first)
    assert aliases(third) == {middle: oldest, youngest: oldest}


def test_an_alias_without_records_follows_its_person_into_a_merge() -> None:
    first = given("a", "b", "c")
    second = given("a", "bc", known=first.known)
    third = given("ab", known=second.known)
    oldest, middle, youngest = ids(first)
    assert aliases(third) == {middle: oldest, youngest: oldest}


def test_these_records_collide_when_ids_have_one_digit() -> None:
    assert len(set(keyed_codes("P", COLLIDING, key=KEY, digits=1))) < len(COLLIDING)


def test_a_collision_gives_two_people_two_ids() -> None:
    assert len(set(ids(given(*COLLIDING, digits=1)))) == len(COLLIDING)


def test_a_collision_leaves_the_older_person_the_first_code() -> None:
    assert ids(given(*COLLIDING, digits=1))[:1] == ids(given(COLLIDING[0], digits=1))


def test_a_collision_with_an_id_given_before_never_brings_that_id_back() -> None:
    known = KnownIds.none()
    seen: list[str] = []
    for record in COLLIDING:
        assigned = given(record, known=known, digits=1)
        known = assigned.known
        seen += ids(assigned)
    assert len(set(seen)) == len(COLLIDING)


def test_the_table_says_in_which_build_an_id_was_given() -> None:
    first = given("a", "b")
    second = given("a", "b", "c", known=first.known)
    assert second.known.persons.select("sequence", "given_in_build").rows() == [(1, 1), (2, 1), (3, 2)]
