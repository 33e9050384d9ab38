"""What does a page ask about? The weeks, the lens and the part of the force; one value shared by all questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.demand.areas import AreaKind as AreaKind
from analysis.demand.contacts import KeyType as KeyType
from analysis.disclosure import Audience
from analysis.questions.ranking import RankingFilters
from analysis.ranking.order import Lens as Lens


@dataclass(frozen=True)
class View:
    """The filters of a page; hashable, part of every cache key.

    Attributes:
        as_of: the day after the window, a Monday on every page.
        weeks: length of the window.
        neighbourhoods: the codes asked about; None is everything in the audience's scope.
    """

    as_of: date
    weeks: int = 52
    lens: Lens = Lens.CONTACTS
    domestic_only: bool = True
    neighbourhoods: tuple[str, ...] | None = None

    def in_scope(self, audience: Audience) -> frozenset[str] | None:
        """The codes asked about that the audience may see; None is the whole force."""
        if audience.neighbourhoods is None:
            return None if self.neighbourhoods is None else frozenset(self.neighbourhoods)
        if self.neighbourhoods is None:
            return audience.neighbourhoods
        return audience.neighbourhoods & frozenset(self.neighbourhoods)

    def ranking_filters(
        self, *, key_type: KeyType = KeyType.CALLER, area: AreaKind = AreaKind.NEIGHBOURHOOD, top: int = 10
    ) -> RankingFilters:
        """The ranking under these filters."""
        return RankingFilters(
            self.as_of,
            self.weeks,
            lens=self.lens,
            key_type=key_type,
            area=area,
            domestic_only=self.domestic_only,
            top=top,
        )
