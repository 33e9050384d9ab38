"""Do cases follow the ids of a new build? Asked after every build, of the store's database, if there is one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from analysis.questions.builds import current_build
from dashboard.build_facts import read
from dashboard.commands.at_the_keyboard import operator
from dashboard.decided_identities import has_decisions
from dashboard.decisions_database import open_decisions
from partnership.parting import follow_ids


def follow_the_build(store: Path, *, at: datetime) -> int:
    """Let cases, plans and links follow people of whom two ids proved to be one, or one proved to be two.

    Returns:
        How many ids were followed.

    Raises:
        PartnershipError: the database cannot be read or written; the build stands, and the same command tries again.
        StoreError: the store's key cannot be read.
    """
    if not has_decisions(store):
        return 0
    facts = read(store)
    aliases = dict(current_build(store).frame("person_aliases", ["alias", "person_id"]).iter_rows())
    database = open_decisions(store)
    try:
        if database.revision() is None:
            return 0
        with database.write() as session:
            return follow_ids(session, operator(at.date()), aliases=aliases, geography=facts.geography, at=at)
    finally:
        database.close()
