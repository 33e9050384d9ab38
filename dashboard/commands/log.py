"""`log verify`: is the access log as it was written?"""

from __future__ import annotations

import argparse

from dashboard.commands import add_store
from dashboard.decisions_database import existing_decisions, log_key
from dashboard.errors import DashboardError
from partnership import access_log


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("log", help="verify the access log", description=__doc__)
    deeds = verb.add_subparsers(dest="deed", required=True, metavar="DEED")
    verify = deeds.add_parser("verify", help="read the whole chain; prints the newest row as the next anchor")
    verify.add_argument("--anchor", metavar="SEQ:HASH", help="what the last verification printed; finds a cut end")
    add_store(verify)
    verify.set_defaults(run=_verify)


def _verify(arguments: argparse.Namespace) -> None:
    anchor = _anchor(arguments.anchor)
    with existing_decisions(arguments.store).read() as session:
        found = access_log.verify(session, log_key(arguments.store), anchor=anchor)
    if not found.is_whole:
        raise DashboardError(
            f"the access log is not as it was written from row {found.first_broken_seq} on. Keep the file as evidence, "
            f"tell the data protection officer, and restore a backup."
        )
    last = f"; anchor {found.last.seq}:{found.last.hash}" if found.last else ""
    print(f"the access log is whole: {found.rows:,} rows{last}")


def _anchor(text: str | None) -> access_log.Anchor | None:
    if text is None:
        return None
    seq, _, digest = text.partition(":")
    if not seq.isdecimal() or not digest:
        raise DashboardError("--anchor: write it as SEQ:HASH, as the last verification printed it.")
    return access_log.Anchor(int(seq), digest)
