"""The access log: every row is kept, every tampering is found, and auditors alone read it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from partnership import access_log
from partnership.access_log import Anchor, LogLine, LogSearch, Verification
from partnership.authority import Actor
from partnership.errors import NoSuchRecord, PartnershipError
from partnership.models import AccessLogEntry
from partnership.vocabulary import Operation
from tests.partnership.builders import KEY, NOW, Desk

ROWS = 6


def filled(desk: Desk, rows: int = ROWS) -> Verification:
    actor = desk.actor("officer")
    with desk.database.write() as session:
        for number in range(rows):
            access_log.record(
                session,
                actor,
                Operation.CONSULTATION,
                subject=f"P-{number % 2}",
                purpose="Monday's meeting",
                details={"rows": number},
                at=NOW + timedelta(minutes=number),
                key=KEY,
            )
        return access_log.verify(session, KEY)


def found(desk: Desk, who: str, **asked: Any) -> list[LogLine]:
    actor = desk.actor(who)
    with desk.database.read() as session:
        return list(access_log.search(session, actor, LogSearch(**asked), key=KEY, limit=100))


def _everything_an_auditor_sees(session: Session, auditor: Actor) -> None:
    access_log.who_stands_in_it(session, auditor)
    access_log.how_many(session, auditor, LogSearch(), key=KEY)
    access_log.search(session, auditor, LogSearch(), key=KEY, limit=100)


def tamper(session: Session, *statements: str) -> None:
    for trigger in ("update", "delete", "insert"):
        session.execute(text(f"DROP TRIGGER access_log_no_{trigger}"))
    for statement in statements:
        session.execute(text(statement))


def test_an_untouched_log_is_whole(desk: Desk) -> None:
    verification = filled(desk)
    assert (verification.is_whole, verification.rows) == (True, ROWS)


def test_an_empty_log_is_whole(desk: Desk) -> None:
    assert filled(desk, 0) == Verification(0, None, None)


def test_the_subject_is_found_by_its_id_and_not_stored(desk: Desk) -> None:
    filled(desk)
    assert [line.seq for line in found(desk, "auditor", subject="P-1")] == [6, 4, 2]
    assert "P-1" not in repr(desk.everything()["access_log"])


def test_an_auditor_asks_what_somebody_looked_at_and_when(desk: Desk) -> None:
    filled(desk)
    since = NOW + timedelta(minutes=4)
    assert [line.seq for line in found(desk, "auditor", actor_name="officer", since=since)] == [6, 5]


def test_the_rows_can_be_read_a_part_at_a_time_and_are_counted_by_operation(own_desk: Desk) -> None:
    filled(own_desk)
    own_desk.database.log_key = KEY
    own_desk.case()
    auditor = own_desk.actor("auditor")
    with own_desk.database.read() as session:
        part = access_log.search(session, auditor, LogSearch(), key=KEY, limit=2, skip=3)
        kinds = access_log.how_many(session, auditor, LogSearch(), key=KEY)
    assert [line.seq for line in part] == [4, 3]
    assert list(kinds.items()) == [(Operation.CONSULTATION, ROWS), (Operation.COLLECTION, 1)]


@pytest.mark.parametrize("who", ["inspector", "officer", "ppu", "analyst", "housing", "operator"])
def test_nobody_but_an_auditor_reads_the_log(desk: Desk, who: str) -> None:
    with pytest.raises(NoSuchRecord):
        found(desk, who)
    with pytest.raises(NoSuchRecord), desk.database.read() as session:
        access_log.who_stands_in_it(session, desk.actor(who))
    with pytest.raises(NoSuchRecord), desk.database.read() as session:
        access_log.how_many(session, desk.actor(who), LogSearch(), key=KEY)


def test_an_auditor_is_told_whom_to_ask_about(desk: Desk) -> None:
    filled(desk, 2)
    actor, auditor = desk.actor("ppu"), desk.actor("auditor")
    with desk.database.write() as session:
        access_log.record(
            session,
            actor,
            Operation.DISCLOSURE,
            subject="P-1",
            purpose="Pack",
            at=NOW,
            key=KEY,
            recipient="HOUSING",
        )
        names = access_log.who_stands_in_it(session, auditor)
    assert {"Officer", "Ppu"} <= set(names.actors) and names.recipients == ("HOUSING",)


def test_a_disclosure_names_its_recipient(desk: Desk) -> None:
    actor = desk.actor("officer")
    with pytest.raises(PartnershipError, match="recipient"), desk.database.write() as session:
        access_log.record(session, actor, Operation.DISCLOSURE, subject="P-1", purpose="Pack", at=NOW, key=KEY)


def test_a_purpose_is_needed(desk: Desk) -> None:
    actor = desk.actor("officer")
    with pytest.raises(PartnershipError, match="purpose"), desk.database.write() as session:
        access_log.record(session, actor, Operation.CONSULTATION, subject="P-1", purpose=" ", at=NOW, key=KEY)


def test_another_key_does_not_verify(desk: Desk) -> None:
    filled(desk)
    with desk.database.read() as session:
        assert access_log.verify(session, b"another key").first_broken_seq == 1


def test_a_cut_tail_shows_against_an_anchor(desk: Desk) -> None:
    anchor = filled(desk).last
    with desk.database.write() as session:
        tamper(session, "DELETE FROM access_log WHERE seq > 4")
        assert access_log.verify(session, KEY).is_whole
        assert access_log.verify(session, KEY, anchor=anchor).first_broken_seq == 5


def test_a_log_written_anew_under_the_key_shows_against_an_anchor(desk: Desk) -> None:
    filled(desk)
    with desk.database.read() as session:
        assert access_log.verify(session, KEY, anchor=Anchor(3, "0" * 64)).first_broken_seq == 3


@pytest.mark.parametrize("column", [column.key for column in AccessLogEntry.__table__.columns if column.key != "seq"])
def test_an_edit_of_any_column_is_found_at_its_row(desk: Desk, column: str) -> None:
    filled(desk)
    other = {
        "at": "'2000-01-01 00:00:00.000000'",
        "actor_member_id": "99",
        "actor_role": "'analyst'",
        "operation": "'erasure'",
    }
    with desk.database.write() as session:
        tamper(session, f"UPDATE access_log SET {column} = {other.get(column, repr('{}'))} WHERE seq = 3")
        assert access_log.verify(session, KEY).first_broken_seq == 3


@pytest.mark.parametrize(
    "edit",
    [
        "at = 'yesterday'",
        "at = x'00'",
        "actor_role = 'king'",
        "operation = 'nothing'",
        "actor_name = CAST(x'ff' AS TEXT)",
        "purpose = x'ff'",
        "details = x'7b7d'",
        "previous_hash = x'00'",
        "hash = x'00'",
    ],
)
def test_what_cannot_be_read_is_found_at_its_row_too(desk: Desk, edit: str) -> None:
    filled(desk)
    with desk.database.write() as session:
        tamper(session, f"UPDATE access_log SET {edit} WHERE seq = 3")
        found = access_log.verify(session, KEY)
        assert (found.first_broken_seq, found.rows) == (3, ROWS)


@pytest.mark.parametrize("edit", ["at = 'yesterday'", "operation = 'nothing'", "details = 'x'"])
def test_an_auditor_is_told_that_a_row_cannot_be_read(desk: Desk, edit: str) -> None:
    filled(desk)
    auditor = desk.actor("auditor")
    with desk.database.write() as session:
        tamper(session, f"UPDATE access_log SET {edit} WHERE seq = 3")
    with pytest.raises(PartnershipError, match="log verify"), desk.database.read() as session:
        _everything_an_auditor_sees(session, auditor)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seq=st.integers(1, ROWS - 1), deed=st.sampled_from(["delete", "swap", "insert"]))
def test_a_row_taken_out_moved_or_put_in_is_found(desk: Desk, seq: int, deed: str) -> None:
    if not desk.everything()["access_log"]:
        filled(desk)
    columns = ", ".join(column.key for column in AccessLogEntry.__table__.columns if column.key != "seq")
    statements = {
        "delete": [f"DELETE FROM access_log WHERE seq = {seq}"],
        "swap": [
            f"UPDATE access_log SET seq = 99 WHERE seq = {seq}",
            f"UPDATE access_log SET seq = {seq} WHERE seq = {seq + 1}",
            f"UPDATE access_log SET seq = {seq + 1} WHERE seq = 99",
        ],
        "insert": [
            f"UPDATE access_log SET seq = -seq WHERE seq >= {seq}",
            "UPDATE access_log SET seq = 1 - seq WHERE seq < 0",
            f"INSERT INTO access_log SELECT {seq}, {columns} FROM access_log WHERE seq = {seq + 1}",
        ],
    }[deed]
    with desk.database.write() as session:
        tamper(session, *statements)
        broken = access_log.verify(session, KEY).first_broken_seq
        session.rollback()
    assert broken is not None
    assert seq <= broken <= seq + 1


def test_a_soundly_sealed_row_of_another_copy_does_not_fit(desk: Desk) -> None:
    filled(desk)
    with desk.database.read() as session:
        kept = session.execute(text("SELECT * FROM access_log WHERE seq = 4")).one()
    with desk.database.write() as session:
        tamper(session, "DELETE FROM access_log")
    filled(desk, 1)
    actor = desk.actor("inspector")
    with desk.database.write() as session:
        for _ in range(2):
            access_log.record(
                session, actor, Operation.CONSULTATION, subject="P-1", purpose="Another past", at=NOW, key=KEY
            )
        names = ", ".join(f":{name}" for name in kept._mapping)
        session.execute(text(f"INSERT INTO access_log VALUES ({names})"), dict(kept._mapping))
        assert access_log.verify(session, KEY).first_broken_seq == 4


def test_with_the_key_every_verb_writes_its_row(own_desk: Desk) -> None:
    own_desk.database.log_key = KEY
    own_desk.share(own_desk.case())
    lines = found(own_desk, "auditor", subject="P-1")
    assert [(line.operation, line.recipient) for line in lines] == [
        (Operation.DISCLOSURE, "HOUSING"),
        (Operation.COLLECTION, None),
    ]
