"""What does an agency's edition say? The cases shared with it, as far as shared, and totals by the gate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.pack.document import Block, Pack, Section, Table, Words, facts
from dashboard.pack.police_pack import cover, tracking_table
from dashboard.pack.words import (
    HANDLING,
    LEVELS,
    MARKING,
    Setting,
    actions_table,
    attendance_table,
    due_table,
    rows_or,
)
from dashboard.text import count, day, hours
from dashboard.view_models.plan_words import DECIDED
from partnership.action_tracking import action_tracking
from partnership.agency_edition import AgencyRecord, SharedCaseRecord
from partnership.vocabulary import OPEN_ACTION_STATES

WITHHELD = "withheld"


@dataclass(frozen=True)
class Few:
    """Figures of one area as the gate released them; None where withheld."""

    incidents: int | None
    officer_hours: float | None


@dataclass(frozen=True)
class Totals:
    """Totals of sectors and wards by name, as the gate released them.

    Attributes:
        said: which weeks they cover, or why there are none.
        sectors: with the whole force last; empty where there are no totals.
        wards: empty where the force gave no wards.
        threshold: counts below it are withheld.
    """

    said: str
    sectors: tuple[tuple[str, Few], ...]
    wards: tuple[tuple[str, Few], ...]
    threshold: int


def agency_pack(record: AgencyRecord, totals: Totals, setting: Setting) -> Pack:
    """One agency's edition of a meeting; without a map, and without anything of the other cases.

    Args:
        record: the agency's edition of the record.
        totals: released for the agency.
        setting: to whom, and what the numbers rest on.
    """
    name = setting.agency(record.agency)
    every = record.every_case
    own = [(case.reference, one) for case in every for one in case.own_actions]
    due = due_table("Every action of the agency that is not finished", own, record.held_on, setting)
    return Pack(
        marking=MARKING,
        title=f"Repeat demand meeting, {record.sector}, {day(record.held_on)}: edition for {name}",
        cover=cover(record, setting),
        handling=HANDLING,
        sections=(
            Section("The list", (rows_or("No case is shared with the agency.", _shared_table(every)),)),
            Section("Cases", (Words("Each case shared with the agency has a page of its own."),)),
            *(_case(case, record, setting) for case in every),
            Section("Actions due", (rows_or("No action is open.", due),), starts_page=True),
            Section("Minutes", _minutes(record, setting), starts_page=True),
            Section("Totals", _totals(totals), starts_page=True),
            Section("Methods in brief", tuple(map(Words, setting.methods))),
        ),
        tracking=tracking_table(
            action_tracking(record, agencies=setting.agencies, names={}, timezone=setting.timezone)
        ),
    )


def _shared_table(cases: Iterable[SharedCaseRecord]) -> Table:
    return Table(
        "Cases shared with the agency",
        ("Case", "What the agency sees", "Until", "Decision", "Review", "Own open actions"),
        tuple(
            (
                case.reference,
                LEVELS[case.level],
                day(case.until),
                "" if case.decision is None else DECIDED[case.decision],
                "" if case.review_on is None else day(case.review_on),
                str(sum(one.action.status in OPEN_ACTION_STATES for one in case.own_actions)),
            )
            for case in cases
        ),
    )


def _case(case: SharedCaseRecord, record: AgencyRecord, setting: Setting) -> Section:
    blocks: list[Block] = [
        facts(
            ("Shared until", day(case.until)),
            ("What the agency sees", LEVELS[case.level]),
            ("Decision", None if case.decision is None else DECIDED[case.decision]),
            ("What the plan is for", case.objective),
            ("Owner of the plan", case.plan_owner),
            ("Review", None if case.review_on is None else day(case.review_on)),
        )
    ]
    if case.own_actions:
        blocks.append(actions_table("The agency's own actions", case.own_actions, record.held_on, setting))
    if case.other_actions:
        others = actions_table("Actions of other agencies", case.other_actions, record.held_on, setting)
        # Who, when and how far; the words of others' actions are not the agency's to read.
        rows = tuple((agency, due, stands) for _, agency, _, due, stands, _ in others.rows)
        blocks.append(Table(others.title, ("Agency", "Due", "How it stands"), rows))
    return Section(case.reference, tuple(blocks), level=2, starts_page=True)


def _minutes(record: AgencyRecord, setting: Setting) -> tuple[Block, ...]:
    return (
        facts(
            ("Chair", record.chair_name or "not named"),
            ("Confidentiality statement", "confirmed" if record.is_confidentiality_confirmed else "not confirmed"),
            ("Notes of the last meeting", "agreed" if record.are_last_notes_agreed else "not agreed"),
        ),
        attendance_table(record.attendance, setting),
    )


def _totals(totals: Totals) -> tuple[Block, ...]:
    if not totals.sectors:
        return (Words(totals.said),)
    few = f"fewer than {totals.threshold}, or withheld"

    def table(what: str, areas: tuple[tuple[str, Few], ...]) -> Table:
        rows = tuple(
            (
                name,
                few if found.incidents is None else count(found.incidents),
                WITHHELD if found.officer_hours is None else hours(found.officer_hours, places=0),
            )
            for name, found in areas
        )
        return Table(f"Totals by {what.lower()}", (what, "Incidents", "Officer time"), rows)

    tables = [table("Sector", totals.sectors), *([table("Ward", totals.wards)] if totals.wards else [])]
    why = f"Counts below {totals.threshold}, and those that would give one away, are withheld."
    return (Words(totals.said), *tables, Words(why))
