"""What does the Data page show? Files, reasons and gaps as finished words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from analysis.questions.data_gaps import Topic
from analysis.questions.data_quality import DataQuality
from analysis.questions.figures import OfGap
from dashboard.build_facts import BuildFacts
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import as_at, count, day, moment, percent, plural, sentence
from dashboard.view_models.data_words import FEED_WORDS, GAP_WORDS, RULE_WORDS


@dataclass(frozen=True)
class GapTable:
    """The gaps of one kind under their heading."""

    key: str
    title: str
    table: Table
    source: SourceLine


@dataclass(frozen=True)
class DataView:
    """The Data page. `absent`: a sentence a file with columns it does not have, or of which nothing could be read."""

    sentence: str
    files: Table
    files_source: SourceLine
    absent: tuple[str, ...]
    reasons_label: str
    reasons: Table
    gaps: tuple[GapTable, ...]


_SECTIONS = (
    ("place", "Where it was", (Topic.PLACE, Topic.AREA), "incident", "share of all incidents"),
    (
        "time",
        "How long it took",
        (Topic.OFFICER_TIME, Topic.IMPUTED_TIME),
        "deployment",
        "share of all deployments; the last row, of all officer minutes",
    ),
    ("record", "What was recorded", (Topic.RECORD,), "incident", "share of all incidents"),
    (
        "caller",
        "Who rang",
        (Topic.CALLER,),
        "incident",
        "share of incidents that somebody other than an officer reported; linked logs are one incident, "
        "which two callers can bring into two rows",
    ),
)
WHY_NO_LIST = "the counts are of the whole force, of which you would see a part; those who see all of it can list it"
_COUNTS = ("read", "accepted", "refused", "repeated", "corrected")


def data_view(found: DataQuality, *, facts: BuildFacts, is_whole_force: bool) -> DataView:
    """Everything the page says.

    Args:
        is_whole_force: whether the reader sees every area, and so can be listed what stands behind a gap.
    """
    files = found.files.rows.to_dicts()
    gaps = found.gaps.rows.to_dicts()
    zone = ZoneInfo(found.files.answer.timezone or "UTC")
    n_emptied = sum(file["emptied"] for file in files)
    n_refused = sum(file["refused"] for file in files)
    return DataView(
        sentence=_answer(sum(file["read"] for file in files), n_refused, n_emptied, gaps),
        files=_files(files, zone),
        files_source=_source(
            facts,
            "read = accepted + refused; accepted includes rows repeated and corrected, of which the last counts",
            "left out: nothing; every record of every file is in one of the columns",
        ),
        absent=tuple(
            f"{file['file']}: mapped in sources.toml, but not in the file: {file['absent_columns']}. Left empty. "
            "Mend the mapping or the extract, and build again."
            for file in files
            if file["absent_columns"]
        )
        + tuple(
            f"{file['file']}: in no row a value that could be read: {file['empty_columns']}. "
            "If there should be some, mend the mapping or the extract, and build again."
            for file in files
            if file["empty_columns"]
        ),
        reasons_label=f"Open the reasons: {plural(n_refused, 'row')} refused, {plural(n_emptied, 'value')} left empty",
        reasons=_reasons(found.reasons.rows.to_dicts()),
        gaps=tuple(
            GapTable(
                key,
                title,
                _gaps(title, gaps, topics, unit, is_whole_force=is_whole_force),
                _source(facts, definition, "left out: nothing that was read; refused rows are counted above"),
            )
            for key, title, topics, unit, definition in _SECTIONS
        ),
    )


def _answer(n_read: int, n_refused: int, n_emptied: int, gaps: list[dict[str, Any]]) -> str:
    """The page's answer: how much was refused, not placed, and worked out."""
    n_unplaced = sum(gap["number"] for gap in gaps if gap["topic"] == Topic.PLACE)
    n_logs = next((gap["of"] for gap in gaps if gap["topic"] == Topic.AREA), 0)
    imputed = next((gap for gap in gaps if gap["topic"] == Topic.IMPUTED_TIME), None)
    refused = f"{count(n_refused)} ({_share(n_refused, n_read)}) were refused" if n_refused else "none was refused"
    return sentence(
        f"Of {plural(n_read, 'record')} read, {refused} and {plural(n_emptied, 'value')} could not be used",
        f"{plural(n_unplaced, 'incident')} ({_share(n_unplaced, n_logs)}) could not be placed on the map"
        if n_unplaced
        else "every incident could be placed on the map",
        f"{_share(imputed['number'], imputed['of'])} of officer time is worked out, not recorded" if imputed else "",
    )


def _share(part: int, whole: int) -> str:
    return percent(part / whole if whole else None)


def _files(files: list[dict[str, Any]], zone: ZoneInfo) -> Table:
    heads = ("File", "Feed", "Read", "Accepted", "Refused", "Repeated", "Corrected", "Newest record")
    numbers = {name.capitalize() for name in _COUNTS}
    rows = tuple(
        (
            file["file"],
            FEED_WORDS.get(file["feed"], file["feed"]),
            *(count(file[name]) for name in _COUNTS),
            _newest(file["newest_at"], zone),
        )
        for file in files
    )
    return Table(tuple(TableColumn(head, head in numbers) for head in heads), rows, said="What was read, file by file")


def _newest(at: datetime | None, zone: ZoneInfo) -> str:
    return "no dates in it" if at is None else moment(at.astimezone(zone))


def _reasons(reasons: list[dict[str, Any]]) -> Table:
    heads = ("File", "What happened", "Column", "Why", "How many", "Lines")
    rows = tuple(
        (
            reason["file"],
            "row refused" if reason["is_row_refused"] else "value left empty",
            reason["column"] or "whole record",
            RULE_WORDS.get(reason["rule"], reason["rule"]),
            count(reason["rejects"]),
            _lines(reason["first_lines"], reason["rejects"]),
        )
        for reason in reasons
    )
    columns = tuple(TableColumn(head, head == "How many") for head in heads)
    return Table(columns, rows, said="Why rows were refused and values left empty, by file, column and rule")


def _lines(first: str, rejects: int) -> str:
    more = rejects - len(first.split(", "))
    return f"{first} and {count(more)} more" if more > 0 else first


def _gaps(
    title: str, gaps: list[dict[str, Any]], topics: tuple[Topic, ...], unit: str, *, is_whole_force: bool
) -> Table:
    heads = ("What is missing", "How many", "Share", "What becomes of it")
    rows = tuple(
        (
            GAP_WORDS[gap["gap"]].what,
            f"{count(gap['number'])} of {plural(gap['of'], _unit(gap['topic'], unit))}",
            _share(gap["number"], gap["of"]),
            GAP_WORDS[gap["gap"]].what_becomes,
        )
        for gap in gaps
        if gap["topic"] in topics
    )
    columns = tuple(TableColumn(head, head in {"How many", "Share"}) for head in heads)
    behind = [gap for gap in gaps if gap["topic"] in topics and gap["number"]]
    return Table(
        columns,
        rows,
        said=f"What is missing: {title.lower()}",
        openings=tuple(_opening(gap, unit) for gap in behind) if is_whole_force else (),
        no_list="" if is_whole_force or not behind else WHY_NO_LIST,
    )


def _opening(gap: dict[str, Any], unit: str) -> Opening:
    """The logs, deployments or incidents behind a gap."""
    what = GAP_WORDS[gap["gap"]].what
    said = plural(gap["number"], _unit(gap["topic"], unit))
    return Opening(f"{what}: {said}", what, OfGap(gap["topic"], gap["gap"]))


def _unit(topic: str, unit: str) -> str:
    return "officer minute" if topic == Topic.IMPUTED_TIME else unit


def _source(facts: BuildFacts, definition: str, left_out: str) -> SourceLine:
    period = f"{day(facts.first_day)} to {day(facts.last_day)}"
    return SourceLine(period, definition, as_at(facts.last_day, facts.id), left_out)
