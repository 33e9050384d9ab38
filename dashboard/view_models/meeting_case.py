"""What does the table need to know of one case? Why here, the year, what changed, the risk, the plan, the actions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from analysis.questions.figures import Among, Days, OfPerson
from analysis.questions.person import Person
from analysis.questions.view import View
from dashboard.charts.palette import Palette
from dashboard.components.cells import Marked, spark_bars
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, day, plural, sentence
from dashboard.view_models.meeting import Setting
from dashboard.view_models.openings import opening
from dashboard.view_models.person import PersonSetting, person_view, worked_said
from dashboard.view_models.person_figures import figures_table
from dashboard.view_models.plan_words import DECIDED, plan_cell
from dashboard.view_models.risk_words import risk_words
from partnership.meeting_record import CaseRecord, MeetingRecord
from partnership.vocabulary import PlanState

MONTHS = 12
_COUNTED = re.compile(r"(?:top ten of|position \d+ in) (?P<area>.+), (?:now )?at position \d+ \([\d,]+ contacts?\b")
"""How a reason tells contacts in a neighbourhood: kept in words, as they were said when the agenda was drawn up."""


@dataclass(frozen=True)
class CaseWords:
    """One case, finished; texts are escaped when they are drawn.

    Attributes:
        heading: who, where, and where they stand on the lists.
        why: why it is on the agenda, the most pressing first.
        year: contacts, hours and the last contact; `months` the same as bars.
        changed: since the last meeting.
        why_opens: the contacts and hours of each neighbourhood that a reason gives numbers of, as they are counted now.
        year_opens, changed_opens: the contacts and hours of each, and the incidents behind them; None for none.
        risk: what is recorded of DASH, MARAC and children; `risk_opens` the incidents each counts.
        plan: the plan's status, and its texts under their headings.
        decided: what this meeting decided; empty while nothing is.
    """

    heading: str
    why: tuple[str, ...]
    year: str
    months: Marked
    changed: str
    badges: Marked
    risk: tuple[str, ...]
    plan: Marked
    plan_texts: tuple[tuple[str, str], ...]
    actions: Table
    decided: str
    why_opens: tuple[Opening, ...]
    risk_opens: tuple[Opening, ...]
    year_opens: Opening | None
    changed_opens: Opening | None
    source: SourceLine


def case_words(
    case: CaseRecord,
    record: MeetingRecord,
    answer: Person,
    setting: Setting,
    as_of: PersonSetting,
    palette: Palette,
    *,
    view: View,
) -> CaseWords:
    """Put one case of a meeting into words. `view`: the weeks the meeting looks at, whatever the filters."""
    person = person_view(answer, as_of, palette)
    jobs = answer.incidents.rows.to_dicts() if answer.incidents.rows.height else []
    since = record.last_meeting or as_of.as_of - timedelta(weeks=1)
    position = "" if case.top_ten_position is None else f"position {case.top_ten_position} in a top ten"
    restricted = "restricted" if case.is_restricted else ""
    who, where = setting.called(case.person_id), setting.area(case.neighbourhood)
    carried = f"carried {plural(case.times_carried, 'time')}" if case.times_carried else ""
    return CaseWords(
        heading=" · ".join(part for part in (who, where, position, carried, restricted) if part),
        why=case.reasons or ("On the books until the plan is closed",),
        year=person.sentence,
        months=_months(jobs, as_of, palette),
        changed=_changed(case, jobs, since, as_of),
        badges=person.badges,
        risk=risk_words(answer, version=as_of.marac_version, as_of=as_of.as_of).lines,
        plan=plan_cell(case.plan, setting.today, stalled_days=setting.stalled_days),
        plan_texts=_plan_texts(case),
        actions=actions_of(case, setting),
        decided=_decided(case),
        why_opens=_rung_where(case, jobs, as_of, view),
        risk_opens=_recorded(answer, as_of, view),
        year_opens=_rung_since(as_of.first_day, jobs, case, as_of, view),
        changed_opens=_rung_since(since, jobs, case, as_of, view),
        source=person.source,
    )


def _months(jobs: list[dict[str, Any]], as_of: PersonSetting, palette: Palette) -> Marked:
    """Contacts in each of the twelve spells of the year, oldest first."""
    first, width = as_of.first_day, (as_of.as_of - as_of.first_day).days / MONTHS
    found = [0] * MONTHS
    for job in jobs:
        if job["is_contact"]:
            at = int((as_of.local(job["at"]).date() - first).days / width)
            found[min(max(at, 0), MONTHS - 1)] += 1
    said = f"contacts in each twelfth of the year, oldest first: {', '.join(map(str, found))}"
    return spark_bars(found, palette, said=said, height=32)


def _rung(since: date, jobs: list[dict[str, Any]], as_of: PersonSetting) -> list[dict[str, Any]]:
    return [job for job in jobs if job["is_contact"] and as_of.local(job["at"]).date() >= since]


def _rung_since(
    since: date, jobs: list[dict[str, Any]], case: CaseRecord, as_of: PersonSetting, view: View
) -> Opening | None:
    """What the person rang about from a day on, in the weeks the meeting looks at; None where there is nothing."""
    new = _rung(since, jobs, as_of)
    if not new:
        return None
    return opening(
        OfPerson(case.person_id, Days(max(since, as_of.first_day), as_of.as_of)),
        f"{case.person_id} since {day(since)}",
        contacts=len(new),
        officer_hours=sum(job["officer_minutes"] for job in new) / 60,
        imputed_hours=sum(job["imputed_minutes"] for job in new) / 60,
        view=view,
    )


def counted_area(reason: str) -> str | None:
    """The neighbourhood in which a reason tells contacts; None where it tells none."""
    found = _COUNTED.search(reason)
    return found["area"] if found else None


def _rung_where(case: CaseRecord, jobs: list[dict[str, Any]], as_of: PersonSetting, view: View) -> tuple[Opening, ...]:
    """What the person rang about in the neighbourhoods whose list a reason tells contacts and hours of."""
    counted = {counted_area(reason) for reason in case.reasons}
    by_area: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for job in jobs:
        if job["is_contact"] and job["neighbourhood_name"]:
            by_area.setdefault((job["neighbourhood_name"], job["neighbourhood_code"]), []).append(job)
    return tuple(
        opening(
            OfPerson(case.person_id, as_of.days, (code,)),
            f"{case.person_id} in {name}",
            name=name,
            contacts=len(rung),
            officer_hours=sum(job["officer_minutes"] for job in rung) / 60,
            imputed_hours=sum(job["imputed_minutes"] for job in rung) / 60,
            view=view,
        )
        for (name, code), rung in sorted(by_area.items())
        if name in counted
    )


def _recorded(answer: Person, as_of: PersonSetting, view: View) -> tuple[Opening, ...]:
    """What the lines on risk count, as the person's own page counts it."""
    counted = figures_table(answer, as_of).openings
    return tuple(
        replace(one, view=view)
        for one in counted
        if isinstance(one.figure, OfPerson) and one.figure.among is Among.RECORDED
    )


def _changed(case: CaseRecord, jobs: list[dict[str, Any]], since: date, as_of: PersonSetting) -> str:
    """Contacts and reports since the last meeting."""
    new = _rung(since, jobs, as_of)
    contacts = f"{plural(len(new), 'contact')}, {worked_said(new)}" if new else "no contact"
    zone = ZoneInfo(as_of.timezone)
    told = [
        one.action
        for one in case.actions
        if one.action.reported_at is not None and one.action.reported_at.astimezone(zone).date() >= since
    ]
    reports = f"{plural(len(told), 'action')} reported on" if told else "no action reported on"
    return sentence(f"Since {day(since)}: {contacts}; {reports}")


def _plan_texts(case: CaseRecord) -> tuple[tuple[str, str], ...]:
    plan = case.plan
    if plan is None:
        return ()
    written = {
        "What is to become better": plan.objective,
        "What is happening": plan.problem,
        "Why it keeps happening": plan.analysis,
        "What is being done": plan.response,
        "What came of it": plan.assessment,
        "Owner": plan.owner_name,
        "Looked at again": day(plan.review_on) if plan.state is PlanState.OPEN else None,
        "Why it was closed": plan.closing_reason,
    }
    return tuple((heading, text) for heading, text in written.items() if text)


def actions_of(case: CaseRecord, setting: Setting) -> Table:
    """Every open action, those reported on since the last meeting, and those agreed in this one."""
    return Table(
        columns=tuple(map(TableColumn, ("Action", "Agency and who", "Due", "Status", "Last note", "Carried"))),
        rows=tuple(
            (
                one.action.what or "",
                f"{setting.agency(one.action.owner_agency)}, {one.action.owner_name or ''}",
                day(one.action.due_on),
                setting.action_cell(one.action),
                one.action.note or "",
                count(one.action.times_carried),
            )
            for one in case.actions
        ),
        said="The actions of the plan, the earliest due first",
    )


def _decided(case: CaseRecord) -> str:
    made = case.decision
    if made is None:
        return ""
    because = f": {made.reason}" if made.reason else ""
    return f"Decided: {DECIDED[made.what]}{because} (recorded by {made.recorded_by})"
