"""Which groups of presumed persons may be made one, taking pair after pair?"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from analysis.people.comparison import Bools, Compared
from analysis.people.dates_of_birth import dates_contradict
from analysis.people.profiles import Profiles, Values
from analysis.people.words import Ints


@dataclass(frozen=True)
class Decided:
    """What people decided, as pairs of presumed persons."""

    same: tuple[tuple[int, int], ...] = ()
    different: tuple[tuple[int, int], ...] = ()


@dataclass
class Groups:
    """Few groups that need looking at one pair at a time."""

    lead: dict[int, int]
    members: dict[int, list[int]]
    births: dict[int, Counter[int]]
    nominals: dict[int, set[int]]
    contradicting: set[tuple[int, int]]
    forbidden: dict[int, set[int]]
    supports: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    opposes: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, profile: Profiles, lead: Ints, group: Ints, people: Ints, decided: Decided) -> Groups:
        """These people: by `lead` those who are one to begin with, by `group` all who may become one."""
        wanted = np.zeros(profile.people, dtype=bool)
        wanted[people] = True
        members: dict[int, list[int]] = defaultdict(list)
        births: dict[int, Counter[int]] = defaultdict(Counter)
        nominals: dict[int, set[int]] = defaultdict(set)
        in_group: dict[int, set[int]] = defaultdict(set)
        leads = lead[people].tolist()
        for first, person in zip(leads, people.tolist(), strict=True):
            members[first].append(person)
        at, codes = _of_wanted(profile.birth, wanted)
        said = (lead[at], group[at], codes, profile.records[at])
        for first, all_of_them, code, records in zip(*(part.tolist() for part in said), strict=True):
            births[first][code] += records
            in_group[all_of_them].add(code)
        at, codes = _of_wanted(profile.nominal, wanted)
        for first, code in zip(lead[at].tolist(), codes.tolist(), strict=True):
            nominals[first].add(code)
        pairs = [(a, b) for codes in in_group.values() for a in codes for b in codes if a < b]
        forbidden: dict[int, set[int]] = defaultdict(set)
        for a, b in decided.different:
            forbidden[a].add(b)
            forbidden[b].add(a)
        return cls(
            dict(zip(people.tolist(), leads, strict=True)),
            members,
            births,
            nominals,
            dates_contradict(profile.births, pairs),
            forbidden,
        )

    def weigh(self, compared: Compared, supporting: Ints, opposing: Ints) -> None:
        """Remember which pairs speak for and which against."""
        for store, places in ((self.supports, supporting), (self.opposes, opposing)):
            for a, b in zip(compared.one[places].tolist(), compared.other[places].tolist(), strict=True):
                store[a].add(b)
                store[b].add(a)

    def unite(self, a: int, b: int) -> None:
        """Make one group of those of both."""
        one, other = sorted((self.lead[a], self.lead[b]))
        if one == other:
            return
        moved = self.members.pop(other)
        self.members[one] += moved
        for person in moved:
            self.lead[person] = one
        if other in self.births:
            self.births[one].update(self.births.pop(other))
        if other in self.nominals:
            self.nominals[one] |= self.nominals.pop(other)

    def unite_if_agreed(self, a: int, b: int) -> bool:
        """The same, unless something speaks against it."""
        one, other = self.lead[a], self.lead[b]
        if one != other and not self._is_refused(one, other):
            self.unite(a, b)
        return self.lead[a] == self.lead[b]

    def _is_refused(self, one: int, other: int) -> bool:
        if self.nominals.get(one) and self.nominals.get(other) and self.nominals[one] != self.nominals[other]:
            return True
        if self._usual_birth(one, other) in self.contradicting:
            return True
        small, others = sorted((self.members[one], self.members[other]), key=len)
        if not any(person in self.forbidden or person in self.opposes for person in small):
            return False
        large = set(others)
        if any(not large.isdisjoint(self.forbidden.get(person, ())) for person in small):
            return True
        against = sum(len(large & self.opposes[person]) for person in small if person in self.opposes)
        if not against:
            return False
        return against >= sum(len(large & self.supports[person]) for person in small if person in self.supports)

    def _usual_birth(self, one: int, other: int) -> tuple[int, int]:
        """The dates of birth that most records of each give; of several, the first. A slip of one is no matter."""
        usual = [
            min(births, key=lambda code: (-births[code], code)) if (births := self.births.get(lead)) else -1
            for lead in (one, other)
        ]
        return min(usual), max(usual)

    def leads(self) -> tuple[Ints, Ints]:
        """Each person and the first of its group."""
        firsts = {lead: min(members) for lead, members in self.members.items()}
        people = np.fromiter(self.lead, dtype=np.int64, count=len(self.lead))
        return people, np.array([firsts[lead] for lead in self.lead.values()], dtype=np.int64)


def _of_wanted(values: Values, wanted: Bools) -> tuple[Ints, Ints]:
    here = wanted[values.person]
    return values.person[here], values.code[here]
