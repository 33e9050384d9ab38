"""Does an auditor, and nobody else, find who looked at whom and why, check the log, and take it away with a purpose?"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.components.paging import ROWS_AT_ONCE
from dashboard.data.access_log import LogQuestion, as_file, entries, how_many, verified
from dashboard.decisions_database import log_key, open_decisions
from dashboard.errors import DashboardError
from dashboard.log_check import anchor_of, whole_said
from dashboard.view_models.access_log import log_view
from partnership import access_log, members
from partnership.access_log import Anchor, LogLine
from partnership.errors import NoSuchRecord, PartnershipError
from partnership.vocabulary import Operation, Role
from tests.dashboard.built import all_text, opened, viewer, visit_of

AS_OF = date(2013, 12, 2)
AT = datetime(2013, 12, 1, 23, 30, tzinfo=UTC)
ALL = LogQuestion(date(2000, 1, 1), AS_OF)
FORMULA = "=1+1 a check of the log"
PERSON = "P-AUDITED0001"


@pytest.fixture
def logged(writable_store: Path) -> Path:
    """A store in which an inspector has looked at somebody, with words that a spreadsheet would work out."""
    inspector = viewer(Role.SECTOR_INSPECTOR, store=writable_store)
    database = open_decisions(writable_store)
    with database.write() as session:
        actor = members.sign_in(session, inspector.email, AS_OF)
        assert actor is not None
        access_log.record(
            session,
            actor,
            Operation.CONSULTATION,
            subject=PERSON,
            purpose=FORMULA,
            at=AT,
            key=log_key(writable_store),
            details={"what": "a person's record"},
        )
    database.close()
    return writable_store


def test_an_auditor_asks_about_a_person_checks_the_log_and_finds_nobodys_name(logged: Path) -> None:
    inspector = viewer(Role.SECTOR_INSPECTOR, store=logged)
    app = opened(viewer(Role.AUDITOR, store=logged), "access_log")
    assert not app.exception and app.title[0].value == "Access log"
    app.text_input(key="log_record").set_value(PERSON.lower()).run()
    said = all_text(app).replace("\\", "")
    assert "1 entry from" in said and f"{inspector.name}, sector inspector" in said and FORMULA in said
    assert PERSON not in app.table[0].value.to_csv() and len(app.table[0].value) == 1
    app.button(key="log_verify").click().run()
    assert "The access log is whole" in app.success[0].value.replace("\\", "")


def test_looking_at_the_log_stands_in_it_once_a_session_and_the_log_stays_whole(writable_store: Path) -> None:
    auditor = viewer(Role.AUDITOR, store=writable_store)
    visit = visit_of(auditor, store=writable_store)
    own = replace(ALL, who=auditor.name)
    before = len(entries(visit, own, limit=None))
    app = opened(auditor, "access_log")
    app.selectbox(key="log_who").set_value(auditor.name).run()
    lines = entries(visit, own, limit=None)
    assert len(lines) == before + 1 and lines[0].purpose == "read_access_log"
    assert "opened the access log" in app.table[0].value.to_csv()
    assert verified(visit, None).is_whole


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.AUDITOR, Role.OPERATOR}])
def test_nobody_else_is_given_an_entry(role: Role, app_store: Path) -> None:
    visit = visit_of(viewer(role))
    for asked in (
        lambda: entries(visit, ALL, limit=1),
        lambda: how_many(visit, ALL),
        lambda: verified(visit, None),
        as_file(visit, ALL, "curious"),
    ):
        with pytest.raises(NoSuchRecord):
            asked()


def test_the_page_is_refused_to_the_police(app_store: Path) -> None:
    app = opened(viewer(Role.ANALYST), "access_log")
    assert not app.exception and not app.table and "not part of what" in all_text(app)


def test_a_file_is_logged_first_with_its_purpose_and_runs_no_formula(logged: Path) -> None:
    visit = visit_of(viewer(Role.AUDITOR, store=logged), store=logged)
    with pytest.raises(PartnershipError, match="purpose"):
        as_file(visit, ALL, " ")()
    before = len(entries(visit, ALL, limit=None))
    rows = list(csv.DictReader(io.StringIO(as_file(visit, ALL, "the yearly audit")().decode("utf-8-sig"))))
    after = entries(visit, ALL, limit=None)
    assert (len(rows), len(after)) == (before, before + 1) and after[0].purpose == "the yearly audit"
    assert f"'{FORMULA}" in {row["purpose"] for row in rows}


def test_days_are_the_forces_own(logged: Path) -> None:
    visit = visit_of(viewer(Role.AUDITOR, store=logged), store=logged)
    on_the_day = replace(ALL, first_day=date(2013, 12, 1), last_day=date(2013, 12, 1), record=PERSON)
    assert len(entries(visit, on_the_day, limit=None)) == 1
    assert entries(visit, replace(on_the_day, first_day=AS_OF, last_day=AS_OF), limit=None) == ()


MORE: dict[str, str | int | bool] = {"build": "0123456789abcdef", "people": 2, "what": "names of a list"}


def line(seq: int, operation: Operation = Operation.CONSULTATION) -> LogLine:
    return LogLine(seq, AT, "Ann", Role.PARTNER, "HOUSING", operation, "S-1", None, "open_plan", MORE)


def test_entries_are_counted_by_kind_with_the_agencys_name() -> None:
    kinds = {Operation.CONSULTATION: 1_200, Operation.DISCLOSURE: 1}
    view = log_view([line(3)], kinds, (AS_OF, AS_OF), {"HOUSING": "City housing"}, timezone="Europe/London")
    assert view.sentence == "1,201 entries on Mon 2 Dec 2013: 1,200 looked at and 1 disclosed."
    assert view.table.rows[0][1] == "Ann, partner, City housing"
    assert view.table.rows[0][-2:] == ("opened the plan", "names of a list, people: 2, build: 01234567")


def test_what_was_done_can_be_asked_for(app_store: Path) -> None:
    visit = visit_of(viewer(Role.AUDITOR))
    asked = replace(ALL, operation=Operation.DISCLOSURE)
    found = entries(visit, asked, limit=None)
    assert found and {one.operation for one in found} == {Operation.DISCLOSURE}
    assert how_many(visit, asked) == {Operation.DISCLOSURE: len(found)}


def test_a_long_log_is_turned_over_part_by_part(app_store: Path) -> None:
    app = opened(viewer(Role.AUDITOR), "access_log")
    newest = app.table[0].value
    assert len(newest) == ROWS_AT_ONCE and app.button(key="log_newer").disabled
    app.button(key="log_older").click().run()
    assert f"{ROWS_AT_ONCE + 1} to {2 * ROWS_AT_ONCE} of" in all_text(app) and not app.table[0].value.equals(newest)
    app.selectbox(key="log_done").set_value("disclosed").run()
    assert f"{ROWS_AT_ONCE + 1} to" not in all_text(app)


def test_a_broken_log_and_a_mistyped_anchor_are_said_with_what_to_do() -> None:
    with pytest.raises(DashboardError, match="from row 3 on"):
        whole_said(access_log.Verification(5, 3, None))
    assert anchor_of(" 7:ab ", field="Anchor") == Anchor(7, "ab") and anchor_of("", field="Anchor") is None
    with pytest.raises(DashboardError, match="SEQ:HASH"):
        anchor_of("seven", field="Anchor")
