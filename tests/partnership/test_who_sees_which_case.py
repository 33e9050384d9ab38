"""Who may read a case: the rule, the SQL and a careful clerk agree, for every role, area, restriction and share."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import select

from partnership.authority import Actor, Deed, Matter, may
from partnership.cases import restrict_case
from partnership.errors import NO_SUCH_RECORD, NoSuchRecord
from partnership.finding import is_open_to
from partnership.models import Case
from partnership.reading import case_by_reference, cases_for, plans_by_person
from partnership.vocabulary import Role, ShareLevel
from tests.partnership.builders import GEOGRAPHY, TODAY, WHO, Desk
from tests.partnership.oracles import may_read

CASES = list(itertools.product(("ALDER", "BROOK", "CEDAR", "unlocated"), (False, True), (False, True)))


@pytest.mark.parametrize("who", WHO)
def test_the_sql_scope_the_rule_and_the_clerk_agree(desk: Desk, who: str) -> None:
    expected, ruled = set(), set()
    actor = desk.actor(who)
    for number, (neighbourhood, is_restricted, is_shared) in enumerate(CASES):
        case = desk.case(f"P-{number}", neighbourhood)
        if is_restricted:
            desk.do(restrict_case, "ppu", reference=case.reference, reason="A colleague.", seen_version=1)
        if is_shared:
            desk.share(case, "HOUSING")
        sees_share = is_shared and who == "housing"
        matter = Matter(neighbourhood, None, is_restricted, ShareLevel.CASE if sees_share else None)
        if may(actor, Deed.READ_CASE, matter, geography=GEOGRAPHY):
            ruled.add(f"P-{number}")
        if may_read(
            actor.role,
            set(actor.areas),
            GEOGRAPHY,
            neighbourhood=neighbourhood,
            is_restricted=is_restricted,
            is_shared=sees_share,
        ):
            expected.add(f"P-{number}")
    with desk.database.read() as session:
        read = set(session.scalars(select(Case.person_id).where(is_open_to(actor, GEOGRAPHY))))
    assert (read, ruled) == (expected, expected)


@pytest.mark.parametrize("deed", list(Deed))
def test_the_auditor_may_do_nothing_but_read_the_log(deed: Deed) -> None:
    auditor = Actor(1, "Auditor", "auditor@example.org", Role.AUDITOR, frozenset({"SOUTH", "ALDER"}), None, TODAY)
    matter = None if deed is Deed.READ_LOG else Matter("ALDER", "SOUTH", False, ShareLevel.CASE, "HOUSING")
    assert may(auditor, deed, matter, geography=GEOGRAPHY) is (deed is Deed.READ_LOG)


def test_absent_and_forbidden_are_refused_in_the_same_words(desk: Desk) -> None:
    case = desk.case("P-1", "CEDAR")
    said = []
    for reference in (case.reference, "absent"):
        with pytest.raises(NoSuchRecord) as refused:
            desk.ask(case_by_reference, "officer", reference, GEOGRAPHY)
        said.append(str(refused.value))
    assert said == [NO_SUCH_RECORD, NO_SUCH_RECORD]


def test_a_partner_reads_no_case_by_the_police_questions(desk: Desk) -> None:
    case = desk.case()
    desk.share(case)
    desk.plan(case)
    assert desk.ask(cases_for, "housing", GEOGRAPHY) == ()
    assert desk.ask(plans_by_person, "housing", ["P-1"], GEOGRAPHY) == {}
