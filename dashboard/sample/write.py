"""How is a whole made-up force written to a folder?"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from dashboard.sample.addresses import lay_streets
from dashboard.sample.callers import write_down
from dashboard.sample.decisions import decisions_json
from dashboard.sample.errors import SampleError
from dashboard.sample.files import LargeFeeds, write_csv, write_table, write_text, write_xlsx
from dashboard.sample.force import DEFAULT, plan_force
from dashboard.sample.geography import Geography, draw_geography, geojson
from dashboard.sample.incidents import describe
from dashboard.sample.logs import Setting, ring
from dashboard.sample.meetings import mondays
from dashboard.sample.mistakes import spoil_links, spoil_live, spoil_resources
from dashboard.sample.officers import officer_rows, send
from dashboard.sample.places import found_places
from dashboard.sample.population import settle_people
from dashboard.sample.records import assessments_of, crimes_of, harm_table, people_of, safeguarding_of
from dashboard.sample.sources import sources_toml
from dashboard.sample.suppliers import (
    OFFICER_COLUMNS,
    UK_TIME,
    UNIT_COLUMNS,
    incident_rows,
    live_rows,
    local_times,
    place_rows,
    resource_rows,
)
from dashboard.sample.top_tens import true_top_tens

# From this quarter on the incidents are the control room's own CSV, before it an archive.
FIRST_LIVE_QUARTER = "2013Q3"
# A file's record that does not have the header's shape, as when a line is cut off.
CUT_OFF_RECORD = '20131130,9999,"30/11/2013 23:10:00",404000\n'


def write_sample(
    out: Path,
    *,
    incidents: int = DEFAULT,
    seed: int = 2013,
    boundaries: Path | None = None,
    large_feeds: LargeFeeds = LargeFeeds.PARQUET,
) -> None:
    """Write a made-up force: its extracts, sources.toml, boundaries, decisions.json and the truth.

    The same arguments write the same bytes. The extracts hold exactly `incidents` good logs from Monday 28 November
    2011 to Sunday 1 December 2013, and a few bad rows beside them.

    Args:
        out: the folder; made if need be, files of the same name are replaced.
        incidents: at least 200. Above 200,000 the force has more areas and officers, and telephone numbers that no
            exchange connects beside the drama ranges.
        seed: another seed is another force.
        boundaries: a GeoJSON file of wards in longitude and latitude to use in place of invented ones.
        large_feeds: CSV writes every quarter of incidents and every large feed as CSV, for benchmarks.

    Raises:
        SampleError: too few incidents, unusable boundaries, or a folder that cannot be written.
    """
    force = plan_force(incidents)
    geography = draw_geography(force, seed, boundaries=boundaries)
    addresses = lay_streets(force, geography, seed)
    people = settle_people(force, addresses, seed)
    setting = Setting(addresses, people, found_places(force, addresses, seed))
    logs = describe(setting, geography, ring(force, setting, seed), seed=seed)
    logs = write_down(setting, logs, seed=seed)
    sent = send(force, geography, logs, seed=seed)
    try:
        (out / "truth").mkdir(parents=True, exist_ok=True)
        _write_ground(out, geography, has_own_wards=boundaries is None)
        _write_incidents(out, logs, sent, seed=seed, form=large_feeds)
        _write_resources(out, logs, sent, seed=seed, form=large_feeds)
        _write_records(out, setting, logs, seed=seed, form=large_feeds)
        _write_truth(out / "truth", setting, logs, sent)
        lists = {monday: true_top_tens(geography, logs, as_of=monday) for monday in mondays()}
        write_text(decisions_json(geography, lists), out / "decisions.json")
        write_text(sources_toml(large_feeds), out / "sources.toml")
    except OSError as error:
        raise SampleError(f"{out}: cannot be written ({error.strerror}). Choose another --out.") from error


def _write_ground(out: Path, geography: Geography, *, has_own_wards: bool) -> None:
    title = "Sample wards (invented)" if has_own_wards else "Wards as given"
    write_text(geojson(geography.wards, title=title), out / "wards.geojson")
    write_text(
        geojson(geography.neighbourhoods, title="Sample police neighbourhoods (invented)"),
        out / "neighbourhoods.geojson",
    )


def _write_incidents(out: Path, logs: pl.DataFrame, sent: pl.DataFrame, *, seed: int, form: LargeFeeds) -> None:
    rows = spoil_links(incident_rows(logs, sent), seed=seed)
    quarter = pl.format(
        "{}Q{}", pl.col("log_date").str.slice(0, 4), (pl.col("log_date").str.slice(4, 2).cast(int) + 2) // 3
    )
    rows = rows.with_columns(quarter.alias("quarter"))
    if form is LargeFeeds.PARQUET:
        archive = rows.filter(pl.col("quarter") < FIRST_LIVE_QUARTER).drop("log_date", "log_number")
        for (year,), part in archive.group_by(pl.col("quarter").str.slice(0, 4), maintain_order=True):
            write_table(part.drop("quarter"), out, f"incidents_archive_{year}", form=form)
        rows = rows.filter(pl.col("quarter") >= FIRST_LIVE_QUARTER)
    for (label,), part in rows.group_by("quarter", maintain_order=True):
        live = spoil_live(live_rows(part), seed=seed, part=str(label))
        cut = CUT_OFF_RECORD if label == "2013Q4" else ""
        write_csv(live, out / f"incidents_live_{label}.csv", last_line=cut)


def _write_resources(out: Path, logs: pl.DataFrame, sent: pl.DataFrame, *, seed: int, form: LargeFeeds) -> None:
    resources = resource_rows(logs, sent)
    units = spoil_resources(resources.units, seed=seed, part="units")
    officers = spoil_resources(resources.officers, seed=seed, part="officers")
    theirs = [pl.col(name).alias(column) for name, column in UNIT_COLUMNS.items()]
    write_csv(units.select(theirs), out / "deployments_units.csv", datetime_format=UK_TIME)
    theirs = [pl.col(name).alias(column) for name, column in OFFICER_COLUMNS.items()]
    write_table(officers.select(theirs), out, "deployments_officers", form=form)


def _write_records(out: Path, setting: Setting, logs: pl.DataFrame, *, seed: int, form: LargeFeeds) -> None:
    forms = assessments_of(setting, logs, seed=seed)
    write_table(people_of(setting, logs, seed=seed), out, "people", form=form)
    write_table(local_times(safeguarding_of(logs, forms, seed=seed)), out, "safeguarding", form=form)
    write_csv(local_times(crimes_of(setting, logs, seed=seed)), out / "crimes.csv")
    letters = {"high": "H", "medium": "M", "standard": "S"}
    dash = local_times(forms).select(
        pl.col("incident_id").alias("LOG_REF"), pl.col("risk").replace(letters).alias("RISK"), pl.col("^.*_at$")
    )
    write_csv(dash, out / "dash_forms.csv")
    write_xlsx(place_rows(setting), out / "places.xlsx")
    write_csv(harm_table(), out / "harm_invented.csv")


def _write_truth(out: Path, setting: Setting, logs: pl.DataFrame, sent: pl.DataFrame) -> None:
    """Who really rang (null: staff, officers, nameless), all people, and when each officer was really free; UTC."""
    really = pl.when(pl.col("caller") >= 0).then("caller").alias("person")
    write_table(logs.select("incident_id", really), out, "callers", form=LargeFeeds.PARQUET)
    known = ("person", "given", "family", "gender", "date_of_birth", "nominal_id", "relationship", "partner")
    write_table(setting.people.select(known), out, "persons", form=LargeFeeds.PARQUET)
    rows = officer_rows(sent)
    true_rows = rows.select(
        logs["incident_id"].gather(rows["log"]),
        "officer_id",
        "callsign",
        "assigned_at",
        pl.col("true_cleared_at").alias("cleared_at"),
        pl.col("cleared_at").is_not_null().alias("is_cleared"),
    )
    write_table(true_rows, out, "deployments", form=LargeFeeds.PARQUET)
