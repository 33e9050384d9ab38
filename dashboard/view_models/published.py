"""Is this list the one that was published? Since when, from what, and for whom it says something else now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.questions.published_lists import Correction, PublishedAgainstNow
from dashboard.components.table import Table, TableColumn
from dashboard.text import harm_days, hours, listing, moment, ordinal, plural, plural_words, sentence
from dashboard.view_models.openings import imputed_share
from dashboard.view_models.top_ten_setting import TopTenSetting

NOT_PUBLISHED = (
    "The lists of this week are not published yet. They are when the week's meeting is opened, and stay as they were "
    "then: a later correction of the data is shown beside them."
)
_WHY = {
    Correction.FIGURES.value: "same place, other figures",
    Correction.MOVED.value: "another place",
    Correction.GONE.value: "no longer on the list",
    Correction.ADDED.value: "was not on the list",
}


@dataclass(frozen=True)
class PublishedWords:
    """What is said of publication. `corrected`: one row a person whose place or figures differ; None where none does.

    Attributes:
        said: as published on …, or that nothing is published.
        why: build and judgements of both, where they differ.
        is_published: whether the week is frozen.
    """

    said: str
    corrected: Table | None
    why: str
    is_published: bool


def published_words(found: PublishedAgainstNow | None, setting: TopTenSetting) -> PublishedWords:
    """What to say beside the list of one neighbourhood by the page's lens."""
    if found is None:
        return PublishedWords(NOT_PUBLISHED, None, "", is_published=False)
    rows = [row for row in found.rows.rows.to_dicts() if row["lens"] == setting.lens] if found.rows.rows.width else []
    changed = [row for row in rows if row["change"] != Correction.AS_PUBLISHED.value]
    when = moment(setting.local(found.published_at))
    people = plural_words(len(changed), "person", "people")
    now = f"for {people} the data of the same week say something else now" if changed else "the data say the same today"
    return PublishedWords(
        said=sentence(f"as published on {when}", now, _settings(found, setting)),
        corrected=_table(changed, setting) if changed else None,
        why=_reason(found, setting) if changed else "",
        is_published=True,
    )


def _settings(found: PublishedAgainstNow, setting: TopTenSetting) -> str:
    """Said only where the page is asked for something else than was published."""
    asked = found.settings
    is_same = asked.weeks == setting.weeks and asked.domestic_only == setting.domestic_only
    which = "domestic incidents" if asked.domestic_only else "all incidents"
    return "" if is_same else f"what was published is the list of {plural(asked.weeks, 'week')}, {which}"


def _reason(found: PublishedAgainstNow, setting: TopTenSetting) -> str:
    """From which build, by which judgements and settings: the published list first, today's second."""
    asked = found.settings
    which = "domestic incidents" if asked.domestic_only else "all incidents"
    alike = listing(
        [
            plural(asked.weeks, "week"),
            which,
            f"{plural(asked.minimum_contacts, 'contact')} or more",
            f"the first {asked.length}",
        ]
    )
    builds = f"published from build {found.build_id[:8]}, today's is build {setting.build[:8]}"
    data = "both are of the same build" if found.is_same_build else f"{builds}: records came late or were corrected"
    judged = found.assumptions == setting.judgements
    by = "the same judgements" if judged else f"judgements {found.assumptions[:8]}, today {setting.judgements[:8]}"
    return sentence(data, f"both lists are of {alike}; by {by}")


def _table(changed: list[dict[str, Any]], setting: TopTenSetting) -> Table:
    return Table(
        columns=(TableColumn("Person"), TableColumn("Published as"), TableColumn("Now"), TableColumn("What changed")),
        rows=tuple(
            (
                _who(row, setting),
                _place(row, setting.lens, rank="published_rank", figures="published_{}"),
                _place(row, setting.lens, rank="rank_now", figures="{}_now"),
                _WHY[row["change"]],
            )
            for row in changed
        ),
        said="People of this list for whom the data say something else than was published",
        no_list="the published figures are history: the incidents of today open in the rows above",
    )


def _who(row: dict[str, Any], setting: TopTenSetting) -> str:
    """Today's reference, and the published one where it has since proved to be the same person."""
    was = row["published_key_id"]
    return setting.called(row["key_id"]) + (f" (then {was})" if was and was != row["key_id"] else "")


def _place(row: dict[str, Any], lens: str, *, rank: str, figures: str) -> str:
    contacts = row[figures.format("contacts")]
    if contacts is None:
        return "not on the list"
    worked, imputed = row[figures.format("officer_hours")], row[figures.format("imputed_hours")]
    share = "imputed part not kept then" if imputed is None else f"{imputed_share(imputed, worked)} of it imputed"
    told = [plural(contacts, "contact"), f"{hours(worked)} ({share})"]
    if lens == "harm" and row[figures.format("harm")] is not None:
        told.append(harm_days(row[figures.format("harm")]))
    place = "no rank" if row[rank] is None else ordinal(row[rank])
    return f"{place}, {', '.join(told)}"
