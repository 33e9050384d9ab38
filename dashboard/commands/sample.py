"""`sample`: write a synthetic force."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands import add_store


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("sample", help="write a synthetic force", description=__doc__)
    verb.add_argument("--out", required=True, type=Path, metavar="DIR")
    verb.add_argument("--incidents", type=int, default=40_000, metavar="N", help="default 40000")
    verb.add_argument("--seed", type=int, default=2013, metavar="S", help="the same seed gives the same bytes")
    verb.add_argument("--boundaries", type=Path, metavar="FILE", help="wards to put the incidents in")
    add_store(verb, is_used=False)
    verb.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> None:
    from dashboard.sample.write import write_sample

    write_sample(arguments.out, incidents=arguments.incidents, seed=arguments.seed, boundaries=arguments.boundaries)
    print(f"{arguments.out}: a synthetic force of {arguments.incidents:,} incidents; everyone in it is invented")
