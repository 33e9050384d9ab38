"""What does the Methods page say of how people are told apart, and of how well that works?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan

from analysis.questions.linkage import Linkage
from dashboard.components.table import Table, TableColumn
from dashboard.text import count, day, plural

_RESPECTS: Mapping[str, str] = {
    "name": "Name",
    "birth": "Date of birth",
    "phone": "Telephone number",
    "place": "Place",
    "log": "Log",
}
_LEVELS: Mapping[str, str] = {
    "name.same": "the same",
    "name.variant": "a short form or another spelling",
    "name.slip": "one slip apart, one of them rare",
    "name.slip_of_common": "one slip apart, both common",
    "name.two_slips": "two slips apart",
    "name.initial": "an initial for a first name",
    "name.half": "half a name",
    "name.resembles": "resembling",
    "name.given_only": "first name only",
    "name.surname_only": "surname only",
    "name.different": "different",
    "birth.same": "the same",
    "birth.near": "one slip or a swap apart",
    "birth.close": "close",
    "birth.different": "different",
    "phone.same": "the same",
    "phone.same_later": "the same after a long silence",
    "phone.one_digit": "one digit apart",
    "phone.different": "different",
    "place.same_home": "same home",
    "place.same_scene": "same scene",
    "place.same_postcode": "same postcode",
    "place.different": "different",
    "log.together": "both on one log",
    "log.apart": "on different logs",
}
_WEIGHT = "weight."
_WEIGHTS_SAID = "What each agreement and disagreement weighs, learnt from this build's extracts"


@dataclass(frozen=True)
class LinkageView:
    """The section on people. `counts` and `weights` are None for those who may not read the build's own."""

    said: tuple[str, ...]
    counts: Table | None
    weights: Table | None
    measured: Table


def linkage_view(found: Linkage) -> LinkageView:
    """Everything the section says."""
    model = dict(found.model.rows.rows()) if found.model.rows.width else {}
    rows = found.measured.rows.to_dicts()
    return LinkageView(
        said=(*_estimate(model), _said_of(rows)),
        counts=_counts(model) if model else None,
        weights=_weights(model) if model else None,
        measured=_measured(rows),
    )


def _estimate(model: Mapping[str, float]) -> tuple[str, ...]:
    right, complete = model.get("expected_precision", float("nan")), model.get("expected_recall", float("nan"))
    if isnan(right) or isnan(complete):
        return ()
    return (
        f"In this build {plural(int(model['pairs_joined']), 'pair')} of presumed persons were joined. By the model's "
        f"own estimate {_share(right)} of them are one person, and {_share(complete)} of the compared pairs that are "
        "one person were joined. Each pair is taken by itself, also where a third record ties the two; and nobody "
        "knows the truth of a force's own records.",
    )


def _said_of(rows: list[dict[str, object]]) -> str:
    lowest, highest = (end(float(str(row["f1"])) for row in rows) for end in (min, max))
    return (
        f"Measured on {plural(len(rows), 'set')} of records where the truth is known, on "
        f"{day(date.fromisoformat(str(rows[0]['measured_on'])))}: F1, which is 1 where every pair is found and none is "
        f"wrong, was {_from_to(lowest, highest)}. Precision is the part of the joined pairs that are one person, "
        "recall the part of one person's pairs that were joined."
    )


def _from_to(lowest: float, highest: float) -> str:
    return " to ".join(dict.fromkeys((f"{lowest:.3f}", f"{highest:.3f}")))


def _share(part: float) -> str:
    return f"{100 * part:.1f} %"


def _counts(model: Mapping[str, float]) -> Table:
    named = (
        ("presumed_persons", "Presumed persons by exact keys"),
        ("pairs_compared", "Pairs of them compared"),
        ("pairs_joined", "Pairs joined"),
        ("pairs_for_a_human", "Pairs left to a human"),
        ("persons", "Persons found"),
        ("pairs_taught_by_nominal_id", "Pairs known by nominal id that the weights were learnt from"),
    )
    rows = tuple((words, count(int(model[field]))) for field, words in named if field in model)
    heads = (TableColumn("What"), TableColumn("In this build", is_number=True))
    return Table(heads, rows, said="How many records were compared and joined in this build")


def _weights(model: Mapping[str, float]) -> Table:
    rows = []
    for field, weight in model.items():
        if field.startswith(_WEIGHT) and (level := field.removeprefix(_WEIGHT)) in _LEVELS:
            rows.append((_RESPECTS[level.split(".")[0]], _LEVELS[level], f"{weight:+.1f}".replace("-", "−")))
    heads = (
        TableColumn("Respect"),
        TableColumn("How two records compare"),
        TableColumn("Weight (bits)", is_number=True),
    )
    return Table(heads, tuple(rows), said=_WEIGHTS_SAID)


def _measured(rows: list[dict[str, object]]) -> Table:
    heads = ("Set", "Records", "Precision", "Recall", "F1", "F1 of exact keys", "F1 of Splink")
    figures = ("precision", "recall", "f1", "exact_f1", "splink_f1")
    cells = tuple(
        (
            str(row["name"]),
            count(int(str(row["records"]))),
            *("not run" if row[figure] is None else f"{float(str(row[figure])):.3f}" for figure in figures),
        )
        for row in rows
    )
    columns = tuple(TableColumn(head, is_number=head != "Set") for head in heads)
    return Table(columns, cells, said="How well people were told apart where the truth is known")
