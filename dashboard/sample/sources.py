"""Which mapping tells the build how to read the made-up extracts?"""

from __future__ import annotations

from dashboard.sample.files import LargeFeeds
from dashboard.sample.suppliers import (
    GRADE_LETTERS,
    LIVE_COLUMNS,
    OFFICER_COLUMNS,
    ROLE_LETTERS,
    SOURCE_WORDS,
    UK_DATE,
    UK_TIME,
    UNIT_COLUMNS,
)

BOUNDARIES = """
[[boundaries.ward]]
file = "wards.geojson"
code = "code"
name = "name"

[boundaries.neighbourhood]
file = "neighbourhoods.geojson"
code = "code"
name = "name"
sector = "sector"

[harm]
file = "harm_invented.csv"
source = "Invented values for the sample: neither the Cambridge Crime Harm Index nor the ONS Crime Severity Score"
year = 2013
"""


def sources_toml(form: LargeFeeds) -> str:
    """The text of `sources.toml`: every way of mapping a feed is used once."""
    end = form.value
    live = "incidents_live_*.csv"
    parts = [
        "# The made-up force's extracts, mapped to the contract. Every person, place and number in them is invented.\n"
        '\n[force]\nname = "Sample Force (invented)"\ntimezone = "Europe/London"\nsynthetic = true\n',
    ]
    if form is LargeFeeds.PARQUET:
        parts.append(
            "\n# The archive already bears the contract's names.\n"
            + _feed("incidents", "incidents_archive_*.parquet", crs="EPSG:27700")
        )
    parts += [
        "\n# The control room's own extract, a file a quarter.\n"
        + _feed("incidents", live, crs="EPSG:27700", formats=(UK_TIME, UK_DATE))
        + "[feed.columns]\n"
        + 'incident_id = ["LOG_DATE", "LOG_NO"]\n'
        + _lines(LIVE_COLUMNS)
        + "[feed.values.grade]\n"
        + _turned(GRADE_LETTERS)
        + "[feed.values.initial_grade]\n"
        + _turned(GRADE_LETTERS)
        + "[feed.values.source]\n"
        + _turned(SOURCE_WORDS)
        + "[feed.values.caller_role]\n"
        + _turned(ROLE_LETTERS),
        "\n# Rows a unit with its crew, until March 2012.\n"
        + _feed("deployments", "deployments_units.csv", formats=(UK_TIME,))
        + "[feed.columns]\n"
        + _lines(UNIT_COLUMNS),
        "\n# Rows an officer, since April 2012.\n"
        + _feed("deployments", f"deployments_officers.{end}")
        + "[feed.columns]\n"
        + _lines(OFFICER_COLUMNS),
        "\n" + _feed("people", f"people.{end}"),
        "\n"
        + _feed("assessments", "dash_forms.csv")
        + '[feed.columns]\nincident_id = "LOG_REF"\nrisk = "RISK"\n'
        + '[feed.values.risk]\nH = "high"\nM = "medium"\nS = "standard"\n'
        + '[feed.constants]\ntool = "DASH"\n',
        "\n" + _feed("crimes", "crimes.csv"),
        "\n" + _feed("safeguarding", f"safeguarding.{end}"),
        "\n" + _feed("places", "places.xlsx"),
        BOUNDARIES,
    ]
    return "".join(parts)


def _feed(table: str, files: str, *, crs: str | None = None, formats: tuple[str, ...] = ()) -> str:
    lines = ["[[feed]]", f'table = "{table}"', f'files = ["{files}"]']
    if formats:
        lines.append(f"datetime_format = [{', '.join(f'{one!r}' for one in formats)}]".replace("'", '"'))
    if crs:
        lines.append(f'crs = "{crs}"')
    return "\n".join(lines) + "\n"


def _lines(columns: dict[str, str]) -> str:
    return "".join(f'{name} = "{theirs}"\n' for name, theirs in columns.items())


def _turned(values: dict[str, str]) -> str:
    return "".join(f'"{theirs}" = "{ours}"\n' for ours, theirs in values.items())
