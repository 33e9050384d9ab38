"""What else is recorded after a log: people, risk assessments, crimes and safeguarding?"""

from __future__ import annotations

import tomllib

import numpy as np
import polars as pl

from dashboard.sample.chance import Floats, data_text, spread, stream
from dashboard.sample.force import EXTRACTED_AT
from dashboard.sample.logs import Setting, current_home
from dashboard.sample.numbers import written

RISKS = (("high", 10), ("medium", 32), ("standard", 58))
DASH_SHARE_MANDATORY, DASH_SHARE_DISCRETIONARY, DASH_SHARE_NONCRIME = 0.86, 0.5, 0.05
ARREST_SHARE_DOMESTIC, ARREST_SHARE_OTHER = 0.5, 0.16
OUTCOMES_DOMESTIC = (("charge", 32), ("none", 42), ("caution", 6), ("out_of_court", 8), ("open", 12))
OUTCOMES_OTHER = (("charge", 13), ("none", 66), ("caution", 4), ("out_of_court", 7), ("open", 10))


def crimes_of(setting: Setting, logs: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """One row a recorded crime, in the order of the logs. Offence codes are invented; see `offences.toml`."""
    rng = stream(seed, "crimes")
    offences = pl.DataFrame(tomllib.loads(data_text("offences.toml"))["offence"])
    crimes = logs.filter("is_crime")
    count = len(crimes)
    bond = setting.people["relationship"].gather(crimes["victim"].clip(lower_bound=0))
    arrested = rng.random(count) < np.where(crimes["is_domestic"], ARREST_SHARE_DOMESTIC, ARREST_SHARE_OTHER)
    return crimes.select(
        pl.col("crime").alias("crime_ref"),
        "incident_id",
        offences["code"].gather(crimes["offence"]).alias("offence_code"),
        offences["group"].gather(crimes["offence"]).alias("offence_group"),
        "is_domestic",
        pl.when("is_domestic").then(bond).alias("relationship"),
        pl.when(pl.Series(arrested))
        .then(pl.col("at") + _hours(0.6 + rng.exponential(5.0, count)))
        .alias("arrested_at"),
        pl.when("is_domestic")
        .then(spread(rng, OUTCOMES_DOMESTIC, count))
        .otherwise(spread(rng, OUTCOMES_OTHER, count))
        .alias("outcome"),
    ).with_columns(_if_past("arrested_at"))


def assessments_of(setting: Setting, logs: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """DASH forms: usual where mandatory (a crime between intimate or former partners), half the time elsewhere.

    People whose incidents are never crimes hardly ever have one. `log` is kept for what follows from the form.
    """
    rng = stream(seed, "assessments")
    asked = logs.filter(pl.col("is_domestic") & pl.col("parent").is_null())
    victim = asked["victim"]
    bond = setting.people["relationship"].gather(victim)
    mandatory = (asked["is_crime"] & bond.is_in(["intimate", "ex_intimate"])).to_numpy()
    noncrime = setting.people["is_noncrime"].gather(victim).to_numpy()
    share = np.select([mandatory, noncrime], [DASH_SHARE_MANDATORY, DASH_SHARE_NONCRIME], DASH_SHARE_DISCRETIONARY)
    done = asked.filter(pl.Series(rng.random(len(asked)) < share))
    count = len(done)
    risk = spread(rng, RISKS, count)
    seen = pl.Series(rng.random(count)) < pl.select(pl.when(risk == "standard").then(0.35).otherwise(0.96))[:, 0]
    sampled = pl.Series(rng.random(count) < 0.05) & (risk == "standard")
    late = np.where(rng.random(count) < 0.09, rng.uniform(10, 30, count), rng.uniform(0.3, 4, count))
    return done.select(
        "log",
        "incident_id",
        pl.lit("DASH").alias("tool"),
        risk.alias("risk"),
        (pl.col("at") + _hours(rng.uniform(0.8, 2.2, count))).alias("completed_at"),
        (pl.col("at") + _hours(2.3 + late)).alias("submitted_at"),
        pl.when(seen).then(pl.col("at") + _hours(34 + rng.exponential(14, count))).alias("supervisor_reviewed_at"),
        pl.when(sampled).then(pl.col("at") + _hours(rng.uniform(200, 700, count))).alias("dip_sampled_at"),
    ).with_columns(_if_past(name) for name in ("submitted_at", "supervisor_reviewed_at", "dip_sampled_at"))


def people_of(setting: Setting, logs: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """Victims, subjects and witnesses as officers recorded them: fuller than the call, and not free of slips."""
    rng = stream(seed, "records of people")
    first = logs.filter(pl.col("parent").is_null())
    domestic = first.filter("is_domestic")
    other = first.filter(pl.col("is_crime") & ~pl.col("is_domestic") & (pl.col("caller") >= 0))
    parts = [
        _of_role(rng, domestic, domestic["victim"].to_numpy(), "victim", 0.93),
        _of_role(rng, domestic, setting.people["partner"].to_numpy()[domestic["victim"].to_numpy()], "subject", 0.72),
        _of_role(rng, domestic, _caller_or_none(domestic, "witness"), "witness", 0.7),
        _of_role(rng, other, _caller_or_none(other, "victim"), "victim", 0.8),
    ]
    rows = pl.concat(parts).sort("log", maintain_order=True)
    count, person = len(rows), rows["person"].to_numpy()
    who = setting.people[person]
    days = (rows["date"] - logs["date"].min()).dt.total_days().to_numpy()
    home = setting.addresses[current_home(setting.people, person, days)]
    changed = pl.Series(days) >= who["changed_on"]
    number = pl.select(pl.when(changed).then(who["second_number"]).otherwise(who["number"]))[:, 0]
    chance = pl.Series(rng.random(count))
    full = who["given"] + " " + who["family"]
    return rows.select(
        "incident_id",
        "role",
        pl.when(chance < 0.04)
        .then(who["family"].str.to_uppercase() + ", " + who["given"])
        .otherwise(full)
        .alias("name"),
        pl.when(pl.Series(rng.random(count) < 0.8)).then(who["date_of_birth"]).alias("date_of_birth"),
        pl.when(pl.Series(rng.random(count) < 0.6)).then(written(pl.lit(number), pl.lit(1))).alias("phone"),
        pl.when(chance < 0.9).then(home["address"]).alias("address"),
        pl.when(chance < 0.9).then(home["postcode"]).alias("postcode"),
        pl.when(chance < 0.6).then(home["uprn"]).alias("uprn"),
        pl.when(pl.Series(rng.random(count) < 0.75)).then(who["nominal_id"]).alias("nominal_id"),
        pl.when(chance < 0.95).then(who["gender"]).alias("gender"),
    )


def safeguarding_of(logs: pl.DataFrame, assessments: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """What was done afterwards, one row an event, up to the extract."""
    rng = stream(seed, "safeguarding")
    forms = assessments.select("log", "risk", "submitted_at")
    logs = logs.filter(pl.col("is_domestic") & pl.col("parent").is_null()).join(forms, on="log", how="left").sort("log")
    high, medium = pl.col("risk") == "high", pl.col("risk") == "medium"
    repeat, children = pl.col("repeat_flag"), pl.col("children_present")
    slow = pl.col("grade").is_in(["routine", "diary"])
    # event, which logs, share of them done, hours after the log, spread of those hours, who
    plan: list[tuple[str, pl.Expr, float, float, float, str]] = [
        ("contact", high, 0.94, 8, 14, "Safeguarding team"),
        ("contact", medium, 0.86, 30, 60, "Safeguarding team"),
        ("marac_referral", high, 0.92, 26, 20, "Safeguarding team"),
        ("marac_heard", high, 0.85, 300, 80, "MARAC"),
        ("idva_referral", high, 0.88, 30, 40, "Safeguarding team"),
        ("inspector_informed", high, 0.97, 3, 3, "Response sergeant"),
        ("supervisor_attended", high | repeat, 0.55, 0.7, 0.6, "Response sergeant"),
        ("neighbourhood_review", pl.lit(True), 0.6, 20, 20, "Neighbourhood team"),
        ("children_asked", pl.lit(True), 0.78, 0.8, 0.5, "Attending officer"),
        ("children_forwarded", children, 0.84, 10, 12, "Public protection unit"),
        ("joint_screening", children, 0.76, 60, 40, "Joint screening team"),
        ("ppu_informed", high | medium, 0.8, 9, 10, "Response sergeant"),
        ("control_room_review", slow, 0.82, 0.6, 0.5, "Control room supervisor"),
        ("release_notified", high & pl.col("is_crime"), 0.3, 40, 30, "Custody"),
    ]
    parts = []
    for event, which, share, after, more, who in plan:
        some = logs.filter(which.fill_null(False) & pl.Series(rng.random(len(logs)) < share))
        at = pl.col("at") + _hours(after + rng.exponential(more, len(some)))
        parts.append(
            some.select("log", "incident_id", pl.lit(event).alias("event"), at.alias("at"), pl.lit(who).alias("by"))
        )
    return pl.concat(parts).filter(pl.col("at") < EXTRACTED_AT).sort("log", maintain_order=True).drop("log")


def harm_table() -> pl.DataFrame:
    """offence_code, days: invented values."""
    offences = pl.DataFrame(tomllib.loads(data_text("offences.toml"))["offence"])
    return offences.select(pl.col("code").alias("offence_code"), "days")


def _of_role(rng: np.random.Generator, logs: pl.DataFrame, person: np.ndarray, role: str, share: float) -> pl.DataFrame:
    kept = pl.Series((rng.random(len(logs)) < share) & (person >= 0))
    return logs.select("log", "incident_id", "date", pl.Series("person", person), pl.lit(role).alias("role")).filter(
        kept
    )


def _caller_or_none(logs: pl.DataFrame, role: str) -> np.ndarray:
    """The caller where logged in that role, else -1."""
    is_role = (logs["caller_role"] == role).fill_null(False).to_numpy()
    return np.where(is_role, logs["caller"].to_numpy(), -1)


def _hours(length: Floats) -> pl.Series:
    return pl.Series(np.round(length * 3600).astype(np.int64) * 1_000_000).cast(pl.Duration("us"))


def _if_past(name: str) -> pl.Expr:
    """Null where the time would lie after the extract."""
    return pl.when(pl.col(name) < EXTRACTED_AT).then(pl.col(name)).alias(name)
