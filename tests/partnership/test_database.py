"""Opening, upgrading, and what is said when the database cannot be used."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from partnership import database as database_module
from partnership import engine
from partnership.agencies import add_agency, agencies
from partnership.authority import Actor
from partnership.database import head_revision, open_database, upgrade
from partnership.errors import DatabaseError, PartnershipError
from partnership.models import Base, Meeting
from partnership.writer_lock import WriterLock, needs_one_writer
from tests.partnership.builders import Desk


def test_an_empty_database_upgraded_has_exactly_the_tables_of_the_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database = open_database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert upgrade(database) == head_revision()
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    database.close()


def test_tables_of_an_unknown_release_are_left_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "unmarked.sqlite"
    database = open_database(f"sqlite:///{file}")
    upgrade(database)
    database.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM alembic_version")
    database = open_database(f"sqlite:///{file}")
    with pytest.raises(DatabaseError, match="no word of the release that made them"):
        upgrade(database)
    database.close()


def test_a_database_of_the_first_release_is_upgraded_with_all_it_holds(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'old.sqlite'}")
    with database.engine.execution_options(is_write=True).connect() as connection, connection.begin():
        command.upgrade(database_module._configuration(connection), "0001")
        for statement in (
            "INSERT INTO meetings (id, sector, held_on, state, version) VALUES (7, 'SOUTH', '2013-11-25', 'closed', 3),"
            " (8, 'SOUTH', '2013-12-02', 'open', 2), (17, 'SOUTH', '2013-12-09', 'draft', 1)",
            *(
                "INSERT INTO events (at, actor_name, actor_role, verb, subject, subject_id, version_after, details) "
                f"VALUES ('{at}', 'PPU', 'ppu_officer', '{verb}', 'meeting', '{number}', 2, '{{}}')"
                for at, verb, number in (
                    ("2013-11-25 10:00:00.000000", "open_meeting", 7),
                    ("2013-11-25 11:00:00.000000", "close_meeting", 7),
                    ("2013-12-02 10:00:00.000000", "open_meeting", 8),
                )
            ),
        ):
            connection.execute(text(statement))
    assert upgrade(database) == head_revision()
    with database.read() as session:
        rows = session.scalars(select(Meeting).order_by(Meeting.id)).all()
        opened = [None if row.opened_at is None else row.opened_at.isoformat() for row in rows]
        closed = [None if row.closed_at is None else row.closed_at.isoformat() for row in rows]
    assert opened == ["2013-11-25T10:00:00+00:00", "2013-12-02T10:00:00+00:00", None]
    assert closed == ["2013-11-25T11:00:00+00:00", None, None]
    database.close()


def test_upgrading_again_changes_nothing(desk: Desk) -> None:
    before = desk.everything()
    upgrade(desk.database)
    assert desk.everything() == before


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    open_database(f"sqlite:///{file}").close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("busy_timeout", 5000),
        ("secure_delete", 1),
    ],
)
def test_every_connection_is_set_to_lose_nothing(desk: Desk, pragma: str, value: object) -> None:
    with desk.database.write() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_file_that_others_could_read_is_closed_to_them_when_it_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "partnership.sqlite"
    file.touch(mode=0o644)
    open_database(f"sqlite:///{file}").close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_nothing_of_a_failed_transaction_is_saved(desk: Desk) -> None:
    def add_two(session: Session, actor: Actor, at: datetime) -> None:
        add_agency(session, actor, code="FIRE", name="Fire Service", at=at)
        add_agency(session, actor, code="two words", name="Refused", at=at)

    before = desk.everything()
    with pytest.raises(PartnershipError, match="no spaces"):
        desk.do(add_two, "operator")
    assert desk.everything() == before


def test_a_newer_database_is_not_opened(own_desk: Desk) -> None:
    with own_desk.database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="newer release"):
        open_database(f"sqlite:///{own_desk.database.file}")


def test_a_database_without_tables_says_how_to_get_them(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with pytest.raises(DatabaseError, match="db upgrade"), database.read() as session:
        agencies(session)
    database.close()


@pytest.mark.parametrize("url", ["", "sqlite://", "sqlite:///:memory:", "mysql://host/name", "not an address"])
def test_an_address_that_cannot_serve_is_refused(url: str) -> None:
    with pytest.raises(DatabaseError):
        open_database(url)


def test_a_missing_folder_is_named_in_words(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"No such file.*Make its folder, let this account write there"):
        open_database(f"sqlite:///{tmp_path / 'none' / 'new.sqlite'}")


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite"
    file.write_text("Dear Sir, " * 1000)
    with pytest.raises(DatabaseError, match="not a database"):
        open_database(f"sqlite:///{file}")


def test_a_full_disk_saves_nothing_and_says_so(own_desk: Desk) -> None:
    case = own_desk.case()
    before = own_desk.everything()
    with own_desk.database.write() as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(DatabaseError, match="disk is full"):
        own_desk.plan(case, objective="A long text. " * 300, problem="Another. " * 400, analysis="A third. " * 400)
    with own_desk.database.write() as session:
        session.execute(text("PRAGMA max_page_count = 1000000"))
    assert own_desk.everything() == before


def test_a_locked_database_says_to_wait(own_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PRAGMAS", ("busy_timeout = 10",))
    assert own_desk.database.file is not None
    with closing(sqlite3.connect(own_desk.database.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        second = open_database(f"sqlite:///{own_desk.database.file}")
        with pytest.raises(DatabaseError, match="wait a moment"), second.write():
            pytest.fail("the write lock was given twice")
        second.close()


def test_a_second_writer_is_kept_out_by_the_lock_beside_the_file(tmp_path: Path) -> None:
    first = WriterLock(tmp_path / "a.sqlite", timeout_seconds=0.01)
    second = WriterLock(tmp_path / "a.sqlite", timeout_seconds=0.01)
    with first.held(), pytest.raises(DatabaseError, match="wait a moment"), second.held():
        pytest.fail("two writers hold the lock")
    with second.held():
        pass


@pytest.mark.parametrize(("version", "needs"), [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)])
def test_one_writer_below_the_first_safe_version(version: tuple[int, int, int], needs: bool) -> None:
    assert needs_one_writer(version) is needs


def test_an_error_never_shows_a_value_of_a_row(desk: Desk) -> None:
    with pytest.raises(Exception, match="UNIQUE") as failed, desk.database.write() as session:
        session.execute(
            text("INSERT INTO agencies (code, name, version) VALUES ('HOUSING', :name, 1)"), {"name": "Zebedee"}
        )
    assert "Zebedee" not in str(failed.value)
