"""`demo`: load the sample's invented meetings, plans and actions into the database."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands import add_store


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("demo", help="load a synthetic force's decisions", description=__doc__)
    verb.add_argument("decisions", type=Path, metavar="DECISIONS.json")
    add_store(verb)
    verb.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> None:
    from dashboard.sample_decisions import load_decisions, publish_meetings

    loaded = load_decisions(arguments.decisions, arguments.store)
    publish_meetings(arguments.decisions, arguments.store)
    print(f"{arguments.decisions.name}: {loaded.cases} cases, {loaded.actions} actions" if loaded else "already loaded")
