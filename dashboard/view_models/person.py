"""What does a person's page say first? Contacts, gaps, what is missing, and the pictures of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from analysis.questions.person import Person
from dashboard.charts.palette import Palette
from dashboard.charts.timeline import ContactKind, Timeline, TimelineContact, timeline
from dashboard.components.cells import Marked, badges
from dashboard.components.figure import FigureView
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.text import count, day, days_from, decimal, hours, listing, plural, sentence, short_day
from dashboard.visit import Visit


@dataclass(frozen=True)
class PersonSetting:
    """The days and words that the page depends on beside the answer."""

    as_of: date
    weeks: int
    domestic_only: bool
    timezone: str
    today: date
    data_as_at: date

    def local(self, moment: datetime) -> datetime:
        """A moment in the force's own time."""
        return moment.astimezone(ZoneInfo(self.timezone))

    @property
    def first_day(self) -> date:
        """The first day of the window."""
        return self.as_of - timedelta(weeks=self.weeks)


@dataclass(frozen=True)
class PersonView:
    """The upper part of the page, finished. `picture` is None where there is no contact to draw."""

    sentence: str
    badges: Marked
    facts: tuple[str, ...]
    picture: FigureView | None
    areas: Table
    source: SourceLine
    neighbourhood: str | None


def setting_of(visit: Visit, *, today: date, timezone: str) -> PersonSetting:
    """What the words depend on, from the visit."""
    filters = visit.filters
    return PersonSetting(filters.as_of, filters.weeks, filters.domestic_only, timezone, today, visit.facts.last_day)


def person_view(answer: Person, setting: PersonSetting, palette: Palette) -> PersonView:
    """Put the answer into words and pictures."""
    jobs = answer.incidents.rows.to_dicts() if answer.incidents.rows.height else []
    rung = [job for job in jobs if job["is_contact"]]
    areas = answer.areas.rows.to_dicts() if answer.areas.rows.height else []
    source = _source(rung, setting)
    return PersonView(
        sentence=_sentence(rung, areas, setting),
        badges=_badges(rung, jobs, areas, answer.feeds),
        facts=tuple(fact for fact in (_gaps(rung, setting), _dash(jobs, answer.feeds), _marac(areas)) if fact),
        picture=_picture(rung, setting, source, palette) if rung else None,
        areas=_areas(areas, setting),
        source=source,
        neighbourhood=_last_area(areas),
    )


def elsewhere(areas: list[dict[str, Any]]) -> int:
    """Contacts of the window that lie outside the reader's scope, or could not be placed."""
    if not areas:
        return 0
    return int(areas[0]["contacts_of_window_everywhere"]) - sum(area["contacts_in_window"] for area in areas)


def _sentence(rung: list[dict[str, Any]], areas: list[dict[str, Any]], setting: PersonSetting) -> str:
    outside = elsewhere(areas)
    also = f"{plural(outside, 'contact')} elsewhere, not shown here" if outside else ""
    if not rung:
        return sentence(f"No contact in {plural(setting.weeks, 'week')} in your area", also)
    last = setting.local(rung[0]["at"]).date()
    time = sum(job["officer_minutes"] for job in rung) / 60
    first = f"{plural(len(rung), 'contact')} in {plural(setting.weeks, 'week')} and {hours(time)} of officer time"
    return sentence(f"{first}; the last {days_from(last, setting.today)}, on {day(last)}", also)


def _badges(
    rung: list[dict[str, Any]], jobs: list[dict[str, Any]], areas: list[dict[str, Any]], feeds: frozenset[str]
) -> Marked:
    missing = sum(job["is_assessment_missing"] for job in jobs)
    urgent = [f"DASH missing: {count(missing)}"] if missing else []
    labels = []
    if areas and areas[0]["marac_on"]:
        labels.append(f"MARAC {day(areas[0]['marac_on'])}")
    if any(job["has_children"] for job in jobs):
        labels.append("children")
    is_victim = any(job["crimes"] and "victim" in job["roles"] for job in jobs)
    if "crimes" in feeds and rung and not is_victim:
        labels.append("not victim of a recorded crime")
    roles = sorted({role.removeprefix("caller ") for job in jobs for role in job["roles"].split(", ")})
    labels += [f"recorded as {listing(roles)}"] if roles else []
    return badges([*urgent, *labels], urgent=urgent)


def gaps_of(rung: list[dict[str, Any]], setting: PersonSetting) -> list[int]:
    """Days between each contact and the one before it, the newest first."""
    days = [setting.local(job["at"]).date() for job in rung]
    return [(later - earlier).days for later, earlier in pairwise(days)]


def _gaps(rung: list[dict[str, Any]], setting: PersonSetting) -> str:
    gaps = gaps_of(rung, setting)
    if not gaps:
        return ""
    since = (setting.today - setting.local(rung[0]["at"]).date()).days
    usual = median(gaps)
    return (
        f"Half of the gaps between contacts are {decimal(usual, places=0 if usual == int(usual) else 1)} days or "
        f"shorter; the longest is {plural(max(gaps), 'day')}. It is {plural(since, 'day')} since the last. Silence is "
        "not success."
    )


def _dash(jobs: list[dict[str, Any]], feeds: frozenset[str]) -> str:
    if "assessments" not in feeds:
        return "This build has no assessments, so nothing can be said of DASH (risk assessment)."
    due = [job for job in jobs if job["is_assessment_mandatory"]]
    missing = sum(job["is_assessment_missing"] for job in due)
    optional = [job for job in jobs if job["is_domestic"] and not job["is_assessment_mandatory"]]
    without = sum(not job["is_assessed"] for job in optional)
    return sentence(
        f"DASH (risk assessment) was mandatory on {plural(len(due), 'crime')}"
        + (f" and is missing on {count(missing)}" if missing else ", and none is missing" if due else ""),
        f"Of {plural(len(optional), 'other domestic incident')}, {count(without)} had none" if optional else "",
    )


def _marac(areas: list[dict[str, Any]]) -> str:
    if not areas or not areas[0]["marac_on"]:
        return "No MARAC referral or hearing is recorded."
    first = areas[0]
    return (
        f"Last MARAC {day(first['marac_on'])}: any abuse until {day(first['marac_until'])} is a repeat (SafeLives, "
        f"current definition). So far {plural(first['domestic_since_marac'], 'domestic incident')} since."
    )


def _picture(rung: list[dict[str, Any]], setting: PersonSetting, source: SourceLine, palette: Palette) -> FigureView:
    marks = tuple(
        TimelineContact(setting.local(job["at"]).replace(tzinfo=None), kind_of(job), job["officer_minutes"])
        for job in reversed(rung)
    )
    pairs = list(pairwise(marks))
    longest = max(pairs, key=lambda pair: pair[1].at - pair[0].at, default=None)
    quiet = (longest[0].at, longest[1].at) if longest else None
    said = f"{plural(len(rung), 'contact')}, marks sized by officer minutes; the last one is ringed"
    return FigureView(
        title="Contacts over time",
        sentence=sentence(said),
        picture=timeline(Timeline(marks, setting.first_day, setting.as_of, quiet), palette),
        table=_months(rung, setting),
        source=source,
        alt=said,
    )


def kind_of(job: dict[str, Any]) -> ContactKind:
    """The shape of a contact on the timeline."""
    if not job["is_domestic"]:
        return ContactKind.OTHER
    return ContactKind.DOMESTIC_CRIME if job["crimes"] else ContactKind.DOMESTIC_OTHER


def _months(rung: list[dict[str, Any]], setting: PersonSetting) -> Table:
    """Contacts and hours by the month of the contact, the newest first; months without any are left out."""
    months: dict[tuple[int, int], list[float]] = {}
    for job in rung:
        on = setting.local(job["at"])
        months.setdefault((on.year, on.month), []).append(job["officer_minutes"] / 60)
    return Table(
        columns=(TableColumn("Month"), TableColumn("Contacts", True), TableColumn("Officer time", True)),
        rows=tuple(
            (f"{short_day(date(year, month, 1)).removeprefix('1 ')} {year}", count(len(found)), hours(sum(found)))
            for (year, month), found in months.items()
        ),
        said="Contacts and officer time by month",
    )


def _areas(areas: list[dict[str, Any]], setting: PersonSetting) -> Table:
    rows: list[tuple[str, str, str, str]] = [
        (
            area["neighbourhood_name"] or "Not placed",
            count(area["contacts_in_window"]),
            count(area["contacts"]),
            day(setting.local(area["last_contact_at"]).date()) if area["last_contact_at"] else "none",
        )
        for area in areas
    ]
    outside = elsewhere(areas)
    if outside:
        rows.append(("Elsewhere", count(outside), "not shown", "not shown"))
    return Table(
        columns=(
            TableColumn("Neighbourhood"),
            TableColumn("Contacts", True),
            TableColumn("in all the data", True),
            TableColumn("Last", True),
        ),
        rows=tuple(rows),
        said="Contacts by neighbourhood",
    )


def _last_area(areas: list[dict[str, Any]]) -> str | None:
    """The neighbourhood of the last contact: where a case is opened."""
    placed = [area for area in areas if area["neighbourhood_code"] and area["last_contact_at"]]
    newest = max(placed, key=lambda area: area["last_contact_at"], default=None)
    return str(newest["neighbourhood_code"]) if newest else None


def _source(rung: list[dict[str, Any]], setting: PersonSetting) -> SourceLine:
    imputed = sum(job["imputed_minutes"] for job in rung) / 60
    kind = "domestic incidents" if setting.domestic_only else "all incidents"
    return SourceLine(
        period=f"{plural(setting.weeks, 'week')} to {day(setting.as_of - timedelta(days=1))}, {kind}",
        definition="contacts as caller; officer time is that of the whole incident, in officer hours",
        data_as_at=day(setting.data_as_at),
        left_out=f"{hours(imputed)} of it imputed; incidents outside your area are only counted",
    )
