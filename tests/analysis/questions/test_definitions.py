"""Who enters and who leaves a neighbourhood's list when the definition of a repeat is switched?"""

from __future__ import annotations

import pytest

from analysis.disclosure import Audience, partner, police
from analysis.errors import QuestionError
from analysis.questions.builds import Build, load_assumptions
from analysis.questions.definitions import DefinitionSwitch, switch_definition
from analysis.questions.ranking import ranked
from analysis.questions.view import View
from tests.analysis.questions.demand_force import AS_OF, build_force, person


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build_force(tmp_path_factory.mktemp("definitions"))


def asked(
    build: Build, other: str, *, base: str = "repeat_caller_force", audience: Audience | None = None
) -> DefinitionSwitch:
    return switch_definition(
        build,
        View(AS_OF),
        audience or police(None),
        base=base,
        other=other,
        assumptions=load_assumptions(),
        length=10,
    )


def changes(found: DefinitionSwitch) -> dict[str, str]:
    return dict(found.changes.rows.select("key_id", "change").iter_rows())


def test_by_three_in_six_months_two_leave_and_one_stays(build: Build) -> None:
    ann, bob, dan = (person(build, log) for log in ("L1", "L4", "L8"))
    assert changes(asked(build, "three_in_six_months")) == {ann: "stays", bob: "leaves", dan: "leaves"}


def test_by_the_marac_repeat_those_referred_stay(build: Build) -> None:
    # Ann rang on 20 November after a referral of the 6th, Bob on the 7th after one of the 6th; Dan was not referred.
    found = changes(asked(build, "marac_repeat_present"))
    assert found == {person(build, "L1"): "stays", person(build, "L4"): "stays", person(build, "L8"): "leaves"}


def test_by_the_older_version_nobody_is_left_for_no_crime_came_of_it(build: Build) -> None:
    assert set(changes(asked(build, "marac_repeat_older")).values()) == {"leaves"}


def test_the_contacts_that_either_definition_counts_stand_beside_each_other(build: Build) -> None:
    # After a referral Ann rang once more, and so did Bob; of Dan's two calls none followed one.
    rows = asked(build, "marac_repeat_present").changes.rows.select("key_id", "contacts", "other_contacts").rows()
    assert set(rows) == {(person(build, "L1"), 3, 1), (person(build, "L4"), 2, 1), (person(build, "L8"), 2, 0)}


def test_each_neighbourhood_is_counted(build: Build) -> None:
    counts = asked(build, "three_in_six_months").counts.rows
    assert counts.drop("area_name").rows() == [("N1", 2, 1, 1, 0, 1, 1), ("N2", 1, 0, 0, 0, 1, 0)]


def test_the_force_s_own_definition_is_the_ranking(build: Build) -> None:
    found = asked(build, "repeat_caller_force").changes.rows
    listed = ranked(build, View(AS_OF).ranking_filters(top=0), minimum_contacts=2)
    columns = ["area_code", "key_id", "position", "rank"]
    assert found.sort("area_code", "position").select(columns).rows() == listed.select(columns).rows()


def test_an_officer_is_given_the_own_neighbourhood_only(build: Build) -> None:
    found = asked(build, "three_in_six_months", audience=police(frozenset({"N2"})))
    assert [one.rows["area_code"].unique().to_list() for one in (found.changes, found.counts)] == [["N2"], ["N2"]]


def test_a_partner_is_given_nothing(build: Build) -> None:
    audience = partner("Housing", shared_persons=frozenset({person(build, "L1")}), threshold=5)
    found = asked(build, "three_in_six_months", audience=audience)
    assert (found.changes.rows.width, found.counts.rows.width) == (0, 0)


def test_a_definition_nobody_wrote_is_refused(build: Build) -> None:
    with pytest.raises(QuestionError, match="no such definition"):
        asked(build, "somebody_s")


def test_nothing_is_lacking_where_referrals_and_crimes_are_given(build: Build) -> None:
    assert asked(build, "marac_repeat_older").lacking == frozenset()
