"""Who is looking? For now one of the sample people; one function, so that sign-in by the force can replace it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.secrets import secrets_singleton

from analysis.disclosure import Audience, Clearance
from dashboard.text import escape_markdown
from partnership.vocabulary import Role

CHOSEN = "chosen_person"
_ARRIVING = "arriving"

ROLE_WORDS: Mapping[Role, str] = {
    Role.SECTOR_INSPECTOR: "sector inspector",
    Role.NEIGHBOURHOOD_OFFICER: "neighbourhood officer",
    Role.PPU_OFFICER: "public protection officer",
    Role.ANALYST: "analyst",
    Role.PARTNER: "partner",
    Role.AUDITOR: "auditor",
}
_WHOLE_FORCE = frozenset({Role.PPU_OFFICER, Role.ANALYST})


@dataclass(frozen=True)
class Viewer:
    """A signed-in member. `areas` are sector or neighbourhood codes, as the role has it; hashable, for cache keys."""

    name: str
    email: str
    role: Role
    areas: tuple[str, ...]
    agency: str | None
    member_id: int
    agency_name: str | None = None

    def described(self, area_names: Mapping[str, str]) -> str:
        """What the member is: "partner, City Housing" or "sector inspector, South". `area_names`: by neighbourhood."""
        where = (
            [self.agency_name or self.agency] if self.agency else [area_names.get(area, area) for area in self.areas]
        )
        return ", ".join([ROLE_WORDS[self.role], *where])

    def neighbourhoods(self, geography: Mapping[str, str]) -> frozenset[str] | None:
        """The neighbourhood codes in the member's scope; None is the whole force. `geography`: code to sector."""
        if self.role in _WHOLE_FORCE or self.role is Role.PARTNER:
            return None
        if self.role is Role.SECTOR_INSPECTOR:
            return frozenset(code for code, sector in geography.items() if sector in self.areas)
        if self.role is Role.NEIGHBOURHOOD_OFFICER:
            return frozenset(code for code in geography if code in self.areas)
        return frozenset()

    def audience(
        self, geography: Mapping[str, str], *, shared_persons: frozenset[str] = frozenset(), threshold: int = 5
    ) -> Audience:
        """What the gate may let this member see. `threshold`: the least count a partner is shown."""
        clearance = {Role.PARTNER: Clearance.PARTNER, Role.AUDITOR: Clearance.AUDITOR}.get(
            self.role, Clearance.POLICE if self.role in ROLE_WORDS else Clearance.NOBODY
        )
        return Audience(
            clearance=clearance,
            neighbourhoods=self.neighbourhoods(geography),
            agency=self.agency,
            shared_persons=shared_persons,
            threshold=threshold,
        )


def has_identity_provider() -> bool:
    """Whether the deployment has an identity provider set up, so that choosing a person must not be offered."""
    return secrets_singleton.load_if_toml_exists() and "auth" in secrets_singleton


def signed_in(people: Sequence[Viewer]) -> Viewer | None:
    """The member at the keyboard, found again among the current members on every run; None before the choice."""
    chosen = st.session_state.get(CHOSEN)
    return next((person for person in people if person.email == chosen), None)


def choose_person(people: Sequence[Viewer], *, force: str, area_names: Mapping[str, str]) -> None:
    """The sign-in page of an invented force: one button a sample person, inspectors first."""
    st.title("Who are you today?")
    st.markdown(
        f"**{escape_markdown(force)}** is invented, and so is everyone in it. "
        "Choose a person to see what that role sees. A build of real people does not open this way."
    )
    if not people:
        st.markdown("Nobody may sign in yet. Load the sample's people (`make run` does), or add one: ")
        st.code("repeat-demand member add --email NAME@example.org --role ppu_officer", language=None)
    with st.container(key="sign_in_people"):
        for person in sorted(people, key=lambda one: list(ROLE_WORDS).index(one.role)):
            _card(person, area_names)


def _card(person: Viewer, area_names: Mapping[str, str]) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(
            f"**{escape_markdown(person.name)}**  \n{escape_markdown(person.described(area_names))}", width="content"
        )
        st.button("Continue", key=f"choose_{person.member_id}", on_click=_choose, args=(person.email,))


def sign_out_button() -> None:
    """Lets another sample person take over; the next run asks who it is."""
    st.button("Change person", key="sign_out", on_click=_choose, args=(None,), type="tertiary")


def _choose(email: str | None) -> None:
    for key in list(st.session_state):
        del st.session_state[key]
    if email:
        st.session_state[CHOSEN] = email
        st.session_state[_ARRIVING] = True


def is_arriving() -> bool:
    """Whether this is the first run after the choice; true once."""
    return bool(st.session_state.pop(_ARRIVING, False))
