"""What holds for people and their ids whatever the extract?"""

from __future__ import annotations

import random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.people import KnownIds, People
from analysis.people.ids import assign_ids
from tests.analysis.people.builders import KEY, Row, resolve
from tests.analysis.people.strategies import extracts

Extract = tuple[list[Row], list[Row]]
HOSPITAL = [{"kind": "hospital", "phone": "0121 496 0000"}]


def ids(people: People) -> dict[str, str | None]:
    return dict(zip(people.records["record_id"], people.records["person_id"], strict=True))


@given(extracts())
@settings(max_examples=10, deadline=None)
def test_every_record_has_exactly_one_person_or_one_pool(extract: Extract) -> None:
    records = resolve(*extract[0], people=extract[1], places=HOSPITAL).records
    assert (records["person_id"].is_null() == records["pool"].is_not_null()).all()
    callers = sum(any(row[f"caller_{part}"] is not None for part in _SAID) for row in extract[0])
    assert records.height == callers + len(extract[1])


_SAID = ("name", "phone", "date_of_birth", "nominal_id", "role")


@given(extracts(), st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_row_order_files_and_lines_never_matter(extract: Extract, shuffler: random.Random) -> None:
    logs, people = ([row | {"source_file": "other.csv"} for row in rows] for rows in extract)
    shuffler.shuffle(logs)
    shuffler.shuffle(people)
    assert ids(resolve(*logs, people=people)) == ids(resolve(*extract[0], people=extract[1]))


@given(extracts())
@settings(max_examples=10, deadline=None)
def test_the_same_extract_again_changes_nothing(extract: Extract) -> None:
    first = resolve(*extract[0], people=extract[1])
    again = resolve(*extract[0], people=extract[1], known=first.known)
    assert ids(again) == ids(first)
    assert again.aliases.is_empty()


@given(extracts(), st.integers(0, 8))
@settings(max_examples=10, deadline=None)
def test_with_more_extracts_every_old_id_is_a_person_or_an_alias_of_one(extract: Extract, week: int) -> None:
    logs, people = extract
    before = [row for row in people if row["incident_id"] in {old["incident_id"] for old in logs[:week]}]
    first = resolve(*logs[:week], people=before)
    second = resolve(*logs, people=people, known=first.known)
    leads_to = dict(second.aliases.iter_rows())
    given_ids = set(second.known.persons["person_id"])
    assert set(first.persons["person_id"]) <= given_ids
    assert not set(leads_to) & set(leads_to.values())
    assert not set(leads_to) & set(second.persons["person_id"])


@given(extracts())
@settings(max_examples=10, deadline=None)
def test_another_key_gives_other_ids_to_the_same_people(extract: Extract) -> None:
    ours = resolve(*extract[0], people=extract[1])
    theirs = resolve(*extract[0], people=extract[1], key=b"another key")
    assert not set(ours.persons["person_id"]) & set(theirs.persons["person_id"])
    pairs = set(zip(ours.records["person_id"], theirs.records["person_id"], strict=True)) - {(None, None)}
    assert len(pairs) == ours.persons.height == theirs.persons.height


_weeks = st.lists(st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=6, max_size=6), min_size=2, max_size=5)


@given(_weeks)
@settings(max_examples=60, deadline=None)
def test_through_merges_splits_and_gaps_no_id_serves_two_people_and_no_alias_is_lost(
    weeks: list[list[int | None]],
) -> None:
    known = KnownIds.none()
    given_before: set[str] = set()
    for week in weeks:
        records = pl.DataFrame(
            {"record_id": list("abcdef"), "cluster": week, "received_at": None},
            schema={"record_id": pl.String, "cluster": pl.Int64, "received_at": pl.Datetime("us", "UTC")},
        )
        assigned = assign_ids(records, known, key=KEY)
        known = assigned.known
        now = assigned.clusters["person_id"]
        leads_to = dict(known.aliases.iter_rows())
        assert now.n_unique() == len(now) == len({cluster for cluster in week if cluster is not None})
        assert not set(leads_to) & (set(leads_to.values()) | set(now))
        assert given_before <= set(known.persons["person_id"])
        given_before = set(known.persons["person_id"])


@given(_weeks)
@settings(max_examples=60, deadline=None)
def test_a_person_whose_records_stay_together_and_meet_nobody_keeps_the_id(weeks: list[list[int | None]]) -> None:
    """Records g and h are always one cluster of their own, whatever the others do."""
    known = KnownIds.none()
    seen = set()
    for week in weeks:
        records = pl.DataFrame(
            {"record_id": list("abcdefgh"), "cluster": [*week, 9, 9], "received_at": None},
            schema={"record_id": pl.String, "cluster": pl.Int64, "received_at": pl.Datetime("us", "UTC")},
        )
        assigned = assign_ids(records, known, key=KEY)
        known = assigned.known
        seen |= set(assigned.clusters.filter(pl.col("cluster") == 9)["person_id"])
    assert len(seen) == 1
