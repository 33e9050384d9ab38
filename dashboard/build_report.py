"""What does a build say to whoever ran it? What became of each file, and what ought to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from analysis.disclosure.audience import police
from analysis.questions.builds import Build
from analysis.questions.data_quality import reasons
from analysis.questions.unmatched import unmatched
from dashboard.text import count, plural
from dashboard.view_models.data_words import GAP_WORDS, RULE_WORDS

_HEAD = f"{'file':32} {'feed':13} {'read':>10} {'accepted':>10} {'refused':>9} {'repeated':>9} {'corrected':>9}"
_MENDS = {
    "datetime": "; is it written as datetime_format in sources.toml says?",
    "value": "; say what it means under [feed.values.{column}] in sources.toml, or mend the extract",
}
_EVERY_LINE = "every line of these: repeat-demand export rejects --out rejects.csv"


def report(build: Build) -> Iterator[str]:
    """The lines of the report, one after the other; no value of any row."""
    manifest = build.manifest
    why = reasons(build, police(None), lines_shown=1).rows.to_dicts()
    unreadable = {(reason["feed"], reason["file"], reason["column"]) for reason in why}
    yield _HEAD
    for feed in manifest["feeds"]:
        yield (
            f"{feed['file']:32} {feed['table']:13} {feed['read']:10,} {feed['accepted']:10,} {feed['rejected']:9,} "
            f"{feed['repeated']:9,} {feed['corrected']:9,}"
        )
        for column in feed["absent_columns"]:
            yield f"  {column}: the mapped column is not in this file; left empty"
        for column in feed["empty_columns"]:
            is_written = (feed["table"], feed["file"], column) in unreadable
            yield f"  {column}: {'not one value could be read' if is_written else 'no row has a value'}; left empty"
    yield from _reasons(why)
    for row in unmatched(build, police(None)).rows.to_dicts():
        is_all = row["number"] == row["of"]
        yield (
            f"{row['feed']}: rows of an incident that is not in the data: {count(row['number'])} of {count(row['of'])}"
            f"{'; is incident_id written alike in both extracts?' if is_all else ''}"
        )
    unlocated = manifest["unlocated"]
    which = ", ".join(f"{GAP_WORDS[reason].what.lower()} {number:,}" for reason, number in unlocated.items())
    yield (
        f"incidents not on the map: {sum(unlocated.values()):,}{f' ({which})' if which else ''}; "
        f"never-cleared deployments: {manifest['officer_time']['imputed']:,}"
    )


def _reasons(why: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each column and rule of a feed, over all its files, with the first place to look at."""

    def alike(reason: dict[str, Any]) -> tuple[str, bool, str, str]:
        return reason["feed"], not reason["is_row_refused"], reason["column"] or "", reason["rule"]

    for (feed, is_emptied, column, rule), some in groupby(sorted(why, key=alike), key=alike):
        of_files = sorted(some, key=lambda reason: str(reason["file"]))
        number = sum(reason["rejects"] for reason in of_files)
        what = f"{plural(number, 'value')} left empty" if is_emptied else f"{plural(number, 'row')} refused"
        first = f"first in {of_files[0]['file']}, line {of_files[0]['first_lines']}"
        mend = _MENDS.get(rule, "").format(column=column)
        yield f"{feed}{f', {column}' if column else ''}: {what}, {RULE_WORDS[rule]} ({first}){mend}"
    if why:
        yield _EVERY_LINE
