"""What the committed sample promises about people, places, times and officers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from dashboard.sample.clock import CLOCK_CHANGES
from dashboard.sample.suppliers import UK_TIME
from tests.dashboard.sample.conftest import Extracts, read_workbook

MONDAY = date(2013, 12, 2)


def domestic_ids(committed: Extracts) -> set[str]:
    flagged = committed.incidents.filter("is_domestic")["incident_id"]
    crimes = pl.read_csv(committed.folder / "crimes.csv").filter("is_domestic")["incident_id"]
    return set(flagged) | set(crimes)


def test_one_log_in_eight_is_domestic_by_its_flag_or_its_crime(committed: Extracts) -> None:
    assert len(domestic_ids(committed)) == 5_000


def test_the_busiest_fiftieth_of_domestic_callers_makes_a_fifth_to_a_third_of_domestic_calls(
    committed: Extracts,
) -> None:
    calls = committed.callers.filter(pl.col("incident_id").is_in(list(domestic_ids(committed)))).drop_nulls("person")
    each = calls.group_by("person").len().sort("len", descending=True)["len"]
    assert 1 / 5 <= each.head(round(len(each) / 50)).sum() / len(calls) <= 1 / 3


def test_several_thousand_people_ring(committed: Extracts) -> None:
    assert 5_000 < committed.callers["person"].n_unique() < 10_000


def test_the_logs_run_over_105_whole_weeks_to_the_first_sunday_of_december_2013(committed: Extracts) -> None:
    at = committed.incidents["received_at"]
    assert (at.dt.date().min(), at.dt.date().max()) == (date(2011, 11, 28), date(2013, 12, 1))
    assert at.dt.truncate("1w").n_unique() == 105


def test_domestic_calls_rise_at_christmas(committed: Extracts) -> None:
    days = committed.incidents.filter("is_domestic")["received_at"].dt.date()
    usual = len(days) / 735
    christmas = float(days.is_between(date(2012, 12, 20), date(2013, 1, 2)).sum()) / 14
    assert christmas > 1.2 * usual


def test_domestic_calls_peak_in_the_evening(committed: Extracts) -> None:
    hours = committed.incidents.filter("is_domestic")["received_at"].dt.hour()
    assert 2 * hours.is_between(18, 23).sum() > 3 * hours.is_between(6, 11).sum()


@pytest.mark.parametrize("change", CLOCK_CHANGES)
def test_logs_are_received_in_the_hours_across_each_clock_change(committed: Extracts, change: date) -> None:
    night = datetime.combine(change, datetime.min.time())
    assert committed.incidents["received_at"].is_between(night, night + timedelta(hours=3)).sum() >= 4


def test_a_control_room_clock_not_yet_put_forward_shows_the_hour_that_did_not_exist(committed: Extracts) -> None:
    springs = [change for change in CLOCK_CHANGES if change.month == 3]
    missing = pl.col("received_at").dt.date().is_in(springs) & (pl.col("received_at").dt.hour() == 1)
    assert committed.incidents.filter(missing).height >= 1


def test_some_units_work_over_midnight(committed: Extracts) -> None:
    over = committed.officers.filter(pl.col("CLEARED").dt.date() > pl.col("ASSIGNED").dt.date())
    assert over.height > 500


def test_two_to_four_officer_rows_in_a_hundred_are_never_cleared(committed: Extracts) -> None:
    assert 0.02 <= committed.officers["CLEARED"].null_count() / committed.officers.height <= 0.04


def test_the_truth_says_when_officers_who_were_never_cleared_were_free(committed: Extracts) -> None:
    true = pl.read_parquet(committed.folder / "truth" / "deployments.parquet")
    assert true["cleared_at"].null_count() == 0
    assert (true["cleared_at"] >= true["assigned_at"]).all()


def test_officers_are_sometimes_on_two_logs_at_once(committed: Extracts) -> None:
    ordered = committed.officers.drop_nulls().sort("COLLAR_NO", "ASSIGNED")
    following = pl.col("ASSIGNED").shift(-1).over("COLLAR_NO")
    other = pl.col("LOG_REF").shift(-1).over("COLLAR_NO") != pl.col("LOG_REF")
    both = ordered.filter(other & (following < pl.col("CLEARED")))
    assert 0.01 < both.height / ordered.height < 0.15


def test_two_cars_in_three_are_double_crewed(committed: Extracts) -> None:
    units = pl.read_csv(committed.folder / "deployments_units.csv")
    assert 0.55 < (units["CREW"] == 2).sum() / units.height < 0.75
    assert 0 < units["CREW"].null_count() < 0.05 * units.height


def test_some_deployments_end_before_they_begin_and_some_name_no_log(committed: Extracts) -> None:
    units = pl.read_csv(committed.folder / "deployments_units.csv").with_columns(
        pl.col("ASSIGNED", "CLEARED").str.to_datetime(UK_TIME)
    )
    assert (units["CLEARED"] < units["ASSIGNED"]).sum() > 0
    assert units["LOG_REF"].null_count() == 5


def test_some_logs_have_no_point_a_zero_point_or_one_far_outside(committed: Extracts) -> None:
    x = committed.incidents["x"]
    assert x.null_count() > 100
    assert (x == 0).sum() > 100
    assert (x > 450_000).sum() > 50


def test_a_log_without_a_point_still_has_its_logged_neighbourhood(committed: Extracts) -> None:
    assert (
        committed.incidents.filter(pl.col("x").is_null() & (pl.col("received_at") < datetime(2013, 7, 1)))[
            "neighbourhood_code"
        ].null_count()
        == 0
    )


def test_a_few_duplicates_name_a_log_that_does_not_exist_and_two_name_each_other(committed: Extracts) -> None:
    target = dict(
        committed.incidents.filter(pl.col("duplicate_of").is_not_null()).select("incident_id", "duplicate_of").rows()
    )
    known = set(committed.incidents["incident_id"])
    assert sum(other not in known for other in target.values()) == 4
    assert sum(target.get(other) == log for log, other in target.items()) == 2


def test_the_hospital_the_home_the_refuge_and_the_school_ring_often(committed: Extracts) -> None:
    places = read_workbook(committed.folder / "places.xlsx")
    digits = committed.incidents["caller_phone"].str.replace_all(r"\D", "").str.slice(-10)
    calls = {
        row["kind"]: (digits == row["phone"].replace(" ", "")[1:]).sum()
        for row in places.unique("kind", keep="first", maintain_order=True).iter_rows(named=True)
    }
    assert all(calls[kind] >= 50 for kind in ("hospital", "care_home", "refuge", "school")), calls


def test_each_neighbourhood_has_ten_people_who_ring_again_and_ties_among_them(committed: Extracts) -> None:
    window = committed.incidents.filter(
        "is_domestic", pl.col("received_at") >= datetime(2012, 12, 3), pl.col("duplicate_of").is_null()
    ).join(committed.callers.drop_nulls("person"), on="incident_id")
    each = window.group_by("neighbourhood_code", "person").len().filter(pl.col("len") >= 2)
    for (area,), people in each.drop_nulls("neighbourhood_code").group_by("neighbourhood_code"):
        top = people["len"].top_k(10)
        assert len(top) == 10, area
        assert top.n_unique() < 10, area


def test_some_people_of_the_lists_never_had_a_crime_or_an_assessment(committed: Extracts) -> None:
    ids = domestic_ids(committed)
    forms = set(pl.read_csv(committed.folder / "dash_forms.csv")["LOG_REF"])
    crimes = set(pl.read_csv(committed.folder / "crimes.csv")["incident_id"])
    calls = committed.callers.drop_nulls("person").filter(pl.col("incident_id").is_in(list(ids)))
    each = calls.group_by("person").agg("incident_id").filter(pl.col("incident_id").list.len() >= 6)
    without = [row for row in each["incident_id"] if not set(row) & (forms | crimes)]
    assert len(without) >= 5


def test_assessments_are_missing_for_some_crimes_between_partners_but_not_for_most(committed: Extracts) -> None:
    crimes = pl.read_csv(committed.folder / "crimes.csv").filter(
        pl.col("relationship").is_in(["intimate", "ex_intimate"])
    )
    forms = pl.read_csv(committed.folder / "dash_forms.csv")["LOG_REF"]
    done = crimes.filter(pl.col("incident_id").is_in(forms.implode())).height
    assert 0.75 < done / crimes.height < 0.95
