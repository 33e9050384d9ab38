"""What SQL may not do to events, their texts and the access log."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from partnership.migrations.append_only import statements
from tests.partnership.builders import KEY, Desk

COPY = "at, actor_member_id, actor_name, actor_role, actor_agency"
LOG = f"{COPY}, operation, subject_reference, recipient, purpose, details, previous_hash, hash"


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE events SET actor_name = 'x'",
        "UPDATE events SET at = '2000-01-01' WHERE id = 1",
        "DELETE FROM events",
        "DELETE FROM events WHERE id = 1",
        f"INSERT OR REPLACE INTO events SELECT id, {COPY}, 'x', subject, subject_id, case_id, plan_id, version_after,"
        " details FROM events WHERE id = 1",
        "INSERT INTO events SELECT * FROM events WHERE id = 1 ON CONFLICT (id) DO UPDATE SET verb = 'x'",
        "UPDATE event_texts SET after = 'x'",
        "DELETE FROM event_texts",
        "INSERT OR REPLACE INTO event_texts SELECT event_id, field, before, 'x' FROM event_texts",
        "UPDATE access_log SET purpose = 'x'",
        "UPDATE OR REPLACE access_log SET seq = 1 WHERE seq = 2",
        "DELETE FROM access_log",
        "DELETE FROM access_log WHERE seq = 2",
        f"INSERT OR REPLACE INTO access_log SELECT seq, {LOG} FROM access_log WHERE seq = 1",
        f"INSERT INTO access_log SELECT seq + 7, {LOG} FROM access_log WHERE seq = 2",
        f"INSERT INTO access_log SELECT 3, {LOG} FROM access_log WHERE seq = 2",
    ],
)
def test_an_attack_is_refused_and_changes_nothing(own_desk: Desk, attack: str) -> None:
    own_desk.database.log_key = KEY
    own_desk.share(own_desk.case())
    before = own_desk.everything()
    with pytest.raises(IntegrityError), own_desk.database.write() as session:
        session.execute(text(attack))
    assert own_desk.everything() == before


def test_a_reading_session_writes_nothing(desk: Desk) -> None:
    desk.case()
    with pytest.raises(Exception, match="read-only"), desk.database.read() as session:
        session.execute(text("DELETE FROM cases"))


def test_every_guarded_table_has_its_triggers_on_postgresql() -> None:
    made = " ".join(statements("postgresql"))
    for table in ("events", "event_texts", "access_log"):
        for deed in ("UPDATE", "DELETE", "TRUNCATE"):
            assert f"BEFORE {deed} ON {table} " in made
