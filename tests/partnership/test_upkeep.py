"""Checking, backing up and restoring."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from partnership.database import Database, open_database
from partnership.errors import DatabaseError
from partnership.upkeep import backup, check, restore
from tests.partnership.builders import KEY, Desk


def file_of(database: Database) -> Path:
    assert database.file is not None
    return database.file


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
    file.write_bytes(content)


def test_a_sound_database_passes(own_desk: Desk) -> None:
    own_desk.database.log_key = KEY
    own_desk.case()
    found = check(own_desk.database)
    assert found.is_good
    assert found.log is not None
    assert found.log.rows == 1


def test_a_broken_log_is_found(own_desk: Desk) -> None:
    own_desk.database.log_key = KEY
    own_desk.case()
    with own_desk.database.write() as session:
        session.execute(text("DROP TRIGGER access_log_no_update"))
        session.execute(text("UPDATE access_log SET purpose = 'x'"))
    assert not check(own_desk.database).is_good


def test_a_damaged_file_is_found(own_desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    backup(own_desk.database, copy)
    damage(copy)
    damaged = open_database(f"sqlite:///{copy}")
    assert not check(damaged).is_sound
    damaged.close()


def test_a_backup_put_back_holds_what_was_saved_before_it(own_desk: Desk, tmp_path: Path) -> None:
    own_desk.case("P-1")
    before = own_desk.everything()
    backup(own_desk.database, tmp_path / "backup.sqlite")
    own_desk.case("P-2")
    restore(own_desk.database, tmp_path / "backup.sqlite")
    assert own_desk.everything() == before


def test_the_old_database_is_kept_beside(own_desk: Desk, tmp_path: Path) -> None:
    backup(own_desk.database, tmp_path / "backup.sqlite")
    own_desk.case("P-2")
    old = own_desk.everything()
    kept = restore(own_desk.database, tmp_path / "backup.sqlite")
    assert kept is not None
    beside = open_database(f"sqlite:///{kept}")
    assert Desk(beside).everything() == old
    beside.close()


def test_a_damaged_database_is_replaced_and_kept(own_desk: Desk, tmp_path: Path) -> None:
    own_desk.case("P-1")
    before = own_desk.everything()
    backup(own_desk.database, tmp_path / "backup.sqlite")
    own_desk.database.close()
    file_of(own_desk.database).write_bytes(b"not a database at all " * 1000)
    kept = restore(own_desk.database, tmp_path / "backup.sqlite")
    assert own_desk.everything() == before
    assert kept is not None
    assert kept.read_bytes().startswith(b"not a database")


def test_a_backup_is_its_owners_alone(own_desk: Desk, tmp_path: Path) -> None:
    backup(own_desk.database, tmp_path / "backup.sqlite")
    assert stat.S_IMODE((tmp_path / "backup.sqlite").stat().st_mode) == 0o600


def test_a_database_without_tables_is_no_backup(tmp_path: Path) -> None:
    empty = open_database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    with pytest.raises(DatabaseError, match="nothing to back up"):
        backup(empty, tmp_path / "backup.sqlite")
    empty.close()


def test_no_backup_is_overwritten(own_desk: Desk, tmp_path: Path) -> None:
    backup(own_desk.database, tmp_path / "backup.sqlite")
    with pytest.raises(DatabaseError, match="there already"):
        backup(own_desk.database, tmp_path / "backup.sqlite")


def test_a_backup_of_another_store_is_told_apart_from_a_broken_one(own_desk: Desk, tmp_path: Path) -> None:
    own_desk.database.log_key = KEY
    own_desk.case()
    backup(own_desk.database, tmp_path / "backup.sqlite")
    with pytest.raises(DatabaseError, match=r"row 1\. If it was made in another store"):
        restore(own_desk.database, tmp_path / "backup.sqlite", log_key=b"another")


@pytest.mark.parametrize("wrong", ["absent", "letter", "damaged", "tampered", "newer"])
def test_a_bad_backup_replaces_nothing(own_desk: Desk, tmp_path: Path, wrong: str) -> None:
    own_desk.database.log_key = KEY
    own_desk.case()
    before = own_desk.everything()
    file = tmp_path / "backup.sqlite"
    if wrong == "letter":
        file.write_text("Dear Sir, " * 1000)
    elif wrong != "absent":
        backup(own_desk.database, file)
    if wrong == "damaged":
        damage(file)
    if wrong in ("tampered", "newer"):
        copy = open_database(f"sqlite:///{file}")
        with copy.write() as session:
            if wrong == "newer":
                session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
            else:
                session.execute(text("DROP TRIGGER access_log_no_update"))
                session.execute(text("UPDATE access_log SET purpose = 'x'"))
        copy.close()
    with pytest.raises(DatabaseError):
        restore(own_desk.database, file)
    assert own_desk.everything() == before
