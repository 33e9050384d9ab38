"""`erase`: remove what was written about a person."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from dashboard.commands import add_store
from dashboard.commands.at_the_keyboard import moment, operator
from dashboard.decisions_database import existing_decisions, log_key
from dashboard.text import plural
from partnership.erasure import erase_person
from partnership.upkeep import kept_copies, scrub

_RECORDS = "take the person out of the extracts and build again to erase the records"


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("erase", help="erase what was written about a person", description=__doc__)
    verb.add_argument("person", metavar="PERSON", help="the person's id, P-…")
    verb.add_argument("--reason", required=True, metavar="TEXT")
    add_store(verb)
    verb.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> None:
    at = moment(arguments.store)
    database = existing_decisions(arguments.store)
    try:
        with database.write() as session:
            erased = erase_person(
                session,
                operator(at.date()),
                arguments.person,
                reason=arguments.reason,
                at=at,
                key=log_key(arguments.store),
            )
        copies: list[Path] = []
        if database.file is not None:
            copies = kept_copies(database)
            if erased.cases:
                scrub(database)
    finally:
        database.close()
    if erased.cases:
        gone = (plural(erased.cases, "case"), plural(erased.plans, "plan"), plural(erased.actions, "action"))
        print(f"erased from the database: {', '.join(gone)}; {_RECORDS}")
        print(f"backups made before still have it{_also(copies)}")
    else:
        print(f"nothing is written about that person in the database: is the id right? If so, {_RECORDS}")


def _also(copies: Sequence[Path]) -> str:
    """The files that restoring a backup left beside the database."""
    return f", and so have {', '.join(map(str, copies))}: take them away when they are not needed" if copies else ""
