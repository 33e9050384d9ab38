"""Who is a repeat caller or a repeat victim, under a definition that is named, sourced and versioned?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from analysis.assumptions import Assumption, Assumptions
from analysis.demand.contacts import KeyType
from analysis.errors import AnalysisError, QuestionError

PREFIX = "definition_"
_KEY = ["area_code", "key_id"]
_WITHIN = re.compile(r"^([1-9]\d*) (day|week|month)s?$")
_OFFSETS = {"day": "d", "week": "w", "month": "mo"}
_FIELDS = ("name", "version", "counts", "contacts", "at least", "within", "since")


class Counted(StrEnum):
    """Which contacts a definition counts."""

    ANY = "any"
    WITH_A_CRIME = "with a crime"
    """Those of which a crime was recorded: the nearest that data come to "would be a crime"."""


class Since(StrEnum):
    """Where a definition's period begins."""

    ANY_DAY = "any day"
    """A stretch that may begin with any contact."""
    MARAC_REFERRAL = "MARAC referral"
    """The last referral before the contact."""


@dataclass(frozen=True)
class Definition:
    """One definition of a repeat; hashable.

    Attributes:
        id: the name of its entry in the assumptions, without `definition_`.
        within: the length of the period as polars writes it, such as "12mo"; it ends before the same day of the month.
        period: the same in words, such as "12 months".
    """

    id: str
    name: str
    version: str
    source: str
    reason: str
    key_type: KeyType
    counted: Counted
    minimum_contacts: int
    within: str
    period: str
    since: Since


def definitions(assumptions: Assumptions) -> tuple[Definition, ...]:
    """Every definition the assumptions hold, in their order.

    Raises:
        AnalysisError: one cannot be read; the message names its entry and the mend.
    """
    return tuple(_read(entry) for entry in assumptions.entries if entry.name.startswith(PREFIX))


def definition(assumptions: Assumptions, definition_id: str) -> Definition:
    """The definition of that id.

    Raises:
        AnalysisError: one cannot be read.
        QuestionError: there is none of that id.
    """
    for known in definitions(assumptions):
        if known.id == definition_id:
            return known
    raise QuestionError(f"There is no such definition. Add [{PREFIX}…] to assumptions.toml, or choose another.")


def meeting(
    counted: pl.DataFrame,
    definition: Definition,
    *,
    referrals: pl.DataFrame,
    group_crimes: pl.DataFrame,
    timezone: str,
) -> pl.DataFrame:
    """Who meets a definition in each area, by the contacts there that are counted.

    Periods are of local days: twelve months from 5 March end with 4 March. Under `any day` the definition is met by
    its number of contacts in a period that begins with the first of them; under `MARAC referral` by its number of
    contacts after a referral, within the period and before the next referral.

    Args:
        counted: the contacts of the window: area_code, key_id, group_id, contact_at (Datetime, UTC).
        referrals: key_id, referred_at (Datetime, UTC): MARAC referrals of the same keys, also from before the window.
        group_crimes: group_id, crime_ref of the recorded crimes.
        timezone: of the local days.

    Returns:
        area_code, key_id, met_at (when it was first met), sorted by area_code, key_id.
    """
    in_order = _in_order(counted, definition, group_crimes, timezone)
    if definition.since is Since.ANY_DAY:
        met = _in_any_period(in_order, definition)
    else:
        met = _after_referrals(in_order, definition, referrals, timezone)
    return met.group_by(_KEY).agg(pl.col("met_at").min()).sort(_KEY)


def that_count(
    counted: pl.DataFrame,
    definition: Definition,
    *,
    referrals: pl.DataFrame,
    group_crimes: pl.DataFrame,
    timezone: str,
) -> pl.DataFrame:
    """The contacts a definition counts: any of them, or those with a crime; after a referral, those in its period.

    Args:
        counted, referrals, group_crimes, timezone: as for `meeting`.

    Returns:
        The rows of `counted` that count, whether or not the definition is met, in their order.
    """
    taken = _in_order(counted, definition, group_crimes, timezone)
    if definition.since is Since.MARAC_REFERRAL:
        taken = _inside_referrals(taken, definition, referrals, timezone)
    return counted.join(taken, on=[*_KEY, "group_id"], how="semi", maintain_order="left")


def _in_order(counted: pl.DataFrame, definition: Definition, group_crimes: pl.DataFrame, timezone: str) -> pl.DataFrame:
    """The contacts of the kind that is counted, each key's in order, with their local day."""
    taken = counted.select(*_KEY, "group_id", "contact_at")
    if definition.counted is Counted.WITH_A_CRIME:
        taken = taken.join(group_crimes.select("group_id").unique(), on="group_id", how="semi")
    return taken.sort(*_KEY, "contact_at", "group_id").with_columns(_day("contact_at", timezone).alias("day"))


def _in_any_period(contacts: pl.DataFrame, definition: Definition) -> pl.DataFrame:
    """The contacts that are the last needed of a period beginning with an earlier one: area_code, key_id, met_at."""
    later = 1 - definition.minimum_contacts
    last = contacts.with_columns(
        pl.col("contact_at").shift(later).over(_KEY).alias("met_at"),
        pl.col("day").shift(later).over(_KEY).alias("last"),
    )
    return last.filter(pl.col("last") < pl.col("day").dt.offset_by(definition.within)).select(*_KEY, "met_at")


def _after_referrals(
    contacts: pl.DataFrame, definition: Definition, referrals: pl.DataFrame, timezone: str
) -> pl.DataFrame:
    """The contacts that are the last needed after a referral: area_code, key_id, met_at."""
    inside = _inside_referrals(contacts, definition, referrals, timezone)
    return (
        inside.group_by(*_KEY, "referred_at", maintain_order=True)
        .agg(pl.col("contact_at").get(definition.minimum_contacts - 1, null_on_oob=True).alias("met_at"))
        .drop_nulls("met_at")
    )


def _inside_referrals(
    contacts: pl.DataFrame, definition: Definition, referrals: pl.DataFrame, timezone: str
) -> pl.DataFrame:
    """The contacts after a referral and within its period, with `referred_at`, in order of time."""
    referred = referrals.select("key_id", "referred_at").drop_nulls().unique().sort("referred_at")
    followed = contacts.sort("contact_at", "group_id").join_asof(
        referred,
        left_on="contact_at",
        right_on="referred_at",
        by="key_id",
        strategy="backward",
        allow_exact_matches=False,
        check_sortedness=False,
    )
    ends = _day("referred_at", timezone).dt.offset_by(definition.within)
    return followed.filter(pl.col("day") < ends)


def _day(instant: str, timezone: str) -> pl.Expr:
    return pl.col(instant).dt.convert_time_zone(timezone).dt.date()


def _read(entry: Assumption) -> Definition:
    """A definition from its entry, whose value is a list of `field: value`."""
    lines = entry.value if isinstance(entry.value, list) else []
    fields = {name: text.strip() for name, colon, text in (str(line).partition(":") for line in lines) if colon}
    within = _WITHIN.match(fields.get("within", ""))
    if set(fields) != set(_FIELDS) or within is None or not fields["at least"].isdecimal() or fields["at least"] == "0":
        raise _unreadable(entry)
    try:
        key_type, counted, since = KeyType(fields["counts"]), Counted(fields["contacts"]), Since(fields["since"])
    except ValueError as error:
        raise _unreadable(entry) from error
    return Definition(
        id=entry.name.removeprefix(PREFIX),
        name=fields["name"],
        version=fields["version"],
        source=entry.source,
        reason=entry.reason,
        key_type=key_type,
        counted=counted,
        minimum_contacts=int(fields["at least"]),
        within=within[1] + _OFFSETS[within[2]],
        period=fields["within"],
        since=since,
    )


def _unreadable(entry: Assumption) -> AnalysisError:
    return AnalysisError(
        f"assumptions.toml, [{entry.name}]: the definition cannot be read. Give it one line each of "
        f"{', '.join(_FIELDS)}; copy one of the others. `within` is a number of days, weeks or months; `contacts` is "
        f"{' or '.join(Counted)}; `since` is {' or '.join(Since)}; `counts` is caller or concerned."
    )
