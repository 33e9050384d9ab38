"""How well and how fast are people found, beside exact keys and Splink?

python -m benchmarks.people --incidents 100000 --seed 101
python -m benchmarks.people --incidents 100000 --seed 101 --noise usual
python -m benchmarks.people --incidents 100000 --grow   # and ten times as many: how does the cost grow?
python -m benchmarks.people --published            # FEBRL and Splink's own set
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import polars.selectors as cs

from analysis.assumptions import load
from analysis.people import resolve_people
from analysis.people.clusters import cluster_records
from analysis.people.linking import located
from analysis.people.locations import locations
from analysis.people.pools import set_apart
from analysis.people.records import SET_APART_ROLES, gather
from analysis.people.telephones import telephones
from benchmarks.measured import peak_mb
from benchmarks.people_noise import Noise
from benchmarks.people_scores import score
from benchmarks.people_sets import LINKAGE, Labelled, febrl, force, splink_fake

_KEY = b"a key for measuring only, 32 by."
_IDENTIFYING = ("own_phone", "name", "is_full", "date_of_birth", "nominal_id")


def main() -> None:
    """Print the tables."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--incidents", type=int, default=20_000)
    words.add_argument("--seed", type=int, default=101)
    words.add_argument("--noise", choices=[noise.name.lower() for noise in Noise], help="the second corruptor's")
    words.add_argument("--published", action="store_true", help="the published sets instead of a generated force")
    words.add_argument("--without-splink", action="store_true")
    words.add_argument("--grow", action="store_true", help="ours at so many and at ten times as many, without Splink")
    arguments = words.parse_args()
    if arguments.published:
        if not LINKAGE.exists():
            raise SystemExit("The published sets are not beside the project: see data/README.md there.")
        sets = [febrl(), splink_fake(with_email=False), splink_fake(with_email=True)]
    else:
        noise = Noise[arguments.noise.upper()] if arguments.noise else None
        if arguments.grow:
            _grow(arguments.incidents, arguments.seed, noise)
            return
        sets = [force(arguments.incidents, arguments.seed, noise)]
    for labelled in sets:
        _measure(labelled, with_splink=not arguments.without_splink)


def _grow(incidents: int, seed: int, noise: Noise | None) -> None:
    """Ours on a force and on one ten times as large, and the exponent by which its processor seconds grow."""
    few, many = (
        _measure(force(count, seed, noise), with_splink=False)["ours"] for count in (incidents, 10 * incidents)
    )
    print(f"\nten times the incidents take {many / few:.1f} times as long: exponent {math.log10(many / few):.2f}")


def _measure(labelled: Labelled, *, with_splink: bool) -> dict[str, float]:
    print(f"\n{labelled.name}\n  {'':34} {'seconds':>8} {'processor':>10}   precision recall F1")
    records = records_to_link(labelled)
    print(f"  {records['truth'].is_not_null().sum():,} records with a truth and a name or number")
    scored = records.select("incident_id", "role", "read_order", "truth")
    runs: list[tuple[str, Callable[[], pl.DataFrame]]] = [
        ("exact keys", lambda: _exact(records)),
        ("ours (with reading names and numbers)", lambda: _ours(labelled, scored)),
    ]
    if with_splink:
        from benchmarks.people_splink import splink_as_it_comes, splink_tuned

        runs += [
            ("Splink as it comes", lambda: splink_as_it_comes(records)),
            ("Splink, equal columns and tuning", lambda: splink_tuned(records)),
        ]
    processor_seconds = {}
    for name, run in runs:
        if name.startswith("ours") and not with_splink:
            records = scored  # what only Splink needs is let go
        _forget_peak()
        wall, processor = time.perf_counter(), time.process_time()
        found = run()
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        print(f"  {name:38} {wall:8.2f} {processor:10.2f}   {score(found, 'found')}   peak {peak_mb():,.0f} MB")
        processor_seconds[name.split(" ")[0]] = processor
    return processor_seconds


def _forget_peak() -> None:
    """Let the peak of memory begin anew where the system can, so that it is that of one run."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5", encoding="ascii")


def records_to_link(labelled: Labelled) -> pl.DataFrame:
    """One row for each record that may be somebody: a name or a number, in a role that is not set apart."""
    assumptions = load()
    gathered = gather(labelled.incidents, labelled.people, assumptions=assumptions)
    phones = telephones(labelled.places["phone"], assumptions.texts("withheld_numbers"))["phone"]
    apart = set_apart(gathered, phones, minimum_surnames=assumptions.whole("shared_number_minimum_surnames"))
    homes = located(labelled.incidents, labelled.people, locations(labelled.places))
    apart = apart.cast({cs.enum(): pl.String}).hstack(homes.of_records(apart["log"]))
    in_scope = ~pl.col("pool").is_in(SET_APART_ROLES).fill_null(False)
    said = pl.col("name").is_not_null() | pl.col("phone").is_not_null()
    return (
        apart.join(labelled.truth, on=["incident_id", "role"], how="left", maintain_order="left")
        .filter(in_scope & said)
        .with_row_index("unique_id")
    )


def _exact(records: pl.DataFrame) -> pl.DataFrame:
    is_identified = pl.col("pool").is_null()
    some = records.filter(is_identified)
    cluster = cluster_records(some.select(_IDENTIFYING))["cluster"]
    return pl.concat([some.with_columns(found=cluster), records.filter(~is_identified)], how="diagonal")


def _ours(labelled: Labelled, records: pl.DataFrame) -> pl.DataFrame:
    people = resolve_people(labelled.incidents, labelled.people, labelled.places, assumptions=load(), key=_KEY)
    found = people.records.select("incident_id", "role", "read_order", found="person_id")
    return records.join(found, on=["incident_id", "role", "read_order"], how="left")


if __name__ == "__main__":
    main()
