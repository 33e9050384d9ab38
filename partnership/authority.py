"""Who may do what? Every right of the partnership, in one place; whatever is not listed is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from partnership.vocabulary import Role, ShareLevel


class Deed(StrEnum):
    """What somebody wants to do."""

    READ_CASE = "read_case"
    OPEN_CASE = "open_case"
    CHANGE_CASE = "change_case"
    RESTRICT_CASE = "restrict_case"
    JOIN_PERSONS = "join_persons"
    SHARE_CASE = "share_case"
    WRITE_PLAN = "write_plan"
    SIGN_OFF_PLAN = "sign_off_plan"
    CLOSE_PLAN = "close_plan"
    DIRECT_ACTION = "direct_action"
    REPORT_ACTION = "report_action"
    READ_MEETING = "read_meeting"
    RUN_MEETING = "run_meeting"
    DRAW_UP_AGENDA = "draw_up_agenda"
    MAKE_PACK = "make_pack"
    MANAGE_MEMBERS = "manage_members"
    DECIDE_IDENTITY = "decide_identity"
    READ_LOG = "read_log"
    ERASE_PERSON = "erase_person"


_INSPECTOR, _OFFICER, _PPU = Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER, Role.PPU_OFFICER
_POLICE = frozenset({_INSPECTOR, _OFFICER, _PPU})
_EVERYWHERE = frozenset({Role.PPU_OFFICER, Role.ANALYST, Role.OPERATOR})
_RESTRICTED = frozenset({_INSPECTOR, _PPU, Role.PARTNER, Role.OPERATOR})

_RIGHTS: Mapping[Deed, frozenset[Role]] = {
    Deed.READ_CASE: _POLICE | {Role.ANALYST, Role.PARTNER},
    Deed.OPEN_CASE: _POLICE,
    Deed.CHANGE_CASE: _POLICE,
    Deed.RESTRICT_CASE: frozenset({_INSPECTOR, _PPU}),
    Deed.JOIN_PERSONS: frozenset({_INSPECTOR, _PPU, Role.OPERATOR}),
    Deed.SHARE_CASE: _POLICE,
    Deed.WRITE_PLAN: _POLICE,
    Deed.SIGN_OFF_PLAN: frozenset({_INSPECTOR}),
    Deed.CLOSE_PLAN: frozenset({_INSPECTOR, _PPU}),
    Deed.DIRECT_ACTION: _POLICE,
    Deed.REPORT_ACTION: _POLICE | {Role.PARTNER},
    Deed.READ_MEETING: _POLICE | {Role.ANALYST},
    Deed.RUN_MEETING: _POLICE,
    # The whole sector's cases are concerned, restricted ones among them.
    Deed.DRAW_UP_AGENDA: frozenset({_INSPECTOR, _PPU}),
    # By command, with its row of the access log; members make the pack of what they may read.
    Deed.MAKE_PACK: frozenset({Role.OPERATOR}),
    Deed.MANAGE_MEMBERS: frozenset({Role.OPERATOR}),
    Deed.DECIDE_IDENTITY: frozenset({_INSPECTOR, Role.ANALYST}),
    Deed.READ_LOG: frozenset({Role.AUDITOR}),
    Deed.ERASE_PERSON: frozenset({Role.OPERATOR}),
}


@dataclass(frozen=True)
class Actor:
    """Who is asking, and what their rights rest on. Made by `members.sign_in`, anew for every visit.

    Attributes:
        areas: sector codes of an inspector, neighbourhood codes of an officer; empty for the others.
        today: the day on which rights and shares are judged.
    """

    member_id: int | None
    name: str
    email: str
    role: Role
    areas: frozenset[str]
    agency: str | None
    today: date


@dataclass(frozen=True)
class Matter:
    """What a deed is about, as far as rights depend on it.

    Attributes:
        neighbourhood: the case's owning neighbourhood.
        sector: the meeting's sector, where the deed is about a meeting.
        is_restricted: whether the case is.
        share: the level at which the case is shared with the actor's agency today; None where it is not.
        owner_agency: the agency that owns the action, where the deed is about one.
    """

    neighbourhood: str | None = None
    sector: str | None = None
    is_restricted: bool = False
    share: ShareLevel | None = None
    owner_agency: str | None = None


def may(actor: Actor, deed: Deed, matter: Matter | None = None, *, geography: Mapping[str, str] | None = None) -> bool:
    """Whether the actor may do the deed.

    Args:
        actor: who is asking.
        deed: what they want to do.
        matter: what it is about; None for a deed that is about no case and no meeting.
        geography: neighbourhood code to sector code.
    """
    if actor.role not in _RIGHTS[deed]:
        return False
    if matter is None:
        return True
    if matter.is_restricted and actor.role not in _RESTRICTED:
        return False
    if actor.role is Role.PARTNER:
        return _is_partners_own(actor, deed, matter)
    return actor.role in _EVERYWHERE or _is_in_area(actor, matter, geography or {})


def neighbourhoods(actor: Actor, geography: Mapping[str, str]) -> frozenset[str] | None:
    """The neighbourhoods whose cases the actor may read; None for all of them."""
    if actor.role in _EVERYWHERE:
        return None
    if actor.role is Role.SECTOR_INSPECTOR:
        return frozenset(code for code, sector in geography.items() if sector in actor.areas)
    return actor.areas if actor.role is Role.NEIGHBOURHOOD_OFFICER else frozenset()


def sectors(actor: Actor, geography: Mapping[str, str]) -> frozenset[str] | None:
    """The sectors whose meetings the actor may read; None for all of them."""
    if actor.role in _EVERYWHERE:
        return None
    if actor.role is Role.SECTOR_INSPECTOR:
        return actor.areas
    if actor.role is Role.NEIGHBOURHOOD_OFFICER:
        return frozenset(sector for code, sector in geography.items() if code in actor.areas)
    return frozenset()


def reads_restricted(actor: Actor) -> bool:
    """Whether restricted cases are open to the actor's role."""
    return actor.role in _RESTRICTED


def _is_in_area(actor: Actor, matter: Matter, geography: Mapping[str, str]) -> bool:
    if matter.sector is not None and matter.sector not in (sectors(actor, geography) or ()):
        return False
    if matter.neighbourhood is not None and matter.neighbourhood not in (neighbourhoods(actor, geography) or ()):
        return False
    return matter.sector is not None or matter.neighbourhood is not None


def _is_partners_own(actor: Actor, deed: Deed, matter: Matter) -> bool:
    if actor.agency is None or matter.share is None:
        return False
    return deed is not Deed.REPORT_ACTION or matter.owner_agency == actor.agency
