"""What do tests of who is who start from? A pair in Alder and Cedar, and a number that rang in Alder."""

from __future__ import annotations

from typing import Any

from partnership.changes import Saved
from partnership.identity import decide_pair
from partnership.identity_numbers import mark_number
from partnership.vocabulary import IdentityReason, NumberKind, Verdict
from tests.partnership.builders import Desk

PAIR: dict[str, Any] = {
    "pair_reference": "D-1",
    "reference_a": "R-1",
    "reference_b": "R-2",
    "verdict": Verdict.SAME,
    "why": IdentityReason.RECORDS_SHOW_IT,
    "neighbourhoods": ["ALDER", "CEDAR"],
    "seen_version": 0,
}
NUMBER: dict[str, Any] = {
    "reference": "T-1",
    "kind": NumberKind.INSTITUTION,
    "why": IdentityReason.KNOWN_TO_OFFICERS,
    "neighbourhoods": ["ALDER"],
    "seen_version": 0,
}


def decided(desk: Desk, a: str, b: str, verdict: Verdict, *, who: str = "analyst", **rest: Any) -> Saved:
    """A decision on two records; the pair is named by them."""
    fields = {**PAIR, "pair_reference": f"D-{a}{b}", "reference_a": f"R-{a}", "reference_b": f"R-{b}"}
    saved: Saved = desk.do(decide_pair, who, **{**fields, "verdict": verdict, **rest})
    return saved


def marked(desk: Desk, *, who: str = "analyst", **rest: Any) -> Saved:
    """A marked number."""
    saved: Saved = desk.do(mark_number, who, **{**NUMBER, **rest})
    return saved
