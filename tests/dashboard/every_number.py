"""Which numbers of a finished page count contacts, incidents or officer time, and what do they open?"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any

import plotly.graph_objects as go
import polars as pl
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from analysis.questions.incidents_behind import Behind
from dashboard.components.opens_incidents import NO_LIST
from dashboard.data import audience_of, view_of
from dashboard.data.incidents import behind
from dashboard.open_incidents import Opening
from dashboard.text import harm_days, hours, plural
from dashboard.view_models.openings import hours_with_share, imputed_share
from dashboard.visit import Visit

COUNTED = re.compile(
    r"^(all |by |domestic |officer |mean |median |average )*(contacts|incidents|hours|minutes|time|harm)\b",
    re.IGNORECASE,
)
"""How the heading of a number begins that counts contacts, incidents, officer time or harm."""


IN_WORDS = re.compile(r"\d\W*(contacts?|incidents?)\b|\d\W*h\b|officer (time|hours)")
"""A number of them in a sentence."""
SENTENCES = ("title", "subheader", "markdown", "caption", "info", "warning", "success", "error")
"""Where sentences stand on a page."""
TOLD = re.compile(r"([\d,]+)[\s\u00a0](?:previous domestic )?(?:contact|incident)s?\b")
"""A number of contacts or incidents in a sentence."""
SOURCE = "how this is worked out"
"""What every small line ends with."""


def blocks(block: Block) -> Iterator[Block]:
    yield block
    for child in block.children.values():
        if isinstance(child, Block):
            yield from blocks(child)


def below(block: Block) -> Iterator[Any]:
    for child in block.children.values():
        yield from below(child) if isinstance(child, Block) else [child]


FIRST, EVERY = 40, 12
"""Of a page with many openings the first are added up, and then every so many."""


def counts(heading: str) -> bool:
    return bool(COUNTED.match(heading.replace("\\", "")))


def is_list(table: Any) -> bool:
    """Whether a table is itself a list of incidents."""
    return "Incident" in [table.index.name, *table.columns]


def without_a_list(app: AppTest) -> list[str]:
    """The tables and tiles that count, and neither open anything nor say why not."""
    found = []
    for block in blocks(app.main):
        own = [child for child in block.children.values() if not isinstance(child, Block)]
        for element in own:
            if element.type == "table" and not is_list(element.value):
                counted = [heading for heading in element.value.columns if counts(heading)]
            elif element.type == "metric":
                counted = [element.label] if counts(element.label) else []
            else:
                continue
            if counted and not leads_on(block):
                found.append(f"{element.type}: {', '.join(counted)}")
    return found


def without_a_source(app: AppTest) -> list[str]:
    """The parts of the page, from heading to heading, that count and do not say what of, until when and from where.

    What stands side by side is one part, whose line may stand beneath.
    """
    found, heading, is_counting, is_said = [], "the head of the page", False, False
    beside = {id(one) for block in blocks(app.main) if block.type == "column" for one in below(block)}
    for element in [*below(app.main), None]:
        if element is None or (element.type in {"subheader", "title"} and id(element) not in beside):
            if is_counting and not is_said:
                found.append(heading)
            heading, is_counting, is_said = getattr(element, "value", ""), False, False
        elif element.type == "table":
            is_counting |= any(counts(heading) for heading in element.value.columns)
        elif element.type == "metric":
            is_counting |= counts(element.label)
        elif element.type == "button":
            is_counting |= str(element.key).endswith("_opens")
        elif element.type == "caption":
            is_said |= SOURCE in element.value
    return found


def lines_that_lack(app: AppTest) -> list[str]:
    """The small lines that do not say the period, the definition, the data and their build, and what is left out."""
    return [line for line in (one.value for one in app.caption) if SOURCE in line and not _is_whole(line)]


def _is_whole(line: str) -> bool:
    parts = [part.strip() for part in line.replace("\\", "").split(" · ")]
    return len(parts) >= 5 and all(parts) and bool(re.search(r"data as at .*, build [0-9a-f]{8}|as reported", line))


def counted_in_words(app: AppTest) -> list[str]:
    """The sentences of a page that give a number of contacts or incidents, or officer time."""
    return [said for said in (str(one.value) for one in app.markdown) if IN_WORDS.search(said)]


def told_and_unopened(app: AppTest) -> list[str]:
    """The sentences that count contacts or incidents of which no list opens with that number in their part of the page.

    Their part is what follows up to the next heading, and what stands in the same frame where it has no heading. A page
    that is itself a list, or says why it opens none, may tell more than it opens.
    """
    if any(element.type == "table" and is_list(element.value) for element in below(app.main)) or leads_nowhere(app):
        return []
    frame_of = {id(one): block for block in blocks(app.main) for one in block.children.values()}
    elements, found = list(below(app.main)), []
    for at, element in enumerate(elements):
        if element.type not in SENTENCES or SOURCE in str(element.value):
            continue
        after = takewhile(lambda one: one.type != "subheader", elements[at + 1 :])
        beside = list(below(frame_of[id(element)]))
        if any(one.type in {"title", "subheader"} for one in beside):
            beside = []
        if not numbers_told(str(element.value)) <= opened_by([*after, *beside]):
            found.append(str(element.value))
    return found


def opened_by(elements: Iterable[Any]) -> set[str]:
    """The numbers that stand on the buttons, and in the choices, that open a list."""
    labels: list[str] = []
    for one in elements:
        if one.type == "button" and str(one.key).endswith("_opens"):
            labels.append(one.label)
        elif one.type == "selectbox" and str(one.key).endswith("_opens_one"):
            labels += one.options
    return {number for label in labels for number in numbers_told(label)}


def numbers_told(said: str) -> set[str]:
    """The numbers of contacts or incidents that a text tells: "9 contacts", and "of the contacts (2 of 9)" both."""
    plain = said.replace("\\", "")
    share = re.search(r"of the contacts[^.]*\(([\d,]+) of [\d,]+\)", plain)
    return {*TOLD.findall(plain), *(share.groups() if share else ())}


def leads_nowhere(app: AppTest) -> bool:
    """Whether a page says why some of its numbers open no list."""
    return any(str(one.value).startswith(NO_LIST) for one in app.caption)


def leads_on(block: Block) -> bool:
    return any(
        "_opens" in (getattr(one, "key", None) or "") or str(getattr(one, "value", "")).startswith(NO_LIST)
        for one in below(block)
    )


def openings(value: object) -> Iterator[Opening]:
    """Every opening anywhere in a finished page."""
    for _, one in held_openings(value):
        yield one


def held_openings(value: object, holder: object = None) -> Iterator[tuple[object, Opening]]:
    """The same, each with what it is part of: a table, a row, a line of a list."""
    if isinstance(value, Opening):
        yield holder, value
    elif isinstance(value, go.Figure | pl.DataFrame | str):
        return
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from held_openings(getattr(value, field.name), value)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from held_openings(one, holder)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from held_openings(one, holder)


def texts(value: object) -> Iterator[str]:
    """Every text of a part of a page, but for those of its numbers that open."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Opening | go.Figure | pl.DataFrame):
        return
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts(one)


def sums(found: Behind) -> set[str]:
    """What the list adds up to, as any page may write it."""
    return {
        plural(found.contacts or 0, "contact"),
        plural(found.incidents, "incident"),
        plural(found.incidents, "deployment"),
        plural(round(found.units / (720_720 * 60_000)), "officer minute"),
        hours(found.officer_hours),
        hours_with_share(found.officer_hours, found.imputed_hours),
        *([] if found.unit_minutes is None else [f"units {hours(found.unit_minutes / 60)}"]),
        *([] if found.elapsed_minutes is None else [f"elapsed {hours(found.elapsed_minutes / 60)}"]),
        *([] if found.harm is None else [f"harm {harm_days(found.harm)}"]),
    }


def wrong(visit: Visit, page: object) -> list[str]:
    """The labels of which a number is not the sum of the list behind it, or hours do not say how much is imputed."""
    found = []
    every = list(held_openings(page))
    for holder, opening in [*every[:FIRST], *every[FIRST::EVERY]]:
        answer = behind(visit.facts.id, opening.view or view_of(visit), audience_of(visit), opening.figure)
        if not set(opening.label.rsplit(": ", 1)[-1].split(", ")) <= sums(answer):
            found.append(f"{opening.label} is not of {sorted(sums(answer))}")
        elif is_unsure(opening, holder, answer):
            found.append(f"{opening.label} does not say that {imputed_share_of(answer)} is imputed")
    return found


def is_unsure(opening: Opening, holder: object, found: Behind) -> bool:
    """Whether officer hours, of which a part is imputed, stand without its share: not in the label, nor beside it."""
    if not found.imputed_hours or hours(found.officer_hours) not in opening.label:
        return False
    beside = " ".join([opening.label, *texts(holder)])
    return "imputed" not in beside or not re.search(rf"(?<!\d){imputed_share_of(found)}", beside)


def imputed_share_of(found: Behind) -> str:
    """The share of the officer hours that is imputed, as pages write it."""
    return imputed_share(found.imputed_hours, found.officer_hours)
