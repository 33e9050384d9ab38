"""How might another control room have misheard and mistyped? A second corruptor, for measuring only.

It shares nothing with the sample's: other slips, other shares, and nothing of the linkage was tuned on it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

import numpy as np
import numpy.typing as npt
import polars as pl

from dashboard.sample.chance import stream
from dashboard.sample.logs import Setting, current_home
from dashboard.sample.numbers import written

_KEYS = {
    "a": "qsz", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy", "i": "uok",
    "j": "hkn", "k": "jlm", "l": "kop", "m": "nkj", "n": "bmh", "o": "ipl", "p": "ol", "q": "wa", "r": "etf",
    "s": "adw", "t": "ryg", "u": "yij", "v": "cbf", "w": "qes", "x": "zcs", "y": "tuh", "z": "xas",
}  # fmt: skip
_HEARD = (("ph", "f"), ("ck", "k"), ("ee", "ea"), ("sh", "ch"), ("y", "i"), ("ie", "y"), ("th", "t"), ("ll", "l"))
_SHORT = (("Street", "St"), ("Road", "Rd"), ("Avenue", "Ave"), ("Close", "Cl"), ("Grove", "Gr"), ("Lane", "Ln"))


class Noise(Enum):
    """How much is wrong: the factor on every share below."""

    LOW = 0.5
    USUAL = 1.0
    HIGH = 2.0


def write_down_otherwise(
    setting: Setting, logs: pl.DataFrame, records: pl.DataFrame, truth: pl.DataFrame, *, noise: Noise, seed: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The logs and the records of people with what each says of a person written anew."""
    rng = stream(seed, f"other noise {noise.name}")
    days = (logs["date"] - logs["date"].min()).dt.total_days().to_numpy()
    said = _said(rng, setting, logs["caller"].to_numpy(), days, noise.value)
    own = pl.Series(logs["caller"].to_numpy() >= 0) & logs["caller_name"].is_not_null()
    is_place = pl.Series((logs["place"].to_numpy() >= 0) | (logs["caller"].to_numpy() < 0))
    logs = logs.with_columns(
        caller_name=pl.when(own).then(said["name"]).otherwise("caller_name"),
        caller_phone=pl.when(is_place).then("caller_phone").otherwise(said["phone"]),
        caller_date_of_birth=pl.when(own).then(said["date_of_birth"]),
        caller_address=pl.when(own).then(said["address"]),
        caller_postcode=pl.when(own).then(said["postcode"]),
        caller_nominal_id=pl.when(own).then(said["nominal_id"]),
    )
    others = truth.filter(pl.col("role") != "caller")
    who = others["truth"].fill_null(-1).to_numpy()
    on = records.select("incident_id").join(
        logs.select("incident_id", day=pl.Series(days)), on="incident_id", how="left", maintain_order="left"
    )
    said = _said(rng, setting, who, on["day"].to_numpy(), noise.value * 0.6)
    known = pl.Series(who >= 0)
    return logs, records.with_columns(
        pl.when(known).then(said[name]).otherwise(name).alias(name)
        for name in ("name", "date_of_birth", "phone", "address", "postcode", "nominal_id")
    )


def _said(
    rng: np.random.Generator, setting: Setting, person: npt.NDArray[np.int64], days: npt.NDArray[np.int64], much: float
) -> pl.DataFrame:
    at = np.maximum(person, 0)
    who = setting.people[at]
    count = len(at)
    home = setting.addresses[current_home(setting.people, at, days)]
    changed = pl.Series(days) >= who["changed_on"]
    number = pl.select(pl.when(changed).then(who["second_number"]).otherwise(who["number"]))[:, 0]
    number = _misdialled(rng, number, 0.012 * much)
    withheld = pl.Series(rng.random(count) < 0.07 * much)
    phone = pl.select(
        pl.when(~withheld & number.is_not_null()).then(written(pl.lit(number), pl.lit(rng.integers(0, 5, count))))
    )[:, 0]
    gives = rng.random((5, count))
    return pl.DataFrame(
        {
            "name": _names(rng, who, at, much),
            "date_of_birth": pl.select(
                pl.when(pl.Series(gives[0] < 0.55)).then(_births(rng, who["date_of_birth"], much))
            )[:, 0],
            "phone": phone,
            "address": pl.select(pl.when(pl.Series(gives[1] < 0.6)).then(_addresses(rng, home["address"], much)))[:, 0],
            "postcode": pl.select(
                pl.when(pl.Series((gives[1] < 0.6) & (gives[2] > 0.12 * much))).then(home["postcode"])
            )[:, 0],
            "nominal_id": pl.select(pl.when(pl.Series(gives[3] < 0.35)).then(who["nominal_id"]))[:, 0],
        }
    )


def _some(rng: np.random.Generator, texts: list[str], share: float, change: Callable[[str], str]) -> None:
    for place in np.flatnonzero(rng.random(len(texts)) < share).tolist():
        texts[place] = change(texts[place])


def _names(rng: np.random.Generator, who: pl.DataFrame, at: npt.NDArray[np.int64], much: float) -> pl.Series:
    given, family = who["given"].to_list(), who["family"].to_list()
    # One person in forty bears another surname on half of the records.
    other = who["family"].shuffle(seed=3).to_list()
    renamed = np.flatnonzero((at % 40 == 7) & (rng.random(len(at)) < 0.5 * min(much, 1.0)))
    for place in renamed.tolist():
        family[place] = other[int(at[place]) % len(other)] if other else family[place]

    def slip(word: str) -> str:
        if len(word) < 4:
            return word
        place = int(rng.integers(1, len(word)))
        kind = int(rng.integers(0, 5))
        letter = word[place].lower()
        if kind == 0:
            return word[:place] + str(rng.choice(list(_KEYS.get(letter, letter)))) + word[place + 1 :]
        if kind == 1:
            return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
        if kind == 2:
            return word[:place] + word[place] + word[place:]
        if kind == 3:
            return word[:place] + word[place + 1 :]
        heard, meant = _HEARD[int(rng.integers(0, len(_HEARD)))]
        return word.replace(heard, meant)

    _some(rng, family, 0.035 * much, slip)
    _some(rng, given, 0.03 * much, slip)
    _some(rng, given, 0.03 * much, lambda word: word[: max(3, len(word) // 2)] if len(word) > 5 else word)
    names = [f"{one} {two}" for one, two in zip(given, family, strict=True)]
    for share, form in (
        (0.05, lambda one, two: f"{two}, {one}"),
        (0.04, lambda one, two: f"{two} {one}"),
        (0.03, lambda one, two: f"{one[0]}. {two}"),
        (0.015, lambda _, two: f"Miss {two}"),
        (0.02, lambda one, _: one),
        (0.03, lambda one, two: f"{one} {chr(65 + len(two))} {two}"),
        (0.015, lambda *_: "Refused"),
    ):
        for place in np.flatnonzero(rng.random(len(names)) < share * much).tolist():
            names[place] = form(given[place], family[place])
    return pl.Series(names, dtype=pl.String)


def _births(rng: np.random.Generator, births: pl.Series, much: float) -> pl.Series:
    days = births.to_numpy().astype("datetime64[D]")
    chance = rng.random(len(days))
    year = days.astype("datetime64[Y]")
    month = days.astype("datetime64[M]")
    in_month = (days - month).astype(int)
    in_year = (month - year.astype("datetime64[M]")).astype(int)
    turned = year.astype("datetime64[M]") + in_month % 12 + in_year.astype("timedelta64[D]")
    is_turnable = in_month < 12
    shifted = days + rng.choice([-10, -1, 1, 10], len(days)).astype("timedelta64[D]")
    aged = (year + rng.choice([-1, 1], len(days))).astype("datetime64[M]") + in_year
    aged = aged.astype("datetime64[D]") + np.minimum(in_month, 27)
    first = year.astype("datetime64[D]")
    edges = np.cumsum([0.012, 0.014, 0.008, 0.006]) * much
    said = np.select(
        [(chance < edges[0]) & is_turnable, chance < edges[1], chance < edges[2], chance < edges[3]],
        [turned.astype("datetime64[D]"), shifted, aged, first],
        days,
    )
    return pl.Series(said.astype("datetime64[D]"))


def _misdialled(rng: np.random.Generator, numbers: pl.Series, share: float) -> pl.Series:
    place = pl.Series(10 ** rng.integers(0, 6, len(numbers)))
    wrong = numbers + place * pl.Series(rng.choice([-1, 1], len(numbers)))
    return pl.select(pl.when(pl.Series(rng.random(len(numbers)) < share)).then(wrong).otherwise(numbers))[:, 0]


def _addresses(rng: np.random.Generator, addresses: pl.Series, much: float) -> pl.Series:
    texts = addresses.str.to_titlecase().to_list()

    def short(text: str) -> str:
        for full, brief in _SHORT:
            text = text.replace(full, brief)
        return text

    def turned(text: str) -> str:
        flat, comma, rest = text.partition(", ")
        return f"{rest} {flat.replace('Flat', 'Apt')}" if comma else text

    def slip(text: str) -> str:
        place = int(rng.integers(len(text) // 2, len(text)))
        return text[:place] + text[place + 1 :]

    _some(rng, texts, 0.3, short)
    _some(rng, texts, 0.2 * much, turned)
    _some(rng, texts, 0.05 * much, slip)
    _some(rng, texts, 0.02 * much, lambda text: text.split(" ", 1)[-1])
    return pl.Series(texts, dtype=pl.String)
