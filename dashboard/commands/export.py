"""`export`: a table of the current build as a file."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path

from analysis.disclosure import Released, police
from analysis.questions.builds import Build, current_build, load_assumptions, whole
from analysis.questions.exports import TABLE_NAMES, export_table
from analysis.questions.ranking import AreaKind, KeyType, Lens, RankingFilters, ranking
from dashboard.commands import add_store
from dashboard.commands.at_the_keyboard import moment, record_disclosure
from dashboard.errors import DashboardError
from dashboard.export_files import write_released
from dashboard.other_version import LACKING, running_code

_OF_RANKING = {
    "as_of": None,
    "weeks": 52,
    "by": Lens.CONTACTS.value,
    "key": KeyType.CALLER.value,
    "area": AreaKind.NEIGHBOURHOOD.value,
    "domestic_only": True,
    "all": False,
    "top": 10,
}
"""Options of the ranking alone, and what they are where they are not given."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("export", help="write a table of the current build to a file", description=__doc__)
    verb.add_argument("table", choices=TABLE_NAMES, metavar="TABLE", help=", ".join(TABLE_NAMES))
    verb.add_argument("--out", type=Path, required=True, metavar="FILE", help="ends in .csv, .parquet, .json or .xlsx")
    verb.add_argument("--force", action="store_true", help="replace the file if it is there")
    verb.add_argument("--identities", action="store_true", help="with names, numbers, dates of birth and addresses")
    verb.add_argument("--purpose", metavar="TEXT", help="why; needed with --identities, kept in the access log")
    options = verb.add_argument_group("for ranking", argument_default=argparse.SUPPRESS)
    options.add_argument(
        "--as-of", type=_day, metavar="DATE", help="the day after the window; default: the last Monday"
    )
    options.add_argument("--weeks", type=_weeks, help="length of the window; default 52")
    options.add_argument("--by", choices=[lens.value for lens in Lens], help="default contacts")
    options.add_argument("--key", choices=[key.value for key in KeyType], help="default caller")
    options.add_argument("--area", choices=[area.value for area in AreaKind], help="default neighbourhood")
    which = options.add_mutually_exclusive_group()
    which.add_argument("--domestic-only", action="store_true", default=argparse.SUPPRESS, help="the default")
    which.add_argument("--all", action="store_true", default=argparse.SUPPRESS, help="all incidents, domestic or not")
    options.add_argument("--top", type=_top, help="positions in each area; 0 writes all; default 10")
    add_store(verb)
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Write the file; with identities, write the access log first.

    Raises:
        DashboardError: identities without a purpose, an option of the ranking for another table, or the build lacks
            what this version needs.
        StoreError: there is no build, or it is damaged.
    """
    if arguments.identities and not (arguments.purpose or "").strip():
        raise DashboardError('--identities needs a purpose. Add --purpose "why these names are needed".')
    given = sorted(name for name in _OF_RANKING if name in vars(arguments))
    if given and arguments.table != "ranking":
        options = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise DashboardError(f"{options}: for ranking only; the {arguments.table} are those of the whole build.")
    arguments = argparse.Namespace(**_OF_RANKING | vars(arguments))
    build = whole(current_build(arguments.store))
    try:
        released = _released(build, arguments)
    except LACKING as error:
        if build.manifest.get("code_version") == running_code():
            raise
        raise DashboardError(
            f"build {build.id[:8]} was made by another version. Build again: repeat-demand build SOURCES.toml"
        ) from error
    if arguments.identities:
        record_disclosure(
            arguments.store,
            subject=f"export of {arguments.table}",
            purpose=arguments.purpose,
            at=moment(arguments.store),
        )
    rows = write_released(released, arguments.out, timezone=build.timezone, is_overwriting=arguments.force)
    if arguments.table == "ranking":
        _say_if_outside(build, arguments)
    print(f"{arguments.out}: {rows:,} rows of {arguments.table}, build {build.id}")


def _released(build: Build, arguments: argparse.Namespace) -> Released:
    audience = police(None)
    if arguments.table != "ranking":
        return export_table(build, arguments.table, audience, with_identities=arguments.identities)
    filters = RankingFilters(
        as_of=arguments.as_of or date.fromisoformat(build.manifest["facts"]["default_as_of"]),
        weeks=arguments.weeks,
        lens=Lens(arguments.by),
        key_type=KeyType(arguments.key),
        area=AreaKind(arguments.area),
        domestic_only=not arguments.all,
        top=arguments.top,
    )
    return ranking(
        build,
        filters,
        audience,
        minimum_contacts=load_assumptions().whole("repeat_minimum_contacts"),
        with_identities=arguments.identities,
    )


def _say_if_outside(build: Build, arguments: argparse.Namespace) -> None:
    """An empty list of weeks without data is no list of nobody: a mistyped date is told."""
    first, last = (date.fromisoformat(build.manifest["facts"][day]) for day in ("first_day", "last_day"))
    as_of = arguments.as_of or last + timedelta(days=1)
    if as_of <= first or as_of - timedelta(weeks=arguments.weeks) > last:
        print(f"--as-of {as_of}: no day of the window lies in the data, {first} to {last}", file=sys.stderr)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("not a date; write it as 2013-12-02") from None


def _weeks(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1040:
        raise argparse.ArgumentTypeError("not a number of weeks from 1 to 1040")
    return int(text)


def _top(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("not a whole number; 0 writes all")
    return int(text)
