"""Are the tables the same whether steps run beside each other or one after the other, and whoever's key was before?"""

from __future__ import annotations

import shutil
from pathlib import Path

from analysis.build import make_build
from analysis.questions.builds import load_assumptions
from analysis.store import Build
from analysis.store.key import secret_key
from tests.analysis.build.force import BUILT_AT, HEADER, LOGS, write_force

MORE = "M1,2013-11-02T10:00,400500,280500,N1,999,early,yes,Jo Sandal,07700 900009,victim,\n"


def build_of(sources: Path, store: Path, *, side_by_side: bool = True) -> Build:
    return make_build(
        sources, store, assumptions=load_assumptions(), built_at=BUILT_AT, side_by_side=side_by_side
    ).build


def test_steps_beside_each_other_make_the_tables_of_steps_one_after_the_other(tmp_path: Path) -> None:
    sources, first, second = write_force(tmp_path / "force"), tmp_path / "first", tmp_path / "second"
    secret_key(first)
    shutil.copytree(first, second)
    beside, after = build_of(sources, first), build_of(sources, second, side_by_side=False)
    assert beside.manifest == after.manifest
    for table in beside.manifest["rows"]:
        assert beside.frame(table).equals(after.frame(table)), table


def test_references_of_the_build_before_are_taken_over_and_not_those_of_another_key(tmp_path: Path) -> None:
    sources, store = write_force(tmp_path / "force"), tmp_path / "store"
    before = build_of(sources, store).frame("references")
    write_force(sources.parent, logs=LOGS + MORE.removeprefix(HEADER))
    more = build_of(sources, store).frame("references")
    assert more.join(before, on=["key_type", "key_id"])["reference"].sort().equals(before["reference"].sort())
    assert set(more["key_id"]) - set(before["key_id"]) == {"+447700900009"}
    (store / "key").write_text("00" * 32)
    other = build_of(sources, store).frame("references")
    assert not set(other["reference"]) & set(more["reference"])
