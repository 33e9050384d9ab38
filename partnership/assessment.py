"""What may an assessment say? Contacts and hours before and after, in words that claim no more than is known."""

from __future__ import annotations

from dataclasses import dataclass

from partnership import wording
from partnership.errors import PartnershipError

RESERVED = "compared with similar callers"
WARNING = "People in a top ten tend to have fewer contacts later, whatever is done: this alone does not show success."


@dataclass(frozen=True)
class BeforeAfter:
    """Contacts and officer hours of one person in so many weeks before a plan, and after it.

    Attributes:
        weeks: on either side (12). `weeks_after` is smaller where the data end sooner.
        imputed_before, imputed_after: the part of the hours worked out because a unit was never cleared.
    """

    weeks: int
    weeks_after: int
    contacts_before: int
    contacts_after: int
    hours_before: float
    hours_after: float
    imputed_before: float
    imputed_after: float


def in_words(figures: BeforeAfter) -> str:
    """The figures as an assessment begins, with the warning that goes with them."""
    before = f"{_contacts(figures.contacts_before)} and {_hours(figures.hours_before, figures.imputed_before)}"
    after = f"{_contacts(figures.contacts_after)} and {_hours(figures.hours_after, figures.imputed_after)}"
    short = "" if figures.weeks_after == figures.weeks else f" (only {figures.weeks_after} known so far)"
    return (
        f"In the {figures.weeks} weeks before the plan {before}, in the {figures.weeks} weeks after{short} {after}. "
        f"{WARNING}"
    )


def assessment(typed: str) -> str:
    """An assessment that must say something.

    Raises:
        PartnershipError: nothing is written, or it claims a comparison that was not made.
    """
    return _unclaimed(wording.text(typed, "assessment"))


def optional_assessment(typed: str | None) -> str | None:
    """An assessment that may be empty; empty is None.

    Raises:
        PartnershipError: it claims a comparison that was not made.
    """
    said = wording.optional_text(typed, "assessment")
    return None if said is None else _unclaimed(said)


def _unclaimed(said: str) -> str:
    if RESERVED in " ".join(said.casefold().split()):
        raise PartnershipError(
            f'assessment: "{RESERVED}" claims a comparison nobody has made. Say what was before and what came after.'
        )
    return said


def _contacts(number: int) -> str:
    return f"{number:,} contact" + ("" if number == 1 else "s")


def _hours(hours: float, imputed: float) -> str:
    said = f"{hours:,.1f}".removesuffix(".0") + " officer hours"
    if not hours or not imputed:
        return said
    share = 100 * imputed / hours
    return f"{said} ({'under 1' if share < 0.5 else f'{share:.0f}'}\u00a0% imputed)"
