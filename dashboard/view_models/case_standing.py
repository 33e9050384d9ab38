"""Whose is a case, who else may see it, and who does an action? A form for each, where it can succeed."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.build_facts import Neighbourhood
from dashboard.components.field_form import Field, FieldForm, FieldKind
from dashboard.view_models.action_update import may_do
from dashboard.view_models.person_forms import CASE, Around
from partnership.authority import Deed
from partnership.views import ActionView, CaseView
from partnership.vocabulary import OPEN_ACTION_STATES

RESTRICTED_TO = (
    "From then on only the sector inspector, public protection and the agencies it is shared with open the case. "
    "To everybody else it looks as if there were none."
)


def standing_forms(case: CaseView, around: Around, areas: Sequence[Neighbourhood]) -> tuple[FieldForm, ...]:
    """The forms that hand the case over, and that close it to others or open it again.

    Args:
        case: as it was read.
        around: who is looking, and on which day.
        areas: the force's neighbourhoods.
    """
    forms = []
    others = tuple(
        (area.code, f"{area.name}, {area.sector}")
        for area in sorted(areas, key=lambda area: (area.sector, area.name))
        if area.code != case.neighbourhood
    )
    if others and may_do(around.viewer, Deed.CHANGE_CASE, around.today):
        forms.append(_hand_over_form(case, others))
    if may_do(around.viewer, Deed.RESTRICT_CASE, around.today):
        forms.append(_restriction_form(case))
    return tuple(forms)


def change_form(action: ActionView, around: Around) -> FieldForm | None:
    """The form that says an open action better or gives it to somebody else; None where there is nothing to change."""
    if action.status not in OPEN_ACTION_STATES or not may_do(around.viewer, Deed.DIRECT_ACTION, around.today):
        return None
    agencies = tuple((agency.code, agency.name) for agency in around.agencies)
    return FieldForm(
        "change_action",
        "Change the words or the owner of this action",
        "Save the action",
        (
            Field("what", "The action in better words: one thing", value=action.what),
            Field("owner_agency", "Which agency does it", FieldKind.CHOICE, action.owner_agency, agencies),
            Field("owner_name", "Who does it: one named person", FieldKind.LINE, action.owner_name),
        ),
        action.version,
        action.action_id,
        said="A later day is given above, by carrying the action: that is counted.",
    )


def _hand_over_form(case: CaseView, others: tuple[tuple[str, str], ...]) -> FieldForm:
    return FieldForm(
        "change_owning_neighbourhood",
        "Hand the case to another neighbourhood",
        "Hand the case over",
        (
            Field("neighbourhood", "To which neighbourhood", FieldKind.CHOICE, None, others),
            Field("reason", "Why, such as that the person has moved"),
        ),
        case.version,
        case.case_id,
        said="Plans, actions and history go with it. It leaves your cases where the neighbourhood is not one of yours.",
        record=CASE,
    )


def _restriction_form(case: CaseView) -> FieldForm:
    deed, title, button, why = (
        ("unrestrict_case", "Lift the restriction", "Lift the restriction", "Why it is lifted")
        if case.is_restricted
        else ("restrict_case", "Restrict the case", "Restrict the case", "Why it is restricted")
    )
    return FieldForm(
        deed,
        title,
        button,
        (Field("reason", why),),
        case.version,
        case.case_id,
        said="Everybody in its area opens it again." if case.is_restricted else RESTRICTED_TO,
        record=CASE,
    )
