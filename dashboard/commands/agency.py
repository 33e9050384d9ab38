"""`agency`: which bodies sit at the table, so that their members can sign in and cases can be shared with them."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from dashboard.commands import add_store
from dashboard.commands.at_the_keyboard import operator
from dashboard.decisions_database import existing_decisions
from dashboard.errors import DashboardError
from partnership import agencies


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("agency", help="add, rename or list the agencies of the partnership", description=__doc__)
    deeds = verb.add_subparsers(dest="deed", required=True, metavar="DEED")
    adding = deeds.add_parser("add", help="add an agency")
    renaming = deeds.add_parser("rename", help="correct an agency's name")
    for deed, run in ((adding, _add), (renaming, _rename)):
        deed.add_argument("--code", required=True, help="a short code, such as housing")
        deed.add_argument("--name", required=True, help="the name people read")
        deed.set_defaults(run=run)
    listing = deeds.add_parser("list", help="which agencies there are")
    listing.set_defaults(run=_list)
    for deed in (adding, renaming, listing):
        add_store(deed)


def _add(arguments: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    with existing_decisions(arguments.store).write() as session:
        taken = _named(agencies.agencies(session), arguments.code)
        if taken is not None and taken.name != arguments.name:
            raise DashboardError(
                f"--code: it is that of {taken.name}. To correct the name: repeat-demand agency rename"
            )
        agencies.add_agency(session, operator(now.date()), code=arguments.code, name=arguments.name, at=now)
    print(f"{arguments.name} sits at the table as {arguments.code}")


def _rename(arguments: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    with existing_decisions(arguments.store).write() as session:
        found = _named(agencies.agencies(session), arguments.code)
        if found is None:
            raise DashboardError("--code: there is no such agency. See: repeat-demand agency list")
        agencies.rename_agency(
            session,
            operator(now.date()),
            code=arguments.code,
            name=arguments.name,
            seen_version=found.version,
            at=now,
        )
    print(f"{arguments.code} is called {arguments.name}")


def _list(arguments: argparse.Namespace) -> None:
    with existing_decisions(arguments.store).read() as session:
        for line in agencies.agencies(session):
            print(f"{line.code:20} {line.name}")


def _named(lines: tuple[agencies.AgencyLine, ...], code: str) -> agencies.AgencyLine | None:
    return next((line for line in lines if line.code == code), None)
