"""The force's list of kinds of action."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnership.action_kinds import ActionKind, action_kinds, kind_in_words
from partnership.errors import PartnershipError


def test_the_list_begins_with_those_of_the_report_and_of_practice() -> None:
    assert [kind.code for kind in action_kinds()] == [
        "dash", "joint_visit", "contact_plan", "idva_referral", "marac_referral", "sanctuary_scheme", "police_watch",
        "cocoon_watch", "housing", "mental_health", "substance_misuse", "children", "perpetrator_management", "other",
    ]  # fmt: skip


def test_a_force_keeps_a_list_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "kinds.toml"
    file.write_text('[[kind]]\ncode = "dogs"\nwords = "Dog warden"\n')
    assert action_kinds(file) == (ActionKind("dogs", "Dog warden"),)


@pytest.mark.parametrize(
    "text", ["", "[[kind", '[[kind]]\ncode = "a"\n', '[[kind]]\ncode = "a"\nwords = "A"\n' * 2, "kind = [1]"]
)
def test_a_list_that_cannot_serve_is_refused_and_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "kinds.toml"
    file.write_text(text)
    with pytest.raises(PartnershipError, match=r"kinds\.toml"):
        action_kinds(file)


def test_a_kind_taken_off_the_list_stands_for_itself() -> None:
    assert kind_in_words("retired", action_kinds()) == "retired"
    assert kind_in_words("dash", action_kinds()) == "DASH (risk assessment) completed"
