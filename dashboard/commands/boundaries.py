"""`boundaries fetch`: the wards of one authority and year from the Office for National Statistics."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands import add_store
from geo.fetch import fetch_wards


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("boundaries", help="fetch ONS wards", description=__doc__)
    deeds = verb.add_subparsers(dest="deed", required=True, metavar="DEED")
    fetch = deeds.add_parser("fetch", help="fetch the wards; needs the internet")
    fetch.add_argument("--authority", required=True, help="such as E08000025")
    fetch.add_argument("--year", required=True, type=int)
    fetch.add_argument("--out", required=True, type=Path, metavar="FILE")
    add_store(fetch, is_used=False)
    fetch.set_defaults(run=_fetch)


def _fetch(arguments: argparse.Namespace) -> None:
    fetch_wards(arguments.authority, arguments.year, arguments.out)
    print(f"{arguments.out}: wards of {arguments.authority}, {arguments.year}")
    print("Source: Office for National Statistics licensed under the Open Government Licence v.3.0.")
    print("Contains OS data © Crown copyright and database right.")
