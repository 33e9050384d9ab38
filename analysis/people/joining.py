"""Which presumed persons are one, given how likely each pair is and what people have decided?"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from analysis.people.comparison import Bools, Compared
from analysis.people.full_names import Floats
from analysis.people.groups import Decided, Groups
from analysis.people.profiles import Profiles
from analysis.people.words import Ints

_SHIFT = np.int64(32)
_LEAST = 1e-12


def join(
    profile: Profiles,
    compared: Compared,
    probability: Floats,
    decided: Decided,
    *,
    at_least: float,
    refuses_below: float,
) -> Ints:
    """The person of each presumed person: the number of the first of those who are one.

    People known by a full name are joined first, the likeliest pair first: never two nominal ids, never two dates of
    birth that no slip explains, never where most of the pairs between the two groups say otherwise. Whoever is known
    by less then joins the one group that is likely and without a rival, and so never brings two together. What people
    decided beats all of it.

    Args:
        profile: what is known of each presumed person.
        compared: the pairs.
        probability: of each pair.
        decided: what people decided.
        at_least: the probability that joins.
        refuses_below: a pair of a lower probability speaks against joining the groups of the two.
    """
    is_likely = (probability >= at_least) & ~compared.contradicts
    weak = profile.is_weak[compared.one] | profile.is_weak[compared.other]
    strong = np.flatnonzero(is_likely & ~weak)
    against = np.flatnonzero((probability < refuses_below) & ~weak)
    root = _grown(profile, compared, probability, strong, against, decided)
    chosen = _unrivalled(profile, compared, probability, root, at_least=at_least, refuses_below=refuses_below)
    if not len(chosen):
        return root
    return _attached(profile, compared, probability, root, chosen, decided)


def components(people: int, one: Ints, other: Ints) -> Ints:
    """The lowest number in the connected group of each."""
    root = np.arange(people)
    while True:
        low = np.minimum(root[one], root[other])
        before = root.copy()
        np.minimum.at(root, one, low)
        np.minimum.at(root, other, low)
        root = root[root]
        if (root == before).all():
            return root


def _grown(
    profile: Profiles, compared: Compared, probability: Floats, strong: Ints, against: Ints, decided: Decided
) -> Ints:
    forced = np.array(decided.same, dtype=np.int64).reshape(-1, 2)
    one = np.concatenate([compared.one[strong], forced[:, 0]])
    other = np.concatenate([compared.other[strong], forced[:, 1]])
    root = components(profile.people, one, other)
    doubted = _doubted(profile, compared, root, against, decided)
    if not doubted.any():
        return root
    result = np.where(doubted[root], np.arange(profile.people), root)
    inside = strong[doubted[root[compared.one[strong]]]]
    # Of pairs equally likely those of more records come first: most of what is said of a person is right.
    records = profile.records[compared.one[inside]] + profile.records[compared.other[inside]]
    order = inside[np.lexsort((compared.other[inside], compared.one[inside], -records, -probability[inside]))]
    groups = Groups.of(profile, np.arange(profile.people), root, np.flatnonzero(doubted[root]), decided)
    within = against[(root[compared.one[against]] == root[compared.other[against]])]
    within = within[doubted[root[compared.one[within]]]]
    groups.weigh(compared, strong[doubted[root[compared.one[strong]]]], within)
    for a, b in decided.same:
        if doubted[root[a]]:
            groups.unite(a, b)
    for a, b in zip(compared.one[order].tolist(), compared.other[order].tolist(), strict=True):
        groups.unite_if_agreed(a, b)
    people, lead = groups.leads()
    result[people] = lead
    return result


def _doubted(profile: Profiles, compared: Compared, root: Ints, against: Ints, decided: Decided) -> Bools:
    """Groups that cannot be taken as they are, by their root."""
    doubted = np.zeros(profile.people, dtype=bool)
    for values in (profile.nominal, profile.birth):
        held = np.unique((root[values.person] << _SHIFT) | values.code, sorted=True) if len(values.person) else None
        if held is not None:
            roots = held >> _SHIFT
            doubted[roots[1:][np.diff(roots) == 0]] = True
    # A presumed person may hold several of its own; alone it is no doubt.
    sizes = np.bincount(root, minlength=profile.people)
    doubted &= sizes > 1
    inside = root[compared.one[against]] == root[compared.other[against]]
    doubted[root[compared.one[against][inside]]] = True
    for a, b in decided.different:
        for end in (a, b):
            doubted[root[end]] = sizes[root[end]] > 1 or doubted[root[end]]
    return doubted


def _unrivalled(
    profile: Profiles, compared: Compared, probability: Floats, root: Ints, *, at_least: float, refuses_below: float
) -> Ints:
    """Pairs by which each weakly known person joins the one group that is likely."""
    one_weak, other_weak = profile.is_weak[compared.one], profile.is_weak[compared.other]
    mixed = np.flatnonzero((one_weak != other_weak) & (probability >= refuses_below) & ~compared.contradicts)
    if not len(mixed):
        return mixed
    weak = np.where(one_weak[mixed], compared.one[mixed], compared.other[mixed])
    lead = root[np.where(one_weak[mixed], compared.other[mixed], compared.one[mixed])]
    by = np.lexsort((mixed, -probability[mixed], weak))
    mixed, weak, lead = mixed[by], weak[by], lead[by]
    is_first = np.diff(weak, prepend=-1) != 0
    first = np.flatnonzero(is_first)[np.cumsum(is_first) - 1]
    # Another is a rival unless it is less likely by the odds that joining asks for.
    odds = probability[mixed] / np.maximum(1 - probability[mixed], _LEAST)
    is_rival = (lead != lead[first]) & (odds * at_least / (1 - at_least) > odds[first])
    has_rival = np.zeros(profile.people, dtype=bool)
    has_rival[weak[is_rival]] = True
    chosen = mixed[is_first & ~has_rival[weak]]
    return chosen[probability[chosen] >= at_least]


def _attached(
    profile: Profiles, compared: Compared, probability: Floats, root: Ints, chosen: Ints, decided: Decided
) -> Ints:
    result = root.copy()
    weak = np.where(profile.is_weak[compared.one[chosen]], compared.one[chosen], compared.other[chosen])
    lead = root[np.where(weak == compared.one[chosen], compared.other[chosen], compared.one[chosen])]
    brings = np.zeros(profile.people, dtype=bool)
    brings[profile.birth.person] = True
    brings[profile.nominal.person] = True
    bound = np.zeros(profile.people, dtype=bool)
    for a, b in (*decided.different, *decided.same):
        bound[[a, b]] = True
    is_bound = bound[root]
    bound_roots = np.zeros(profile.people, dtype=bool)
    bound_roots[root[is_bound | bound]] = True
    careful = brings[weak] | bound[weak] | bound_roots[lead] | (root[weak] != weak)
    result[weak[~careful]] = lead[~careful]
    some = np.flatnonzero(careful)
    if not len(some):
        return result
    touched = np.zeros(profile.people, dtype=bool)
    touched[root[weak[some]]] = touched[lead[some]] = True
    people = np.flatnonzero(touched[root])
    merged = components(
        profile.people, np.concatenate([weak[some], people]), np.concatenate([lead[some], root[people]])
    )
    groups = Groups.of(profile, root, merged, people, decided)
    # Those who would bring different dates of birth or nominal ids to one who has none all stay apart.
    order = some[np.lexsort((weak[some], lead[some], -probability[chosen[some]]))]
    for person, target in _without_conflict(groups, weak[order].tolist(), lead[order].tolist()):
        groups.unite_if_agreed(person, target)
    people, first = groups.leads()
    result[people] = first
    # Whoever joined the first of a group joins what that has become.
    return result[result]


def _without_conflict(groups: Groups, weak: list[int], lead: list[int]) -> list[tuple[int, int]]:
    births: dict[int, set[int]] = defaultdict(set)
    nominals: dict[int, set[int]] = defaultdict(set)
    for person, target in zip(weak, lead, strict=True):
        births[target] |= groups.births.get(person, {}).keys()
        nominals[target] |= groups.nominals.get(person, set())
    kept = []
    for person, target in zip(weak, lead, strict=True):
        is_clear = groups.births.get(target) or not groups.births.get(person) or len(births[target]) == 1
        is_alone = groups.nominals.get(target) or not groups.nominals.get(person) or len(nominals[target]) == 1
        if is_clear and is_alone:
            kept.append((person, target))
    return kept
