"""Where did today's ten stand over the last year? A figure of a line each, and what it says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from analysis.questions.top_ten import Standing, TopTen
from dashboard.charts.palette import Palette
from dashboard.charts.rank_history import RankHistory, RankLine, rank_history
from dashboard.components.figure import FigureView
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.text import count, day, listing, ordinal, plural, plural_words, sentence
from dashboard.view_models.top_ten_setting import TopTenSetting

OFF = "–"


def history_figure(answer: TopTen, setting: TopTenSetting, source: SourceLine, palette: Palette) -> FigureView | None:
    """The places of the listed over the weeks there are lists for; None where there is no earlier list."""
    listed = [row for row in answer.people.rows.to_dicts() if row["standing"] == Standing.LISTED.value]
    weeks = _weeks(setting)
    if not listed or len(weeks) < 2:
        return None
    stood = answer.history.rows.to_dicts()
    lines = [_line(person, stood, weeks) for person in listed]
    said = _said(listed, lines, setting, len(weeks), is_shared=any(_rank(row) != row["position"] for row in stood))
    return FigureView(
        title=f"Places on the list, {plural(len(weeks), 'week')}",
        sentence=said,
        picture=rank_history(RankHistory(weeks, tuple(lines), setting.length), palette),
        table=_table(listed, stood, setting, weeks),
        source=source,
        alt=f"A line for each of the {count(len(listed))} people listed, broken in weeks they were not on it. {said}",
    )


def weeks_in_a_row(weeks: int, setting: TopTenSetting) -> str:
    """How long without a break; no list is looked at before those that somebody could have returned from."""
    return f"{count(weeks)}{' or more' if weeks >= setting.movement_weeks + 2 else ''}"


def _weeks(setting: TopTenSetting) -> tuple[date, ...]:
    """The Sundays of the lists whose whole window lies in the data, oldest first, a year at most."""
    newest = setting.as_of - timedelta(days=1)
    whole = (setting.as_of - timedelta(weeks=setting.weeks) - setting.first_day).days // 7
    lists = 1 + max(0, min(setting.movement_weeks - 1, whole))
    return tuple(newest - timedelta(weeks=back) for back in reversed(range(lists)))


def _line(person: dict[str, Any], places: list[dict[str, Any]], weeks: tuple[date, ...]) -> RankLine:
    own = {row["week_ending"]: row for row in places if row["key_id"] == person["key_id"]}
    return RankLine(
        person["key_id"],
        tuple(own[week]["position"] if week in own else None for week in weeks),
        tuple(_place_said(own[week]) if week in own else "not on the list" for week in weeks),
    )


def _place_said(row: dict[str, Any]) -> str:
    where = (
        f"place {row['position']}"
        if row["rank"] in (None, row["position"])
        else (f"place {row['position']}, joint {ordinal(row['rank'])}")
    )
    return f"{where}, {plural(row['contacts'], 'contact')}"


def _rank(row: dict[str, Any]) -> int:
    """The place that is said: that of the list above, which several may share; the position where there is no rank."""
    return int(row["position"] if row["rank"] is None else row["rank"])


def _said(
    listed: list[dict[str, Any]], lines: list[RankLine], setting: TopTenSetting, weeks: int, *, is_shared: bool
) -> str:
    """Who has stood on the list throughout, who came onto it lately, and how the lines are to be read."""
    always = [line.label for line in lines if None not in line.positions]
    lately = sum(0 < person["weeks_on_list"] <= setting.recent_weeks for person in listed)
    first = (
        f"{listing(always) if len(always) < 4 else plural_words(len(always), 'person', 'people')} "
        f"{'has' if len(always) == 1 else 'have'} been on every one of the {plural(weeks, 'list')}"
        if always
        else f"nobody has been on every one of the {plural(weeks, 'list')}"
    )
    came = f"{plural_words(lately, 'has', 'have')} come or returned to it in the last " + plural(
        setting.recent_weeks, "week"
    )
    return sentence(
        first,
        came if lately else "",
        "people who share a place are drawn one below another" if is_shared else "",
        "a break in a line is a week off the list, not a week without risk",
    )


def _table(
    listed: list[dict[str, Any]], stood: list[dict[str, Any]], setting: TopTenSetting, weeks: tuple[date, ...]
) -> Table:
    ranks: dict[str, dict[date, int]] = {person["key_id"]: {} for person in listed}
    for row in stood:
        if row["key_id"] in ranks and row["week_ending"] in weeks:
            ranks[row["key_id"]][row["week_ending"]] = _rank(row)
    return Table(
        columns=(
            TableColumn("Person"),
            TableColumn("Best place", is_number=True),
            TableColumn(f"Weeks on the list, of {len(weeks)}", is_number=True),
            TableColumn("In a row to now", is_number=True),
            TableColumn("Place week by week, the newest first"),
        ),
        rows=tuple(
            (
                setting.called(person["key_id"]),
                count(min(own.values())),
                count(len(own)),
                weeks_in_a_row(person["weeks_on_list"], setting),
                " ".join(str(own.get(week, OFF)) for week in reversed(weeks)),
            )
            for person, own in ((person, ranks[person["key_id"]]) for person in listed)
        ),
        said=f"Places of the listed in the {plural(len(weeks), 'week')} to {day(setting.as_of - timedelta(days=1))}",
        no_list="places and weeks are counted here, not incidents",
    )
