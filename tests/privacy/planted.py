"""The small force with one planted caller, who tops a top ten, and everything a run of the app sends to the browser."""

from __future__ import annotations

import csv
import re
import shutil
import tempfile
from atexit import register
from functools import cache
from pathlib import Path

import polars as pl
from streamlit.testing.v1 import AppTest

from analysis.build import make_build
from analysis.questions.builds import current_build, load_assumptions
from dashboard.build_facts import read
from dashboard.decisions_database import open_decisions
from dashboard.members_today import viewer_of
from dashboard.sample_decisions import load_decisions
from dashboard.sign_in import Viewer
from partnership import members
from partnership.database import upgrade
from partnership.vocabulary import Role
from tests.dashboard.built import BUILT_AT, sample_folder

NEIGHBOURHOOD, SECTOR = "S-N01", "North"
IDENTITIES = {
    "name": "Zebedee Quillfeather",
    "surname": "Quillfeather",
    "number": "7700900998",
    "address": "1 CANARY WHARFINGER ROW",
    "postcode": "ZS99 9QQ",
    "uprn": "999999999991",
    "nominal": "NOMX7731",
}
TYPED = {"qualifier": "QUALCANARY", "code": "OPENCANARY"}
CONTACTS = 40
_EXTRACT = "incidents_live_2013Q4.csv"


@cache
def planted_store() -> Path:
    """The store of the planted force; treat it as read-only."""
    folder = Path(tempfile.mkdtemp(prefix="repeat-demand-planted-"))
    register(shutil.rmtree, folder, ignore_errors=True)
    sample = Path(shutil.copytree(sample_folder(), folder / "sample"))
    _plant(sample)
    store = folder / "store"
    make_build(sample / "sources.toml", store, assumptions=load_assumptions(), built_at=BUILT_AT)
    database = open_decisions(store)
    upgrade(database)
    database.close()
    load_decisions(sample / "decisions.json", store)
    return store


def _plant(sample: Path) -> None:
    """Domestic calls of one caller, some every week of the last ten."""
    with (sample / _EXTRACT).open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        header = list(rows.fieldnames or ())
        pattern = next(row for row in rows if row["BEAT"] == NEIGHBOURHOOD and float(row["EASTING"] or 0) > 0)
    said = {
        "CALLER": IDENTITIES["name"],
        "CALLER_TEL": f"0{IDENTITIES['number']}",
        "CALLER_DOB": "29/02/1956",
        "CALLER_IS": "V",
        "CALLER_ADDRESS": IDENTITIES["address"],
        "CALLER_POSTCODE": IDENTITIES["postcode"],
        "LOCATION": IDENTITIES["address"],
        "LOC_POSTCODE": IDENTITIES["postcode"],
        "UPRN": IDENTITIES["uprn"],
        "NOMINAL": IDENTITIES["nominal"],
        "QUALIFIERS": TYPED["qualifier"],
        "OPENED_AS": TYPED["code"],
        "HOW_RECEIVED": "999",
        "DV": "Y",
        "SEE_LOG": "",
        "CRIME_REF": "",
        "CLOSED": "",
    }
    with (sample / "incidents_live_planted.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, header)
        out.writeheader()
        for number in range(CONTACTS):
            month, day = divmod(number, 20)
            when = {
                "LOG_DATE": f"2013{10 + month}{day + 8:02d}",
                "CREATED": f"{day + 8:02d}/{10 + month}/2013 21:30:00",
            }
            out.writerow({**pattern, **said, **when, "LOG_NO": f"9{number:03d}"})


@cache
def planted_person() -> str:
    """The planted caller's id."""
    logs = current_build(planted_store()).frame("incidents", ["caller_name", "caller_id"])
    found = logs.filter(pl.col("caller_name") == IDENTITIES["name"])["caller_id"].unique().to_list()
    assert len(found) == 1 and found[0]
    return str(found[0])


@cache
def everyone() -> tuple[Viewer, ...]:
    """Everyone who may sign in."""
    store = planted_store()
    database = open_decisions(store)
    try:
        with database.read() as session:
            return tuple(map(viewer_of, members.sign_in_choices(session, read(store).default_as_of)))
    finally:
        database.close()


def is_in_scope(who: Viewer) -> bool:
    """Whether the planted caller's neighbourhood is in the viewer's scope."""
    if who.role in {Role.PARTNER, Role.AUDITOR}:
        return False
    scope = who.neighbourhoods(read(planted_store()).geography)
    return scope is None or NEIGHBOURHOOD in scope


def sent(app: AppTest) -> str:
    """Everything a run sends to the browser: words, tables, figures, maps, labels, hidden or not, and the address."""
    parts = [node.proto.SerializeToString() for node in app if getattr(node, "proto", None) is not None]
    return b"\n".join(parts).decode("utf-8", errors="ignore") + address(app)


def address(app: AppTest) -> str:
    """What the address carries."""
    return "\n".join(f"{name}={value}" for name, value in app.query_params.items())


def found_in(text: str, canaries: dict[str, str]) -> list[str]:
    """The canaries that stand in a text, whatever the case, the spacing and the escapes between their letters."""
    plain = _letters(text)
    return [name for name, canary in canaries.items() if _letters(canary) in plain]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
