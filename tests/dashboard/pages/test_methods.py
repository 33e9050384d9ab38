"""Does the Methods page explain every number truly? Each example is worked out anew."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analysis.assumptions import Assumptions, load
from analysis.demand.areas import AreaKind
from analysis.demand.contacts import contacts
from analysis.demand.windows import Window
from analysis.disclosure import Clearance
from analysis.disclosure.contract import Answer, AnswerColumn, Kind, SmallCount, Total
from analysis.disclosure.suppress import suppress
from analysis.officer_time import UNITS_PER_MINUTE
from analysis.questions.methods import methods
from analysis.ranking.movement import movement
from analysis.ranking.order import Lens
from analysis.ranking.rank import rank
from dashboard.data.methods import methods_of
from dashboard.view_models import definitions as said
from dashboard.view_models.methods import methods_view
from partnership.vocabulary import Role
from tests.analysis.officer_time import builders as time
from tests.analysis.people.builders import born, letters, log, resolve
from tests.analysis.ranking.builders import (
    Extract,
    Log,
    at,
    concerned_frame,
    crime_frame,
    group_frame,
    log_frame,
    rings,
)
from tests.dashboard.built import all_text, audience_of, built, opened, viewer, visit_of

MONDAY = date(2013, 12, 2)
ROLES = [role for role in Role if role is not Role.OPERATOR]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_every_definition_and_judgement(app_store: Path, role: Role) -> None:
    app = opened(viewer(role), "methods")
    shown = all_text(app)
    assert not app.exception
    folds = [expander.label.replace("\\", "") for expander in app.expander]
    assert folds[: len(said.DEFINITIONS)] == [one.title for one in said.DEFINITIONS]
    # How many records were compared in this build is for those who keep it, not for partners.
    assert (len(folds) > len(said.DEFINITIONS)) == (role is not Role.PARTNER)
    assert "Measured on" in shown and "Precision is the part of the joined pairs" in shown
    assert [entry.name for entry in load().entries if entry.reason not in shown.replace("\\", "")] == []


def test_nobody_is_asked_who_they_are(app_store: Path) -> None:
    assert opened(None, "methods").title[0].value == "Who are you today?"


def test_every_judgement_stands_with_value_unit_reason_source_owner_and_review_date(app_store: Path) -> None:
    visit = visit_of(viewer(Role.AUDITOR))
    view = methods_view(methods_of(visit.facts.id, audience_of(visit)), is_synthetic=True)
    assert len(view.judgements.rows) == len(load().entries)
    assert all(cell for row in view.judgements.rows for cell in row)


def test_a_judgement_changed_after_the_build_is_told(app_store: Path) -> None:
    entries = load().entries
    fewer = Assumptions(entries[1:])
    found = methods(built(), fewer, audience_of(visit_of(viewer(Role.ANALYST))))
    assert "Build again" in methods_view(found, is_synthetic=True).warning
    same = methods(built(), load(), audience_of(visit_of(viewer(Role.ANALYST))))
    assert methods_view(same, is_synthetic=True).warning == ""


def test_boundaries_of_a_real_force_bear_their_attribution(app_store: Path) -> None:
    found = methods(built(), load(), audience_of(visit_of(viewer(Role.ANALYST))))
    real = " ".join(methods_view(found, is_synthetic=False).attribution)
    assert "Open Government Licence v.3.0" in real and "Contains OS data © Crown copyright" in real
    assert "invented" in " ".join(methods_view(found, is_synthetic=True).attribution)


# The examples


def table(definition: said.Definition) -> list[tuple[str, ...]]:
    return list(definition.rows)


def test_the_example_of_the_window_is_so() -> None:
    window = Window(MONDAY, 52, "Europe/London")
    instants = [datetime.strptime(row[0][4:], "%d %b %Y, %H:%M") for row in said.WINDOW.rows]
    moments = pl.Series(instants).dt.replace_time_zone("Europe/London").dt.convert_time_zone("UTC")
    inside = pl.DataFrame({"at": moments}).select(window.contains(pl.col("at"))).to_series().to_list()
    assert [("yes" if is_in else "no") for is_in in inside] == [row[1] for row in said.WINDOW.rows]


def test_the_example_of_contacts_is_so() -> None:
    logs = [
        Log("I1", at("2013-11-26T22:00"), caller_id="Jo"),
        Log("I2", at("2013-11-26T22:05"), caller_id="Jo's sister", group_id="I1"),
        Log("I3", at("2013-11-26T22:10"), caller_id="Jo", group_id="I1"),
        Log("I4", at("2013-11-27T09:00"), caller_id="Jo"),
        Log("I5", at("2013-11-27T09:05"), caller_id="Witness", caller_role="witness", group_id="I4"),
    ]
    callers = contacts(log_frame(logs), group_frame(logs), concerned_frame(logs)).filter(key_type="caller")["key_id"]
    worked = [
        (who, str(sum(log.caller_id == who for log in logs)), str((callers == who).sum()))
        for who in dict.fromkeys(str(log.caller_id) for log in logs)
    ]
    assert worked == table(said.CONTACT)


def ranked(logs: list[Log], extract: Extract | None = None) -> pl.DataFrame:
    made = contacts(log_frame(logs), group_frame(logs), concerned_frame(logs)).filter(key_type="caller")
    crimes = crime_frame(extract) if extract else None
    return rank(made, Window(MONDAY, 52, "Europe/London"), group_crimes=crimes, **asked())


def asked() -> dict[str, Any]:
    return {
        "lens": Lens.CONTACTS,
        "area": AreaKind.NEIGHBOURHOOD,
        "domestic_only": True,
        "minimum_contacts": 2,
    }


def days(count: int, first: str = "2013-10-01") -> list[str]:
    return [(date.fromisoformat(first) + timedelta(days=day)).isoformat() + "T12:00" for day in range(count)]


def test_the_example_of_ranks_and_ties_is_so() -> None:
    logs = []
    for person, calls, hours, *_ in said.RANK.rows:
        mine = rings(person, *days(int(calls)))
        units = round(float(hours.removesuffix(" h")) * 60 * UNITS_PER_MINUTE)
        logs += [Log(**{**vars(mine[0]), "units": units}), *mine[1:]]
    found = ranked(logs).select("key_id", "contacts", "officer_hours", "rank", "position").rows()
    assert [(key, str(n), f"{h:.1f} h", str(r), str(p)) for key, n, h, r, p in found] == table(said.RANK)


def test_the_example_of_movement_is_so() -> None:
    calls = {  # contacts in this week, the week before, and the one before that
        "A": (9, 9, 0),
        "B": (8, 3, 0),
        "C": (7, 8, 0),
        "D": (6, 0, 0),
        "E": (5, 0, 4),
        "F": (0, 7, 0),
    }
    weeks = ("2013-11-25", "2013-11-18", "2013-11-11")
    logs = [
        Log(f"{person}-{week}-{number}", at(f"{week}T{number + 8:02d}:00"), caller_id=person)
        for person, counts in calls.items()
        for week, count in zip(weeks, counts, strict=True)
        for number in range(count)
    ]
    made = contacts(log_frame(logs), group_frame(logs), concerned_frame(logs)).filter(key_type="caller")
    found = movement(
        made,
        Window(MONDAY, 1, "Europe/London"),
        group_crimes=None,
        first_day=date(2013, 11, 4),
        length=10,
        lists_before=52,
        **asked(),
    )
    worked = {row["key_id"]: (row["earlier_rank"], row["rank"], row["movement"]) for row in found.iter_rows(named=True)}
    shown = {
        row[0]: (*(int(cell) if cell.isdigit() else None for cell in row[1:3]), row[3]) for row in table(said.MOVEMENT)
    }
    assert worked == shown


def test_the_example_of_shared_officer_time_is_so() -> None:
    split = time.split(
        time.row("A", "10:00", "11:00", "PC 1"),
        time.row("B", "10:30", "11:30", "PC 1"),
        time.row("A", "10:00", "10:20", "PC 2"),
    )
    minutes = [units / UNITS_PER_MINUTE for units in split.incidents["officer_units"][:2]]
    assert [*minutes, sum(minutes)] == [float(row[-1]) for row in said.OFFICER_TIME.rows]


@pytest.mark.parametrize("row", said.NEVER_CLEARED.rows, ids=lambda row: row[0])
def test_the_example_of_time_never_cleared_is_so(row: tuple[str, ...]) -> None:
    usual = time.row("B", "01:00", "01:55", "PC 9")
    rows = [usual, time.row("A", "10:00", None, "PC 1", scene="10:10")]
    if " at " in row[0]:
        start = row[0][-5:]
        rows.append(time.row("C", start, f"{int(start[:2])}:{int(start[3:]) + 15}", "PC 1"))
    grades = {"A": "immediate", "B": "immediate", "C": "early"}
    found = time.split(*rows, grades=grades, minimum=1).incidents.row(0, named=True)
    worked = [found[f"officer_units{end}"] / UNITS_PER_MINUTE for end in ("", "_low", "_high")]
    assert worked == [float(cell) for cell in row[1:]]


def test_the_example_of_harm_is_so() -> None:
    one, two, three = rings("A", *days(3))
    logs = [
        Log(**{**vars(one), "crimes": ("C1",)}),
        Log(**{**vars(two), "crimes": ("C1",)}),
        Log(**{**vars(three), "crimes": ("C2",)}),
        *rings("B", *days(2)),
    ]
    found = ranked(logs, Extract(tuple(logs), {"C1": 190.0, "C2": 10.0})).select("key_id", "contacts", "harm").rows()
    worked = [(key, str(n), "no crime recorded" if harm is None else f"{harm:.0f} days") for key, n, harm in found]
    assert worked == table(said.HARM)


def test_the_example_of_small_counts_is_so() -> None:
    both = frozenset({Clearance.POLICE, Clearance.PARTNER})
    answer = Answer(
        name="example",
        columns=(AnswerColumn("ward", Kind.NAME, both), AnswerColumn("contacts", Kind.COUNT, both)),
        small_counts=(SmallCount("contacts"),),
        totals=(Total("ward", "All"),),
    )
    frame = pl.DataFrame(
        [(ward, int(n)) for ward, n, _ in said.SMALL_COUNTS.rows], schema=["ward", "contacts"], orient="row"
    )
    shown = suppress(frame, answer, threshold=5, width=3).rows["contacts"].to_list()
    assert [n is None for n in shown] == [not row[2].isdigit() for row in said.SMALL_COUNTS.rows]
    assert sum(n for n in frame["contacts"][:-1]) == frame["contacts"][-1]


def test_the_example_of_persons_is_so() -> None:
    phone = "07700 900123"
    jo = {"name": "Jo Sandal", "phone": phone}
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (jo, jo),
        ({**jo, "date_of_birth": born("1980-05-01")}, {**jo, "date_of_birth": born("1955-05-01")}),
        (jo, {"name": "Kit Ember", "phone": phone}),
    ]
    worked = []
    for first, second in pairs:
        people = resolve(log(1, **first), log(2, **second))
        worked.append(str(len(set(letters(people.incidents["caller_id"])))))
    assert worked == [row[1] for row in said.PERSON.rows]
