"""What did the invented meetings look at and decide: who came, the lists of their Monday, and a decision a case?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from dashboard.sample.force import TODAY

MEETINGS_A_SECTOR = 4
# The sample's own Monday: one sector is in the middle of its meeting, the others have not begun.
OPEN_SECTOR_AT = 1
IN_TURN = 2
EVERY_FEW_WEEKS = "Every plan is looked at every other week."
WAITS = "The housing officer was not there; asked to come next week."
NOT_NOW = (
    "The calls were answered well; looked at again when there is another.",
    "Known to the clinic, which sees the caller on Thursday; nothing to add here.",
)
AFTERWARDS = "The plan has just been closed; the neighbourhood officer rings once more."
NOTES = (
    "Housing: two sanctuary fittings are waiting for a contractor.",
    "Support service: the Friday line is open until nine from next month.",
    "Health: the new duty number is on the back of the agenda.",
    "",
)


@dataclass(frozen=True)
class Chosen:
    """Somebody with a case: their row of the sample's last top ten, and what was decided on."""

    row: Mapping[str, Any]
    case: Mapping[str, Any]

    def is_waiting(self, day: str) -> bool:
        """Whether an action that was never carried has passed its day and is not finished."""
        return any(
            action["due"] < day
            and not action["carried_to"]
            and not (action["completed_on"] or action["not_done"] or action["cancelled"])
            for action in self.case["actions"]
        )


def mondays() -> tuple[date, ...]:
    """The days of the meetings, and the Monday before the first, the oldest first."""
    return tuple(TODAY - timedelta(weeks=before) for before in reversed(range(MEETINGS_A_SECTOR + 1)))


def day_before(days: int) -> date:
    """So many days before the sample's own day; negative: after it."""
    return TODAY - timedelta(days=days)


def meetings_of(
    sectors: Sequence[str],
    chosen: Sequence[Chosen],
    top_tens: Mapping[date, pl.DataFrame],
    *,
    chairs: Mapping[str, str],
    agencies: Sequence[tuple[str, str]],
) -> list[dict[str, Any]]:
    """The meetings of every sector, the oldest first: those of the weeks before are closed.

    Args:
        sectors: in their order.
        chosen: everybody with a case.
        top_tens: the true top tens of each of `mondays`.
        chairs: who chairs, by sector.
        agencies: code, and who comes for it.
    """
    places = {monday: _places(frame) for monday, frame in top_tens.items()}
    found = []
    for at, sector in enumerate(sectors):
        own = [one for one in chosen if one.row["sector"] == sector]
        for number, monday in enumerate(mondays()[1:]):
            state = "closed" if monday < TODAY else "open" if at == OPEN_SECTOR_AT else "draft"
            said: dict[str, Any] = {"sector": sector, "date": monday.isoformat(), "state": state}
            if state != "draft":
                week = places[monday], places[monday - timedelta(weeks=1)]
                said |= _held(monday.isoformat(), own, *week, turn=number, is_closed=state == "closed")
                said |= {
                    "chair": chairs[sector],
                    "attendance": _attendance(agencies, number + at),
                    "notes": NOTES[number],
                }
            found.append(said)
    return found


_Places = Mapping[tuple[int, str], Mapping[str, Any]]


def _places(frame: pl.DataFrame) -> _Places:
    return {(row["person"], row["neighbourhood"]): row for row in frame.iter_rows(named=True)}


def _held(
    day: str, own: Sequence[Chosen], now: _Places, before: _Places, *, turn: int, is_closed: bool
) -> dict[str, Any]:
    """The lists' people, whom the chair adds in turn, and what was decided; an open meeting has got half way."""
    present = [one for one in own if one.case["opened_on"] <= day]
    waits = next((one for one in present if one.is_waiting(day)), None) if is_closed else None
    reached = present if is_closed else present[: len(present) // 2]
    return {
        "agenda": [_standing(one, now, before) for one in present],
        "added": [
            {"caller_of": one.case["caller_of"], "reason": EVERY_FEW_WEEKS}
            for at, one in enumerate(present)
            if (at + turn) % IN_TURN == 0 and one.case["opened_on"] < day
        ],
        "decisions": [_decision(one, day, at) for at, one in enumerate(reached) if one is not waits],
        "carried": [] if waits is None else [{"caller_of": waits.case["caller_of"], "reason": WAITS}],
    }


def _standing(one: Chosen, now: _Places, before: _Places) -> dict[str, Any]:
    key = (one.row["person"], one.row["neighbourhood"])
    here, earlier = now.get(key), before.get(key)
    if here is None:
        movement = "none" if earlier is None else "left"
    elif earlier is None:
        movement = "new"
    else:
        moved = here["rank"] - earlier["rank"]
        movement = "up" if moved < 0 else "down" if moved else "same"
    return {
        "caller_of": one.case["caller_of"],
        "movement": movement,
        "position": here and here["position"],
        "earlier_rank": earlier and earlier["rank"],
        "contacts": here and here["contacts"],
    }


def _decision(one: Chosen, day: str, at: int) -> dict[str, Any]:
    plan = one.case["plan"]
    if plan is None:
        what, reason = "no_action", NOT_NOW[at % len(NOT_NOW)]
    elif plan["closed"] and plan["closed"]["on"] < day:
        what, reason = "no_action", AFTERWARDS
    else:
        what, reason = "open_plan" if one.case["opened_on"] == day else "continue_plan", ""
    return {"caller_of": one.case["caller_of"], "what": what, "reason": reason}


def _attendance(agencies: Sequence[tuple[str, str]], turn: int) -> list[dict[str, Any]]:
    """Every agency's person; in turn one of them sends apologies."""
    others = [(code, name) for code, name in agencies if code != "POLICE"]
    away = turn % len(others)
    return [{"agency": None, "name": "DS Saima Lodhi", "presence": "present"}] + [
        {"agency": code, "name": name, "presence": "apologies" if at == away else "present"}
        for at, (code, name) in enumerate(others)
    ]
