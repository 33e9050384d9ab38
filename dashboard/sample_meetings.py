"""How does one invented meeting go? Opened, attended, drawn up from its lists, decided case by case, and closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from analysis.questions.builds import load_assumptions
from dashboard.sample_story import Common, Loading, Story
from partnership import agenda_items, attendance, meetings, minutes, reading
from partnership.agenda import AgendaFact, proposed_agenda, with_area_names, with_plans
from partnership.agenda_drawing import draw_up_agenda
from partnership.authority import Actor
from partnership.changes import Saved
from partnership.meeting_reading import meeting_record
from partnership.meeting_record import CaseRecord
from partnership.vocabulary import DecisionKind, ListMovement, MeetingState, Presence

LASTS = timedelta(hours=1)


@contextmanager
def hold_meetings(loading: Loading, said: Mapping[str, Any], *, names: Mapping[str, str]) -> Iterator[None]:
    """Put the beginning of every meeting down, let the cases be told, then put the ends down.

    Args:
        loading: where the deeds are put down.
        said: the sample's decisions.
        names: the name of each neighbourhood code.
    """
    held = []
    for one in said["meetings"]:
        email = next((member["email"] for member in said["members"] if one["sector"] in member["areas"]), None)
        if email is not None:
            held.append(_Meeting(loading, one, email, names))
            loading.on(one["date"], held[-1].begin)
    yield
    for meeting in held:
        if meeting.said["state"] != MeetingState.DRAFT:
            loading.on(meeting.said["date"], meeting.end)


@dataclass
class _Meeting:
    """One meeting while it is held, by the sector's inspector: its number and the version that stands."""

    loading: Loading
    said: Mapping[str, Any]
    email: str
    names: Mapping[str, str]
    number: int = 0
    version: int = 0

    @property
    def actor(self) -> Actor:
        """The sector's inspector on the day."""
        return self.loading.actor(self.email, self.said["date"])

    @property
    def common(self) -> Common:
        """What every verb takes, when the meeting begins."""
        return self.loading.common(self.said["date"])

    def begin(self) -> None:
        """Arrange it; if it has been held, open it, see who is there, and draw the agenda up."""
        day, sector = self.said["date"], self.said["sector"]
        session, actor = self.loading.session, self.actor
        self._stands(
            meetings.arrange_meeting(session, actor, sector=sector, held_on=date.fromisoformat(day), **self.common)
        )
        self.loading.loaded.meetings += 1
        if self.said["state"] == MeetingState.DRAFT:
            return
        self._change(meetings.open_meeting)
        self.loading.sittings[sector, day] = self.number
        self._change(attendance.name_chair, chair_name=self.said["chair"])
        for line in self.said["attendance"]:
            who: dict[str, Any] = {"name": line["name"], "presence": Presence(line["presence"]), "seen_version": 0}
            attendance.record_attendance(
                session, actor, meeting_id=self.number, agency=line["agency"], **who, **self.common
            )
        self._change(attendance.confirm_confidentiality)
        if meeting_record(session, actor, self.number, self.loading.geography).last_meeting is not None:
            self._change(minutes.agree_last_notes, remarks=None)
        self._draw_up()

    def end(self) -> None:
        """Record what was decided and carried; if the meeting is over, close it."""
        session, actor = self.loading.session, self.actor
        record = meeting_record(session, actor, self.number, self.loading.geography)
        # Of the whole list beside the agenda nothing is decided.
        on_it = {case.reference: case for case in record.agenda}
        for case, one in self._among(on_it, self.said["decisions"]):
            meetings.record_decision(
                session,
                actor,
                meeting_id=self.number,
                reference=case.reference,
                what=DecisionKind(one["what"]),
                reason=one["reason"],
                seen_version=0,
                **self.common,
            )
        for case, one in self._among(on_it, self.said["carried"]):
            assert case.item_id is not None, "what is on the agenda is an item of it"
            item = {"item_id": case.item_id, "seen_version": case.item_version}
            agenda_items.carry_item(session, actor, reason=one["reason"], **item, **self.common)
        self._change(minutes.write_notes, notes=self.said["notes"])
        if self.said["state"] == MeetingState.CLOSED:
            later: Common = {**self.common, "at": self.common["at"] + LASTS}
            meetings.close_meeting(session, actor, meeting_id=self.number, seen_version=self.version, **later)

    def _draw_up(self) -> None:
        session, actor, geography = self.loading.session, self.actor, self.loading.geography
        day, assumed = date.fromisoformat(self.said["date"]), load_assumptions()
        standing = [(self.loading.told.get(one["caller_of"]), one) for one in self.said["agenda"]]
        facts = [_fact(story, one) for story, one in standing if story is not None and self._is_ours(story)]
        plans = reading.plans_for(session, actor, geography)
        agenda = proposed_agenda(
            with_area_names(with_plans(facts, plans, today=day), self.names),
            today=day,
            places=assumed.whole("meeting_places"),
            sharp_rise=assumed.whole("sharp_rise_places"),
        )
        draw_up_agenda(session, actor, meeting_id=self.number, agenda=agenda, **self.common)
        record = meeting_record(session, actor, self.number, geography)
        beside_it = {case.reference: case for case in record.whole_list}
        for case, one in self._among(beside_it, self.said["added"]):
            agenda_items.add_item(
                session,
                actor,
                meeting_id=self.number,
                reference=case.reference,
                reason=one["reason"],
                seen_version=case.item_version,
                **self.common,
            )

    def _is_ours(self, story: Story) -> bool:
        return story.sector == self.said["sector"]

    def _among(
        self, cases: Mapping[str, CaseRecord], said: Sequence[Mapping[str, Any]]
    ) -> Iterator[tuple[CaseRecord, Mapping[str, Any]]]:
        """What is said of these cases."""
        for one in said:
            story = self.loading.told.get(one["caller_of"])
            case = None if story is None else cases.get(story.reference)
            if case is not None:
                yield case, one

    def _change(self, verb: Callable[..., Saved], **fields: object) -> None:
        saved = verb(
            self.loading.session,
            self.actor,
            meeting_id=self.number,
            seen_version=self.version,
            **fields,
            **self.common,
        )
        self._stands(saved)

    def _stands(self, saved: Saved) -> None:
        assert saved.row_id is not None, "a meeting has a number"
        self.number, self.version = saved.row_id, saved.version


def _fact(story: Story, one: Mapping[str, Any]) -> AgendaFact:
    return AgendaFact(
        person_id=story.person_id,
        neighbourhood=story.neighbourhood,
        area=story.neighbourhood,
        movement=ListMovement(one["movement"]),
        position=one["position"],
        earlier_position=one["earlier_rank"],
        contacts=one["contacts"],
    )
