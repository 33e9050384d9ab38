"""What does a build cost, beside polars merely reading the same CSVs and writing them as Parquet?

python -m benchmarks.build --incidents 1000000
python -m benchmarks.build --incidents 1000000 --grow     # and how it grows from a tenth of that
"""

from __future__ import annotations

import argparse
import math
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from analysis.assumptions import load
from analysis.build import make_build
from benchmarks.measured import Step, Stopwatch, in_a_process, report
from dashboard.sample.files import LargeFeeds
from dashboard.sample.write import write_sample

_MODULE = "benchmarks.build"


def main() -> None:
    """Print the tables."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--incidents", type=int, default=100_000)
    words.add_argument("--grow", action="store_true", help="measure a tenth as well and print the exponents")
    words.add_argument("--seed", type=int, default=2013)
    words.add_argument("--only", choices=("build", "plain"), help=argparse.SUPPRESS)
    words.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = words.parse_args()
    if arguments.only == "build":
        report(lambda watch: _build(arguments.folder, watch))
    elif arguments.only == "plain":
        report(lambda watch: _plain(arguments.folder, watch))
    else:
        _compare(arguments.incidents, arguments.seed, grow=arguments.grow)


def _compare(incidents: int, seed: int, *, grow: bool) -> None:
    sizes = [max(incidents // 10, 1000), incidents] if grow else [incidents]
    totals = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            write_sample(folder, incidents=size, seed=seed, large_feeds=LargeFeeds.CSV)
            plain = in_a_process(_MODULE, "--only", "plain", "--folder", temporary)
            built = in_a_process(_MODULE, "--only", "build", "--folder", temporary)
        totals[size] = _print(size, plain, built)
    if grow:
        small, large = (totals[size] for size in sizes)
        step = math.log(sizes[1] / sizes[0])
        print(f"growth from {sizes[0]:,} to {sizes[1]:,} incidents, as exponents of the size:")
        for name, before, after in zip(("time", "processor time", "peak memory"), small, large, strict=True):
            print(f"  {name:15} {math.log(after / before) / step:.2f}")


def _print(size: int, plain: list[Step], built: list[Step]) -> tuple[float, float, float]:
    print(f"\n{size:,} incidents{'':22} {'seconds':>9} {'processor':>10} {'peak MB':>9}")
    for step in built:
        print(f"  {step.name:42} {step.seconds:9.2f} {step.processor_seconds:10.2f} {step.peak_mb:9.0f}")
    seconds, processor = sum(step.seconds for step in built), sum(step.processor_seconds for step in built)
    peak = max(step.peak_mb for step in built)
    print(f"  {'the whole build':42} {seconds:9.2f} {processor:10.2f} {peak:9.0f}")
    base = plain[0]
    print(f"  {base.name:42} {base.seconds:9.2f} {base.processor_seconds:10.2f} {base.peak_mb:9.0f}")
    print(
        f"  {'ratio: build to plain':42} {seconds / base.seconds:9.2f} "
        f"{processor / base.processor_seconds:10.2f} {peak / base.peak_mb:9.2f}"
    )
    return seconds, processor, peak


def _build(folder: Path, watch: Stopwatch) -> None:
    make_build(
        folder / "sources.toml", folder / "store", assumptions=load(), built_at=datetime.now(UTC), say=watch.begin
    )


def _plain(folder: Path, watch: Stopwatch) -> None:
    watch.begin("polars: the same CSVs to Parquet")
    for file in sorted(folder.glob("*.csv")):
        pl.scan_csv(file, infer_schema=False).sink_parquet(folder / f"plain_{file.stem}.parquet")


if __name__ == "__main__":
    main()
