"""How did the control room write down who rang?"""

from __future__ import annotations

import numpy as np
import polars as pl

from dashboard.sample.chance import Bools, spread, stream, weighted, words
from dashboard.sample.logs import (
    KINDS,
    NAMELESS,
    NOBODY,
    OFFICER,
    PROFESSIONAL,
    RESIDENT,
    THIRD_PARTY,
    UNKNOWN,
    VICTIM,
    Setting,
    current_home,
)
from dashboard.sample.numbers import SHARED_NUMBERS, written

WITHHELD_WORDS = (("WITHHELD", 60), ("Number withheld", 20), ("UNKNOWN", 12), ("PRIVATE", 8))
NAMELESS_WORDS = ((None, 62), ("UNKNOWN", 16), ("REFUSED", 12), ("ANON", 10))
STAFF_WORDS = (
    (None, 30),
    ("STAFF NURSE", 14),
    ("WARD 6", 10),
    ("RECEPTION", 20),
    ("DUTY MANAGER", 14),
    ("SECURITY", 12),
)
NAME_STYLES = (
    ("plain", 79),
    ("upper", 6),
    ("turned", 4),
    ("initial", 3),
    ("given", 2),
    ("title", 2),
    ("typo", 3),
    ("none", 1),
)


def write_down(setting: Setting, logs: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """The logs with the contract's `caller_` columns and `is_plain`.

    `is_plain`: the name was given in full, and with it the caller's own number or a nominal id.
    """
    rng = stream(seed, "callers")
    count = len(logs)
    kind = logs["kind"].to_numpy()
    caller = logs["caller"].to_numpy()
    days = ((logs["date"] - logs["date"].min()).dt.total_days()).to_numpy()
    who = setting.people[np.maximum(caller, 0)]
    is_known = caller != NOBODY
    number, says = _number(rng, setting, logs, who, days)
    gives_name = is_known & (rng.random(count) > np.select([kind == THIRD_PARTY, kind == UNKNOWN], [0.3, 0.22], 0.015))
    style = np.where(is_known, weighted(rng, [share for _, share in NAME_STYLES], count), 0)
    gives_birth = gives_name & (rng.random(count) < np.where(pl.Series(number).is_null(), 0.82, 0.45))
    home = setting.addresses[current_home(setting.people, np.maximum(caller, 0), days)]
    gives_home = gives_name & (rng.random(count) < 0.5)
    nominal = gives_name & (rng.random(count) < 0.6)
    frame = logs.with_columns(
        who["given"],
        who["family"],
        who["gender"],
        pl.Series("name_style", style),
        pl.Series("drop_at", rng.integers(2, 5, count)),
        pl.Series("gives_name", gives_name),
        spread(rng, NAMELESS_WORDS, count).alias("no_name"),
        spread(rng, STAFF_WORDS, count).alias("staff"),
        pl.Series("national", number),
        pl.Series("phone_style", weighted(rng, [56, 26, 12, 4, 2], count)),
        says.alias("says"),
    )
    return frame.with_columns(
        _name().alias("caller_name"),
        pl.when(pl.col("national").is_not_null())
        .then(written(pl.col("national"), pl.col("phone_style")))
        .otherwise("says")
        .alias("caller_phone"),
        pl.when(pl.Series(gives_birth)).then(who["date_of_birth"]).alias("caller_date_of_birth"),
        _role(rng, kind).alias("caller_role"),
        pl.when(pl.Series(gives_home)).then(home["address"]).alias("caller_address"),
        pl.when(pl.Series(gives_home)).then(home["postcode"]).alias("caller_postcode"),
        pl.when(pl.Series(nominal)).then(who["nominal_id"]).alias("caller_nominal_id"),
    ).with_columns(_is_plain().alias("is_plain"))


def _number(
    rng: np.random.Generator, setting: Setting, logs: pl.DataFrame, who: pl.DataFrame, days: np.ndarray
) -> tuple[pl.Series, pl.Series]:
    """The national number shown, and the word written where none was."""
    count = len(logs)
    kind, place = logs["kind"].to_numpy(), logs["place"].to_numpy()
    changed = pl.Series(days) >= who["changed_on"]
    own = pl.select(pl.when(changed).then(who["second_number"]).otherwise(who["number"]))[:, 0]
    on_site = (place >= 0) & np.isin(kind, (PROFESSIONAL, RESIDENT))
    switchboard = setting.places["number"].to_numpy()[np.maximum(place, 0)]
    shared = SHARED_NUMBERS + logs["address_at"].to_numpy() % 8
    chance = rng.random(count)
    hides: Bools = (chance < 0.055) & ~on_site
    uses_shared = np.isin(kind, (VICTIM, UNKNOWN, NAMELESS)) & (chance > 0.985) & own.is_null().to_numpy()
    is_own = ~np.isin(kind, (OFFICER, NAMELESS, PROFESSIONAL))
    number = pl.select(
        pl.when(pl.Series(on_site))
        .then(pl.Series(switchboard))
        .when(pl.Series(uses_shared))
        .then(pl.Series(shared))
        .when(pl.Series(is_own & ~hides))
        .then(own)
    )[:, 0]
    says = pl.select(
        pl.when(pl.Series(hides | ((chance < 0.55) & (kind != OFFICER)))).then(spread(rng, WITHHELD_WORDS, count))
    )[:, 0]
    return number, says


def _name() -> pl.Expr:
    """The name in the style it was typed: KHAN, Amina; A Khan; Mrs Khan; a slip of the keyboard; or none."""
    styles = {name: at for at, (name, _) in enumerate(NAME_STYLES)}
    given, family, style = pl.col("given"), pl.col("family"), pl.col("name_style")
    slip = family.str.slice(0, pl.col("drop_at") - 1) + family.str.slice(pl.col("drop_at"))
    title = pl.when(pl.col("gender") == "female").then(pl.lit("Mrs ")).otherwise(pl.lit("Mr "))
    typed = (
        pl.when(style == styles["plain"])
        .then(given + " " + family)
        .when(style == styles["upper"])
        .then((given + " " + family).str.to_uppercase())
        .when(style == styles["turned"])
        .then(family.str.to_uppercase() + ", " + given)
        .when(style == styles["initial"])
        .then(given.str.slice(0, 1) + " " + family)
        .when(style == styles["given"])
        .then(given)
        .when(style == styles["title"])
        .then(title + family)
        .when(style == styles["typo"])
        .then(given + " " + slip)
    )
    return (
        pl.when(pl.col("gives_name"))
        .then(typed)
        .when(pl.col("kind") == PROFESSIONAL)
        .then("staff")
        .when(pl.col("kind") != OFFICER)
        .then("no_name")
    )


def _role(rng: np.random.Generator, kind: np.ndarray) -> pl.Series:
    """The role as logged: residents ring for themselves, and where nobody asked it stays unknown or empty."""
    role = np.select(
        [kind == RESIDENT, kind == NAMELESS, kind == OFFICER], [VICTIM, UNKNOWN, PROFESSIONAL], default=kind
    )
    role = np.where(rng.random(len(kind)) < 0.03, UNKNOWN, role)
    role = np.where((kind == THIRD_PARTY) | (kind == PROFESSIONAL), kind, role)
    logged = words(KINDS[:6], role)
    is_empty = pl.Series((role == UNKNOWN) & (rng.random(len(kind)) < 0.35))
    return pl.select(pl.when(~is_empty).then(logged))[:, 0]


def _is_plain() -> pl.Expr:
    styles = {name: at for at, (name, _) in enumerate(NAME_STYLES)}
    is_full = pl.col("gives_name") & pl.col("name_style").is_in([styles["plain"], styles["upper"], styles["turned"]])
    on_own_number = pl.col("national").is_not_null() & (pl.col("place") < 0)
    return is_full & (on_own_number | pl.col("caller_nominal_id").is_not_null())
