"""Which records of a person does the build hold, and what does each say, in normal form?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from analysis.assumptions import Assumptions
from analysis.people.names import names
from analysis.people.references import SEPARATOR
from analysis.people.telephones import telephones

CALLER = "caller"
SET_APART_ROLES = ("witness", "third_party", "professional")
VICTIM = "victim"
UNKNOWN = "unknown"
_PERSON = ("name", "phone", "date_of_birth", "nominal_id")
_CALLER_COLUMNS = {
    "name": "caller_name",
    "phone": "caller_phone",
    "date_of_birth": "caller_date_of_birth",
    "nominal_id": "caller_nominal_id",
}


_AREA = pl.coalesce(
    "neighbourhood_code",
    pl.col("postcode").str.strip_chars().str.to_uppercase().str.head(-3).str.strip_chars_end(),
)


def gather(incidents: pl.DataFrame, people: pl.DataFrame, *, assumptions: Assumptions) -> pl.DataFrame:
    """One row for each record of a person: the callers in the order of the logs, then the people feed.

    A log has a caller record when it gives the caller's name, number, date of birth, nominal id, address, postcode or
    role; a log that gives none of them has no caller record. A caller without a role is in role unknown.

    Returns:
        `log` (the log's place among the logs; for a log that is not there, a number after the last), `area` (of the
        log: the neighbourhood as logged, else what stands first in the postcode), `incident_id`,
        `role` ('caller', or that of the people feed), `given_role` (the caller's own role),
        `source_file`, `source_line`, `read_order`, `record_id` (what the record says, as read, apart from any file),
        `received_at` (of the log; null where the log is not in the build), `is_victim`, `phone` (E.164), `name`,
        `surname`, `is_full` (see `names`), `date_of_birth`, `nominal_id`; null where not given or a placeholder.
        Texts that many records share are of an `Enum`, in alphabetical order: the number of one takes a quarter of
        the memory and is quicker to compare.
    """
    raw = pl.concat([_callers(incidents), _others(incidents, people)]).with_columns(
        is_victim=pl.col("given_role") == VICTIM
    )
    raw = raw.with_columns(shared_texts(raw[column]) for column in ("area", "role", "given_role", "source_file"))
    placeholders = assumptions.texts("name_placeholders")
    words = assumptions.texts("withheld_numbers")
    never_born = pl.Series(assumptions.texts("date_of_birth_placeholders")).str.to_date()
    raw = raw.with_columns(_of_each(raw["name"], lambda texts: names(texts, placeholders)))
    raw = raw.with_columns(_of_each(raw["phone"], lambda texts: telephones(texts, words)))
    raw = raw.with_columns(_of_each(raw["nominal_id"], lambda texts: _nominal_ids(texts, [*placeholders, *words])))
    return raw.with_columns(
        pl.col("is_full").fill_null(False),
        date_of_birth=pl.when(~pl.col("date_of_birth").is_in(never_born.to_list())).then("date_of_birth"),
    ).rechunk()


def _nominal_ids(texts: pl.Series, nothing: list[str]) -> pl.DataFrame:
    """The normal form of each distinct id as read: `text`, `nominal_id`."""
    nominal = pl.col("text").str.strip_chars().str.to_uppercase()
    is_none = nominal.is_in(nothing) | ~nominal.str.contains(r"[\p{L}1-9]")
    distinct = texts.drop_nulls().unique().to_frame("text")
    return distinct.with_columns(nominal_id=pl.when(~is_none).then(nominal))


def _of_each(texts: pl.Series, read: Callable[[pl.Series], pl.DataFrame]) -> list[pl.Series]:
    """What `read` says of each text, in the order of the texts; it is asked once of every distinct one, as `text`."""
    number = texts.cast(pl.Categorical(pl.Categories.random()))
    distinct = read(number.unique().cast(pl.String))
    of_row = distinct["text"].cast(number.dtype).to_physical().to_numpy()
    row = np.zeros(int(of_row.max(initial=0)) + 1, dtype=np.uint32)
    row[of_row] = np.arange(len(of_row))
    place = pl.Series(row).gather(number.to_physical())
    said = [shared_texts(column) if column.dtype == pl.String else column for column in distinct.drop("text")]
    return [column.gather(place) for column in said]


def shared_texts(texts: pl.Series) -> pl.Series:
    """The same texts, of an `Enum` in alphabetical order."""
    return texts.cast(pl.Enum(texts.drop_nulls().unique().sort()))


def _callers(incidents: pl.DataFrame) -> pl.DataFrame:
    given = [*_CALLER_COLUMNS.values(), "caller_address", "caller_postcode", "caller_role"]
    said = incidents.select(pl.any_horizontal(pl.col(given).is_not_null())).to_series()
    return (
        incidents.with_columns(log=pl.int_range(pl.len(), dtype=pl.Int64), area=_AREA)
        .select(
            *_of_log(),
            "caller_role",
            *_CALLER_COLUMNS.values(),
        )
        .filter(said)
        .with_columns(role=pl.lit(CALLER), given_role=pl.col("caller_role").fill_null(UNKNOWN))
        # A log has one caller, so what the caller's record says may be corrected without becoming another record.
        .select(
            *_common(),
            **_CALLER_COLUMNS,
            record_id=pl.concat_str("incident_id", "role", separator=SEPARATOR),
        )
    )


def _others(incidents: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    said = [pl.col(column).cast(pl.String).fill_null("") for column in ("name", "phone", "nominal_id", "date_of_birth")]
    logs = incidents.select(
        "incident_id", "received_at", *_AREA.meta.root_names(), log=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    named = logs.join(people.select("incident_id"), on="incident_id", how="semi")
    received = named.select("incident_id", "received_at", "log", area=_AREA)
    absent = incidents.height + pl.col("incident_id").rank("dense").cast(pl.Int64)
    return (
        people.join(received, on="incident_id", how="left", maintain_order="left")
        .with_columns(given_role="role", log=pl.when(pl.col("log").is_null()).then(absent).otherwise("log"))
        .select(
            *_common(),
            *_PERSON,
            record_id=pl.concat_str("incident_id", "role", *said, separator=SEPARATOR),
        )
    )


def _common() -> list[str]:
    return ["role", "given_role", *_of_log()]


def _of_log() -> list[str]:
    return ["log", "area", "incident_id", "source_file", "source_line", "read_order", "received_at"]
