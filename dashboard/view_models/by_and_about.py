"""What is said of incidents about people, whoever rang, and of two who accuse each other?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from analysis.questions.figures import Among, Days, OfCounter, OfPerson
from dashboard.components.leads import Lead, Leads
from dashboard.open_incidents import Opening
from dashboard.text import day, days_from, listing, ordinal, plural, sentence
from dashboard.view_models.openings import how_sure, opening

_HOURS = ("officer_hours", "imputed_hours", "officer_hours_low", "officer_hours_high")


def about_leads(rows: Sequence[Mapping[str, Any]], *, area: str, days: Days, today: date, timezone: str) -> Leads:
    """The people of one area that most incidents of these days are about; `rows`: the ranking by person concerned."""
    zone = ZoneInfo(timezone)
    lines = tuple(
        Lead(
            row["key_id"],
            f"{ordinal(row['rank'])} by incidents about this person",
            sentence(
                f"the last incident {days_from(row['last_contact_at'].astimezone(zone).date(), today)}",
                how_sure(*(row[name] for name in _HOURS), of=" of the hours"),
                f"{plural(row['contacts_elsewhere'], 'incident')} elsewhere" if row["contacts_elsewhere"] else "",
            ),
            person_id=row["key_id"],
            opens=(
                opening(
                    OfPerson(row["key_id"], days, (area,), Among.ABOUT),
                    f"Incidents about {row['key_id']}",
                    incidents=row["contacts"],
                    officer_hours=row["officer_hours"],
                ),
            ),
        )
        for row in rows
        if row["area_code"] == area
    )
    return Leads(
        f"The ten most incidents were about in {plural((days.as_of - days.first_day).days // 7, 'week')}",
        lines,
        "Nobody was concerned in two incidents or more here. Choose a longer window, or all incidents.",
    )


def counter_said(rows: Sequence[Mapping[str, Any]], *, timezone: str) -> str:
    """The banner on who stands on both sides with this person; empty where nobody does."""
    if not rows:
        return ""
    each = []
    for other, (harmed, accused) in _by_other(rows).items():
        last = max(row["last_at"] for row in rows if row["other_id"] == other).astimezone(ZoneInfo(timezone)).date()
        each.append(
            f"{other} ({plural(harmed, 'incident')} with this person as victim, {accused} with this person as subject, "
            f"the last on {day(last)})"
        )
    return sentence(
        f"Each is recorded as victim and as subject of the other: this person and {listing(each)}",
        "Both roles are kept and neither is weighed here; look at who did what, and who is afraid",
        "For police only, never shared",
    )


def counter_openings(rows: Sequence[Mapping[str, Any]]) -> tuple[Opening, ...]:
    """The two counts of each other person, each with its incidents."""
    me = rows[0]["person_id"] if rows else ""
    return tuple(
        opening(
            OfCounter(me, other, is_victim),
            f"Incidents with {me if is_victim else other} as victim and {other if is_victim else me} as subject",
            name=f"{me} as {'victim' if is_victim else 'subject'}, {other} as {'subject' if is_victim else 'victim'}",
            incidents=incidents,
        )
        for other, (harmed, accused) in _by_other(rows).items()
        for is_victim, incidents in ((True, harmed), (False, accused))
        if incidents
    )


def _by_other(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """How often this person is the victim, and how often the subject, over all areas, by other person."""
    people: dict[str, tuple[int, int]] = {}
    for row in rows:
        harmed, accused = people.get(row["other_id"], (0, 0))
        people[row["other_id"]] = harmed + row["as_victim"], accused + row["as_subject"]
    return people
