"""Who is asking, and what may they see at most?"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum

from analysis.errors import AnalysisError

LOWEST_THRESHOLD = 5
"""The design's floor: a force may raise it (to 10), never lower it. The same as `small_count_threshold`."""


class Clearance(StrEnum):
    """What kind of reader this is; a contract names those who may see a column."""

    POLICE = "police"
    PARTNER = "partner"
    AUDITOR = "auditor"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Audience:
    """Everything the gate needs to know of the reader; hashable, so it can be part of every cache key.

    Attributes:
        clearance: the kind of reader.
        neighbourhoods: codes of the neighbourhoods in scope; None is the whole force, an empty set is none.
        agency: the partner's agency; None for the police.
        shared_persons: persons whose cases are shared with that agency now; read for partners only.
        threshold: counts from 1 to one below it are small.

    Raises:
        AnalysisError: the threshold is below the floor, or a partner has no agency.
    """

    clearance: Clearance
    neighbourhoods: frozenset[str] | None
    _: KW_ONLY
    agency: str | None = None
    shared_persons: frozenset[str] = frozenset()
    threshold: int = LOWEST_THRESHOLD

    def __post_init__(self) -> None:
        if self.threshold < LOWEST_THRESHOLD:
            raise AnalysisError(
                f"The small-count threshold is {self.threshold}. "
                f"Set it to {LOWEST_THRESHOLD} or more in the assumptions."
            )
        if self.clearance is Clearance.PARTNER and not self.agency:
            raise AnalysisError("A partner without an agency can be shown nothing. Give the member an agency.")

    @property
    def is_exact(self) -> bool:
        """Whether the reader sees exact counts, times and places: the police only."""
        return self.clearance is Clearance.POLICE


def nobody() -> Audience:
    """The audience of an unknown, expired or removed user: it is shown nothing."""
    return Audience(Clearance.NOBODY, frozenset())


def police(neighbourhoods: frozenset[str] | None) -> Audience:
    """The audience of an officer or analyst, of these neighbourhoods (None: the whole force)."""
    return Audience(Clearance.POLICE, neighbourhoods)


def partner(agency: str, *, shared_persons: frozenset[str], threshold: int) -> Audience:
    """The audience of one agency: suppressed totals of every area, and the persons shared with it."""
    return Audience(
        Clearance.PARTNER,
        None,
        agency=agency,
        shared_persons=shared_persons,
        threshold=threshold,
    )


def auditor() -> Audience:
    """The audience of an auditor, who sees the access log only."""
    return Audience(Clearance.AUDITOR, None)
