"""How long does it take to find somebody, by each kind of search, in a force of a given size?

python -m benchmarks.search --incidents 1000000
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from analysis.assumptions import load
from analysis.build import make_build
from analysis.disclosure import Audience, police
from analysis.questions.identities import Purpose
from analysis.questions.search import search
from analysis.questions.search_forms import sought
from analysis.store import Build, current_build
from dashboard.sample.files import LargeFeeds
from dashboard.sample.write import write_sample

GOAL_MS = 200
SHOWN = 10
PURPOSE = Purpose("a measurement")


def main() -> None:
    """Print the table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--incidents", type=int, default=100_000)
    words.add_argument("--seed", type=int, default=2013)
    words.add_argument("--each", type=int, default=10, help="searches of each kind")
    words.add_argument("--store", type=Path, help="a store that is built already, instead of a new force")
    arguments = words.parse_args()
    if arguments.store is not None:
        _print(current_build(arguments.store), each=arguments.each, seed=arguments.seed)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_sample(folder, incidents=arguments.incidents, seed=arguments.seed, large_feeds=LargeFeeds.PARQUET)
        at = datetime.now(UTC)
        build = make_build(folder / "sources.toml", folder / "store", assumptions=load(), built_at=at).build
        _print(build, each=arguments.each, seed=arguments.seed)


def _print(build: Build, *, each: int, seed: int) -> None:
    keys = (build.path / "search_keys.parquet").stat().st_size / 1e6
    incidents = build.table("incidents").select(pl.len()).collect().item()
    print(f"\n{incidents:,} incidents; the table of keys takes {keys:.0f} MB")
    first = build.frame("neighbourhoods")["code"].sort()[0]
    audiences = {"whole force": police(None), "one neighbourhood": police(frozenset({first}))}
    print(f"{'milliseconds':24} {'first':>7} {'median':>7} {'longest':>8}   of {each} searches; goal {GOAL_MS}")
    for kind, texts in _asked(build, each=each, seed=seed).items():
        for who, audience in audiences.items():
            took = [_milliseconds(build, text, audience) for text in texts]
            print(f"  {kind + ', ' + who:34} {took[0]:7.0f} {statistics.median(took):7.0f} {max(took):8.0f}")


def _asked(build: Build, *, each: int, seed: int) -> dict[str, list[str]]:
    """What was recorded, as it was written, at random; and what is nowhere."""
    columns = ["incident_id", "caller_id", "caller_name", "caller_phone_logged", "address", "postcode"]
    drawn = build.frame("incidents", columns).drop_nulls().sample(each, seed=seed)
    names = drawn["caller_name"]
    return {
        "number": drawn["caller_phone_logged"].to_list(),
        "name": names.to_list(),
        "surname": names.str.split(" ").list.last().to_list(),
        "address": drawn.select(pl.concat_str("address", "postcode", separator=", ")).to_series().to_list(),
        "postcode": drawn["postcode"].to_list(),
        "reference": drawn["caller_id"].to_list(),
        "incident": drawn["incident_id"].to_list(),
        "nobody": [f"0779{at:07}" for at in range(each)],
    }


def _milliseconds(build: Build, text: str, audience: Audience) -> float:
    began = time.perf_counter()
    search(build, sought(text), audience, purpose=PURPOSE, limit=SHOWN)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
