"""How much of the officer time was travel, how much at the scene, and how much does the log not say?"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from analysis.officer_time.parts import part_units


class Phase(StrEnum):
    """What an officer was doing; the parts of a deployment between two stamps of the log."""

    SETTING_OFF = "setting_off"
    """From the assignment to the stamp that says en route."""
    TRAVEL = "travel"
    """From en route, or from the assignment where no setting off is recorded, to the arrival at the scene."""
    AT_SCENE = "at_scene"
    """From the arrival to the clearance, or to the stamp that says the scene was left."""
    AFTER_SCENE = "after_scene"
    """From leaving the scene to the clearance; only where the log has a stamp for it."""
    NOT_RECORDED = "not_recorded"
    """No arrival is recorded, or no clearance: nobody can say what this time was."""

    @property
    def column(self) -> str:
        """The column of this phase's units."""
        return f"{self.value}_units"


RECORDED = tuple(phase for phase in Phase if phase is not Phase.NOT_RECORDED)
PHASE_COLUMNS = tuple(phase.column for phase in Phase)


def incident_phases(deployments: pl.DataFrame) -> pl.DataFrame:
    """The officer units of each incident by phase; with the part not recorded they are its officer units.

    A stamp before the assignment counts as the assignment. An arrival after the clearance, and a setting off after the
    arrival, are no stamps. After the arrival of a deployment that was never cleared, the phase is not recorded.

    Args:
        deployments: as in `OfficerTime.deployments`, with `en_route_at`; `left_scene_at` where the log has it.

    Returns:
        `incident_id` of every incident with a deployment, in order, and `PHASE_COLUMNS` (Int64, 1/720720 of a
        millisecond). A phase is null where no deployment of the incident has its stamps: not known, not zero. The part
        not recorded is 0 where everything is.
    """
    parts = phase_parts(deployments)
    measured = parts.with_columns(part_units(deployments, parts))
    # Orphans share their officers' time, so they are left out only when the parts are measured.
    facts = deployments.select("incident_id", "is_orphaned")[measured["row"].to_numpy()]
    known = pl.concat([measured, facts], how="horizontal").filter(~pl.col("is_orphaned"))
    sums = known.group_by("incident_id").agg(
        pl.when((pl.col("phase") == phase.value).any())
        .then(pl.col("units").filter(pl.col("phase") == phase.value).sum())
        .alias(phase.column)
        for phase in Phase
    )
    ids = deployments.filter(~pl.col("is_orphaned")).select(pl.col("incident_id").unique()).sort("incident_id")
    found = ids.join(sums, on="incident_id", how="left", maintain_order="left")
    return found.with_columns(pl.col(Phase.NOT_RECORDED.column).fill_null(0))


def group_phases(phases: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """The phases of each incident group: the sums over its logs; null where no log of it has the phase.

    Args:
        phases: as `incident_phases` returns them.
        groups: incident_id, group_id, of the same incidents.

    Returns:
        `group_id` of every group with a deployment, in order, and `PHASE_COLUMNS`.
    """
    known = phases.join(groups.select("incident_id", "group_id"), on="incident_id")
    sums = (pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in PHASE_COLUMNS)
    return known.group_by("group_id").agg(sums).sort("group_id")


def phase_parts(deployments: pl.DataFrame) -> pl.DataFrame:
    """The deployments cut at their stamps: `row`, `phase`, `start`, `end` (milliseconds since 1970 UTC), in order."""
    left = pl.col("left_scene_at") if "left_scene_at" in deployments.columns else pl.lit(None, pl.Datetime("us", "UTC"))
    stamps = deployments.select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("row"),
        _milliseconds(pl.col("assigned_at")).alias("start"),
        _milliseconds(pl.col("end_at")).alias("end"),
        _milliseconds(pl.col("en_route_at")).alias("off"),
        _milliseconds(pl.col("at_scene_at")).alias("scene"),
        _milliseconds(left).alias("left"),
        pl.col("cleared_at").is_not_null().alias("is_cleared"),
    )
    start, end = pl.col("start"), pl.col("end")
    ordered = (
        stamps.with_columns(pl.max_horizontal("scene", pl.when(pl.col("scene").is_not_null()).then(start)))
        .with_columns(scene=pl.when(pl.col("scene") <= end).then("scene"))
        .with_columns(off=pl.when(pl.col("off") <= pl.col("scene")).then(pl.max_horizontal("off", "start")))
        .with_columns(left=pl.when((pl.col("left") >= pl.col("scene")) & (pl.col("left") <= end)).then("left"))
    )
    scene, left = pl.col("scene"), pl.col("left")
    cuts = {
        Phase.SETTING_OFF: (start, pl.col("off"), pl.lit(True)),
        Phase.TRAVEL: (pl.coalesce("off", "start"), scene, pl.lit(True)),
        Phase.AT_SCENE: (scene, pl.coalesce("left", "end"), pl.col("is_cleared") | left.is_not_null()),
        Phase.AFTER_SCENE: (left, end, pl.col("is_cleared")),
        Phase.NOT_RECORDED: (pl.coalesce("left", "scene", "start"), end, ~pl.col("is_cleared") | scene.is_null()),
    }
    pieces = [
        ordered.filter(is_known).select(
            "row", pl.lit(phase.value).alias("phase"), begins.alias("start"), ends.alias("end")
        )
        for phase, (begins, ends, is_known) in cuts.items()
    ]
    return pl.concat(pieces).drop_nulls().sort("row", "start", "end", maintain_order=True)


def _milliseconds(moment: pl.Expr) -> pl.Expr:
    return moment.dt.epoch("us") // 1_000
