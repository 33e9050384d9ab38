"""What is frozen of a week, and for which weeks has it been? Lists are written down once and never rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from analysis.questions.builds import Assumptions, Build
from analysis.questions.published_lists import publish, weeks_published
from analysis.questions.view import View


def published_view(as_of: date, *, has_domestic: bool, assumptions: Assumptions) -> View:
    """What is published of a week: the force's own window, domestic where it is known, whatever the filters say."""
    return View(as_of=as_of, weeks=assumptions.whole("window_weeks"), domestic_only=has_domestic)


def publish_held(
    build: Build, meetings: Iterable[tuple[date, datetime]], *, last: date, has_domestic: bool, assumptions: Assumptions
) -> int:
    """Freeze the lists of the weeks whose meetings have been opened already; how many weeks that were.

    Args:
        meetings: the day of each, and when it was opened.
        last: the newest day there are lists for.

    Raises:
        StoreError: they cannot be written.
        QuestionError: the build cannot answer.
    """
    opened: dict[date, datetime] = {}
    for held_on, at in sorted(meetings):
        opened.setdefault(min(held_on - timedelta(days=held_on.weekday()), last), at)
    new = sorted(set(opened) - set(weeks_published(build)))
    for as_of in new:
        freeze(build, as_of, has_domestic=has_domestic, at=opened[as_of], assumptions=assumptions)
    return len(new)


def freeze(build: Build, as_of: date, *, has_domestic: bool, at: datetime, assumptions: Assumptions) -> None:
    """Write a week's lists down.

    Raises:
        StoreError: they have been published before, or cannot be written.
        QuestionError: the build cannot answer.
    """
    view = published_view(as_of, has_domestic=has_domestic, assumptions=assumptions)
    publish(build, view, published_at=at, assumptions=assumptions)
