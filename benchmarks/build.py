"""What does a build cost, beside polars merely reading the same CSVs and writing them as Parquet?

python -m benchmarks.build --incidents 1000000
python -m benchmarks.build --incidents 1000000 --grow        # and how it grows from a tenth of that
python -m benchmarks.build --incidents 1000000 --steps       # one step after the other, so that each has its own cost
python -m benchmarks.build --incidents 1000000 --week-more   # one weekly extract more, beside a whole build: 5 minutes

A build runs steps that do not need each other side by side; its steps then share what they cost, and only the whole is
of use.
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
from benchmarks.weekly import cut_into_weeks
from dashboard.sample.files import LargeFeeds
from dashboard.sample.write import write_sample

_MODULE = "benchmarks.build"
_PEOPLE, _READING = "finding who called", "reading"


def main() -> None:
    """Print the tables."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--incidents", type=int, default=100_000)
    words.add_argument("--grow", action="store_true", help="measure a tenth as well and print the exponents")
    words.add_argument("--steps", action="store_true", help="one step after the other, and what each costs")
    words.add_argument("--week-more", action="store_true", help="weekly extracts: a build of one week more")
    words.add_argument("--seed", type=int, default=2013)
    words.add_argument("--only", choices=("build", "plain"), help=argparse.SUPPRESS)
    words.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    words.add_argument("--store", default="store", help=argparse.SUPPRESS)
    arguments = words.parse_args()
    if arguments.only == "build":
        report(lambda watch: _build(arguments.folder, arguments.store, watch, side_by_side=not arguments.steps))
    elif arguments.only == "plain":
        report(lambda watch: _plain(arguments.folder, watch))
    elif arguments.week_more:
        _week_more(arguments.incidents, arguments.seed)
    else:
        _compare(arguments.incidents, arguments.seed, grow=arguments.grow, steps=arguments.steps)


def _compare(incidents: int, seed: int, *, grow: bool, steps: bool) -> None:
    how = ("--steps",) if steps else ()
    sizes = [max(incidents // 10, 1000), incidents] if grow else [incidents]
    totals = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            write_sample(folder, incidents=size, seed=seed, large_feeds=LargeFeeds.CSV)
            plain = in_a_process(_MODULE, "--only", "plain", "--folder", temporary)
            built = in_a_process(_MODULE, "--only", "build", "--folder", temporary, *how)
        totals[size] = _print(size, plain, built, steps=steps)
    if grow:
        small, large = (totals[size] for size in sizes)
        step = math.log(sizes[1] / sizes[0])
        print(f"growth from {sizes[0]:,} to {sizes[1]:,} incidents, as exponents of the size:")
        for name, before, after in zip(("time", "processor time", "peak memory"), small, large, strict=True):
            print(f"  {name:15} {math.log(after / before) / step:.2f}")


def _print(size: int, plain: list[Step], built: list[Step], *, steps: bool) -> tuple[float, float, float]:
    print(f"\n{size:,} incidents{'':22} {'seconds':>9} {'processor':>10} {'peak MB':>9}")
    for step in _by_step(built) if steps else ():
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


def _week_more(incidents: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_sample(folder, incidents=incidents, seed=seed, large_feeds=LargeFeeds.CSV)
        newest = cut_into_weeks(folder)
        waiting = [file.rename(file.with_suffix(".next")) for file in newest]
        words = ("--only", "build", "--folder", temporary, "--steps", "--store")
        in_a_process(_MODULE, *words, "store")
        for file in waiting:
            file.rename(file.with_suffix(".csv"))
        more = in_a_process(_MODULE, *words, "store")
        whole = in_a_process(_MODULE, *words, "anew")
    print(f"\n{incidents:,} incidents in weekly extracts{'':4} {'week more':>20} {'all anew':>20}")
    print(f"{'':42} {'seconds':>9} {'processor':>10} {'seconds':>9} {'processor':>10}")
    for name in [step.name for step in _by_step(whole)]:
        line = [next((step for step in _by_step(steps) if step.name == name), None) for steps in (more, whole)]
        cells = [
            f"{step.seconds:9.2f} {step.processor_seconds:10.2f}" if step else f"{0:9.2f} {0:10.2f}" for step in line
        ]
        print(f"  {name:40} {' '.join(cells)}")
    kept, anew = (
        [sum(step.processor_seconds for step in steps if (step.name == _PEOPLE) is people) for people in (True, False)]
        for steps in (more, whole)
    )
    print(f"  processor seconds without '{_PEOPLE}': {kept[1]:.2f} of {anew[1]:.2f}, ratio {kept[1] / anew[1]:.2f}")
    print(f"  '{_PEOPLE}': {kept[0]:.2f} with the ids known before, {anew[0]:.2f} without")


def _by_step(steps: list[Step]) -> list[Step]:
    """The steps with every file's reading as one."""
    found: dict[str, Step] = {}
    for step in steps:
        name = _READING if step.name.startswith(_READING) else step.name
        before = found.get(name, Step(name, 0, 0, 0))
        found[name] = Step(
            name,
            before.seconds + step.seconds,
            before.processor_seconds + step.processor_seconds,
            max(before.peak_mb, step.peak_mb),
        )
    return list(found.values())


def _build(folder: Path, store: str, watch: Stopwatch, *, side_by_side: bool) -> None:
    make_build(
        folder / "sources.toml",
        folder / store,
        assumptions=load(),
        built_at=datetime.now(UTC),
        say=watch.begin,
        side_by_side=side_by_side,
    )


def _plain(folder: Path, watch: Stopwatch) -> None:
    watch.begin("polars: the same CSVs to Parquet")
    for file in sorted(folder.glob("*.csv")):
        pl.scan_csv(file, infer_schema=False).sink_parquet(folder / f"plain_{file.stem}.parquet")


if __name__ == "__main__":
    main()
