"""Sharing a case with an agency."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnership.errors import PartnershipError
from partnership.partner_reading import shared_with
from partnership.shares import share_case
from partnership.vocabulary import ShareLevel
from tests.partnership.builders import NEXT_WEEK, Desk

ASKED: dict[str, Any] = {"agency": "HOUSING", "level": ShareLevel.CASE, "until": NEXT_WEEK, "seen_version": 0}


@pytest.mark.parametrize("who", ["inspector", "officer", "ppu"])
def test_the_agency_sees_the_case_from_then_on(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.do(share_case, who, reference=case.reference, **ASKED)
    assert [line.reference for line in desk.ask(shared_with, "housing")] == [case.reference]


def test_no_other_agency_sees_it(desk: Desk) -> None:
    desk.share(desk.case())
    assert desk.ask(shared_with, "health") == ()


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "health"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(share_case, who, reference=desk.case().reference, **ASKED)


def test_an_agency_does_not_widen_what_it_sees(desk: Desk) -> None:
    case = desk.case()
    desk.share(case, level=ShareLevel.ACTIONS)
    assert desk.is_refused(share_case, "housing", reference=case.reference, **{**ASKED, "seen_version": 1})


def test_sharing_the_same_again_changes_nothing(desk: Desk) -> None:
    case = desk.case()
    desk.share(case)
    assert desk.is_idle(share_case, "ppu", reference=case.reference, **ASKED)


def test_the_second_of_two_shares_is_told_who_was_first(desk: Desk) -> None:
    case = desk.case()
    desk.do(share_case, "officer", reference=case.reference, **{**ASKED, "level": ShareLevel.ACTIONS})
    refused = desk.stale(share_case, "ppu", reference=case.reference, **ASKED)
    assert (refused.first_by, refused.theirs["level"], refused.yours["level"]) == ("Officer", "actions", "case")


def test_the_last_day_is_a_day_of_the_share(desk: Desk) -> None:
    desk.share(desk.case())
    assert len(desk.ask(shared_with, desk.actor("housing", today=NEXT_WEEK))) == 1


def test_the_day_after_it_is_over(desk: Desk) -> None:
    desk.share(desk.case())
    assert desk.ask(shared_with, desk.actor("housing", today=date(2013, 12, 10))) == ()


def test_a_last_day_in_the_past_is_refused(desk: Desk) -> None:
    case = desk.case()
    with pytest.raises(PartnershipError, match="past"):
        desk.do(share_case, "ppu", reference=case.reference, **{**ASKED, "until": date(2013, 12, 1)})
