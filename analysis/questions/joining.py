"""What would become of the top tens if two people were one, and of one person's contacts if they were two?"""

from __future__ import annotations

import polars as pl

from analysis.demand.areas import UNLOCATED, AreaKind
from analysis.demand.contacts import KeyType
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.ranking import area_names, contacts_of
from analysis.questions.view import View
from analysis.ranking.rank import UNITS_PER_HOUR, counted_contacts, rank
from analysis.store import Build

EFFECT_COLUMNS: dict[str, Kind] = {
    "area_code": Kind.CODE,
    "area_name": Kind.NAME,
    "part": Kind.CODE,
    "key_id": Kind.PERSON,
    "position": Kind.COUNT,
    "contacts": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
}
_PARTS = ("now", "after", "enters", "leaves")
_SIDES = {
    "area_code": Kind.CODE,
    "person_id": Kind.PERSON,
    "side": Kind.CODE,
    "records": Kind.COUNT,
    "contacts": Kind.COUNT,
}


def effect_of_joining(
    build: Build, view: View, audience: Audience, person_a: str, person_b: str, *, top: int, minimum_contacts: int
) -> Released:
    """The lines of two people in their top tens now, and of the one they would be.

    Their contacts are then the distinct incident groups of both, each at the earlier of the two calls; everybody
    else's stay. Ranked as every list is, under the view's lens, window and incidents.

    Returns:
        `EFFECT_COLUMNS` by area: part `now` (each of the two with contacts there), `after` (the one, as `person_a`),
        `enters` and `leaves` (who else would come into or fall out of the first `top`). `position` is null for who
        has too few contacts to be listed.
    """
    window = Window(view.as_of, view.weeks, build.timezone)
    both = [person_a, person_b]
    contacts = contacts_of(build, KeyType.CALLER)
    areas = contacts.filter(pl.col("key_id").is_in(both))["neighbourhood_code"].unique()
    near = contacts.filter(pl.col("neighbourhood_code").is_in(areas.implode(), nulls_equal=True))
    one = near.with_columns(key_id=pl.when(pl.col("key_id").is_in(both)).then(pl.lit(person_a)).otherwise("key_id"))
    one = one.sort("contact_at").unique(["key_id", "group_id"], keep="first", maintain_order=True)
    crimes = build.frame("group_crimes") if build.manifest["harm"] else None
    lines = {}
    for name, frame in (("now", near), ("after", one)):
        listed = rank(
            frame,
            window,
            lens=view.lens,
            area=AreaKind.NEIGHBOURHOOD,
            domestic_only=view.domestic_only,
            minimum_contacts=minimum_contacts,
            group_crimes=crimes,
        ).select("area_code", "key_id", "position")
        counted = counted_contacts(frame, window, area=AreaKind.NEIGHBOURHOOD, domestic_only=view.domestic_only)
        totals = counted.group_by("area_code", "key_id").agg(
            contacts=pl.len().cast(pl.Int64),
            officer_hours=pl.col("units").sum() / UNITS_PER_HOUR,
            imputed_hours=pl.col("imputed_units").sum() / UNITS_PER_HOUR,
        )
        lines[name] = totals.join(listed, on=["area_code", "key_id"], how="left").with_columns(part=pl.lit(name))
    theirs = pl.concat(lines.values()).filter(pl.col("key_id").is_in(both))
    others = _moved(lines["now"], lines["after"], both, theirs["area_code"], top=top)
    names = area_names(build, AreaKind.NEIGHBOURHOOD)
    rows = (
        pl.concat([theirs, others], how="diagonal")
        .join(names, on="area_code", how="left")
        .with_columns(pl.coalesce("area_name", "area_code"), order=pl.col("part").cast(pl.Enum(_PARTS)))
        .sort("area_name", "order", "position", "key_id", nulls_last=True)
    )
    answer = Answer(
        name="effect of joining",
        columns=tuple(AnswerColumn(name, kind) for name, kind in EFFECT_COLUMNS.items()),
        area_column="area_code",
        person_column="key_id",
    )
    return release(rows.select(list(EFFECT_COLUMNS)), answer, audience)


def _moved(now: pl.DataFrame, after: pl.DataFrame, both: list[str], areas: pl.Series, *, top: int) -> pl.DataFrame:
    """Who else comes into the first `top` of these areas, or falls out of them."""
    of_others = ~pl.col("key_id").is_in(both) & pl.col("area_code").is_in(areas.unique().implode())
    before = now.filter(of_others, pl.col("position") <= top)
    later = after.filter(of_others, pl.col("position") <= top)
    on = ["area_code", "key_id"]
    return pl.concat(
        [
            later.join(before, on=on, how="anti").with_columns(part=pl.lit("enters")),
            before.join(later, on=on, how="anti").with_columns(part=pl.lit("leaves")),
        ]
    )


def effect_of_parting(build: Build, view: View, audience: Audience, reference_a: str, reference_b: str) -> Released:
    """Which contacts each of two sets of one person's records has: those said to be like record a, and like b.

    A record goes with the side whose record it has more in common with: number, name, nominal id or date of birth as
    written; with both alike it is on side `either`. The next build decides; this says what is at stake.

    Returns:
        area_code, person_id, side (a, b, either), records (of the whole build), contacts (of the view's window).
        No row where the two records are not of one person.
    """
    sides = _sides(build, reference_a, reference_b)
    logs = build.frame("incidents", ["incident_id", "group_id", "neighbourhood_code"])
    placed = sides.join(logs, on="incident_id")
    contacts = (
        _counted_by_side(build, view, placed)
        .group_by("area_code", "person_id", "side")
        .agg(contacts=pl.col("group_id").n_unique().cast(pl.Int64))
    )
    records = placed.group_by(
        pl.col("neighbourhood_code").fill_null(UNLOCATED).alias("area_code"), "person_id", "side"
    ).agg(records=pl.len().cast(pl.Int64))
    on = ["area_code", "person_id", "side"]
    rows = records.join(contacts, on=on, how="full", coalesce=True).with_columns(
        pl.col("records", "contacts").fill_null(0)
    )
    answer = Answer(
        name="effect of parting",
        columns=tuple(AnswerColumn(name, kind) for name, kind in _SIDES.items()),
        area_column="area_code",
        person_column="person_id",
    )
    return release(rows.sort(on).select(list(_SIDES)), answer, audience)


def contacts_by_side(build: Build, view: View, reference_a: str, reference_b: str) -> pl.DataFrame:
    """The contacts that `effect_of_parting` counts: area_code, person_id, side, group_id, each once."""
    sides = _sides(build, reference_a, reference_b)
    logs = build.table("incidents").filter(pl.col("incident_id").is_in(sides["incident_id"].unique().implode()))
    return _counted_by_side(build, view, sides.join(logs.select("incident_id", "group_id").collect(), on="incident_id"))


def _counted_by_side(build: Build, view: View, placed: pl.DataFrame) -> pl.DataFrame:
    """Contacts of the view's window by the side of the records that rang; `placed` has the group of each record."""
    counted = counted_contacts(
        contacts_of(build, KeyType.CALLER).filter(pl.col("key_id").is_in(placed["person_id"].unique().implode())),
        Window(view.as_of, view.weeks, build.timezone),
        area=AreaKind.NEIGHBOURHOOD,
        domestic_only=view.domestic_only,
    ).select("area_code", "group_id")
    rung = placed.filter(pl.col("role") == "caller").select("group_id", "side", "person_id").unique()
    return rung.join(counted, on="group_id")


def _sides(build: Build, reference_a: str, reference_b: str) -> pl.DataFrame:
    """incident_id, role, person_id, side: every record of the person whom both records stand under."""
    records = build.frame("person_records")
    if "record_reference" not in records.columns:  # a build made before records had one
        records = records.with_columns(record_reference=pl.lit(None, pl.String))
    named = records.filter(pl.col("person_id").is_not_null())
    ends = named.filter(pl.col("record_reference").is_in([reference_a, reference_b]))
    if ends["person_id"].n_unique() != 1 or ends["record_reference"].n_unique() != 2:
        return named.clear().select("incident_id", "role", "person_id", side=pl.lit("either"))
    mine = named.filter(pl.col("person_id") == ends["person_id"][0])
    said = _said(build, mine)
    a, b = (said.filter(pl.col("record_reference") == reference).head(1) for reference in (reference_a, reference_b))
    keys = ("name", "phone", "date_of_birth", "nominal_id")

    def common(end: pl.DataFrame) -> pl.Expr:
        same = ((pl.col(key) == pl.lit(end[key][0], end.schema[key])).fill_null(False) for key in keys)
        return pl.sum_horizontal(one.cast(pl.Int64) for one in same)

    nearer = common(a) - common(b)
    side = pl.when(nearer > 0).then(pl.lit("a")).when(nearer < 0).then(pl.lit("b")).otherwise(pl.lit("either"))
    return said.select("incident_id", "role", "person_id", side=side)


def _said(build: Build, records: pl.DataFrame) -> pl.DataFrame:
    """The records with what each says, in capitals."""
    logs = build.frame("incidents", ["incident_id", "caller_name", "caller_date_of_birth", "caller_nominal_id"]).filter(
        pl.col("incident_id").is_in(records["incident_id"].unique().implode())
    )
    people = build.frame("people", ["source_file", "source_line", "name", "date_of_birth", "nominal_id"])
    is_caller = pl.col("role") == "caller"
    return (
        records.join(logs, on="incident_id", how="left")
        .join(people, on=["source_file", "source_line"], how="left")
        .with_columns(
            name=pl.when(is_caller).then("caller_name").otherwise("name").str.to_uppercase(),
            date_of_birth=pl.when(is_caller).then("caller_date_of_birth").otherwise("date_of_birth"),
            nominal_id=pl.when(is_caller).then("caller_nominal_id").otherwise("nominal_id"),
        )
    )
