"""`pack`: the pack of one meeting as a file, in the police's edition or one agency's."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from analysis.questions.builds import current_build, load_assumptions, whole
from dashboard import build_facts
from dashboard.commands import add_store
from dashboard.commands.at_the_keyboard import operator
from dashboard.decisions_database import existing_decisions, log_key
from dashboard.errors import DashboardError
from dashboard.export_files import put_in_place
from dashboard.pack.files import PackForm, form_of, pack_bytes
from dashboard.pack.gathering import POLICE_EDITION, Edition, Source, gathered, made_out_to
from dashboard.pack.handing_out import log_handing_out
from dashboard.today import local_day, now
from partnership.agencies import agencies
from partnership.errors import NoSuchRecord
from partnership.meeting_reading import newest_for_pack, record_for_pack
from partnership.meeting_record import MeetingRecord

PURPOSE = "weekly partnership meeting"
_MEETINGS_SAID = 8
_MOST_MEETINGS = 2**31 - 1


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("pack", help="write the pack of a meeting", description=__doc__)
    verb.add_argument(
        "--meeting", type=_number, required=True, metavar="ID", help="the meeting's number; 0 tells the newest"
    )
    verb.add_argument("--for", dest="edition", required=True, metavar="police|AGENCY", help="whose edition")
    verb.add_argument("--out", type=Path, required=True, metavar="FILE", help="ends in .pdf, .docx or .xlsx")
    verb.add_argument("--recipient", metavar="TEXT", help="to whom it is made out; default: the police, or the agency")
    verb.add_argument("--purpose", default=PURPOSE, metavar="TEXT", help=f"for the access log; default: {PURPOSE}")
    verb.add_argument("--force", action="store_true", help="replace the file if it is there")
    add_store(verb)
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Write the access log, then the file.

    Raises:
        DashboardError: no such meeting, or the file cannot be written.
        PartnershipError: no such agency, or the log cannot be written: there is no file then.
    """
    form = _form(arguments.out, is_overwriting=arguments.force)
    edition = POLICE_EDITION if arguments.edition.lower() == "police" else Edition(arguments.edition)
    record, source, recipients = _logged(arguments, edition)
    made = pack_bytes(gathered(record, edition, source, recipients=recipients), form, dated=record.held_on)
    put_in_place(arguments.out, made)
    print(f"{arguments.out}: meeting {record.meeting_id} for {recipients}, build {source.facts.id}")


def _form(file: Path, *, is_overwriting: bool) -> PackForm:
    form = form_of(file)
    if file.exists() and not is_overwriting:
        raise DashboardError(f"{file}: is already there. Give another name, or --force to replace it.")
    if not file.absolute().parent.is_dir():
        raise DashboardError(f"{file}: its folder is not there. Make the folder or name another.")
    return form


def _logged(arguments: argparse.Namespace, edition: Edition) -> tuple[MeetingRecord, Source, str]:
    """The record and what goes with it, once the access log says who gets it."""
    build, facts = whole(current_build(arguments.store)), build_facts.read(arguments.store)
    actor = operator(_today(facts, build.timezone))
    database = existing_decisions(arguments.store)
    try:
        with database.write() as session:
            record = record_for_pack(session, actor, arguments.meeting, facts.geography)
            source = Source(build, facts, load_assumptions(), agencies(session))
            recipients = arguments.recipient or made_out_to(record, edition, source.agencies)
            if edition.agency is not None:
                made_out_to(record, edition, source.agencies)
            log_handing_out(
                session,
                actor,
                record,
                edition,
                recipients=recipients,
                purpose=arguments.purpose,
                at=now(facts),
                key=log_key(arguments.store),
            )
    except NoSuchRecord:
        with database.read() as session:
            newest = newest_for_pack(session, actor, most=_MEETINGS_SAID)
        said = ", ".join(f"{number} ({sector}, {held_on})" for number, sector, held_on in newest)
        there = f"The newest are {said}." if said else "There is none yet."
        raise DashboardError(f"--meeting: there is no meeting of that number. {there}") from None
    finally:
        database.close()
    return record, source, recipients


def _today(facts: build_facts.BuildFacts, timezone: str) -> date:
    return facts.default_as_of if facts.is_synthetic else local_day(datetime.now(UTC), timezone)


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) > _MOST_MEETINGS:
        raise argparse.ArgumentTypeError("not a meeting's number")
    return int(text)
