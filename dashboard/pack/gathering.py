"""What goes into the pack of one meeting? The record joined with the lists, the totals and the map of a build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from analysis.disclosure import partner, police
from analysis.questions.area_map_outlines import outlines
from analysis.questions.builds import Assumptions, Build
from analysis.questions.person import person
from analysis.questions.shared_totals import ALL, UNPLACED, shared_totals
from analysis.questions.this_week import Usual, this_week
from analysis.questions.view import AreaKind, View
from dashboard.build_facts import BuildFacts
from dashboard.pack.agency_pack import Few, Totals, agency_pack
from dashboard.pack.document import Pack, Picture
from dashboard.pack.map_picture import map_picture
from dashboard.pack.police_pack import Listed, listed, police_pack
from dashboard.pack.words import Setting
from dashboard.text import day, plural
from dashboard.view_models.risk_words import RiskWords, risk_words
from dashboard.view_models.shared_totals import weeks_to, why_no_totals
from partnership.agencies import AgencyLine
from partnership.agency_edition import agency_edition
from partnership.errors import PartnershipError
from partnership.meeting_record import MeetingRecord

# How the map is drawn, not what it says.
_TOLERANCE_METRES, _LEAST_SHARE, _PIXELS = 20.0, 0.02, 800


@dataclass(frozen=True)
class Edition:
    """For whom a pack is cut: an agency by its code, or the police."""

    agency: str | None = None

    @property
    def said(self) -> str:
        """The edition in a file's name."""
        return (self.agency or "police").lower()


POLICE_EDITION = Edition()


@dataclass(frozen=True)
class Source:
    """What a pack's numbers come from."""

    build: Build
    facts: BuildFacts
    assumptions: Assumptions
    agencies: tuple[AgencyLine, ...]


def gathered(record: MeetingRecord, edition: Edition, source: Source, *, recipients: str | None = None) -> Pack:
    """The pack of a meeting in one edition; nothing in it depends on the clock.

    Args:
        record: read whole, by who may read the whole sector.
        edition: for whom.
        source: the build, and the agencies there are.
        recipients: to whom it is made out; `made_out_to` where None.

    Raises:
        PartnershipError: there is no such agency.
        QuestionError: the build cannot answer; the message names the mend.
    """
    view = meeting_view(record, source)
    setting = _setting(view, source, recipients or made_out_to(record, edition, source.agencies))
    if edition.agency is None:
        lists = _lists(view, source)
        picture = _picture(record, view, source)
        return police_pack(record, lists, setting, risks=_risks(record, view, source), picture=picture)
    return agency_pack(agency_edition(record, edition.agency), _totals(edition.agency, source), setting)


def made_out_to(record: MeetingRecord, edition: Edition, agencies: Iterable[AgencyLine]) -> str:
    """The recipient of an edition where no other is named.

    Raises:
        PartnershipError: there is no such agency.
    """
    if edition.agency is None:
        return f"the police at the meeting of {record.sector}"
    name = next((one.name for one in agencies if one.code == edition.agency), None)
    if name is None:
        raise PartnershipError("There is no agency of that code. Choose one of the list, or add it first.")
    return name


def meeting_view(record: MeetingRecord, source: Source) -> View:
    """The weeks a meeting looks at: up to its Monday, or up to the newest week of data where it lies ahead."""
    monday = record.held_on - timedelta(days=record.held_on.weekday())
    return View(
        as_of=min(monday, source.facts.default_as_of),
        weeks=source.assumptions.whole("window_weeks"),
        domestic_only=source.facts.has_domestic,
        neighbourhoods=tuple(area.code for area in source.facts.neighbourhoods if area.sector == record.sector),
    )


def _setting(view: View, source: Source, recipients: str) -> Setting:
    assumed, facts = source.assumptions, source.facts
    return Setting(
        recipients=recipients,
        data_until=_last_day(view, facts),
        build_id=facts.id,
        force=facts.force,
        agencies={one.code: one.name for one in source.agencies},
        areas={area.code: area.name for area in facts.neighbourhoods},
        timezone=source.build.timezone,
        due_soon_days=assumed.whole("action_due_soon_days"),
        stalled_days=assumed.whole("plan_stalled_days"),
        methods=_methods(view, source),
    )


def _last_day(view: View, facts: BuildFacts) -> date:
    return min(view.as_of - timedelta(days=1), facts.last_day)


def _lists(view: View, source: Source) -> list[Listed]:
    assumed = source.assumptions
    week = this_week(
        source.build,
        view,
        police(frozenset(view.neighbourhoods or ())),
        minimum_contacts=assumed.whole("repeat_minimum_contacts"),
        length=assumed.whole("top_ten_length"),
        usual=Usual(assumed.number("usual_range_low_centile"), assumed.number("usual_range_high_centile")),
    )
    rows = week.people.rows
    if rows.is_empty():
        return []
    is_gone = pl.col("movement") == "left"
    return [listed(row) for row in rows.sort("area_code", is_gone, "position", "key_id").to_dicts()]


def _risks(record: MeetingRecord, view: View, source: Source) -> dict[str, RiskWords]:
    """As the table reads them, within the sector."""
    audience = police(frozenset(view.neighbourhoods or ()))
    return {
        case.person_id: risk_words(
            person(source.build, case.person_id, view, audience, assumptions=source.assumptions),
            version=source.assumptions.text("marac_repeat_version"),
        )
        for case in record.agenda
    }


def _picture(record: MeetingRecord, view: View, source: Source) -> Picture | None:
    shapes = outlines(
        source.build,
        view,
        police(frozenset(view.neighbourhoods or ())),
        area=AreaKind.NEIGHBOURHOOD,
        least_share=_LEAST_SHARE,
        tolerance_metres=_TOLERANCE_METRES,
        width_px=_PIXELS,
        height_px=_PIXELS,
    )
    if shapes is None:
        return None
    return map_picture(shapes.areas, Counter(case.neighbourhood for case in record.agenda))


def _totals(agency: str, source: Source) -> Totals:
    threshold = source.assumptions.whole("small_count_threshold")
    # The totals are the same for every case shared or not, and name no person.
    audience = partner(agency, shared_persons=frozenset(), threshold=threshold)
    as_of = source.facts.default_as_of
    # The same period as on a partner's page: others could be subtracted from it.
    recent, weeks = (source.assumptions.whole(name) for name in ("partner_recent_weeks", "partner_total_weeks"))
    found = shared_totals(source.build, audience, as_of=as_of, recent_weeks=recent, weeks=weeks)
    if found.recent is None:
        return Totals(said=why_no_totals(found), sectors=(), wards=(), threshold=threshold)
    rows = found.recent.rows
    by_sector = rows.filter(pl.col("ward_code") == ALL).sort(pl.col("sector") == ALL, "sector")
    by_ward = rows.filter(pl.col("sector") == ALL, pl.col("ward_code") != ALL).sort(
        pl.col("ward_code") == UNPLACED, "ward_name"
    )
    said = {ALL: "Whole force", UNPLACED: "In no sector"}
    what = "Domestic incidents" if found.domestic_only else "Incidents"
    return Totals(
        said=f"{what} of {weeks_to(found, recent)}.",
        sectors=tuple((said.get(row["sector"], row["sector"]), _few(row)) for row in by_sector.to_dicts()),
        wards=tuple(
            ("In no ward" if row["ward_code"] == UNPLACED else row["ward_name"], _few(row))
            for row in by_ward.to_dicts()
            if source.facts.has_wards
        ),
        threshold=threshold,
    )


def _few(row: dict[str, Any]) -> Few:
    return Few(row["incidents"], row["officer_hours"])


def _methods(view: View, source: Source) -> tuple[str, ...]:
    assumed = source.assumptions
    what = "domestic incidents" if view.domestic_only else "all incidents"
    return (
        f"Contacts are counted in {what} of the {plural(view.weeks, 'week')} to {day(_last_day(view, source.facts))}. "
        "Several logs about one job are one contact of each person who rang.",
        f"A list holds the {assumed.whole('top_ten_length')} people with the most contacts in a neighbourhood, from "
        f"{assumed.whole('repeat_minimum_contacts')} contacts up. Movement is against the list of a week before.",
        "Officer time is officer-minutes from assigned to cleared; an officer on several incidents at once is shared "
        "equally among them. Ends that were never recorded are estimated.",
        "Withheld, shared and institutional numbers, witnesses, third parties and professionals are in no list.",
        "How actions and plans stand is judged on the day of the meeting.",
        f"Build {source.facts.id}; judgements {assumed.fingerprint}.",
    )
