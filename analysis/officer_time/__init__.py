"""How much officer time did each incident take, and how sure is that?"""

from analysis.officer_time.committed import united_minutes_by_officer
from analysis.officer_time.split import OfficerTime, split_officer_time
from analysis.officer_time.units import UNITS_PER_MILLISECOND, UNITS_PER_MINUTE, minutes

__all__ = [
    "UNITS_PER_MILLISECOND",
    "UNITS_PER_MINUTE",
    "OfficerTime",
    "minutes",
    "split_officer_time",
    "united_minutes_by_officer",
]
