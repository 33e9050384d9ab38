"""What does the Methods page show? Definitions with their examples, judgements, and what the build was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from analysis.questions.methods import Methods
from dashboard.build_facts import BuildFacts
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.text import as_at, day, moment, plural, sentence
from dashboard.view_models.definitions import DEFINITIONS, LEFT_OUT, Definition


@dataclass(frozen=True)
class Method:
    """A number's definition, ready to show."""

    key: str
    title: str
    meaning: str
    example: str
    table: Table


@dataclass(frozen=True)
class MethodsView:
    """The Methods page. `warning`: the judgements are not those of the build; empty where they are."""

    sentence: str
    warning: str
    methods: tuple[Method, ...]
    left_out: tuple[str, ...]
    judgements: Table
    facts: Table
    attribution: tuple[str, ...]


_FACT_WORDS: Mapping[str, str] = {
    "build": "Build",
    "built_at": "Built",
    "code_version": "Version of the calculations",
    "force": "Force",
    "timezone": "Local time",
    "harm": "Harm table",
    "ward": "Ward boundaries",
    "neighbourhood": "Police neighbourhood boundaries",
}
_INVENTED = "The people, places, boundaries and incidents of this build are invented."
_ONS = (
    "Ward boundaries of the Office for National Statistics: Source: Office for National Statistics licensed under the "
    "Open Government Licence v.3.0. Contains OS data © Crown copyright and database right."
)
_DOMAIN = (
    "The top ten of each neighbourhood follows what inspectors found in Birmingham South in 2014: HMIC, West Midlands "
    "Police's approach to tackling domestic abuse, 2014."
)


def methods_view(found: Methods, *, is_synthetic: bool) -> MethodsView:
    """Everything the page says."""
    judgements = found.judgements.rows.to_dicts()
    facts = found.facts.rows.rows()
    said = dict(facts)
    return MethodsView(
        sentence=sentence(
            f"{plural(len(DEFINITIONS), 'definition')}, each with a worked example, rest on "
            f"{plural(len(judgements), 'judgement')} that people have made and can change",
            f"the next is up for review on {day(min(row['review_date'] for row in judgements))}" if judgements else "",
        ),
        warning="" if said["assumptions_match"] == "yes" else _CHANGED,
        methods=tuple(_method(definition) for definition in DEFINITIONS),
        left_out=LEFT_OUT,
        judgements=_judgements(judgements),
        facts=_facts([(fact, value) for fact, value in facts if fact in _FACT_WORDS], ZoneInfo(said["timezone"])),
        attribution=(_INVENTED, _DOMAIN) if is_synthetic else (_ONS, _DOMAIN),
    )


def methods_source(facts: BuildFacts) -> SourceLine:
    """What this page's own numbers are of: the whole build, and records where the truth is known."""
    return SourceLine(
        period=f"{day(facts.first_day)} to {day(facts.last_day)}, the whole build",
        definition="examples are worked by hand; pairs are of presumed persons, measured where the truth is known",
        data_as_at=as_at(facts.last_day, facts.id),
        left_out="left out: what no number here can show, which is said below",
    )


_CHANGED = (
    "A judgement has been changed since this build was made: the figures still rest on the old one. Build again to "
    "bring them together."
)


def _method(definition: Definition) -> Method:
    columns = tuple(
        TableColumn(heading, _is_number(tuple(row[at] for row in definition.rows)))
        for at, heading in enumerate(definition.headings)
    )
    said = f"Worked example: {definition.title}"
    return Method(
        definition.key,
        definition.title,
        definition.meaning,
        definition.example,
        Table(columns, definition.rows, said=said, no_list="a worked example has no incidents of this build"),
    )


def _is_number(cells: tuple[str, ...]) -> bool:
    return all(cell[0].isdecimal() for cell in cells)


def _judgements(rows: list[dict[str, Any]]) -> Table:
    heads = ("Judgement", "Value", "Unit", "Why", "Source", "Owner", "Review")
    cells = tuple(
        (
            _named(row["name"]),
            row["value"],
            row["unit"],
            row["reason"],
            row["source"],
            row["owner"],
            day(row["review_date"]),
        )
        for row in rows
    )
    return Table(tuple(map(TableColumn, heads)), cells, said="The judgements the numbers rest on")


def _named(name: str) -> str:
    said = name.replace("_", " ").replace("marac", "MARAC")
    return said[:1].upper() + said[1:]


def _facts(facts: list[tuple[str, str]], zone: ZoneInfo) -> Table:
    rows = tuple((_FACT_WORDS[fact], _fact(fact, value, zone)) for fact, value in facts)
    return Table((TableColumn("What"), TableColumn("In this build")), rows, said="What this build was made from")


def _fact(fact: str, value: str, zone: ZoneInfo) -> str:
    if fact == "built_at":
        return moment(datetime.fromisoformat(value).astimezone(zone))
    if fact in {"ward", "neighbourhood"}:
        areas, _, since = value.partition(" from ")
        named = plural(int(areas), "area")
        return f"{named}, in force from {day(date.fromisoformat(since))}" if since else named
    return value
