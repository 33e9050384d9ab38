"""Does a definition of a repeat count what it says, and is every figure of it a written judgement?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assumptions import Assumption, Assumptions, load
from analysis.demand.contacts import KeyType
from analysis.demand.definitions import Counted, Definition, Since, definition, definitions, meeting
from analysis.errors import AnalysisError, QuestionError
from tests.analysis.demand.contact_rows import BEGINNING, Rung, contact_rows, frame, rung

LONDON = "Europe/London"
REFERRALS = {"key_id": pl.String, "referred_at": pl.Datetime("us", "UTC")}
CRIMES = {"group_id": pl.String, "crime_ref": pl.String}


def standard(definition_id: str) -> Definition:
    return definition(load(), definition_id)


def met(
    rows: list[Rung],
    wanted: Definition,
    *,
    referred: dict[str, list[str]] | None = None,
    crimes: list[str] | None = None,
) -> dict[str, str]:
    """Who meets the definition, and on which day."""
    referrals = pl.DataFrame(
        [
            (key, datetime.fromisoformat(text).replace(tzinfo=UTC))
            for key, moments in (referred or {}).items()
            for text in moments
        ],
        schema=REFERRALS,
        orient="row",
    )
    group_crimes = pl.DataFrame([(group, "C1") for group in crimes or []], schema=CRIMES, orient="row")
    found = meeting(frame(rows), wanted, referrals=referrals, group_crimes=group_crimes, timezone=LONDON)
    return {key: str(moment.date()) for key, moment in found.select("key_id", "met_at").iter_rows()}


def test_two_in_twelve_months_is_a_repeat_and_one_is_not() -> None:
    rows = rung("P1", "2013-01-10T10:00", "2013-09-01T10:00") + rung("P2", "2013-05-01T10:00")
    assert met(rows, standard("repeat_caller_force")) == {"P1": "2013-09-01"}


def test_twelve_months_end_before_the_same_day_of_the_next_year() -> None:
    inside = rung("P1", "2012-03-05T10:00", "2013-03-04T23:59")
    outside = rung("P2", "2012-03-05T10:00", "2013-03-05T00:00")
    assert met(inside + outside, standard("repeat_caller_force")) == {"P1": "2013-03-04"}


def test_the_day_is_that_of_the_local_clock() -> None:
    # 23:30 UTC on 4 June is 00:30 on 5 June in summer time: a year after 5 June is over.
    assert met(rung("P1", "2012-06-05T10:00", "2013-06-04T23:30"), standard("repeat_caller_force")) == {}


def test_three_in_six_months_may_begin_with_any_contact() -> None:
    rows = rung("P1", "2013-01-01T10:00", "2013-06-01T10:00", "2013-07-15T10:00", "2013-11-30T10:00")
    assert met(rows, standard("three_in_six_months")) == {"P1": "2013-11-30"}


def test_contacts_in_two_areas_are_not_added() -> None:
    rows = rung("P1", "2013-01-10T10:00") + rung("P1", "2013-02-10T10:00", area="N2")
    assert met(rows, standard("repeat_caller_force")) == {}


def test_any_incident_within_a_year_of_the_last_referral_is_a_marac_repeat() -> None:
    rows = rung("P1", "2013-06-01T10:00") + rung("P2", "2013-06-01T10:00")
    referred = {"P1": ["2012-07-01T10:00"], "P2": ["2012-05-01T10:00"]}
    assert met(rows, standard("marac_repeat_present"), referred=referred) == {"P1": "2013-06-01"}


def test_the_incident_that_led_to_the_referral_is_not_a_repeat() -> None:
    assert (
        met(rung("P1", "2013-06-01T10:00"), standard("marac_repeat_present"), referred={"P1": ["2013-06-01T10:00"]})
        == {}
    )


def test_the_last_referral_before_the_incident_counts() -> None:
    referred = {"P1": ["2011-01-01T10:00", "2013-05-01T10:00", "2013-07-01T10:00"]}
    found = met(rung("P1", "2013-06-01T10:00"), standard("marac_repeat_present"), referred=referred)
    assert found == {"P1": "2013-06-01"}


def test_the_older_version_counts_only_what_was_a_crime() -> None:
    rows = rung("P1", "2013-06-01T10:00", "2013-06-05T10:00") + rung("P2", "2013-06-01T10:00")
    referred = {"P1": ["2013-05-01T10:00"], "P2": ["2013-05-01T10:00"]}
    found = met(rows, standard("marac_repeat_older"), referred=referred, crimes=["P1-N1-1"])
    assert found == {"P1": "2013-06-05"}


def test_every_definition_that_comes_with_it_is_read() -> None:
    assert {one.id for one in definitions(load())} == {
        "repeat_caller_force",
        "repeat_victim_force",
        "marac_repeat_present",
        "marac_repeat_older",
        "three_in_six_months",
    }


def test_both_versions_of_the_marac_repeat_say_which_they_are() -> None:
    versions = {standard(name).version for name in ("marac_repeat_present", "marac_repeat_older")}
    assert versions == {"present", "older"}


def written(*lines: str) -> Assumptions:
    entry = Assumption("definition_own", list(lines), "", "because", "the force", "Analyst lead", date(2027, 1, 31))
    return Assumptions((entry,))


OWN = (
    "name: Ours",
    "version: 2",
    "counts: concerned",
    "contacts: any",
    "at least: 4",
    "within: 90 days",
    "since: any day",
)


def test_a_force_may_write_its_own() -> None:
    ours = definition(written(*OWN), "own")
    assert (ours.name, ours.key_type, ours.minimum_contacts, ours.within) == ("Ours", KeyType.CONCERNED, 4, "90d")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("counts", "counts: subject"),
        ("contacts", "contacts: some"),
        ("at least", "at least: 0"),
        ("at least", "at least: two"),
        ("within", "within: a year"),
        ("since", "since: Christmas"),
        ("version", "colour: blue"),
    ],
)
def test_a_definition_that_cannot_be_read_names_its_entry_and_the_mend(field: str, wrong: str) -> None:
    lines = [wrong if line.startswith(field + ":") else line for line in OWN]
    with pytest.raises(AnalysisError, match=r"\[definition_own\].*copy one of the others"):
        definitions(written(*lines))


def test_an_unknown_definition_is_refused() -> None:
    with pytest.raises(QuestionError, match="no such definition"):
        definition(load(), "nobody_wrote_this")


def slow_meeting(
    rows: list[Rung], wanted: Definition, referrals: list[tuple[str, datetime]], crimes: set[str]
) -> dict[tuple[str, str], datetime]:
    """Every pair of area and key tried by hand, contact after contact; periods of days only."""
    days = int(wanted.within.removesuffix("d"))
    zone = ZoneInfo(LONDON)
    found: dict[tuple[str, str], datetime] = {}
    for area, key in {(row.area_code, row.key_id) for row in rows}:
        own = sorted(
            row.contact_at for row in rows if (row.area_code, row.key_id) == (area, key) and _takes(row, wanted, crimes)
        )
        for number, moment in enumerate(own):
            if wanted.since is Since.ANY_DAY:
                begins = own[: number + 1]
            else:
                earlier = [at for who, at in referrals if who == key and at < moment]
                begins = [at for at in own[: number + 1] if earlier and at > max(earlier)]
            period_of = begins[-wanted.minimum_contacts] if len(begins) >= wanted.minimum_contacts else None
            if wanted.since is Since.MARAC_REFERRAL and period_of is not None:
                period_of = max(at for who, at in referrals if who == key and at < moment)
            if period_of is not None and (_day(moment, zone) - _day(period_of, zone)).days < days:
                found.setdefault((area, key), moment)
    return found


def _takes(row: Rung, wanted: Definition, crimes: set[str]) -> bool:
    return wanted.counted is Counted.ANY or row.group_id in crimes


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


@settings(max_examples=60, deadline=None)
@given(
    contact_rows(),
    st.integers(1, 3),
    st.integers(1, 12),
    st.sampled_from(Since),
    st.sampled_from(Counted),
    st.lists(st.tuples(st.sampled_from(["P1", "P2", "P3"]), st.integers(-5, 30)), max_size=5),
)
def test_who_meets_a_definition_is_who_a_clerk_finds(
    rows: list[Rung], least: int, days: int, since: Since, counted: Counted, referred: list[tuple[str, int]]
) -> None:
    wanted = Definition("x", "x", "1", "", "", KeyType.CALLER, counted, least, f"{days}d", "", since)
    referrals = [(key, BEGINNING + timedelta(days=day)) for key, day in referred]
    crimes = {row.group_id for row in rows if row.units}
    found = meeting(
        frame(rows),
        wanted,
        referrals=pl.DataFrame(referrals, schema=REFERRALS, orient="row"),
        group_crimes=pl.DataFrame([(group, "C") for group in crimes], schema=CRIMES, orient="row"),
        timezone=LONDON,
    )
    fast = {(area, key): moment for area, key, moment in found.iter_rows()}
    assert fast == slow_meeting(rows, wanted, referrals, crimes)
