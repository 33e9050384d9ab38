"""Who is meant by a number, an address, a name or a reference? Only people in scope, and only with a purpose."""

from __future__ import annotations

import polars as pl

from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.identities import Purpose
from analysis.questions.search_forms import SearchKind, Sought, name_keys, variants
from analysis.store import Build

_EXACT, _VARIANT, _ALIKE = 3, 2, 1
_AFTER = "\U0010ffff"
SEARCH_COLUMNS: dict[str, Kind] = {
    "neighbourhood_code": Kind.CODE,
    "person_id": Kind.PERSON,
    "matched": Kind.CODE,
    "closeness": Kind.COUNT,
    "people": Kind.COUNT,
    "incidents": Kind.COUNT,
    "domestic_incidents": Kind.COUNT,
    "last_at": Kind.TIME,
    "risk": Kind.CODE,
    "assessed_at": Kind.TIME,
}


def search(build: Build, asked: Sought, audience: Audience, *, purpose: Purpose, limit: int) -> Released:
    """The people a search means, the closest match first, then who was recorded last.

    Somebody matches by what was recorded on a log in the audience's scope, never by what was recorded elsewhere; who
    is out of scope is left out by the same filter that everybody passes.

    Args:
        asked: what was typed, read by `search_forms.sought`.
        purpose: why; the consultation stands in the access log before anything is shown.
        limit: how many people at most.

    Returns:
        `SEARCH_COLUMNS`, a row for each person and neighbourhood in scope: `matched` (kinds and how close, joined by
        a comma: number, postcode, address, reference, incident, name, name_variant, name_alike), `people` (how many
        matched in all), `domestic_incidents` (in this neighbourhood, the whole build), and the newest risk there.
    """
    assert purpose.words
    found = pl.concat([_by_key(build, asked, audience), _by_name(build, asked, audience)])
    if asked.incident:
        found = pl.concat([found, _by_incident(build, asked.incident, audience)])
    people = found.group_by("person_id").agg(
        matched=pl.col("how").unique().sort().str.join(","), closeness=pl.col("closeness").max()
    )
    facts = _in_scope(build.table("search_facts"), audience).filter(
        pl.col("person_id").is_in(people["person_id"].implode())
    )
    told = facts.collect().join(people, on="person_id")
    newest = pl.col("last_at").max().over("person_id")
    ordered = told.sort(
        pl.col("closeness"),
        newest,
        "person_id",
        "last_at",
        "neighbourhood_code",
        descending=[True, True, False, True, False],
        nulls_last=True,
    )
    shown = ordered["person_id"].unique(maintain_order=True)
    rows = ordered.filter(pl.col("person_id").is_in(shown.head(limit).implode())).with_columns(
        people=pl.lit(len(shown), pl.Int64)
    )
    answer = Answer(
        name="search",
        columns=tuple(AnswerColumn(name, kind) for name, kind in SEARCH_COLUMNS.items()),
        area_column="neighbourhood_code",
        person_column="person_id",
        timezone=build.timezone,
    )
    return release(rows.select(list(SEARCH_COLUMNS)), answer, audience)


def _in_scope(table: pl.LazyFrame, audience: Audience) -> pl.LazyFrame:
    if audience.neighbourhoods is None:
        return table
    return table.filter(pl.col("neighbourhood_code").is_in(sorted(audience.neighbourhoods)))


def _between(build: Build, kind: SearchKind, first: str, last: str) -> pl.LazyFrame:
    """The rows of a kind with keys from first to last; sorted, so that little of the table is read."""
    return build.table("search_keys").filter(
        pl.col("kind") == kind.value, pl.col("key") >= first, pl.col("key") <= last
    )


def _by_key(build: Build, asked: Sought, audience: Audience) -> pl.DataFrame:
    """Who matches by number, postcode, address or reference; an address with a postcode must match both."""
    exact = ((SearchKind.NUMBER, asked.number), (SearchKind.REFERENCE, asked.reference))
    ways = [_between(build, kind, key, key).with_columns(how=pl.lit(kind.value)) for kind, key in exact if key]
    if asked.address:
        # Words must end where the key's do: 1 High Street is not 1 High Streetly. A postcode stands at the end.
        whole = [
            _between(build, SearchKind.ADDRESS, asked.address, asked.address),
            _between(build, SearchKind.ADDRESS, f"{asked.address} ", f"{asked.address} {_AFTER}"),
        ]
        there = pl.concat(whole)
        if asked.postcode:
            there = there.filter(pl.col("key").str.ends_with(f" {asked.postcode}"))
        ways.append(there.with_columns(how=pl.lit(SearchKind.ADDRESS.value)))
    elif asked.postcode:
        there = _between(build, SearchKind.POSTCODE, asked.postcode, asked.postcode)
        ways.append(there.with_columns(how=pl.lit(SearchKind.POSTCODE.value)))
    frames = [_in_scope(way, audience).select("person_id", "how").unique().collect() for way in ways]
    nobody = pl.DataFrame(schema={"person_id": pl.String, "how": pl.String})
    return pl.concat([nobody, *frames]).with_columns(closeness=pl.lit(_EXACT, pl.Int64))


def _by_name(build: Build, asked: Sought, audience: Audience) -> pl.DataFrame:
    """Who bears every word of the name, or one that is its variant or sounds alike."""
    keys = name_keys({word for name in asked.words for word in (name, *variants(name))})
    found: pl.DataFrame | None = None
    for name in asked.words:
        sound = keys[name].partition(" ")[0]
        ways = [_between(build, SearchKind.NAME, f"{sound} ", f"{sound} {_AFTER}")]
        ways += [_between(build, SearchKind.NAME, keys[v], keys[v]) for v in sorted(variants(name))]
        others = [keys[v] for v in variants(name)]
        closeness = (
            pl.when(pl.col("key") == keys[name])
            .then(_EXACT)
            .when(pl.col("key").is_in(others))
            .then(_VARIANT)
            .otherwise(_ALIKE)
            .cast(pl.Int64)
        )
        bearers = _in_scope(pl.concat(ways), audience).group_by("person_id").agg(closeness=closeness.max()).collect()
        found = (
            bearers
            if found is None
            else found.join(bearers, on="person_id", suffix="_more").select(
                "person_id", closeness=pl.min_horizontal("closeness", "closeness_more")
            )
        )
    if found is None:
        found = pl.DataFrame(schema={"person_id": pl.String, "closeness": pl.Int64})
    how = pl.col("closeness").replace_strict(
        {_EXACT: "name", _VARIANT: "name_variant", _ALIKE: "name_alike"}, return_dtype=pl.String
    )
    return found.select("person_id", how=how, closeness="closeness")


def _by_incident(build: Build, incident: str, audience: Audience) -> pl.DataFrame:
    """Who stands in the incident of that number, in whatever role."""
    forms = sorted({incident, incident.lower()})
    # One equality lets the reader pass over what cannot hold it; most searches mean no incident and end here.
    is_asked = pl.col("incident_id") == forms[0] if len(forms) == 1 else pl.col("incident_id").is_in(forms)
    logs = build.table("incidents").filter(is_asked).select("incident_id", "neighbourhood_code")
    there = _in_scope(logs, audience).collect()
    if there.is_empty():
        return pl.DataFrame(schema={"person_id": pl.String, "how": pl.String, "closeness": pl.Int64})
    people = build.table("person_records").filter(is_asked, pl.col("person_id").is_not_null())
    return (
        people.join(there.lazy(), on="incident_id", how="semi")
        .select("person_id", how=pl.lit(SearchKind.INCIDENT.value), closeness=pl.lit(_EXACT, pl.Int64))
        .unique()
        .collect()
    )
