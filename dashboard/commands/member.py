"""`member`: who may sign in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from analysis.errors import AnalysisError
from dashboard import build_facts
from dashboard.commands import add_store
from dashboard.commands.at_the_keyboard import operator
from dashboard.decisions_database import existing_decisions
from dashboard.errors import DashboardError
from partnership import members
from partnership.vocabulary import Role

_ELSE = {Role.AUDITOR: "the access log"}
ROLES = tuple(role.value for role in Role if role is not Role.OPERATOR)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("member", help="add, list or remove who may sign in", description=__doc__)
    deeds = verb.add_subparsers(dest="deed", required=True, metavar="DEED")
    adding = deeds.add_parser("add", help="let a person sign in")
    adding.add_argument("--email", required=True)
    adding.add_argument("--role", required=True, choices=ROLES)
    adding.add_argument("--name", help="default: the part of the address before the @")
    adding.add_argument("--areas", default="", help="sector or neighbourhood codes, separated by commas")
    adding.add_argument("--agency", help="the partner's agency code")
    adding.add_argument("--until", type=_day, metavar="DATE", help="last day")
    adding.set_defaults(run=_add)
    listing = deeds.add_parser("list", help="who may sign in")
    listing.set_defaults(run=_list)
    removing = deeds.add_parser("remove", help="take the right to sign in away; the history stays")
    removing.add_argument("--email", required=True)
    removing.set_defaults(run=_remove)
    for deed in (adding, listing, removing):
        add_store(deed)


def _add(arguments: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    role = Role(arguments.role)
    areas = [code.strip() for code in arguments.areas.split(",") if code.strip()]
    _check_areas(arguments.store, role, areas)
    with existing_decisions(arguments.store).write() as session:
        members.add_member(
            session,
            operator(now.date()),
            email=arguments.email,
            name=arguments.name or arguments.email.split("@")[0],
            role=role,
            areas=areas,
            agency=arguments.agency,
            until=arguments.until,
            at=now,
        )
    print(f"{arguments.email} may sign in as {arguments.role}")


def _check_areas(store: Path, role: Role, areas: Sequence[str]) -> None:
    """Refuse an area the force does not have: its member would sign in and see nothing. Without a build none is known.

    Raises:
        DashboardError: the current build has no such area.
    """
    try:
        geography = build_facts.read(store).geography
    except (AnalysisError, DashboardError):
        return
    known = {Role.SECTOR_INSPECTOR: set(geography.values()), Role.NEIGHBOURHOOD_OFFICER: set(geography)}.get(
        role, set()
    )
    unknown = [code for code in areas if code not in known]
    if known and unknown:
        raise DashboardError(
            f"--areas {', '.join(unknown)}: not of this force. For that role it has: {', '.join(sorted(known))}."
        )


def _list(arguments: argparse.Namespace) -> None:
    with existing_decisions(arguments.store).read() as session:
        for line in members.members(session, operator(datetime.now(UTC).date())):
            where = line.agency or ", ".join(sorted(line.areas)) or _ELSE.get(line.role, "the whole force")
            state = "removed" if line.is_removed else f"until {line.until}" if line.until else "current"
            print(f"{line.email:40} {line.role.value:22} {where:30} {state}")


def _remove(arguments: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    actor = operator(now.date())
    with existing_decisions(arguments.store).write() as session:
        found = [line for line in members.members(session, actor) if line.email == arguments.email.strip().lower()]
        if not found:
            raise DashboardError("--email: there is no such member. See: repeat-demand member list")
        members.remove_member(session, actor, email=arguments.email, seen_version=found[0].version, at=now)
    print(f"{arguments.email} may no longer sign in")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("not a date; write it as 2014-03-31") from None
