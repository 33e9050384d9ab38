"""How are feeds, rules and gaps in the data said in plain words, and what becomes of each?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FEED_WORDS: Mapping[str, str] = {
    "incidents": "Incidents",
    "deployments": "Deployments",
    "people": "People",
    "assessments": "DASH and DARA assessments",
    "crimes": "Crimes",
    "safeguarding": "Safeguarding",
    "places": "Places",
}
RULE_WORDS: Mapping[str, str] = {
    "missing": "a value that is needed is missing",
    "datetime": "not a date and time that can be read",
    "number": "not a number that can be read",
    "value": "not a value the feed can take",
    "end_before_start": "ends before it begins",
    "shape": "not as many values as the header",
}


@dataclass(frozen=True)
class GapWords:
    """What is missing, and what is done about it."""

    what: str
    what_becomes: str


_LOGGED = "Counted in the logged neighbourhood, else as unlocated; never dropped."
_NOBODY = "In no top ten; counted beside it in a list of its own."

GAP_WORDS: Mapping[str, GapWords] = {
    "no_point": GapWords("No coordinates", _LOGGED),
    "zero_point": GapWords("Coordinates 0, 0", _LOGGED),
    "outside_force": GapWords("Coordinates outside every boundary", _LOGGED),
    "no_boundaries": GapWords("Coordinates, but no boundaries to put them in", _LOGGED),
    "no_ward": GapWords("In no ward", "Not on the ward map; its note says how many."),
    "no_neighbourhood": GapWords("In no neighbourhood", "Ranked as one area called Unlocated."),
    "imputed": GapWords(
        "Never cleared, end worked out",
        "Ends at the officer's next assignment or after the usual length for the grade; bounds stand on Top ten.",
    ),
    "orphaned": GapWords(
        "Incident not in the data", "Shares its officer's time; joins its incident when that arrives."
    ),
    "over_cap": GapWords("Longer than a long shift", "Left as recorded, and marked."),
    "crew_assumed": GapWords("Crew not known", "One officer assumed."),
    "imputed_minutes": GapWords("Officer time worked out, not recorded", "Shown as a share beside every total."),
    "no_deployment": GapWords("No deployment recorded", "A contact all the same, with no officer time."),
    "link_broken": GapWords("Linked to a log that is not there, or in a circle", "Stands alone, and is marked."),
    "clock_changed": GapWords(
        "Time in the hour a clock change repeats or skips",
        "Read as summer time, unless it would end before it begins; a skipped hour moves on by one.",
    ),
    "domestic_unknown": GapWords("Not known whether domestic", "Left out of domestic lists, kept in all incidents."),
    "witness": GapWords("Reported by a witness", _NOBODY),
    "third_party": GapWords("Reported by somebody else on their behalf", _NOBODY),
    "professional": GapWords("Reported by a professional", _NOBODY),
    "institution": GapWords("Rung from an institution's number, caller not named", _NOBODY),
    "shared": GapWords("Rung from a number many people use, caller not named", _NOBODY),
    "withheld": GapWords("Number withheld or not taken, caller not named", _NOBODY),
}
