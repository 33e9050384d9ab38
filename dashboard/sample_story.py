"""How does one invented case come about? Its verbs in the order of their days, each by whoever did it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any, TypedDict

from sqlalchemy.orm import Session

from partnership import actions, cases, closing, members, plans, shares
from partnership.authority import Actor
from partnership.changes import Saved
from partnership.vocabulary import ActionState, NotDoneBecause, ShareLevel

RESTRICTED_BECAUSE = "A member of staff knows the family."
HOUR_OF_MEETING = time(10)


@dataclass
class Loaded:
    """What was loaded. `skipped`: cases whose caller the build does not know, or who has a case already."""

    members: int = 0
    meetings: int = 0
    cases: int = 0
    actions: int = 0
    skipped: int = 0


@dataclass(frozen=True)
class Person:
    """Whom a case is about, and the neighbourhoods they rang from, the latest first."""

    person_id: str
    neighbourhoods: tuple[str, ...]


_Deed = Callable[[], object]


class Common(TypedDict):
    """What every verb takes."""

    geography: Mapping[str, str]
    at: datetime


@dataclass
class Loading:
    """One loading: deeds are put down with their day, then done in order of days.

    `told` holds each case's story by the call that names its person; `sittings` the meetings held, by sector and day.
    """

    session: Session
    geography: Mapping[str, str]
    people: Mapping[str, Person]
    partners: Mapping[str, str]
    member_ids: dict[str, int] = field(default_factory=dict)
    told: dict[str, Story] = field(default_factory=dict)
    sittings: dict[tuple[str, str], int] = field(default_factory=dict)
    deeds: list[tuple[date, int, _Deed]] = field(default_factory=list)
    loaded: Loaded = field(default_factory=Loaded)

    def on(self, day: str, deed: _Deed) -> None:
        """Put a deed down for a day."""
        self.deeds.append((date.fromisoformat(day), len(self.deeds), deed))

    def do_all(self) -> None:
        """Do everything in the order it happened."""
        for _, _, deed in sorted(self.deeds, key=lambda entry: entry[:2]):
            deed()

    def common(self, day: str) -> Common:
        """What every verb takes, on a day."""
        return {"geography": self.geography, "at": at_hour(day)}

    def actor(self, email: str, day: str) -> Actor:
        """A member on a day."""
        found = members.sign_in(self.session, email, date.fromisoformat(day))
        assert found is not None, "the sample names its own members only"
        return found


def at_hour(day: str | date) -> datetime:
    """The hour of the weekly meeting on a day (UTC)."""
    return datetime.combine(date.fromisoformat(day) if isinstance(day, str) else day, HOUR_OF_MEETING, UTC)


def tell_case(loading: Loading, said: Mapping[str, Any]) -> None:
    """One case with its plan, actions and shares."""
    opener, opened_on = said["opened_by"], said["opened_on"]
    person = loading.people.get(said["caller_of"])
    sectors = loading.actor(opener, opened_on).areas
    places = () if person is None else person.neighbourhoods
    neighbourhood = next((code for code in places if loading.geography.get(code) in sectors), None)
    is_second = person is not None and any(one.person_id == person.person_id for one in loading.told.values())
    if person is None or neighbourhood is None or is_second:
        loading.loaded.skipped += 1
        return
    shared_on = {share["agency"]: share["on"] for share in said["shares"]}
    story = loading.told[said["caller_of"]] = Story(loading, opener, person.person_id, neighbourhood, shared_on)
    loading.loaded.cases += 1
    loading.on(opened_on, partial(story.open, said))
    if said["plan"] is not None:
        loading.on(opened_on, partial(story.open_plan, said["plan"], opened_on))
    for share in said["shares"]:
        loading.on(share["on"], partial(story.share, share))
    for action in said["actions"]:
        loading.loaded.actions += 1
        _action(loading, story, action)
    for day in (said["plan"] or {"signed_off_on": []})["signed_off_on"]:
        loading.on(day, partial(story.sign_off, said["plan"], day))
    if said["plan"] and said["plan"]["closed"]:
        loading.on(said["plan"]["closed"]["on"], partial(story.close, said["plan"]["closed"]))


def _action(loading: Loading, story: Story, said: Mapping[str, Any]) -> None:
    """One action: agreed, reported on, carried, and what came of it."""
    own = _Action(story, said)
    loading.on(said["agreed_on"], own.agree)
    for step in said["progress"]:
        loading.on(step["on"], partial(own.progress, step))
    for step in said["carried_to"]:
        loading.on(step["on"], partial(own.carry, step))
    if said["completed_on"]:
        loading.on(said["completed_on"], partial(own.complete, said["completed_on"]))
    if said["not_done"]:
        loading.on(said["not_done"]["on"], partial(own.not_done, said["not_done"]))
    if said["cancelled"]:
        loading.on(said["cancelled"]["on"], partial(own.cancel, said["cancelled"]))


@dataclass
class Story:
    """A case while it is told: its reference and the versions that stand."""

    loading: Loading
    opener: str
    person_id: str
    neighbourhood: str
    shared_on: Mapping[str, str]
    reference: str = ""
    plan_id: int = 0
    plan_version: int = 0

    @property
    def sector(self) -> str:
        """The sector whose meeting decides."""
        return self.loading.geography[self.neighbourhood]

    def common(self, day: str) -> Common:
        """What every verb takes, on a day."""
        return self.loading.common(day)

    def who(self, day: str, *, agency: str | None = None) -> Actor:
        """The inspector, or the agency's own member once the case is shared with the agency."""
        partner = self.loading.partners.get(agency or "")
        is_shared = self.shared_on.get(agency or "", day) < day
        return self.loading.actor(partner if partner and is_shared else self.opener, day)

    def open(self, said: Mapping[str, Any]) -> None:
        """The case, which a meeting's agenda of the same day may have opened already."""
        day = said["opened_on"]
        actor, common = self.who(day), self.common(day)
        session, who = self.loading.session, self.person_id
        saved = cases.open_case(session, actor, person_id=who, neighbourhood=self.neighbourhood, **common)
        assert saved.reference is not None
        self.reference = saved.reference
        if said["safe_contact_note"]:
            saved = cases.set_safe_contact_note(
                session,
                actor,
                reference=self.reference,
                note=said["safe_contact_note"],
                seen_version=saved.version,
                **common,
            )
        if said["restricted"]:
            cases.restrict_case(
                session,
                actor,
                reference=self.reference,
                reason=RESTRICTED_BECAUSE,
                seen_version=saved.version,
                **common,
            )

    def open_plan(self, plan: Mapping[str, Any], day: str) -> None:
        saved = plans.open_plan(
            self.loading.session,
            self.who(day),
            reference=self.reference,
            objective=plan["objective"],
            problem=plan["problem"],
            analysis=plan["analysis"],
            owner_name=plan["owner"],
            owner_member_id=self.loading.member_ids.get(plan["owner"]),
            review_on=date.fromisoformat(plan["review_on"]),
            **self.common(day),
        )
        assert saved.row_id is not None
        self.plan_id, self.plan_version = saved.row_id, saved.version

    def share(self, share: Mapping[str, Any]) -> None:
        day = share["on"]
        shares.share_case(
            self.loading.session,
            self.loading.actor(share["by"], day),
            reference=self.reference,
            agency=share["agency"],
            level=ShareLevel(share["level"]),
            until=date.fromisoformat(share["until"]),
            seen_version=0,
            **self.common(day),
        )

    def sign_off(self, plan: Mapping[str, Any], day: str) -> None:
        saved = plans.sign_off_plan(
            self.loading.session,
            self.who(day),
            plan_id=self.plan_id,
            review_on=date.fromisoformat(plan["review_on"]),
            seen_version=self.plan_version,
            **self.common(day),
        )
        self.plan_version = saved.version

    def close(self, closed: Mapping[str, Any]) -> None:
        day = closed["on"]
        closing.close_plan(
            self.loading.session,
            self.who(day),
            plan_id=self.plan_id,
            reason=closed["reason"],
            assessment=closed["assessment"],
            contacted_on=date.fromisoformat(closed["contacted_on"]),
            contact_note=closed["contact_note"],
            seen_version=self.plan_version,
            **self.common(day),
        )


@dataclass
class _Action:
    """An action while it is told."""

    story: Story
    said: Mapping[str, Any]
    action_id: int = 0
    version: int = 0

    def agree(self) -> None:
        day = self.said["agreed_on"]
        saved = actions.agree_action(
            self.story.loading.session,
            self.story.who(day),
            plan_id=self.story.plan_id,
            what=self.said["what"],
            owner_agency=self.said["agency"],
            owner_name=self.said["owner"],
            due_on=date.fromisoformat(self.said["due"]),
            meeting_id=self.story.loading.sittings.get((self.story.sector, day)),
            **self.story.common(day),
        )
        assert saved.row_id is not None
        self.action_id, self.version = saved.row_id, saved.version

    def progress(self, step: Mapping[str, Any]) -> None:
        self._report(
            actions.record_progress, step["on"], status=ActionState(step["status"]), note=step["note"], is_own=True
        )

    def complete(self, day: str) -> None:
        self._report(actions.complete_action, day, is_own=True)

    def carry(self, step: Mapping[str, Any]) -> None:
        self._report(actions.carry_forward, step["on"], due_on=date.fromisoformat(step["due"]))

    def not_done(self, said: Mapping[str, Any]) -> None:
        self._report(actions.mark_not_done, said["on"], which=NotDoneBecause(said["which"]), note=said["note"])

    def cancel(self, said: Mapping[str, Any]) -> None:
        self._report(actions.cancel_action, said["on"], reason=said["reason"])

    def _report(self, verb: Callable[..., Saved], day: str, *, is_own: bool = False, **said: object) -> None:
        saved = verb(
            self.story.loading.session,
            self.story.who(day, agency=self.said["agency"] if is_own else None),
            action_id=self.action_id,
            seen_version=self.version,
            **said,
            **self.story.common(day),
        )
        self.version = saved.version
