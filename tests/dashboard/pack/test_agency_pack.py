"""Does an agency's edition hold its shared cases, and nothing of the others?"""

from __future__ import annotations

import io
import zipfile

import pytest

from dashboard.pack.agency_pack import Totals, agency_pack
from dashboard.pack.document import Words
from dashboard.pack.files import PackForm, pack_bytes
from dashboard.pack.pdf import told
from partnership.agency_edition import agency_edition
from tests.dashboard.pack.builders import (
    HELD_ON,
    RISKS,
    SETTING,
    held,
    housing_edition,
    part,
    police_edition,
    table_of,
    texts_of,
)
from tests.partnership.builders import Desk


def written(form: PackForm, desk: Desk) -> tuple[str, str, str]:
    """What Housing's file holds, unpacked, and the references of the shared case and of the other."""
    found = held(desk)
    pack = housing_edition(found)
    if form is PackForm.PDF:
        text = str(told(pack, dated=HELD_ON))
    else:
        with zipfile.ZipFile(io.BytesIO(pack_bytes(pack, form, dated=HELD_ON))) as parts:
            text = "".join(parts.read(name).decode("utf-8", errors="ignore") for name in parts.namelist())
    by_person = {case.person_id: case.reference for case in found.every_case}
    return text, by_person["P-1"], by_person["P-2"]


@pytest.mark.parametrize("form", PackForm)
def test_nothing_of_a_case_that_is_not_shared_is_in_the_file(form: PackForm, desk: Desk) -> None:
    text, shared, other = written(form, desk)
    assert shared in text
    assert [secret for secret in (other, "Locks for 2.", "Zebedee", "P-1", "P-2", "Alder") if secret in text] == []


def test_the_same_search_finds_them_in_the_polices_edition(desk: Desk) -> None:
    text = " ".join(texts_of(police_edition(held(desk))))
    assert all(secret in text for secret in ("Locks for 2.", "Zebedee", "Alder"))


def test_where_nothing_is_shared_the_edition_says_so(desk: Desk) -> None:
    pack = housing_edition(held(desk, shared=None))
    assert "No case is shared with the agency." in set(texts_of(pack))
    assert [section.heading for section in pack.sections if section.level == 2] == []


def test_of_other_agencies_actions_who_when_and_how_far_is_shown(desk: Desk) -> None:
    found = held(desk)
    others = table_of(part(housing_edition(found), found.agenda[0].reference), "Actions of other")
    assert others.rows == (("Health Trust", "Mon 9 Dec 2013", "due in 7 days"),)


def test_totals_withheld_by_the_gate_stay_withheld(desk: Desk) -> None:
    totals = part(housing_edition(held(desk)), "Totals")
    withheld = ("fewer than 5, or withheld", "withheld")
    assert table_of(totals, "Totals by sector").rows == (("SOUTH", "120", "88\u00a0h"), ("NORTH", *withheld))
    assert table_of(totals, "Totals by ward").rows == (("Weir", "7", "3\u00a0h"), ("Kiln", *withheld))


def test_before_the_first_whole_period_the_totals_are_a_sentence(desk: Desk) -> None:
    none = agency_pack(agency_edition(held(desk), "HOUSING"), Totals("None yet.", (), (), 5), SETTING)
    assert part(none, "Totals").blocks == (Words("None yet."),)


def test_nothing_of_anybodys_risk_is_in_an_agencys_edition(desk: Desk) -> None:
    said = " ".join(texts_of(housing_edition(held(desk))))
    assert not [line for risk in RISKS.values() for line in risk.lines if line in said]


def test_a_partners_edition_has_no_map(desk: Desk) -> None:
    assert "Map" not in {section.heading for section in housing_edition(held(desk)).sections}
