"""Are doubtful pairs shown with their evidence to who may decide, decided for the next build, and taken back again?"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from analysis.questions.builds import current_build
from dashboard.decisions_database import open_decisions
from dashboard.sign_in import Viewer
from dashboard.view_models.who_is_who import Pair, page_sentence
from partnership.identity_reading import decisions_in_force, numbers_in_force
from partnership.vocabulary import Role
from tests.dashboard.built import all_text, opened, viewer

PAIR = ("R-1", "R-2")
ROLES = [role for role in Role if role is not Role.OPERATOR]


def with_a_pair(store: Path, area: str) -> tuple[str, str]:
    """Write one doubtful pair of two repeat callers of an area into the store's build; their ids."""
    build = current_build(store)
    contacts = build.frame("contacts").filter(
        pl.col("key_type") == "caller", pl.col("neighbourhood_code") == area, pl.col("is_domestic")
    )
    one, other = contacts.group_by("key_id").len().sort("len", "key_id", descending=True)["key_id"].head(2)
    pair = {
        "pair_reference": ["D-1"],
        "reference_a": [PAIR[0]],
        "reference_b": [PAIR[1]],
        "person_a": [one],
        "person_b": [other],
        "score": [0.71],
        "evidence": ["same_number|name_one_letter|births_differ"],
    }
    pl.DataFrame(pair).write_parquet(build.path / "doubtful.parquet")
    records = build.frame("person_records")
    said = (
        pl.when(pl.col("person_id") == one)
        .then(pl.lit(PAIR[0]))
        .when(pl.col("person_id") == other)
        .then(pl.lit(PAIR[1]))
    )
    records.with_columns(record_reference=said).write_parquet(build.path / "person_records.parquet")
    return str(one), str(other)


def words(app: AppTest) -> str:
    return all_text(app).replace("\\", "")


def opened_pair(who: Viewer) -> AppTest:
    """The page with its one pair opened."""
    return opened(who, "who_is_who").button(key="who_pairs_0_open").click().run()


def pressed(app: AppTest, form: str, verdict: str, why: str | None) -> AppTest:
    """The form after a reason was chosen and a button pressed."""
    reason = next(
        box for box in app.selectbox if str(box.key).startswith(f"who_{form}_") and str(box.key).endswith("_why")
    )
    if why:
        reason.set_value(why)
    send = next(
        one for one in app.button if str(one.key).startswith(f"who_{form}_") and str(one.key).endswith(f"_{verdict}")
    )
    return send.click().run()


def in_force(store: Path) -> tuple[tuple[tuple[str, str, str], ...], tuple[tuple[str, str], ...]]:
    """What the build would be given."""
    database = open_decisions(store)
    with database.read() as session:
        found = decisions_in_force(session), numbers_in_force(session)
    database.close()
    return found


@pytest.fixture
def inspector(writable_store: Path) -> Viewer:
    return viewer(Role.SECTOR_INSPECTOR, store=writable_store)


def test_a_pair_is_looked_at_decided_and_undone(inspector: Viewer, writable_store: Path) -> None:
    area = next(
        one["code"]
        for one in current_build(writable_store).manifest["facts"]["neighbourhoods"]
        if one["sector"] in inspector.areas
    )
    with_a_pair(writable_store, area)
    app = opened_pair(inspector)
    shown = words(app)
    assert "One pair may be one person or two. One of them would change a top ten." in shown
    assert "The same number, names differ by one letter. But: different dates of birth." in shown
    assert "as one person" in shown.lower() and "if one person" in shown
    refused = pressed(app, "pair", "same", None)
    assert "Choose why" in refused.error[0].value and in_force(writable_store)[0] == ()
    app = pressed(app, "pair", "same", "known_to_officers")
    assert not app.exception
    assert "the two are one person; the rankings change with the next build" in app.success[0].value.replace("\\", "")
    assert in_force(writable_store)[0] == ((*PAIR, "same"),)
    shown = words(app)
    assert f"Same person: {inspector.name}" in shown and "known to officers" in shown
    assert "No pair waits for a decision" in shown
    app = pressed(app, "undo", "undo", "mistake")
    assert not app.exception and in_force(writable_store)[0] == ()
    assert "decided by mistake" in words(app) and "One pair may be one person or two" in words(app)


def test_both_records_are_side_by_side_for_a_purpose_only(writable_store: Path) -> None:
    analyst = viewer(Role.ANALYST, store=writable_store)
    both = with_a_pair(writable_store, "S-N01")
    logs = current_build(writable_store).frame("incidents", ["caller_id", "caller_name"]).drop_nulls()
    names = [logs.filter(pl.col("caller_id") == person)["caller_name"].mode().sort()[0] for person in both]
    app = opened_pair(analyst)
    assert not any(name in words(app) for name in names)
    app.text_input(key="who_both_why").set_value("two records to compare")
    app.button(key="who_both_go").click().run()
    assert all(name in words(app) for name in names)
    app.button(key="who_both_mask").click().run()
    assert not any(name in words(app) for name in names)


def test_a_number_is_marked_and_unmarked(writable_store: Path) -> None:
    analyst = viewer(Role.ANALYST, store=writable_store)
    with_a_pair(writable_store, "S-N01")
    app = opened(analyst, "who_is_who").button(key="who_numbers_0_open").click().run()
    app = pressed(app, "mark", "personal", "known_to_officers")
    assert not app.exception and [kind for _, kind in in_force(writable_store)[1]] == ["personal"]
    assert "marked as a person's own" in words(app)
    app = pressed(app, "mark", "undo", "mistake")
    assert not app.exception and in_force(writable_store)[1] == ()


def test_an_inspector_of_another_sector_sees_no_pair(inspector: Viewer, writable_store: Path) -> None:
    build = current_build(writable_store)
    facts = build.frame("search_facts")
    mine = [area["code"] for area in build.manifest["facts"]["neighbourhoods"] if area["sector"] in inspector.areas]
    other = next(
        area["code"]
        for area in build.manifest["facts"]["neighbourhoods"]
        if area["sector"] not in inspector.areas
        and not facts.filter(pl.col("person_id").is_in(with_a_pair(writable_store, area["code"])))["neighbourhood_code"]
        .is_in(mine)
        .any()
    )
    pair = with_a_pair(writable_store, other)
    app = opened(inspector, "who_is_who")
    assert not app.exception and not any(person in words(app) for person in pair)
    assert "No pair waits for a decision in your area" in words(app)


def test_only_inspectors_and_analysts_are_shown_a_pair_or_a_number(writable_store: Path) -> None:
    pair = with_a_pair(writable_store, "S-N01")
    shown = {role: words(opened(viewer(role, store=writable_store), "who_is_who")) for role in ROLES}
    assert "One pair may be one person or two" in shown[Role.ANALYST]
    assert "Whose number is it?" in shown[Role.SECTOR_INSPECTOR] and "Whose number is it?" in shown[Role.ANALYST]
    others = {role: said for role, said in shown.items() if role not in {Role.SECTOR_INSPECTOR, Role.ANALYST}}
    assert not [role for role, said in others.items() if "T-" in said or any(person in said for person in pair)]
    assert not any("Whose number is it?" in said for said in others.values())
    assert "Who are you today?" in words(opened(None, "who_is_who"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ((False, False), "Two pairs may be one person or two. None of them would change a top ten."),
        ((False, True), "Two pairs may be one person or two. One of them would change a top ten."),
    ],
)
def test_the_sentence_says_how_many_pairs_matter_for_a_list(changed: tuple[bool, ...], said: str) -> None:
    pairs = [
        Pair(f"W-{at}", "R-1", "R-2", "P-1", "P-2", 0.5, (), ("N1",), ("N1",) if is_changed else (), 1, 1, 2)
        for at, is_changed in enumerate(changed)
    ]
    assert page_sentence(pairs, {}) == said
