"""Who is one person, worked out record by record and person by person, slowly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations

from analysis.people.named_only import UsualBearer


@dataclass(frozen=True)
class Said:
    """What one record says, in normal form."""

    phone: str | None = None
    name: str | None = None
    birth: date | None = None
    nominal: str | None = None

    @property
    def is_identified(self) -> bool:
        return bool(self.nominal or (self.name and self.birth) or self.phone)


def is_full(name: str | None) -> bool:
    return name is not None and sum(len(word) > 1 for word in name.split(" ")) >= 2


def can_be_short_for(weak: str, full: str) -> bool:
    """Some choice of different words of the full name fits every word of the weak one."""
    words = weak.split(" ")
    return any(
        all(
            word == other or (len(word) == 1 and other.startswith(word))
            for word, other in zip(words, chosen, strict=True)
        )
        for chosen in permutations(full.split(" "), len(words))
    )


@dataclass
class Person:
    """Some records taken together."""

    records: set[int]
    said: list[Said] = field(repr=False)

    def all(self, part: str) -> set[object]:
        return {value for record in self.records if (value := getattr(self.said[record], part)) is not None}

    def names_on(self, phone: object) -> set[str]:
        return {self.said[r].name for r in self.records if self.said[r].phone == phone and self.said[r].name}  # type: ignore[misc]

    @property
    def strength(self) -> int:
        if any(is_full(self.said[r].name) for r in self.records):
            return 0
        return (1 if self.all("name") else 4) + (0 if self.all("nominal") else 1 if self.all("birth") else 2)

    def contradicts(self, other: Person) -> bool:
        if self.all("nominal") and other.all("nominal"):
            return True
        return bool(self.all("birth") and other.all("birth") and not self.all("birth") & other.all("birth"))


class Register:
    """People as they are taken together, one step after the other."""

    def __init__(self, said: list[Said]) -> None:
        self.said = said
        groups: dict[object, set[int]] = {}
        for record, one in enumerate(said):
            groups.setdefault(self._first_key(one, record), set()).add(record)
        self.people = [Person(records, said) for records in groups.values()]

    def _first_key(self, one: Said, record: int) -> object:
        if one.nominal:
            return ("nominal", one.nominal)
        if one.name and one.birth:
            bearers = {o.nominal for o in self.said if o.nominal and (o.name, o.birth) == (one.name, one.birth)}
            if len(bearers) > 1:
                bearers &= {o.nominal for o in self.said if one.phone and o.phone == one.phone}
            return ("nominal", bearers.pop()) if len(bearers) == 1 else ("born", one.name, one.birth)
        return ("number", one.phone, one.name, one.birth)

    def merge(self, moves: Iterable[tuple[Person, Person]]) -> None:
        for person, target in moves:
            target.records |= person.records
            self.people = [other for other in self.people if other is not person]

    def by_number_and_name(self) -> None:
        def full_names(person: Person) -> set[tuple[str, str]]:
            return {
                (s.phone, s.name) for r in person.records if (s := self.said[r]).phone and s.name and is_full(s.name)
            }

        listed = [p for p in self.people if p.all("nominal")]
        dated = [p for p in self.people if not p.all("nominal") and p.all("name") and p.all("birth")]
        pairs = [(d, n) for d in dated for n in listed if full_names(d) & full_names(n) and not d.contradicts(n)]
        moves = []
        for d, n in pairs:
            births = {b for other, target in pairs if target is n for b in other.all("birth")}
            if sum(other is d for other, _ in pairs) == 1 and (n.all("birth") or len(births) == 1):
                moves.append((d, n))
        self.merge(moves)
        bare = [p for p in self.people if not p.all("nominal") and not p.all("birth") and full_names(p)]
        moves = []
        for p in bare:
            others = [o for o in self.people if o is not p and full_names(o) & full_names(p)]
            moves += [(p, others[0])] if len(others) == 1 else []
        self.merge(moves)

    def join_the_weak(self, strength: int) -> None:
        strengths = {id(p): p.strength for p in self.people}
        followers = [p for p in self.people if strengths[id(p)] == strength]
        leaders = [p for p in self.people if strengths[id(p)] < strength]
        chosen = []
        for follower in followers:
            found = self._possible(follower, leaders, strengths, strength)
            found = [leader for leader in found if not follower.contradicts(leader)]
            chosen += [(follower, found[0])] if len(found) == 1 else []
        moves = []
        for follower, leader in chosen:
            beside = [other for other, target in chosen if target is leader]
            nominals = {nominal for other in beside for nominal in other.all("nominal")}
            births = {birth for other in beside for birth in other.all("birth")}
            is_clear = leader.all("birth") or len(births) <= 1 or follower.all("nominal")
            if len(nominals) <= 1 and is_clear:
                moves.append((follower, leader))
        self.merge(moves)

    def _possible(
        self, follower: Person, leaders: list[Person], strengths: dict[int, int], strength: int
    ) -> list[Person]:
        if strength < 4:
            return [leader for leader in leaders if any(self._fits(follower, leader, p) for p in follower.all("phone"))]
        on: Callable[[Person, object], bool] = lambda leader, phone: phone in leader.all("phone")
        found: list[Person] = []
        for phone in follower.all("phone"):
            here = [leader for leader in leaders if on(leader, phone)]
            better = [leader for leader in here if strengths[id(leader)] < 5]
            found += [p for p in (better or (here if strength == 6 else [])) if not any(p is f for f in found)]
        return found

    def _fits(self, follower: Person, leader: Person, phone: object) -> bool:
        return any(
            weak == name or (is_full(name) and can_be_short_for(weak, name))
            for weak in follower.names_on(phone)
            for name in leader.names_on(phone)
        )


def people_of(said: list[Said]) -> set[frozenset[int]]:
    """Which of the records, by their places in the list, are of one person. Every record is identified."""
    register = Register(said)
    register.by_number_and_name()
    for strength in range(1, 7):
        register.join_the_weak(strength)
    return {frozenset(person.records) for person in register.people}


def slips_apart(one: str, other: str) -> int:
    """Letters changed, added, dropped, or two neighbours swapped, at least; no letter touched twice."""
    rows = [[max(i, j) if min(i, j) == 0 else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            changed = rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@dataclass(frozen=True)
class NamedRecord:
    """A record that gives a full name: of somebody known, or of whom nothing else is known."""

    person: int
    is_known: bool
    name: str
    area: str | None
    has_number: bool
    birth: date | None = None


def bearer_of(person: int, records: list[NamedRecord], settings: UsualBearer) -> int | None:
    """Who makes enough of all records such as this person's, added up one by one."""
    own = [one for one in records if one.person == person]
    if len({(one.name, one.area, one.birth) for one in own}) != 1:
        return None
    name, area, birth = own[0].name, own[0].area, own[0].birth
    known = [one for one in records if one.is_known]
    share = sum(not one.has_number for one in known) / max(len(known), 1)
    placed = [one for one in known if one.area is not None]
    base = sum(one.area == area for one in placed) / max(len(placed), 1)
    count = {p: [one for one in known if one.person == p] for p in {one.person for one in known}}
    rate = {
        p: (sum(not one.has_number for one in theirs) + settings.typical_records * share)
        / (len(theirs) + settings.typical_records)
        for p, theirs in count.items()
    }
    given = 1.0 if birth is None else sum(one.birth == birth for one in known) / max(len(known), 1)
    singles = [rate[p] for p, theirs in count.items() if len(theirs) == 1]
    makes, unknown = {}, 0.0
    for p, theirs in count.items():
        if all(one.name != name for one in theirs):
            continue
        there = sum(one.area == area for one in theirs)
        spread = (1 - settings.area_share) * len(theirs) * base + settings.area_share * there
        is_dated = birth is not None and any(one.birth is not None for one in theirs)
        part = sum(one.birth == birth for one in theirs) / len(theirs) if is_dated else given
        makes[p] = rate[p] * part * (len(theirs) if area is None else spread)
        unknown += rate[p] * (len(theirs) == 1)
    if not makes:
        return None
    strangers = settings.strangers * (sum(singles) / len(singles) if singles else 1.0)
    total = sum(makes.values()) + (unknown + strangers) * given * (1.0 if area is None else base)
    best = max(makes, key=lambda p: makes[p])
    return best if total and makes[best] >= settings.at_least * total else None
