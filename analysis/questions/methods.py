"""Which judgements do the numbers rest on, and what was this build made from?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.assumptions import Assumptions, Value
from analysis.disclosure import Audience, Clearance, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.store import Build

EVERYONE = frozenset({Clearance.POLICE, Clearance.PARTNER, Clearance.AUDITOR})
JUDGEMENT_COLUMNS = {
    "name": Kind.CODE,
    "value": Kind.NAME,
    "unit": Kind.NAME,
    "reason": Kind.NAME,
    "source": Kind.NAME,
    "owner": Kind.NAME,
    "review_date": Kind.CODE,
}
FACT_COLUMNS = {"fact": Kind.CODE, "value": Kind.NAME}


@dataclass(frozen=True)
class Methods:
    """What the Methods page is made of; nothing in it is about a person.

    Attributes:
        judgements: a row an assumption: name, value (as words), unit, reason, source, owner, review_date.
        facts: rows fact, value (text; times ISO 8601 UTC): build, built_at, code_version, assumptions_match ("yes"
            where the judgements are those the build was made with), force, timezone, harm (where the force names a
            table: source and year), and for ward and neighbourhood each "<areas>" or "<areas> from <day>".
    """

    judgements: Released
    facts: Released


def methods(build: Build, assumptions: Assumptions, audience: Audience) -> Methods:
    """The judgements in force and the facts of the build, for everyone who may sign in."""
    return Methods(
        judgements=release(_judgements(assumptions), _answer("judgements", JUDGEMENT_COLUMNS), audience),
        facts=release(_facts(build, assumptions), _answer("facts of the build", FACT_COLUMNS), audience),
    )


def _answer(name: str, columns: dict[str, Kind]) -> Answer:
    return Answer(name=name, columns=tuple(AnswerColumn(column, kind, EVERYONE) for column, kind in columns.items()))


def _judgements(assumptions: Assumptions) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "name": entry.name,
                "value": _said(entry.value),
                "unit": entry.unit,
                "reason": entry.reason,
                "source": entry.source,
                "owner": entry.owner,
                "review_date": entry.review_date,
            }
            for entry in assumptions.entries
        ]
    )


def _said(value: Value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _facts(build: Build, assumptions: Assumptions) -> pl.DataFrame:
    said = build.manifest
    facts = [
        ("build", build.id),
        ("built_at", said["built_at"]),
        ("code_version", said["code_version"]),
        ("assumptions_match", "yes" if said["assumptions"] == assumptions.fingerprint else "no"),
        ("force", said["force"]["name"]),
        ("timezone", build.timezone),
    ]
    if said["harm"]:
        facts.append(("harm", ", ".join(str(part) for part in said["harm"].values() if part)))
    for kind, vintages in said["boundaries"].items():
        facts += [(kind, _vintage(vintage)) for vintage in vintages]
    return pl.DataFrame(facts, schema={"fact": pl.String, "value": pl.String}, orient="row")


def _vintage(vintage: dict[str, Any]) -> str:
    return f"{vintage['areas']} from {vintage['valid_from']}" if vintage["valid_from"] else str(vintage["areas"])
