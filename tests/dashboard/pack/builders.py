"""What does a test pack? A meeting on two cases, one of them shared, and a document of every kind of part."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

from matplotlib.figure import Figure

from dashboard.pack.agency_pack import Few, Totals, agency_pack
from dashboard.pack.document import Facts, Pack, Picture, Section, Table, Words, facts
from dashboard.pack.police_pack import Listed, police_pack
from dashboard.pack.words import Setting
from dashboard.view_models.risk_words import RiskWords
from partnership.agency_edition import agency_edition
from partnership.meeting_record import MeetingRecord
from partnership.minutes import write_notes
from partnership.vocabulary import DecisionKind
from tests.partnership.agenda_builders import decide, drawn, fact, record
from tests.partnership.builders import Desk

HELD_ON = date(2013, 12, 2)
HOSTILE = (
    '#import "nothing.typ": x',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "![a](http://example.org/a.png)",
    "$x^2$ *bold* <b>",
    "safe \u202eevas \x07",
    "\U0001f600 中",
)
SETTING = Setting(
    recipients="Housing and the police",
    data_until=date(2013, 12, 1),
    build_id="0123456789abcdef",
    force="A force",
    agencies={"HOUSING": "Borough Housing", "HEALTH": "Health Trust"},
    areas={"ALDER": "Alder Park"},
    timezone="Europe/London",
    due_soon_days=7,
    stalled_days=28,
    methods=("Contacts are counted.", "Hours too."),
)
LISTS = (
    Listed("P-1", "ALDER", 1, "★ new", 6, 14.25),
    Listed("P-2", "ALDER", 2, "↑ up from 5", 4, 2.0),
    Listed("P-9", "ALDER", 3, "= same", 3, 1.0),
)
RISKS = {"P-1": RiskWords("DASH is missing on 1.", "No MARAC is recorded.", "Children are marked on 2 incidents.")}
TOTALS = Totals(
    "Incidents of 12 weeks.",
    sectors=(("SOUTH", Few(120, 88.0)), ("NORTH", Few(None, None))),
    wards=(("Weir", Few(7, 3.0)), ("Kiln", Few(None, None))),
    threshold=5,
)


def held(desk: Desk, *, shared: str | None = "P-1") -> MeetingRecord:
    """A meeting on two cases, each with a plan, an action of Housing and one of Health, and a decision."""
    meeting = drawn(desk, fact("P-1", 1), fact("P-2", 2))
    for person in ("P-1", "P-2"):
        case = desk.case(person)
        plan = desk.plan(case, problem=f"Zebedee problem of {person[-1]}", analysis="Zebedee")
        desk.action(plan, what=f"Locks for {person[-1]}.")
        desk.action(plan, what=f"Zebedee visit {person[-1]}", owner_agency="HEALTH", owner_name="Zebedee")
        decide(desk, meeting, person, DecisionKind.CONTINUE_PLAN)
    if shared is not None:
        desk.share(desk.case(shared), "HOUSING")
    desk.do(write_notes, "ppu", meeting_id=meeting.row_id, notes="Zebedee said.\nThen more.", seen_version=2)
    return record(desk, meeting)


def police_edition(found: MeetingRecord) -> Pack:
    return police_pack(found, LISTS, SETTING, risks=RISKS, picture=picture())


def housing_edition(found: MeetingRecord) -> Pack:
    return agency_pack(agency_edition(found, "HOUSING"), TOTALS, SETTING)


def picture(alt: str = "Map of one neighbourhood: Alder Park 2.") -> Picture:
    figure, written = Figure(figsize=(2, 2)), io.BytesIO()
    figure.savefig(written, format="png", metadata={"Software": None})
    return Picture(written.getvalue(), alt, "Cases by neighbourhood")


def any_pack(*texts: str) -> Pack:
    """A document with a part of every kind, each text in each of them."""
    lines = facts(*((f"Fact {number}", text) for number, text in enumerate(texts)))
    table = Table("A table", ("One", "Two"), tuple((text, text) for text in texts))
    return Pack(
        marking="OFFICIAL-SENSITIVE",
        title="A pack",
        cover=lines.lines,
        handling=texts,
        sections=(
            Section("The list", (table, lines, *map(Words, texts))),
            Section("Cases", ()),
            *(Section(f"Case {number}", (lines, table), level=2, starts_page=True) for number in range(2)),
            Section("Map", (picture(),), starts_page=True),
        ),
        tracking=table,
    )


def part(pack: Pack, heading: str) -> Section:
    return next(section for section in pack.sections if section.heading == heading)


def table_of(section: Section, title: str) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table) and block.title.startswith(title))


def texts_of(pack: Pack) -> Iterator[str]:
    """Every text of a pack."""
    yield from (pack.marking, pack.title, *pack.handling)
    yield from (text for line in pack.cover for text in (line.label, line.text))
    yield from (cell for row in pack.tracking.rows for cell in row)
    for section in pack.sections:
        yield section.heading
        for block in section.blocks:
            match block:
                case Words(text):
                    yield text
                case Facts(lines):
                    yield from (text for line in lines for text in (line.label, line.text))
                case Table(title, headings, rows):
                    yield from (title, *headings, *(cell for row in rows for cell in row))
                case Picture(_, alt, caption):
                    yield from (alt, caption)
