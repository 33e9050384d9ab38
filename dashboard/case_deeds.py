"""What does each form of a case do? One verb of the partnership, with what the form sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from dashboard.components.field_form import Sent
from dashboard.components.outcome import Outcome
from dashboard.deeds import do
from dashboard.text import day
from dashboard.view_models.person_forms import Around, last_closed_of, open_plan_of
from dashboard.visit import Visit
from partnership import actions, cases, closing, plans, shares
from partnership.changes import Saved
from partnership.views import CaseView
from partnership.vocabulary import ShareLevel

_STANDING: dict[str, tuple[Callable[..., Saved], str]] = {
    "change_owning_neighbourhood": (cases.change_owning_neighbourhood, "the case is handed over"),
    "restrict_case": (cases.restrict_case, "the case is restricted"),
    "unrestrict_case": (cases.unrestrict_case, "the restriction is lifted"),
}


def open_case(visit: Visit, person_id: str, neighbourhood: str) -> Outcome:
    """Open a person's case in the neighbourhood of their last contact."""
    return do(visit, cases.open_case, saying="the case is open", person_id=person_id, neighbourhood=neighbourhood)


def save(visit: Visit, sent: Sent, case: CaseView, around: Around) -> Outcome:
    """Save what a form sent, against the version its sender first saw."""
    values, seen = sent.values, {"seen_version": sent.seen_version}
    plan = open_plan_of(case)
    if sent.deed == "open_plan":
        fields = _plan_fields(values, around)
        return do(visit, plans.open_plan, saying="the plan is open", reference=case.reference, **fields)
    if sent.deed == "set_safe_contact_note":
        saying = "the safe-contact note stands"
        return do(
            visit, cases.set_safe_contact_note, saying=saying, reference=case.reference, note=values["note"], **seen
        )
    if sent.deed in _STANDING:
        verb, saying = _STANDING[sent.deed]
        return do(visit, verb, saying=saying, reference=case.reference, **values, **seen)
    if sent.deed == "share_case":
        return _share(visit, sent, case)
    if sent.deed == "end_share":
        return _end_share(visit, sent)
    closed = last_closed_of(case)
    if sent.deed == "reopen_plan" and closed is not None:
        saying = "the plan is open again"
        return do(visit, plans.reopen_plan, saying=saying, plan_id=closed.plan_id, reason=values["reason"], **seen)
    if plan is None:
        return Outcome(is_saved=False, said="Nothing was saved. The plan was closed meanwhile; open a new one first.")
    own = {"plan_id": plan.plan_id}
    match sent.deed:
        case "agree_action":
            return do(visit, actions.agree_action, saying=f"an action due {_day(values)}", **own, **values)
        case "change_plan":
            fields = _plan_fields(values, around)
            return do(visit, plans.change_plan, saying="the plan stands as written", **own, **fields, **seen)
        case "inform_ppu":
            return do(visit, plans.inform_ppu, saying="the public protection unit is told", **own, **seen)
        case "sign_off_plan":
            saying = f"the plan is signed off, to be looked at again {_day(values, 'review_on')}"
            return do(visit, plans.sign_off_plan, saying=saying, **own, **values, **seen)
        case _:
            return do(visit, closing.close_plan, saying="the plan is closed", **own, **values, **seen)


def change_action(visit: Visit, sent: Sent, action_id: int) -> Outcome:
    """Save the words or the owner of an action, against the version its sender first saw."""
    return do(
        visit,
        actions.change_action,
        saying="the action stands as written",
        action_id=action_id,
        seen_version=sent.seen_version,
        **sent.values,
    )


def _share(visit: Visit, sent: Sent, case: CaseView) -> Outcome:
    values = sent.values
    agency = str(values["agency"])
    return do(
        visit,
        shares.share_case,
        saying=f"the case is shared with {agency} until {_day(values, 'until')}",
        reference=case.reference,
        agency=agency,
        level=ShareLevel(str(values["level"])),
        until=values["until"],
        seen_version=sent.seen_versions.get(agency, 0),
    )


def _end_share(visit: Visit, sent: Sent) -> Outcome:
    share = str(sent.values["share"])
    return do(
        visit,
        shares.end_share,
        saying="the case is no longer shared with that agency",
        share_id=int(share),
        seen_version=sent.seen_versions.get(share, 0),
    )


def _plan_fields(values: Mapping[str, str | date], around: Around) -> dict[str, object]:
    """The plan's fields as the verb takes them: the owner by number and by name."""
    owner = next(one for one in around.owners if str(one.member_id) == values["owner"])
    kept = {name: value for name, value in values.items() if name != "owner"}
    return {**kept, "owner_member_id": owner.member_id, "owner_name": owner.name}


def _day(values: Mapping[str, str | date], name: str = "due_on") -> str:
    chosen = values[name]
    return day(chosen) if isinstance(chosen, date) else ""
