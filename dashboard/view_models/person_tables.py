"""Which incidents, records and identities does a person's page list? Every figure of the page adds up to these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from analysis.questions.person import Person
from dashboard.components.cells import Cell, Marked, badges
from dashboard.components.table import Table, TableColumn
from dashboard.text import count, day, decimal, kind_said, listing, moment, plural, sentence, short_day
from dashboard.view_models.openings import imputed_share
from dashboard.view_models.person import gaps_of
from dashboard.view_models.person_setting import PersonSetting

EVENT_WORDS = {
    "contact": "victim contacted",
    "marac_referral": "referred to MARAC",
    "marac_heard": "heard at MARAC",
    "idva_referral": "referred to an IDVA",
    "supervisor_attended": "supervisor attended",
    "inspector_informed": "inspector informed",
    "neighbourhood_review": "reviewed by the neighbourhood team",
    "children_asked": "asked about children",
    "children_forwarded": "children's details forwarded",
    "joint_screening": "joint screening",
    "ppu_informed": "public protection unit informed",
    "control_room_review": "reviewed in the control room",
    "release_notified": "told of a release",
}
KIND_WORDS = {"name": "Name", "telephone": "Telephone", "date_of_birth": "Date of birth", "address": "Address"}
_KEYS = {
    "nominal_id": "nominal id",
    "name": "name",
    "date_of_birth": "date of birth",
    "phone": "telephone number",
}


@dataclass(frozen=True)
class Evidence:
    """Why these records are taken to be of one person: in words, and record by record."""

    said: str
    table: Table


def incidents_tables(answer: Person, setting: PersonSetting) -> tuple[Table, Table]:
    """The contacts, which every figure adds up to; and the jobs the person is recorded in without having rung."""
    jobs = answer.incidents.rows.to_dicts() if answer.incidents.rows.height else []
    rung = [job for job in jobs if job["is_contact"]]
    others = [job for job in jobs if not job["is_contact"]]
    gaps = [*(plural(days, "day") for days in gaps_of(rung, setting)), "first of these"]
    gaps[0] = gaps[0] if len(gaps) == 1 else f"{gaps[0]}, the newest gap"
    minutes, imputed = (sum(job[column] for job in rung) for column in ("officer_minutes", "imputed_minutes"))
    worked = decimal(minutes, places=0) + (f" ({imputed_share(imputed, minutes)} imputed)" if imputed else "")
    total: tuple[Cell, ...] = (f"Total: {plural(len(rung), 'contact')}", "", "", "", "", worked, "")
    rows = [_job(job, gap, setting) for job, gap in zip(rung, gaps, strict=False)]
    return (
        _table(tuple([*rows, total] if rows else rows), "Gap before", "Contacts, the newest first"),
        _table(tuple(_job(job, job["roles"], setting) for job in others), "Recorded as", "Other incidents"),
    )


def _table(rows: tuple[tuple[Cell, ...], ...], second: str, said: str) -> Table:
    headings = ("When", second, "Incident", "Where", "What", "Officer minutes", "Safety")
    return Table(tuple(TableColumn(heading, heading == "Officer minutes") for heading in headings), rows, said)


def _job(job: dict[str, Any], second: str, setting: PersonSetting) -> tuple[Cell, ...]:
    what = [job["opening_code"], job["closing_code"] if job["closing_code"] != job["opening_code"] else None]
    said = " → ".join(kind_said(part) for part in what if part) or "not coded"
    grade = f", {job['grade']}" if job["grade"] else ""
    crime = f"; crime: {job['offences']}" if job["crimes"] and job["offences"] else "; crime" if job["crimes"] else ""
    logs = f" ({count(job['logs'])} logs)" if job["logs"] > 1 else ""
    return (
        moment(setting.local(job["at"])),
        second,
        f"{job['first_incident_id']}{logs}",
        job["neighbourhood_name"] or "not placed",
        f"{said}{grade}{crime}",
        decimal(job["officer_minutes"], places=0) + (" (part imputed)" if job["imputed_minutes"] else ""),
        _safety(job),
    )


def _safety(job: dict[str, Any]) -> Marked:
    urgent = ["DASH missing"] if job["is_assessment_missing"] else []
    labels = []
    if job["is_assessed"]:
        labels.append(f"{job['tool'] or 'assessment'} {job['risk'] or 'without a risk'}")
    elif job["is_domestic"] and not urgent:
        labels.append("no DASH")
    if job["has_children"]:
        labels.append("children")
    return badges([*urgent, *labels], urgent=urgent)


def assessments_table(answer: Person, setting: PersonSetting) -> Table:
    """DASH and DARA of every incident where one was made or could have been, the newest first, gaps in words."""
    jobs = answer.incidents.rows.to_dicts() if answer.incidents.rows.height else []
    shown = [job for job in jobs if job["is_assessed"] or job["is_domestic"]]
    return Table(
        columns=tuple(TableColumn(heading) for heading in ("When", "Incident", "Assessment", "Risk", "Was it due")),
        rows=tuple(
            (
                day(setting.local(job["at"]).date()),
                job["first_incident_id"],
                _assessment(job, setting),
                job["risk"] or "none recorded",
                "mandatory: a crime between partners" if job["is_assessment_mandatory"] else "at discretion",
            )
            for job in shown
        ),
        said="Risk assessments, incident by incident, the newest first",
    )


def crimes_table(answer: Person, setting: PersonSetting) -> Table:
    """The crimes recorded of these incidents, the newest first."""
    jobs = answer.incidents.rows.to_dicts() if answer.incidents.rows.height else []
    return Table(
        columns=(
            TableColumn("When"),
            TableColumn("Incident"),
            TableColumn("Crimes", True),
            TableColumn("Offences"),
            TableColumn("Harm, days", True),
        ),
        rows=tuple(
            (
                day(setting.local(job["at"]).date()),
                job["first_incident_id"],
                count(job["crimes"]),
                job["offences"] or "offence not known",
                "no score" if job["harm"] is None else decimal(job["harm"], places=0),
            )
            for job in jobs
            if job["crimes"]
        ),
        said="Recorded crimes, incident by incident, the newest first",
    )


def _assessment(job: dict[str, Any], setting: PersonSetting) -> str:
    if not job["is_assessed"]:
        return "missing" if job["is_assessment_missing"] else "none"
    made = f", {day(setting.local(job['assessed_at']).date())}" if job["assessed_at"] else ""
    return f"{job['tool'] or 'tool not recorded'}{made}"


def safety_table(answer: Person, setting: PersonSetting) -> Table:
    """What was done to keep people safe, the newest first; the same kind of event on one day once."""
    rows = answer.safety.rows.to_dicts() if answer.safety.rows.height else []
    seen = dict.fromkeys((setting.local(row["at"]).date(), row["event"]) for row in rows)
    return Table(
        columns=(TableColumn("When"), TableColumn("What was done")),
        rows=tuple((day(on), EVENT_WORDS.get(event, event)) for on, event in seen),
        said="What was done to keep people safe, the newest first",
    )


def evidence_view(answer: Person, setting: PersonSetting) -> Evidence:
    """Which records share which key, in words; a key is given as a number, never as what it is."""
    rows = answer.evidence.rows.to_dicts() if answer.evidence.rows.height else []
    said = []
    for key, word in _KEYS.items():
        bearing = [row[key] for row in rows if row[key] is not None]
        if bearing:
            several = len(set(bearing))
            others = f" (of {count(several)})" if several > 1 else ""
            said.append(f"{count(bearing.count(1))} bear the same {word}{others}")
    aliases = answer.areas.rows["aliases"][0] if answer.areas.rows.height else None
    first = f"{plural(len(rows), 'record')} are taken to be of one person: {listing(said)}" if said else "No record"
    known = f"Earlier references of the same person: {aliases}" if aliases else ""
    headings = ("Record", "In incident", *(word.capitalize() for word in _KEYS.values()))
    return Evidence(
        sentence(first, known, "Only what is exactly equal is shown; what people decided of records comes before it"),
        Table(
            columns=tuple(TableColumn(heading) for heading in headings),
            rows=tuple(
                (
                    f"{day(setting.local(row['received_at']).date())}, {row['role']}",
                    row["incident_id"],
                    *("none" if row[key] is None else f"{word} {row[key]}" for key, word in _KEYS.items()),
                )
                for row in reversed(rows)
            ),
            said="The records of this person, the newest first; equal numbers mean equal values",
        ),
    )


def _born(value: str) -> str:
    """1 Jun 1967: of a date of birth nobody asks the weekday."""
    born = date.fromisoformat(value)
    return f"{short_day(born)} {born.year}"


def identity_table(rows: pl.DataFrame, setting: PersonSetting) -> Table:
    """Names, numbers, dates of birth and addresses with when each was recorded first and last."""
    merged: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows.to_dicts() if rows.height else []:
        merged.setdefault((row["kind"], row["value"]), []).append(row)
    order = {kind: at for at, kind in enumerate(KIND_WORDS)}
    found = sorted(merged.items(), key=lambda item: (order[item[0][0]], -sum(row["records"] for row in item[1])))
    return Table(
        columns=(
            TableColumn("What"),
            TableColumn("As recorded"),
            TableColumn("Records", True),
            TableColumn("First", True),
            TableColumn("Last", True),
        ),
        rows=tuple(
            (
                KIND_WORDS[kind],
                _born(value) if kind == "date_of_birth" else value,
                count(sum(row["records"] for row in several)),
                day(setting.local(min(row["first_at"] for row in several)).date()),
                day(setting.local(max(row["last_at"] for row in several)).date()),
            )
            for (kind, value), several in found
        ),
        said="Names, telephone numbers, dates of birth and addresses as recorded",
    )
