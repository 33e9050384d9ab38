"""What does one page's data cost: added up from stored days, made live, and a plain scan of the same area's rows?

python -m benchmarks.pages --incidents 1000000

The tables are not built from extracts but made at random in the shapes of a build's, which is said in the output: as
many neighbourhoods, callers and domestic incidents to a million as in the sample.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from analysis.build.tables import GROUP_ROWS
from analysis.demand.day_sums import day_tables
from analysis.disclosure import police
from analysis.questions.builds import Build, load_assumptions
from analysis.questions.this_week import Usual, this_week
from analysis.questions.top_ten import top_ten
from analysis.questions.view import View
from dashboard.sample.force import plan_force

_AS_OF, _FIRST_DAY, _DAYS = date(2013, 12, 2), date(2011, 12, 5), 728
_MINUTE = 720_720 * 60_000
_INSTANT = pl.Datetime("us", "UTC")


def main() -> None:
    """Print the processor time of pages of random neighbourhoods."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--incidents", type=int, default=100_000)
    words.add_argument("--areas", type=int, default=40, help="how many pages, each of a random neighbourhood")
    words.add_argument("--seed", type=int, default=2013)
    arguments = words.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        began = time.process_time()
        build = _made(Path(temporary), arguments.incidents, arguments.seed)
        days = build.manifest["seconds_for_days"]
        print(
            f"{arguments.incidents:,} incidents, tables made at random (not built from extracts) in "
            f"{time.process_time() - began:.0f} s of processor time, of which adding up days {days:.2f} s"
        )
        _measure(build, arguments.areas, arguments.seed)


def _measure(build: Build, areas: int, seed: int) -> None:
    """Each page once for each of many random areas, after one that is not counted, in turn."""
    assumed, codes = load_assumptions(), [area["code"] for area in build.manifest["facts"]["neighbourhoods"]]
    chosen = random.Random(seed).choices(codes, k=areas)
    usual = Usual(assumed.number("usual_range_low_centile"), assumed.number("usual_range_high_centile"))

    def ten(code: str, *, is_live: bool) -> object:
        return top_ten(build, View(_AS_OF), police(None), area=code, assumptions=assumed, is_live=is_live)

    def week(code: str, *, is_live: bool) -> object:
        view = View(_AS_OF, neighbourhoods=(code,))
        return this_week(build, view, police(None), minimum_contacts=2, length=10, usual=usual, is_live=is_live)

    asked: dict[str, Callable[[str], object]] = {
        "Top ten, stored days": lambda code: ten(code, is_live=False),
        "This week, stored days": lambda code: week(code, is_live=False),
        "Top ten, live": lambda code: ten(code, is_live=True),
        "This week, live": lambda code: week(code, is_live=True),
        "polars scan of the area's rows": lambda code: _scan(build, code),
    }
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for at, code in enumerate([codes[0], *chosen]):
        for name, ask in asked.items():
            began = time.process_time()
            ask(code)
            if at:
                spent[name].append(1000 * (time.process_time() - began))
    plain = statistics.median(spent["polars scan of the area's rows"])
    print(f"{len(codes)} neighbourhoods, {areas} pages each; processor time in ms")
    print(f"{'':34} {'median':>8} {'p95':>8} {'to scan':>8}")
    for name, times in spent.items():
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{name:34} {statistics.median(times):8.1f} {p95:8.1f} {statistics.median(times) / plain:8.2f}")


def _scan(build: Build, code: str) -> list[pl.DataFrame]:
    """The area's own rows of the tables a page is made of: contacts of callers, groups and logs."""
    here = pl.col("neighbourhood_code") == code
    contacts = build.table("contacts.caller").filter(here)
    return pl.collect_all([contacts, build.table("groups").filter(here), build.table("incidents").filter(here)])


def _made(folder: Path, incidents: int, seed: int) -> Build:
    """A build's folder with the tables a page asks for."""
    force = plan_force(incidents)
    tables = _tables(incidents, force.neighbourhoods, force.victims + force.others, seed)
    began = time.process_time()
    days = day_tables(
        tables["contacts"],
        tables["groups"],
        incidents=tables["incidents"],
        concerned=tables["concerned"],
        crimes=tables["crimes"],
        group_crimes=tables["group_crimes"],
        assessments=tables["assessments"],
        safeguarding=tables["safeguarding"],
        timezone="Europe/London",
    )
    seconds = time.process_time() - began
    build = folder / "made"
    build.mkdir()
    keyed = tables["contacts"].partition_by("key_type", as_dict=True)
    of_keys = {f"contacts.{key_type}": frame for (key_type,), frame in keyed.items()}
    as_they_are = {name: frame for name, frame in tables.items() if name != "contacts"}
    for name, frame in (of_keys | as_they_are).items():
        frame.write_parquet(build / f"{name}.parquet", compression="lz4", statistics=False)
    for name, frame in days.by_name().items():
        frame.write_parquet(build / f"{name}.parquet", compression="lz4", row_group_size=GROUP_ROWS)
    codes = [_code(at) for at in range(force.neighbourhoods)]
    manifest = {
        "rows": {name: frame.height for name, frame in (tables | days.by_name()).items()},
        "force": {"timezone": "Europe/London", "synthetic": True},
        "facts": {
            "first_day": _FIRST_DAY.isoformat(),
            "neighbourhoods": [{"code": code, "name": code, "sector": "S"} for code in codes],
        },
        "harm": {"source": "random", "year": 2013},
        "domestic": {"yes": incidents // 8},
        "without_neighbourhood": 0,
        "seconds_for_days": seconds,
    }
    (build / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return Build("made", build)


def _code(at: int) -> str:
    return f"N{at:03}"


def _tables(incidents: int, areas: int, people: int, seed: int) -> dict[str, pl.DataFrame]:
    """Every other incident is rung about by a caller who can be told apart; few people ring most."""
    number = pl.int_range(incidents, dtype=pl.Int64)

    def dice(salt: int) -> pl.Expr:
        return number.hash(seed + salt)

    share = (dice(1) % 1_000_000) / 1_000_000
    is_domestic = dice(2) % 8 == 0
    person = (people * pl.when(is_domestic).then(share**4).otherwise(share)).cast(pl.Int64)
    at_home = pl.when(dice(3) % 10 < 9).then(person.hash(seed) % areas).otherwise(dice(4) % areas)
    minutes = _DAYS * 24 * 60
    start = pl.datetime(_FIRST_DAY.year, _FIRST_DAY.month, _FIRST_DAY.day, time_zone="UTC", time_unit="us")
    logs = pl.select(
        pl.format("I{}", number.cast(pl.String).str.zfill(9)).alias("incident_id"),
        pl.format("I{}", number.cast(pl.String).str.zfill(9)).alias("group_id"),
        (start + pl.duration(minutes=number * minutes // incidents)).cast(_INSTANT).alias("received_at"),
        pl.lit("999").alias("source"),
        pl.when(dice(5) % 20 == 0).then(pl.lit("withheld")).alias("caller_pool"),
        (dice(6) % 5 == 0).alias("children_present"),
        is_domestic.alias("is_domestic"),
        *(pl.lit(None, pl.String).alias(name) for name in ("crime_ref", "duplicate_of")),
        pl.format("N{}", at_home.cast(pl.String).str.zfill(3)).alias("neighbourhood_code"),
        pl.lit(None, pl.String).alias("ward_code"),
        pl.format("P-{}", person.cast(pl.String).str.zfill(10)).alias("person_id"),
        *((dice(7) % 90 * _MINUTE).cast(pl.Int64).alias(name) for name in ("units", "units_low", "units_high")),
        pl.lit(0, pl.Int64).alias("imputed_units"),
        (dice(8) % 2 == 0).alias("is_rung"),
        (dice(9) % 10 == 0).alias("has_crime"),
    )
    return _shared(logs)


def _shared(logs: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The tables of a build from one frame that holds everything; every log has an address key too."""
    facts = ["group_id", "is_domestic", "ward_code", "neighbourhood_code"]
    units = ["units", "units_low", "units_high", "imputed_units"]
    keyed = [("caller", "is_rung"), ("address", "incident_id")]
    contacts = pl.concat(
        logs.filter(pl.col(kept) if kept == "is_rung" else pl.lit(True)).select(
            pl.lit(key_type).alias("key_type"),
            pl.col("person_id").alias("key_id"),
            pl.col("received_at").alias("contact_at"),
            *facts,
            *units,
        )
        for key_type, kept in keyed
    )
    crimes = logs.filter("has_crime").select(
        "incident_id", "group_id", "is_domestic", crime_ref=pl.format("C{}", "incident_id")
    )
    few = logs.filter(pl.col("is_domestic") & pl.col("is_rung"))
    return {
        "contacts": contacts,
        "groups": logs.select(*facts, "received_at", *units),
        "incidents": logs.drop("person_id", *units, "is_rung", "has_crime"),
        "concerned": logs.filter("is_domestic").select("incident_id", "person_id"),
        "crimes": crimes.select("crime_ref", "incident_id", "is_domestic", relationship=pl.lit("ex_intimate")),
        "group_crimes": crimes.select("group_id", "crime_ref", days=pl.lit(10.0)),
        "assessments": few.select("incident_id").gather_every(2),
        "safeguarding": few.select("incident_id", event=pl.lit("marac_referral"), at="received_at").gather_every(20),
        "neighbourhoods": pl.DataFrame({"code": logs["neighbourhood_code"].unique().sort()}).with_columns(
            name="code", vintage=pl.lit(0)
        ),
    }


if __name__ == "__main__":
    main()
