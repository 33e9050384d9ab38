"""Who enters and who leaves each neighbourhood's list when a repeat is defined another way?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.assumptions import Assumptions
from analysis.demand.areas import UNLOCATED
from analysis.demand.definitions import Counted, Definition, Since, definition, meeting, that_count
from analysis.demand.definitions import definitions as known_definitions
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.person_incidents import has_feed
from analysis.questions.ranking import area_names, contacts_of, ranked
from analysis.questions.view import AreaKind, View
from analysis.ranking.definition_lists import Change as Change
from analysis.ranking.definition_lists import list_of_those, switched
from analysis.ranking.rank import counted_contacts
from analysis.store import Build

__all__ = [
    "CHANGE_COLUMNS",
    "COUNT_COLUMNS",
    "Change",
    "Definition",
    "DefinitionSwitch",
    "known_definitions",
    "switch_definition",
]

CHANGE_COLUMNS = {
    "area_code": Kind.CODE,
    "area_name": Kind.NAME,
    "key_id": Kind.PERSON,
    "change": Kind.CODE,
    "position": Kind.COUNT,
    "rank": Kind.COUNT,
    "other_position": Kind.COUNT,
    "other_rank": Kind.COUNT,
    "met_at": Kind.TIME,
    "other_met_at": Kind.TIME,
    "contacts": Kind.COUNT,
    "other_contacts": Kind.COUNT,
}
COUNT_COLUMNS = {
    "area_code": Kind.CODE,
    "area_name": Kind.NAME,
    "people": Kind.COUNT,
    "other_people": Kind.COUNT,
    "both": Kind.COUNT,
    "enter": Kind.COUNT,
    "leave": Kind.COUNT,
    "stay": Kind.COUNT,
}
_KEY = ["area_code", "key_id"]
_REFERRAL = "marac_referral"


@dataclass(frozen=True)
class DefinitionSwitch:
    """The lists under two definitions against one another.

    Attributes:
        changes: `CHANGE_COLUMNS`: everyone on a list under either: places under the base and the other definition, and
            when each was first met in the window (also where the list was too short for them); `contacts` and
            `other_contacts` of the window and neighbourhood are those that each definition counts.
        counts: `COUNT_COLUMNS`, one row a neighbourhood: how many meet each definition and both, and how many enter,
            leave and stay on the list.
        lacking: feeds without which a definition is met by nobody: `safeguarding` for MARAC referrals, `crimes`.
    """

    changes: Released
    counts: Released
    base: Definition
    other: Definition
    lacking: frozenset[str]


def switch_definition(
    build: Build, view: View, audience: Audience, *, base: str, other: str, assumptions: Assumptions, length: int
) -> DefinitionSwitch:
    """Who is on each neighbourhood's list under `base`, and who under `other`.

    A list holds those who meet the definition by their contacts of the window in the neighbourhood, in the order of
    the view's lens. A definition of repeat callers counts callers, one of repeat victims the people concerned; a person
    has one id as both.

    Args:
        base, other: ids of definitions in the assumptions.
        length: positions of a list.

    Raises:
        AnalysisError: a definition cannot be read.
        QuestionError: there is no such definition, or the build cannot answer.
    """
    two = definition(assumptions, base), definition(assumptions, other)
    lists, met, counts = [], [], []
    for one in two:
        keys = ranked(build, view.ranking_filters(key_type=one.key_type, top=0), minimum_contacts=1)
        who = _meeting(build, view, one)
        lists.append(_asked(list_of_those(keys, who), view, audience))
        met.append(_asked(who, view, audience))
        counts.append(_contacts_that_count(build, view, one))
    changes = (
        switched(lists[0], lists[1], length=length)
        .join(met[0], on=_KEY, how="left", maintain_order="left")
        .join(met[1].rename({"met_at": "other_met_at"}), on=_KEY, how="left", maintain_order="left")
        .join(counts[0], on=_KEY, how="left", maintain_order="left")
        .join(counts[1].rename({"contacts": "other_contacts"}), on=_KEY, how="left", maintain_order="left")
        .with_columns(pl.col("contacts", "other_contacts").fill_null(0))
    )
    names = area_names(build, AreaKind.NEIGHBOURHOOD)
    return DefinitionSwitch(
        changes=_released(build, "switched definition", _named(changes, names), CHANGE_COLUMNS, audience),
        counts=_released(
            build, "people of two definitions", _named(_counts(changes, met), names), COUNT_COLUMNS, audience
        ),
        base=two[0],
        other=two[1],
        lacking=frozenset().union(*(_lacking(build, one) for one in two)),
    )


def _meeting(build: Build, view: View, wanted: Definition) -> pl.DataFrame:
    """area_code, key_id, met_at of everyone in the force who meets a definition."""
    counted, crimes = _counted(build, view, wanted), build.frame("group_crimes", ["group_id", "crime_ref"])
    return meeting(counted, wanted, referrals=_referrals(build), group_crimes=crimes, timezone=build.timezone)


def counted_by(build: Build, view: View, wanted: Definition, *, person_id: str | None = None) -> pl.DataFrame:
    """The contacts of the view's weeks that a definition counts, of everyone or of one person.

    Returns:
        area_code, key_id, group_id, contact_at, units, imputed_units (of the whole incident) and more.
    """
    counted = _counted(build, view, wanted)
    if person_id is not None:
        counted = counted.filter(key_id=person_id)
    crimes = build.frame("group_crimes", ["group_id", "crime_ref"])
    return that_count(counted, wanted, referrals=_referrals(build), group_crimes=crimes, timezone=build.timezone)


def _counted(build: Build, view: View, wanted: Definition) -> pl.DataFrame:
    return counted_contacts(
        contacts_of(build, wanted.key_type),
        Window(view.as_of, view.weeks, build.timezone),
        area=AreaKind.NEIGHBOURHOOD,
        domestic_only=view.domestic_only,
    )


def _contacts_that_count(build: Build, view: View, wanted: Definition) -> pl.DataFrame:
    """area_code, key_id, contacts."""
    return counted_by(build, view, wanted).group_by(_KEY).agg(contacts=pl.len().cast(pl.Int64))


def _referrals(build: Build) -> pl.DataFrame:
    """key_id, referred_at: MARAC referrals after a log, of everyone concerned in it."""
    referred = build.table("safeguarding").filter(pl.col("event") == _REFERRAL).select("incident_id", referred_at="at")
    people = build.table("concerned").select("incident_id", key_id="person_id")
    return referred.join(people, on="incident_id").select("key_id", "referred_at").collect()


def _lacking(build: Build, wanted: Definition) -> frozenset[str]:
    needed = {"safeguarding": wanted.since is Since.MARAC_REFERRAL, "crimes": wanted.counted is Counted.WITH_A_CRIME}
    return frozenset(feed for feed, is_needed in needed.items() if is_needed and not has_feed(build, feed))


def _asked(frame: pl.DataFrame, view: View, audience: Audience) -> pl.DataFrame:
    """The neighbourhoods asked about; what could not be placed has no list."""
    codes = view.in_scope(audience)
    area = pl.col("area_code")
    return frame.filter(area != UNLOCATED if codes is None else area.is_in(sorted(codes)))


def _counts(changes: pl.DataFrame, met: list[pl.DataFrame]) -> pl.DataFrame:
    """How many meet each definition, and what becomes of the list; every area in which anybody meets either."""
    both = met[0].join(met[1].rename({"met_at": "other_met_at"}), on=_KEY, how="full", coalesce=True)
    is_met, is_other = pl.col("met_at").is_not_null(), pl.col("other_met_at").is_not_null()
    people = both.group_by("area_code").agg(
        is_met.sum().cast(pl.Int64).alias("people"),
        is_other.sum().cast(pl.Int64).alias("other_people"),
        (is_met & is_other).sum().cast(pl.Int64).alias("both"),
    )
    names = {"enter": Change.ENTERS, "leave": Change.LEAVES, "stay": Change.STAYS}
    listed = changes.group_by("area_code").agg(
        (pl.col("change") == change.value).sum().cast(pl.Int64).alias(name) for name, change in names.items()
    )
    return people.join(listed, on="area_code", how="left").sort("area_code")


def _named(frame: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    named = frame.join(names, on="area_code", how="left", maintain_order="left")
    return named.with_columns(pl.coalesce("area_name", "area_code").alias("area_name"))


def _released(build: Build, name: str, frame: pl.DataFrame, columns: dict[str, Kind], audience: Audience) -> Released:
    answer = Answer(
        name=name,
        columns=tuple(AnswerColumn(column, kind) for column, kind in columns.items()),
        area_column="area_code",
        person_column="key_id" if "key_id" in columns else None,
        timezone=build.timezone,
    )
    return release(frame.select(list(columns)), answer, audience)
