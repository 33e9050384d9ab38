"""Ending a share."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.partner_reading import shared_with
from partnership.shares import end_share, share_case
from partnership.vocabulary import ShareLevel
from tests.partnership.builders import Desk


def test_the_agency_sees_nothing_from_then_on(desk: Desk) -> None:
    share = desk.share(desk.case())
    desk.do(end_share, "officer", share_id=share.row_id, seen_version=1)
    assert desk.ask(shared_with, "housing") == ()


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(end_share, who, share_id=desk.share(desk.case()).row_id, seen_version=1)


def test_a_share_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(end_share, "ppu", share_id=999, seen_version=1)


def test_ending_again_changes_nothing(desk: Desk) -> None:
    share = desk.share(desk.case())
    desk.do(end_share, "ppu", share_id=share.row_id, seen_version=1)
    assert desk.is_idle(end_share, "ppu", share_id=share.row_id, seen_version=1)


def test_who_would_end_a_share_that_was_prolonged_is_told(desk: Desk) -> None:
    case = desk.case()
    share = desk.share(case)
    longer = {"agency": "HOUSING", "level": ShareLevel.CASE, "until": date(2014, 1, 6), "seen_version": 1}
    desk.do(share_case, "officer", reference=case.reference, **longer)
    assert desk.stale(end_share, "ppu", share_id=share.row_id, seen_version=1).first_by == "Officer"
