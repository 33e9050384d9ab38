"""What did the invented partnership decide: members, meetings, cases, plans and actions in every state?"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from dashboard.sample.chance import data_text
from dashboard.sample.force import TODAY
from dashboard.sample.geography import Geography
from dashboard.sample.meetings import Chosen, day_before, meetings_of

CASES_A_NEIGHBOURHOOD = (3, 2, 3)
MOST_CASES = 36
# Every plan follows one of these courses in turn.
STATES = (
    "on_track",
    "overdue",
    "done_in_part",
    "due_soon",
    "carried",
    "not_done",
    "closed",
    "cancelled",
    "stalled",
    "new",
    "no_action",
    "no_plan",
)


@dataclass(frozen=True)
class Course:
    """How one action went: when it was agreed and due (days before today; negative: after), and what followed."""

    agreed: int
    due: int
    progress: tuple[tuple[int, str, str], ...] = ()
    completed: int | None = None
    not_done: tuple[int, str, str] | None = None
    cancelled: tuple[int, str] | None = None
    carried: tuple[tuple[int, int], ...] = ()


_STARTED = ((14, "in_progress", "First meeting held; the caller agreed to go on."),)
_DONE = Course(42, 21, progress=((35, "in_progress", "Started."),), completed=24)
COURSES: Mapping[str, tuple[Course, ...]] = {
    "on_track": (Course(28, -14, progress=_STARTED), _DONE, Course(21, -21)),
    "overdue": (Course(35, 9, progress=((28, "in_progress", "Waiting for an appointment."),)), Course(21, 2), _DONE),
    "done_in_part": (_DONE, Course(35, 14, completed=15), Course(14, -28)),
    "due_soon": (Course(21, -4, progress=_STARTED), Course(21, -7), _DONE),
    "carried": (Course(49, -10, carried=((28, 7), (7, -10))), Course(28, -7, carried=((14, -7),)), _DONE),
    "not_done": (
        Course(
            49, 21, not_done=(20, "agency_did_not", "No one was free in the time agreed; taken up with the manager.")
        ),
        Course(42, 14, not_done=(16, "circumstances_changed", "The caller has asked for a different kind of help.")),
        Course(14, -14),
    ),
    "closed": (_DONE, Course(63, 35, completed=36)),
    "cancelled": (
        Course(35, 7, cancelled=(21, "Overtaken: another service already visits every week.")),
        Course(14, -9),
    ),
    "stalled": (Course(56, -30), Course(56, -30)),
    "new": (Course(7, -7), Course(7, -14)),
    "no_action": (),
}
SIGNED_OFF: Mapping[str, tuple[int, ...]] = {
    "on_track": (21, 14, 7),
    "done_in_part": (14, 7),
    "due_soon": (14, 7),
    "carried": (21,),
}
ENDING = ("reason", "assessment", "contact_note")
SAFE_CONTACT = (
    "Ring only between 10 and 2 on weekdays; say it is the school.",
    None,
    "Never leave a message. Send the agreed word by text first.",
    None,
    None,
)
MEMBERS: Sequence[tuple[str, str, str, str | None]] = (
    ("Insp. Maeve Tierney", "sector_inspector", "North", None),
    ("Insp. Gurdeep Bhogal", "sector_inspector", "Central", None),
    ("Insp. Errol Facey", "sector_inspector", "South", None),
    ("PC Leanne Round", "neighbourhood_officer", "S-N01", None),
    ("PC Harjit Sahota", "neighbourhood_officer", "S-N09", None),
    ("DS Saima Lodhi", "ppu_officer", "", None),
    ("Piotr Mazur", "analyst", "", None),
    ("Rita Osei", "partner", "", "HOUSING"),
    ("Sunita Virdee", "partner", "", "IDVA"),
    ("Keith Danks", "auditor", "", None),
)


def decisions_json(geography: Geography, top_tens: Mapping[date, pl.DataFrame]) -> str:
    """The text of `decisions.json`.

    Each neighbourhood's top ten has two or three cases and, on purpose, people without any; `caller_of` names a person
    by one of their calls.

    Args:
        geography: sectors and neighbourhoods.
        top_tens: the true top tens of each Monday, the sample's own day among them.
    """
    texts = tomllib.loads(data_text("plans.toml"))
    chosen = _people_with_cases(top_tens[TODAY])
    cases = [
        _case(row, at, texts=texts, inspector=_inspector(geography, row["sector"]))
        for at, row in enumerate(chosen.iter_rows(named=True))
    ]
    decided = {
        "agencies": [{"code": agency["code"], "name": agency["name"]} for agency in texts["agency"]],
        "members": _members(geography),
        "meetings": meetings_of(
            geography.sectors,
            [Chosen(row, case) for row, case in zip(chosen.iter_rows(named=True), cases, strict=True)],
            top_tens,
            chairs={sector: _chair(geography, sector) for sector in geography.sectors},
            agencies=[(agency["code"], agency["people"][0]) for agency in texts["agency"]],
        ),
        "cases": cases,
    }
    return json.dumps(decided, ensure_ascii=False, indent=1) + "\n"


def email_of(name: str) -> str:
    """An address at example.org from a member's name, its rank left out."""
    given, family = name.split()[-2:]
    return f"{given}.{family}@example.org".lower()


def _people_with_cases(top_tens: pl.DataFrame) -> pl.DataFrame:
    """Positions 1, 2, 4 … of most lists; the first of every fourth list has none. Nobody has two cases."""
    position = pl.int_range(pl.len()).over("neighbourhood")
    area = pl.col("neighbourhood").rank("dense").cast(pl.Int64) - 1
    wanted = pl.lit(False)
    for turn, count in enumerate(CASES_A_NEIGHBOURHOOD):
        first = 1 if turn == 1 else 0
        positions = [first, first + 1, first + 3][:count]
        wanted = wanted | ((area % len(CASES_A_NEIGHBOURHOOD) == turn) & position.is_in(positions))
    return top_tens.filter(wanted).unique("person", keep="first", maintain_order=True).head(MOST_CASES)


def _case(row: dict[str, Any], at: int, *, texts: dict[str, Any], inspector: str) -> dict[str, Any]:
    state = STATES[at % len(STATES)]
    courses = COURSES.get(state, ())
    opened = max([course.agreed for course in courses], default=10)
    theme = texts["theme"][at % len(texts["theme"])]
    actions = [_action(texts, action, course, at=at) for action, course in zip(theme["actions"], courses, strict=False)]
    return {
        "caller_of": row["caller_of"],
        "opened_on": _day(opened),
        "opened_by": inspector,
        "safe_contact_note": SAFE_CONTACT[at % len(SAFE_CONTACT)],
        "restricted": at == 5,
        "plan": None if state == "no_plan" else _plan(theme, row, texts, state=state, inspector=inspector),
        "actions": actions,
        "shares": _shares(actions, opened, inspector) if at % 3 != 2 else [],
    }


def _plan(
    theme: dict[str, Any], row: dict[str, Any], texts: dict[str, Any], *, state: str, inspector: str
) -> dict[str, Any]:
    def fill(text: str) -> str:
        return text.format(contacts=row["contacts"], area=row["neighbourhood_name"])

    owner = next(name for name, *_ in MEMBERS if email_of(name) == inspector) if state != "new" else "PC Leanne Round"
    ending = texts["assessment"][row["rank"] % len(texts["assessment"])]
    closed = {"on": _day(5), "contacted_on": _day(6)} | {name: ending[name] for name in ENDING}
    return {
        "objective": theme["objective"],
        "problem": fill(theme["problem"]),
        "analysis": fill(theme["analysis"]),
        "owner": owner,
        "review_on": _day(3) if state in ("overdue", "stalled") else _day(-14),
        "signed_off_on": [_day(ago) for ago in SIGNED_OFF.get(state, ())],
        "closed": closed if state == "closed" else None,
    }


def _action(texts: dict[str, Any], action: Sequence[str], course: Course, *, at: int) -> dict[str, Any]:
    what, agency = action
    people = next(entry["people"] for entry in texts["agency"] if entry["code"] == agency)
    not_done, cancelled = course.not_done, course.cancelled
    first_due = course.due if not course.carried else course.carried[0][0]
    return {
        "what": what,
        "agency": agency,
        "owner": people[at % len(people)],
        "due": _day(first_due),
        "agreed_on": _day(course.agreed),
        "progress": [{"on": _day(on), "status": status, "note": note} for on, status, note in course.progress],
        "completed_on": None if course.completed is None else _day(course.completed),
        "not_done": not_done and {"on": _day(not_done[0]), "which": not_done[1], "note": not_done[2]},
        "cancelled": cancelled and {"on": _day(cancelled[0]), "reason": cancelled[1]},
        "carried_to": [{"on": _day(on), "due": _day(due)} for on, due in course.carried],
    }


def _shares(actions: Sequence[dict[str, Any]], opened: int, inspector: str) -> list[dict[str, Any]]:
    """Each agency with an action sees the case's actions; the support service sees the case."""
    agencies = sorted({action["agency"] for action in actions} - {"POLICE"})
    return [
        {
            "agency": agency,
            "level": "case" if agency == "IDVA" else "actions",
            "until": "2014-03-31",
            "on": _day(opened),
            "by": inspector,
        }
        for agency in agencies
    ]


def _members(geography: Geography) -> list[dict[str, Any]]:
    known = {area.code for area in geography.neighbourhoods} | set(geography.sectors)
    return [
        {
            "email": email_of(name),
            "name": name,
            "role": role,
            "areas": [area] if area in known else ([geography.sectors[at % len(geography.sectors)]] if area else []),
            "agency": agency,
        }
        for at, (name, role, area, agency) in enumerate(MEMBERS)
    ]


def _inspector(geography: Geography, sector: str) -> str:
    return email_of(_chair(geography, sector))


def _chair(geography: Geography, sector: str) -> str:
    """The inspector of the sector; in a force of more than three sectors they take turns."""
    return MEMBERS[geography.sectors.index(sector) % 3][0]


def _day(ago: int) -> str:
    return day_before(ago).isoformat()
