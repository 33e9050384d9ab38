"""How is it said that few callers make much of the demand? The curve, its sentence and every area beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.questions.concentration import Concentrated, Measure
from analysis.questions.figures import OfCallers
from dashboard.charts.lorenz import LorenzCurve, lorenz
from dashboard.charts.palette import Palette
from dashboard.components.figure import FigureView
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, hours, percent, plural, plural_words, sentence
from dashboard.view_models.demand_setting import DemandSetting
from dashboard.view_models.openings import imputed_share, opening

UNSEEN = "People who never rang are not seen here."
_WORDS = {Measure.CONTACTS: "contacts", Measure.OFFICER_HOURS: "officer hours"}
_LEFT_OUT = (
    "left out: people who never rang, contacts that name nobody, what professionals or officers reported; "
    "an incident two people rang about counts its hours once, with the busier"
)


@dataclass(frozen=True)
class ConcentrationView:
    """The answer in a sentence, the figure of one area, the areas in view side by side; no figure where nobody rang."""

    answer: str
    figure: FigureView | None
    areas_title: str
    areas: Table
    source: SourceLine


def concentration_view(answer: Concentrated, setting: DemandSetting, palette: Palette) -> ConcentrationView:
    """Put the answer into words: of the neighbourhood chosen, else of the first whole sector, else of the first."""
    near = [cut | {"is_sector": False} for cut in answer.cuts.rows.to_dicts()]
    far = answer.sector_cuts.rows.to_dicts()
    source = setting.source("callers who could be told apart, those with most contacts first", _LEFT_OUT)
    cuts, curves = _shown(answer, near, far, setting)
    return ConcentrationView(
        answer=_answer(cuts, setting),
        figure=_figure(cuts, curves, setting, palette) if cuts else None,
        areas_title=f"The {setting.length} who rang most, area by area",
        areas=_areas([*map(_of_sector, far), *near], setting),
        source=source,
    )


def concentration_sentence(cuts: list[dict[str, Any]]) -> str:
    """What the list and a longer one stand for: cuts of one area, shortest first."""
    first, *more = cuts
    who = plural_words(first["people"], "caller who rang most is", "callers who rang most are")
    said = (
        f"The {who} {percent(first['people_share'])} of the {plural(first['callers'], 'caller')}, "
        f"{percent(first['contacts_share'])} of the contacts and "
        f"{percent(first['officer_hours_share'])} of the officer hours"
    )
    longer = [
        f"{count(cut['people'])} would be {percent(cut['people_share'])}, {percent(cut['contacts_share'])} and "
        f"{percent(cut['officer_hours_share'])}"
        for cut in more
        if cut["people"] > first["people"]
    ]
    return sentence("; ".join([said, *longer]), UNSEEN)


def _shown(
    answer: Concentrated, near: list[dict[str, Any]], far: list[dict[str, Any]], setting: DemandSetting
) -> tuple[list[dict[str, Any]], tuple[LorenzCurve, ...]]:
    """Cuts and curves of the one area that is drawn; both empty where nobody rang there."""
    is_sector = setting.area_code is None and bool(far)
    among, curve = (far, answer.sector_curve.rows) if is_sector else (near, answer.curve.rows)
    wanted = (setting.sector or far[0]["area_code"]) if is_sector else setting.first_code
    cuts = [_of_sector(cut) if is_sector else cut for cut in among if cut["area_code"] == wanted]
    if not cuts:
        return [], ()
    here = curve.filter(pl.col("area_code") == wanted)
    return cuts, tuple(_curve(here, measure) for measure in Measure)


def _of_sector(cut: dict[str, Any]) -> dict[str, Any]:
    return cut | {"area_name": f"{cut['area_name']} sector", "is_sector": True}


def _answer(cuts: list[dict[str, Any]], setting: DemandSetting) -> str:
    if not cuts:
        return "Nobody rang in these weeks."
    first = cuts[0]
    others = setting.areas > 1 and setting.sector is None and setting.area_code is None
    return sentence(
        f"{first['area_name']}: {count(first['people'])} of {plural(first['callers'], 'caller')} made "
        f"{percent(first['contacts_share'])} of the contacts and took {percent(first['officer_hours_share'])} of the "
        "officer hours",
        "This is the first in view; choose another above" if others else "",
    )


def _figure(
    cuts: list[dict[str, Any]], curves: tuple[LorenzCurve, ...], setting: DemandSetting, palette: Palette
) -> FigureView:
    name, said = cuts[0]["area_name"], concentration_sentence(cuts)
    return FigureView(
        title=f"How concentrated demand is: {name}",
        sentence=said,
        picture=lorenz(
            curves, palette, list_share=cuts[0]["people_share"], list_words=f"the {count(cuts[0]['people'])}"
        ),
        table=_twin(curves, name),
        source=setting.source("callers who could be told apart; shares of contacts and of officer hours", _LEFT_OUT),
        alt=f"Two curves of the share of contacts and of officer hours by the share of callers. {said}",
    )


def _curve(here: pl.DataFrame, measure: Measure) -> LorenzCurve:
    points = here.filter(pl.col("measure") == measure.value).sort("people")
    return LorenzCurve(
        name=_WORDS[measure],
        people=tuple(points["people"]),
        people_shares=tuple(points["people_share"]),
        amount_shares=tuple(points["amount_share"]),
    )


def _twin(curves: tuple[LorenzCurve, ...], name: str) -> Table:
    first = curves[0]
    of_each = [dict(zip(curve.people, curve.amount_shares, strict=True)) for curve in curves]
    return Table(
        columns=(
            TableColumn("Callers, busiest first", is_number=True),
            TableColumn("Share of callers", is_number=True),
            *(TableColumn(f"Share of {curve.name}", is_number=True) for curve in curves),
        ),
        rows=tuple(
            (count(people), percent(share), *(percent(shares.get(people)) for shares in of_each))
            for people, share in zip(first.people, first.people_shares, strict=True)
            if people
        ),
        said=f"{name}: share of contacts and officer hours by how many callers, each column busiest first.",
    )


def _opening(cut: dict[str, Any], setting: DemandSetting) -> Opening:
    """What the first callers of an area rang about, each incident once."""
    codes = setting.codes_of[cut["area_code"]] if cut["is_sector"] else (cut["area_code"],)
    return opening(
        OfCallers(setting.days, codes, cut["asked"]),
        f"What the {plural(cut['people'], 'busiest caller', 'busiest callers')} of {cut['area_name']} rang about",
        name=cut["area_name"],
        contacts=cut["contacts"],
        officer_hours=cut["officer_hours"],
    )


def _areas(cuts: list[dict[str, Any]], setting: DemandSetting) -> Table:
    shown = [cut for cut in cuts if cut["asked"] == setting.length]
    return Table(
        columns=(
            TableColumn("Area"),
            *(
                TableColumn(heading, is_number=True)
                for heading in (
                    "People",
                    "Of callers",
                    "Share of callers",
                    "Contacts",
                    "Share of contacts",
                    "Officer hours",
                    "of it imputed",
                    "Share of hours",
                )
            ),
        ),
        rows=tuple(
            (
                cut["area_name"],
                count(cut["people"]),
                count(cut["callers"]),
                percent(cut["people_share"]),
                count(cut["contacts"]),
                percent(cut["contacts_share"]),
                hours(cut["officer_hours"]),
                imputed_share(cut["imputed_hours"], cut["officer_hours"]),
                percent(cut["officer_hours_share"]),
            )
            for cut in shown
        ),
        said=f"What the {setting.length} callers with most contacts of each area stand for.",
        openings=tuple(_opening(cut, setting) for cut in shown),
    )
