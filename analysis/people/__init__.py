"""Which records are of one person, and by which id is that person known for life?"""

from __future__ import annotations

from analysis.people.ids import KnownIds
from analysis.people.references import keyed_reference
from analysis.people.resolve import People, resolve_people

__all__ = ["KnownIds", "People", "keyed_reference", "resolve_people"]
