"""`erase`: remove what was written about a person."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from dashboard.commands import add_store
from dashboard.commands.at_the_keyboard import operator
from dashboard.decisions_database import log_key, open_decisions
from partnership.erasure import erase_person


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("erase", help="erase what was written about a person", description=__doc__)
    verb.add_argument("person", metavar="PERSON", help="the person's id, P-…")
    verb.add_argument("--reason", required=True, metavar="TEXT")
    add_store(verb)
    verb.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    with open_decisions(arguments.store).write() as session:
        erase_person(
            session,
            operator(now.date()),
            arguments.person,
            reason=arguments.reason,
            at=now,
            key=log_key(arguments.store),
        )
    print("erased from the database; take the person out of the extracts and build again to erase the records")
