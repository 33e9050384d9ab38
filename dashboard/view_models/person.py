"""What does a person's page say first? Contacts, gaps, what is missing, and the pictures of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from analysis.questions.figures import OfPerson
from analysis.questions.person import Person
from dashboard.charts.palette import Palette
from dashboard.charts.timeline import ContactKind, Timeline, TimelineContact, timeline
from dashboard.components.cells import Marked, badges
from dashboard.components.figure import FigureView
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import as_at, count, day, days_from, decimal, hours, listing, plural, sentence
from dashboard.view_models.openings import how_sure, opening
from dashboard.view_models.person_setting import PersonSetting as PersonSetting
from dashboard.view_models.person_setting import setting_of as setting_of

UNLOCATED = "unlocated"


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


def person_view(answer: Person, setting: PersonSetting, palette: Palette) -> PersonView:
    """Put the answer into words and pictures."""
    jobs = answer.incidents.rows.to_dicts() if answer.incidents.rows.height else []
    rung = [job for job in jobs if job["is_contact"]]
    areas = answer.areas.rows.to_dicts() if answer.areas.rows.height else []
    source = _source(rung, setting)
    return PersonView(
        sentence=_sentence(rung, areas, setting),
        badges=_badges(rung, jobs, areas, answer.feeds),
        facts=tuple(
            fact
            for fact in (
                _gaps(rung, setting),
                _older(rung, jobs, setting),
                dash_said(jobs, answer.feeds),
                marac_said(areas, version=setting.marac_version, as_of=setting.as_of),
            )
            if fact
        ),
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
    contacts = f"{plural(len(rung), 'contact')} in {plural(setting.weeks, 'week')}"
    first = f"{contacts} and {worked_said(rung)}"
    return sentence(f"{first}; the last {days_from(last, setting.today)}, on {day(last)}", also)


def worked_said(jobs: list[dict[str, Any]]) -> str:
    """The officer time of some incidents, with the share of it that is imputed and its bounds."""
    columns = ("officer_minutes", "imputed_minutes", "officer_minutes_low", "officer_minutes_high")
    worked, *others = (sum(job[column] for job in jobs) / 60 for column in columns)
    sure = how_sure(worked, *others)
    return f"{hours(worked)} of officer time" + (f", {sure}" if sure else "")


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
    half = f"{decimal(usual, places=0 if usual == int(usual) else 1)} {'day' if usual == 1 else 'days'}"
    return (
        f"Half of the gaps between contacts are {half} or shorter; the longest is {plural(max(gaps), 'day')}, "
        f"the newest {plural(gaps[0], 'day')}. It is {plural(since, 'day')} since the last contact. Silence is not "
        "success."
    )


def dash_said(jobs: list[dict[str, Any]], feeds: frozenset[str]) -> str:
    """On how many crimes a DASH was mandatory and is missing, and how many other incidents had none."""
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


def _older(rung: list[dict[str, Any]], jobs: list[dict[str, Any]], setting: PersonSetting) -> str:
    """Whether the newest assessment was made before the last contact."""
    assessed = [job["assessed_at"] for job in jobs if job["assessed_at"]]
    if not rung or not assessed:
        return ""
    newest, last = setting.local(max(assessed)).date(), setting.local(rung[0]["at"]).date()
    if newest >= last:
        return f"The newest assessment, of {day(newest)}, is not older than the last contact."
    older = plural((last - newest).days, "day")
    return f"The newest assessment, of {day(newest)}, is {older} older than the last contact."


def marac_said(areas: list[dict[str, Any]], *, version: str, as_of: date | None = None) -> str:
    """The last MARAC, until when abuse is a repeat, and how many incidents there were since.

    Args:
        version: the criteria, as the force names them.
        as_of: the day the clock is read on; None for no clock.
    """
    if not areas or not areas[0]["marac_on"]:
        return "No MARAC referral or hearing is recorded."
    first = areas[0]
    since, here = first["domestic_since_marac"], sum(area["domestic_since_marac_here"] for area in areas)
    where = "" if since == here else f", {count(here)} of them in your area"
    left = (first["marac_until"] - as_of).days if as_of else 0
    clock = (f"; {plural(left, 'day')} of it left" if left >= 0 else "; that time is over") if as_of else ""
    return sentence(
        f"Last MARAC {day(first['marac_on'])}: any abuse until {day(first['marac_until'])} is a repeat "
        f"({version}){clock}",
        f"So far {plural(since, 'domestic incident')} since{where}",
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
        table=_gap_table(rung, setting),
        source=source,
        alt=said,
    )


def _gap_table(rung: list[dict[str, Any]], setting: PersonSetting) -> Table:
    """Each contact with the silence before it, the newest marked."""
    gaps = [*(plural(days, "day") for days in gaps_of(rung, setting)), "first of these"]
    return Table(
        columns=(TableColumn("Contact"), TableColumn("Gap before", True), TableColumn("Officer minutes", True)),
        rows=tuple(
            (
                day(setting.local(job["at"]).date()) + ("" if at else ", the last"),
                gap,
                decimal(job["officer_minutes"], places=0),
            )
            for at, (job, gap) in enumerate(zip(rung, gaps, strict=True))
        ),
        said="Contacts, the newest first, with the days since the one before",
        no_list="every contact is listed under the heading Contacts below",
    )


def kind_of(job: dict[str, Any]) -> ContactKind:
    """The shape of a contact on the timeline."""
    if not job["is_domestic"]:
        return ContactKind.OTHER
    return ContactKind.DOMESTIC_CRIME if job["crimes"] else ContactKind.DOMESTIC_OTHER


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
        openings=tuple(one for area in areas for one in _area_openings(area, setting)),
        no_list="contacts elsewhere lie outside your area and are only counted" if outside else "",
    )


def _area_openings(area: dict[str, Any], setting: PersonSetting) -> tuple[Opening, ...]:
    """The contacts of a person in one neighbourhood, of the window and of all the data."""
    name, codes = area["neighbourhood_name"] or "Not placed", (area["neighbourhood_code"] or UNLOCATED,)
    now = OfPerson(area["person_id"], setting.days, codes)
    ever = OfPerson(area["person_id"], setting.all_days, codes, every_kind=True)
    about = f"{area['person_id']} in {name}"
    numbers = ((now, name, area["contacts_in_window"]), (ever, f"{name}, all the data", area["contacts"]))
    return tuple(opening(figure, about, name=said, contacts=number) for figure, said, number in numbers if number)


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
        definition="contacts as caller; children and risk assessments of every incident the person is recorded in; "
        f"officer time is that of the whole incident, in officer hours, {hours(imputed)} of the contacts' imputed"
        + (f"; harm in days: {setting.harm}" if setting.harm else ""),
        data_as_at=as_at(setting.data_as_at, setting.build),
        left_out="left out: incidents outside your area, which are only counted",
    )
