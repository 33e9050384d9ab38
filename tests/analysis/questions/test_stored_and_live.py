"""Do whole pages say the same, whether their days are stored or made anew from the contacts?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assumptions import load
from analysis.disclosure import Audience, Released, partner, police
from analysis.questions.this_week import Usual, this_week
from analysis.questions.top_ten import top_ten
from analysis.questions.view import Lens, View
from tests.dashboard.built import built


@cache
def areas() -> tuple[str, ...]:
    return tuple(sorted(area["code"] for area in built().manifest["facts"]["neighbourhoods"]))


@cache
def busiest_people() -> frozenset[str]:
    persons = built().frame("persons", ["person_id", "contacts"])
    return frozenset(persons.top_k(40, by="contacts")["person_id"])


def mondays() -> st.SearchStrategy[date]:
    newest = date.fromisoformat(built().manifest["facts"]["default_as_of"])
    return st.integers(0, 30).map(lambda back: newest - timedelta(weeks=back))


def audiences() -> st.SearchStrategy[Audience]:
    scopes = st.frozensets(st.sampled_from(areas()), min_size=1, max_size=4)
    shared = st.just(partner("Housing", shared_persons=busiest_people(), threshold=5))
    return st.one_of(st.just(police(None)), scopes.map(police), shared)


def views() -> st.SearchStrategy[View]:
    some = st.lists(st.sampled_from([*areas(), "unlocated"]), min_size=1, max_size=3, unique=True).map(tuple)
    return st.builds(
        View,
        mondays(),
        st.sampled_from([1, 4, 26, 52]),
        st.sampled_from(Lens),
        st.booleans(),
        st.one_of(some, some, st.none()),
    )


def released(answer: Any, under: str = "") -> Iterator[tuple[str, Released]]:
    """Every released part of a page's data, by its name."""
    for field in fields(answer):
        part = getattr(answer, field.name)
        if isinstance(part, Released):
            yield under + field.name, part
        elif is_dataclass(part):
            yield from released(part, f"{under}{field.name}.")


def differing(stored: Any, live: Any) -> list[str]:
    """The parts of which any cell, the order, what is withheld or what is said of it differs."""
    pairs = zip(released(stored), released(live), strict=True)
    return [
        name
        for (name, one), (_, other) in pairs
        if not one.rows.equals(other.rows) or (one.n_suppressed, one.notes) != (other.n_suppressed, other.notes)
    ]


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_the_top_ten_of_stored_days_is_the_one_made_live(data: st.DataObject) -> None:
    view, audience = data.draw(views()), data.draw(audiences())
    area, assumed = data.draw(st.sampled_from(areas())), load()
    stored, live = (
        top_ten(built(), view, audience, area=area, assumptions=assumed, is_live=is_live) for is_live in (False, True)
    )
    assert differing(stored, live) == []


@given(data=st.data(), minimum_contacts=st.sampled_from([2, 3]))
@settings(max_examples=25, deadline=None)
def test_the_week_of_stored_days_is_the_one_made_live(data: st.DataObject, minimum_contacts: int) -> None:
    view, audience = data.draw(views()), data.draw(audiences())
    stored, live = (
        this_week(
            built(),
            view,
            audience,
            minimum_contacts=minimum_contacts,
            length=10,
            usual=Usual(10.0, 90.0),
            is_live=is_live,
        )
        for is_live in (False, True)
    )
    assert differing(stored, live) == []


def test_a_page_compared_with_another_area_differs() -> None:
    newest = View(date.fromisoformat(built().manifest["facts"]["default_as_of"]))
    one, other = (top_ten(built(), newest, police(None), area=area, assumptions=load()) for area in areas()[:2])
    assert {"people", "weeks", "lenses.places"} <= set(differing(one, other))
