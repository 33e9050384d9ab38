"""`db`: the SQL database of what people decide."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands import add_store
from dashboard.decisions_database import existing_decisions, log_key, open_decisions
from dashboard.errors import DashboardError
from partnership import upkeep
from partnership.database import upgrade


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("db", help="upgrade, check, back up or restore the database", description=__doc__)
    deeds = verb.add_subparsers(dest="deed", required=True, metavar="DEED")
    for name, words, runs in (
        ("upgrade", "bring the tables to this release", _upgrade),
        ("check", "is the file whole, are the tables current, is the access log unbroken", _check),
        ("backup", "copy the database while it is in use", _backup),
        ("restore", "put a backup in place; the old file is kept beside it", _restore),
    ):
        deed = deeds.add_parser(name, help=words, description=words)
        if name in ("backup", "restore"):
            deed.add_argument("file", type=Path, metavar="FILE")
        add_store(deed)
        deed.set_defaults(run=runs)


def _upgrade(arguments: argparse.Namespace) -> None:
    print(f"the database is at revision {upgrade(open_decisions(arguments.store))}")


def _check(arguments: argparse.Namespace) -> None:
    found = upkeep.check(existing_decisions(arguments.store), log_key=log_key(arguments.store))
    if not found.is_current:
        raise DashboardError("the database's tables are not of this release. Run: repeat-demand db upgrade")
    if not found.is_good:
        raise DashboardError("the database or its access log is damaged. Keep the file, and restore a backup.")
    print(f"the database is whole, at revision {found.revision}")


def _backup(arguments: argparse.Namespace) -> None:
    upkeep.backup(existing_decisions(arguments.store), arguments.file)
    print(f"backed up to {arguments.file}")


def _restore(arguments: argparse.Namespace) -> None:
    kept = upkeep.restore(open_decisions(arguments.store), arguments.file)
    print(f"restored from {arguments.file}" + (f"; what was there before is kept as {kept}" if kept else ""))
