"""How big is the made-up force that so many incidents call for?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dashboard.sample.errors import SampleError

FIRST_DAY = date(2011, 11, 28)
WEEKS = 105
DAYS = 7 * WEEKS
TODAY = FIRST_DAY + timedelta(days=DAYS)
# Early on the Monday after the last whole week.
EXTRACTED_AT = datetime.combine(TODAY, time(hour=5), UTC)

SMALLEST = 200
ONE_FORCE = 200_000
DEFAULT = 40_000


@dataclass(frozen=True)
class Force:
    """Counts of everything the sample is made of.

    People grow with the incidents, so that nobody rings more often in a larger force. Areas and officers grow
    above `ONE_FORCE` incidents, to at most 300 neighbourhoods and 400 wards.
    """

    incidents: int
    domestic: int
    victims: int
    others: int
    neighbourhoods: int
    wards: int
    sectors: int
    units_a_sector: int
    streets: int
    width_metres: float
    is_large: bool


def plan_force(incidents: int) -> Force:
    """The force for `incidents` logs: one domestic log in eight.

    Raises:
        SampleError: fewer than `SMALLEST` incidents.
    """
    if incidents < SMALLEST:
        raise SampleError(f"--incidents {incidents}: too few for a force. Ask for {SMALLEST} or more.")
    scale = incidents / DEFAULT
    is_large = incidents > ONE_FORCE
    neighbourhoods = min(300, round(12 * scale)) if is_large else 12
    sectors = max(3, neighbourhoods // 12)
    return Force(
        incidents=incidents,
        domestic=incidents // 8,
        victims=max(12, round(2_400 * scale)),
        others=max(36, round(6_000 * scale)),
        neighbourhoods=neighbourhoods,
        wards=min(400, round(20 * scale)) if is_large else 20,
        sectors=sectors,
        units_a_sector=max(6, round(15 * (incidents / sectors) / (DEFAULT / 3))),
        streets=max(120, round(500 * scale)),
        width_metres=9_500.0 * math.sqrt(neighbourhoods / 12),
        is_large=is_large,
    )
