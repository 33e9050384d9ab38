"""`build`: from a force's extracts to an immutable build."""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from analysis.build import make_build
from analysis.questions.builds import load_assumptions
from dashboard.build_report import report
from dashboard.commands import add_store
from dashboard.decided_identities import decided_identities
from dashboard.followed_ids import follow_the_build

_COUNTS = ("table", "file", "read", "accepted", "rejected", "repeated", "corrected")


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("build", help="read a force's extracts into a new build", description=__doc__)
    verb.add_argument("sources", type=Path, metavar="SOURCES.toml", help="which files fill which feeds, and how")
    verb.add_argument("--json", action="store_true", help="print one JSON object instead of a report")
    add_store(verb)
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Build; standard error has progress where somebody sits before it, otherwise only what should be known."""
    began, is_watched = time.monotonic(), sys.stderr.isatty()

    def tell(step: str) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {step}", file=sys.stderr, flush=True)

    def say(step: str) -> None:
        if is_watched:
            tell(step)

    decided = decided_identities(arguments.store)
    result = make_build(
        arguments.sources,
        arguments.store,
        assumptions=load_assumptions(),
        built_at=datetime.now(UTC),
        say=say,
        decisions=decided.pairs,
        numbers=decided.numbers,
    )
    followed = follow_the_build(arguments.store, at=datetime.now(UTC))
    if followed:
        tell(f"cases followed {followed} ids of people who proved to be one, or two")
    for name in result.gone:
        tell(f"{name} was in the build before and is not in this one")
    feeds = [{name: feed[name] for name in _COUNTS} for feed in result.build.manifest["feeds"]]
    if arguments.json:
        print(json.dumps({"build_id": result.build.id, "feeds": feeds}))
    else:
        print(f"{'built' if result.is_new else 'nothing has changed since'} {result.build.id}")
        for line in report(result.build):
            print(line)
