"""`log verify`: is the access log as it was written?"""

from __future__ import annotations

import argparse

from dashboard.commands import add_store
from dashboard.decisions_database import existing_decisions, log_key
from dashboard.log_check import ANCHOR_HELP, anchor_of, whole_said
from partnership import access_log


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("log", help="verify the access log", description=__doc__)
    deeds = verb.add_subparsers(dest="deed", required=True, metavar="DEED")
    verify = deeds.add_parser("verify", help="read the whole chain; prints the newest row as the next anchor")
    verify.add_argument("--anchor", metavar="SEQ:HASH", help=ANCHOR_HELP)
    add_store(verify)
    verify.set_defaults(run=_verify)


def _verify(arguments: argparse.Namespace) -> None:
    anchor = anchor_of(arguments.anchor, field="--anchor")
    with existing_decisions(arguments.store).read() as session:
        print(whole_said(access_log.verify(session, log_key(arguments.store), anchor=anchor)))
