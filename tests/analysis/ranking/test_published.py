"""Is what was published shown beside what the data say now?"""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ranking.published import Correction, compared

ROWS = {
    "lens": pl.String,
    "area_code": pl.String,
    "position": pl.Int64,
    "rank": pl.Int64,
    "key_id": pl.String,
    "contacts": pl.Int64,
    "units": pl.Int64,
    "imputed_units": pl.Int64,
    "harm": pl.Float64,
}


def listed(*people: tuple[str, int], harm: float | None = None, imputed: int | None = 0) -> pl.DataFrame:
    """Key and contacts of each place, in order; equal contacts share a rank."""
    rows = []
    for position, (key, contacts) in enumerate(people, start=1):
        rank = 1 + sum(other > contacts for _, other in people)
        rows.append(("contacts", "N1", position, rank, key, contacts, contacts * 60, imputed, harm))
    return pl.DataFrame(rows, schema=ROWS, orient="row")


def aliases(**survivor: str) -> pl.DataFrame:
    schema = {"alias": pl.String, "person_id": pl.String}
    return pl.DataFrame(list(survivor.items()), schema=schema, orient="row")


def changes(published: pl.DataFrame, now: pl.DataFrame, *, length: int = 2, **survivor: str) -> dict[str, str]:
    found = compared(published, now, aliases(**survivor), length=length)
    return {row["published_key_id"] or row["key_id"]: row["change"] for row in found.iter_rows(named=True)}


def test_a_week_without_a_correction_is_as_published() -> None:
    both = listed(("P1", 6), ("P2", 5))
    assert changes(both, both) == {"P1": "as_published", "P2": "as_published"}


def test_a_person_with_a_contact_less_may_lose_a_place() -> None:
    found = changes(listed(("P1", 6), ("P2", 5)), listed(("P2", 5), ("P1", 4)))
    assert found == {"P1": "moved", "P2": "moved"}


def test_other_figures_at_the_same_rank_are_said() -> None:
    assert changes(listed(("P1", 6)), listed(("P1", 7))) == {"P1": "figures"}


def test_harm_that_became_known_is_a_correction() -> None:
    assert changes(listed(("P1", 6)), listed(("P1", 6), harm=10.0)) == {"P1": "figures"}


def test_a_list_from_before_the_imputed_part_was_kept_is_not_corrected_for_that() -> None:
    assert changes(listed(("P1", 6), imputed=None), listed(("P1", 6), imputed=30)) == {"P1": "as_published"}


def test_who_is_gone_and_who_was_added() -> None:
    now = listed(("P3", 9), ("P1", 6), ("P2", 5))
    assert changes(listed(("P1", 6), ("P2", 5)), now) == {"P1": "moved", "P2": "gone", "P3": "added"}


def test_one_no_longer_on_the_list_keeps_the_place_that_is_left() -> None:
    now = listed(("P3", 9), ("P1", 6), ("P2", 5))
    found = compared(listed(("P2", 5)), now, aliases(), length=2).row(0, named=True)
    assert (found["change"], found["position_now"]) == ("gone", 3)


def test_a_person_whose_ids_proved_to_be_one_is_not_gone() -> None:
    found = changes(listed(("P1", 6), ("P2", 5)), listed(("P1", 11)), P2="P1")
    assert found == {"P1": "figures", "P2": "moved"}


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["P1", "P2", "P3", "P4"]), st.integers(1, 4)),
    st.dictionaries(st.sampled_from(["P1", "P2", "P3", "P4"]), st.integers(1, 4)),
    st.integers(1, 3),
)
def test_corrections_are_those_a_clerk_writes_down(then: dict[str, int], today: dict[str, int], length: int) -> None:
    def in_order(people: dict[str, int]) -> list[tuple[str, int]]:
        return sorted(people.items(), key=lambda one: (-one[1], one[0]))

    published, now = in_order(then)[:length], in_order(today)

    def rank(key: str, people: list[tuple[str, int]]) -> int:
        return 1 + sum(other > dict(people)[key] for _, other in people)

    expected: dict[str, str] = {}
    for key, _ in published:
        if key not in dict(now[:length]):
            expected[key] = Correction.GONE
        elif rank(key, published) != rank(key, now):
            expected[key] = Correction.MOVED
        else:
            expected[key] = Correction.AS_PUBLISHED if then[key] == today[key] else Correction.FIGURES
    expected |= {key: Correction.ADDED for key, _ in now[:length] if key not in dict(published)}
    assert changes(listed(*published), listed(*now), length=length) == expected
