"""Many people saving at once: with the version from the form, no update is lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from partnership.cases import set_safe_contact_note
from partnership.errors import StaleSave
from partnership.reading import case_by_reference
from tests.partnership.builders import GEOGRAPHY, KEY, NOW, Desk

WRITERS = 6
SAVES = 5


def test_every_acknowledged_save_of_many_writers_stands(own_desk: Desk) -> None:
    own_desk.database.log_key = KEY
    case = own_desk.case()
    actor = own_desk.actor("ppu")
    start = threading.Barrier(WRITERS)

    def write(writer: int) -> list[str]:
        saved: list[str] = []
        start.wait()
        while len(saved) < SAVES:
            token = f"<{writer}.{len(saved)}>"
            form = own_desk.ask(case_by_reference, actor, case.reference, GEOGRAPHY)
            try:
                with own_desk.database.write() as session:
                    set_safe_contact_note(
                        session,
                        actor,
                        reference=str(case.reference),
                        note=(form.safe_contact_note or "") + token,
                        seen_version=form.version,
                        geography=GEOGRAPHY,
                        at=NOW,
                    )
            except StaleSave:
                continue
            saved.append(token)
        return saved

    with ThreadPoolExecutor(WRITERS) as pool:
        acknowledged = [token for tokens in pool.map(write, range(WRITERS)) for token in tokens]
    final = own_desk.ask(case_by_reference, actor, case.reference, GEOGRAPHY)
    assert sorted(token for token in acknowledged if token in final.safe_contact_note) == sorted(acknowledged)
    assert final.version == 1 + WRITERS * SAVES
    assert len(own_desk.events("set_safe_contact_note")) == WRITERS * SAVES
    with own_desk.database.read() as session:
        assert session.scalar(text("SELECT MAX(seq) - COUNT(*) FROM access_log")) == 0
