"""Why would a person be looked at on Monday? The lists, the risk and MARAC, as the facts an agenda is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from analysis.disclosure import Released
from analysis.questions.top_ten import Standing, TopTen
from dashboard.text import day
from partnership.agenda import (
    AgendaFact,
    MaracEligibility,
    ProposedAgenda,
    proposed_agenda,
    with_area_names,
    with_plans,
)
from partnership.views import PlanView
from partnership.vocabulary import ListMovement


def list_facts(
    top_tens: Mapping[str, TopTen], risks: Iterable[Mapping[str, Any]], *, marac_version: str
) -> tuple[AgendaFact, ...]:
    """One fact for each person and neighbourhood whose list they stand on or have left.

    Args:
        top_tens: the released list of each neighbourhood, by code.
        risks: person_id, risk, assessed_at, the newest first.
        marac_version: whose criteria of a repeat are held against each person (assumption `marac_repeat_version`).
    """
    newest: dict[str, Mapping[str, Any]] = {}
    for row in risks:
        newest.setdefault(row["person_id"], row)
    left = [(code, row) for code, answer in top_tens.items() for row in _rows(answer.left)]
    gone_from = {row["key_id"]: code for code, row in left}
    facts = [
        _listed(row, code, newest.get(row["key_id"]), gone_from.get(row["key_id"]), marac_version=marac_version)
        for code, answer in top_tens.items()
        for row in _rows(answer.people)
        if row["standing"] == Standing.LISTED and row["movement"] is not None
    ]
    facts += [AgendaFact(row["key_id"], code, code, ListMovement.LEFT, contacts=row["contacts"]) for code, row in left]
    return tuple(facts)


def agenda_of(
    facts: Iterable[AgendaFact],
    plans: Iterable[PlanView],
    names: Mapping[str, str],
    *,
    held_on: date,
    places: int,
    sharp_rise: int,
    identities: Mapping[str, str] = MappingProxyType({}),
) -> ProposedAgenda:
    """The agenda of a meeting: what the lists say, joined with what was decided.

    Args:
        facts: of the lists, areas still by code.
        plans: of the sector.
        names: the name of each neighbourhood code.
        held_on: the day of the meeting, by which actions are overdue and reviews due.
        places: how many cases the hour holds.
        sharp_rise: so many places up in a week is a sharp rise.
        identities: what was decided since the last meeting on who somebody is, by person id.
    """
    said = with_area_names(with_plans(facts, plans, today=held_on), names)
    moved = [replace(_with_origin(fact, names), identity_decision=identities.get(fact.person_id)) for fact in said]
    return proposed_agenda(moved, today=held_on, places=places, sharp_rise=sharp_rise)


def _rows(released: Released) -> list[dict[str, Any]]:
    frame = released.rows
    return frame.to_dicts() if frame.height else []


def _listed(
    row: Mapping[str, Any], code: str, risk: Mapping[str, Any] | None, gone_from: str | None, *, marac_version: str
) -> AgendaFact:
    is_new = row["movement"] == ListMovement.NEW
    return AgendaFact(
        person_id=row["key_id"],
        neighbourhood=code,
        area=code,
        movement=ListMovement(row["movement"]),
        position=row["position"],
        earlier_position=row["earlier_rank"],
        contacts=row["contacts"],
        officer_hours=round(row["officer_hours"], 1),
        moved_from=gone_from if is_new and gone_from != code else None,
        marac=marac_eligibility(row, risk, version=marac_version),
        lacks_mandatory_dash=bool(row["missing_assessments"]),
    )


def marac_eligibility(
    row: Mapping[str, Any], risk: Mapping[str, Any] | None, *, version: str
) -> MaracEligibility | None:
    """Which criteria of a MARAC a listed person meets; None for none. It says where a case belongs, and refers nobody.

    Args:
        row: marac_on (None for none in time) and last_contact_at of the list.
        risk: the newest risk recorded of the person; None for none.
        version: of the criteria, as it is said at the table.
    """
    criteria = []
    marac_on = row["marac_on"]
    if risk is not None and risk["risk"] == "high":
        on = risk["assessed_at"].date()
        if marac_on is None or on > marac_on:
            criteria.append(f"high risk on DASH of {day(on)}, and no MARAC since")
    if marac_on is not None and row["last_contact_at"].date() > marac_on:
        criteria.append(f"repeat: a contact since the MARAC of {day(marac_on)}")
    return MaracEligibility(tuple(criteria), version) if criteria else None


def _with_origin(fact: AgendaFact, names: Mapping[str, str]) -> AgendaFact:
    return fact if fact.moved_from is None else replace(fact, moved_from=names.get(fact.moved_from, fact.moved_from))
