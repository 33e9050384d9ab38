"""Does the command, and the page's button, write the access log first and hand out only what it says?"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from dashboard.__main__ import main
from dashboard.decisions_database import open_decisions
from dashboard.pack.button import may_hand_out, pack_download
from dashboard.pack.files import PackForm
from dashboard.pack.gathering import POLICE_EDITION, Edition
from partnership.errors import NoSuchRecord, PartnershipError
from partnership.meeting_reading import record_for_pack
from partnership.meeting_record import MeetingRecord
from partnership.members import operator
from partnership.models import AccessLogEntry, Meeting
from partnership.vocabulary import Operation, Role
from tests.dashboard.built import viewer, visit_of

AGENCY, SECTOR = "IDVA", "Central"


def meeting_of(store: Path, visit_sector: str = SECTOR) -> MeetingRecord:
    """The newest closed meeting of a sector, whole."""
    visit = visit_of(viewer(Role.PPU_OFFICER, store=store), store=store)
    database = open_decisions(store)
    with database.read() as session:
        newest = select(Meeting.id).where(Meeting.sector == visit_sector, Meeting.closed_at.is_not(None))
        number = session.scalars(newest.order_by(Meeting.held_on.desc())).first()
        assert number is not None
        found = record_for_pack(session, operator("x", visit.facts.default_as_of), number, visit.facts.geography)
    database.close()
    return found


def disclosures(store: Path) -> list[tuple[str | None, str]]:
    """To whom, and why: the disclosures of the access log."""
    database = open_decisions(store)
    with database.read() as session:
        rows = session.scalars(select(AccessLogEntry).where(AccessLogEntry.operation == Operation.DISCLOSURE)).all()
        found = [(row.recipient, row.purpose) for row in rows]
    database.close()
    return found


def packed(store: Path, file: Path, edition: str, number: int, *more: str) -> int:
    typed = ["pack", "--meeting", str(number), "--for", edition, "--out", str(file), "--store", str(store), *more]
    return main(typed)


def cells(file: Path) -> str:
    book = openpyxl.load_workbook(file)
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def test_an_agencys_file_holds_its_cases_and_no_other_each_logged_with_the_recipient(
    writable_store: Path, tmp_path: Path
) -> None:
    found = meeting_of(writable_store)
    shared = {case.reference for case in found.every_case if AGENCY in {share.agency for share in case.shares}}
    others = {case.reference for case in found.every_case} - shared
    before = len(disclosures(writable_store))
    assert packed(writable_store, tmp_path / "a.xlsx", AGENCY, found.meeting_id, "--purpose", "Monday") == 0
    text = cells(tmp_path / "a.xlsx")
    shown = {reference for reference in shared if reference in text}
    assert shown and others and not [reference for reference in others if reference in text]
    logged = disclosures(writable_store)[before:]
    assert len(logged) == len(shown)
    assert {why for _, why in logged} == {"Monday"} and "Domestic Abuse" in str(logged[0][0])


def test_the_polices_file_holds_every_case_with_an_open_action_and_no_person_id(
    writable_store: Path, tmp_path: Path
) -> None:
    found = meeting_of(writable_store)
    assert packed(writable_store, tmp_path / "a.xlsx", "police", found.meeting_id) == 0
    text = cells(tmp_path / "a.xlsx")
    with_actions = [case for case in found.every_case if case.plan and case.actions]
    assert with_actions and all(case.reference in text for case in with_actions)
    assert not [case for case in found.every_case if case.person_id in text]


@pytest.mark.parametrize(
    ("edition", "number", "name", "names"),
    [
        ("NOBODY", None, "a.pdf", "agency"),
        ("police", 9999, "a.pdf", "--meeting"),
        ("police", None, "a.odt", ".docx"),
        ("police", None, "none/a.pdf", "folder"),
        ("police", None, "there.pdf", "--force"),
    ],
)
def test_a_mistake_names_the_mend_and_neither_writes_nor_logs(
    edition: str,
    number: int | None,
    name: str,
    names: str,
    writable_store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "there.pdf").write_text("kept", encoding="utf-8")
    meeting, before = meeting_of(writable_store).meeting_id, disclosures(writable_store)
    assert packed(writable_store, tmp_path / name, edition, number or meeting) == 2
    assert names in capsys.readouterr().err.strip().splitlines()[-1]
    assert disclosures(writable_store) == before
    assert (tmp_path / "there.pdf").read_text(encoding="utf-8") == "kept"


def test_a_number_of_no_meeting_is_answered_with_the_numbers_of_the_newest(
    writable_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = meeting_of(writable_store)
    assert packed(writable_store, tmp_path / "a.pdf", "police", 0) == 2
    said = capsys.readouterr().err
    assert f"{found.meeting_id} ({found.sector}, {found.held_on})" in said and said.count("(") == 8


def test_the_button_gives_the_same_bytes_as_the_command(writable_store: Path, tmp_path: Path) -> None:
    found = meeting_of(writable_store)
    visit = visit_of(viewer(Role.PPU_OFFICER, store=writable_store), store=writable_store)
    made = pack_download(visit, found.meeting_id, POLICE_EDITION, form=PackForm.PDF, purpose="Monday")()
    assert packed(writable_store, tmp_path / "a.pdf", "police", found.meeting_id) == 0
    assert made == (tmp_path / "a.pdf").read_bytes()


def test_the_button_gives_nothing_without_a_purpose(writable_store: Path) -> None:
    found = meeting_of(writable_store)
    visit = visit_of(viewer(Role.PPU_OFFICER, store=writable_store), store=writable_store)
    before = disclosures(writable_store)
    with pytest.raises(PartnershipError, match="purpose"):
        pack_download(visit, found.meeting_id, Edition(AGENCY), form=PackForm.EXCEL, purpose=" ")()
    assert disclosures(writable_store) == before


@pytest.mark.parametrize("role", [Role.NEIGHBOURHOOD_OFFICER, Role.ANALYST, Role.PARTNER, Role.AUDITOR])
def test_who_does_not_read_the_whole_sector_hands_nothing_out(role: Role, writable_store: Path) -> None:
    found = meeting_of(writable_store)
    visit = visit_of(viewer(role, store=writable_store), store=writable_store)
    assert not may_hand_out(visit, found)
    with pytest.raises(NoSuchRecord):
        pack_download(visit, found.meeting_id, POLICE_EDITION, form=PackForm.EXCEL, purpose="Monday")()
