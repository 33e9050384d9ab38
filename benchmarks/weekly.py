"""How does a force look that sends a file a week? The sample's CSVs, cut by the week of the log."""

from __future__ import annotations

from pathlib import Path

import polars as pl

_LOG_DATE, _LOG = "LOG_DATE", "LOG_REF"
_CUT = {
    "deployments_officers": _LOG,
    "people": "incident_id",
    "safeguarding": "incident_id",
    "crimes": "incident_id",
    "dash_forms": _LOG,
}
"""Files that are cut, and the column whose first eight digits are the day of the log."""


def cut_into_weeks(folder: Path) -> list[Path]:
    """Replace the files of a sample by one a week; returns those of the newest week."""
    newest: list[Path] = []
    for name, files, column in [
        ("incidents_live", sorted(folder.glob("incidents_live_*.csv")), _LOG_DATE),
        *((name, [folder / f"{name}.csv"], column) for name, column in _CUT.items()),
    ]:
        rows = pl.concat([pl.read_csv(file, infer_schema=False, truncate_ragged_lines=True) for file in files])
        day = pl.col(column).str.slice(0, 8).str.to_date("%Y%m%d", strict=False).forward_fill().backward_fill()
        for file in files:
            file.unlink()
        parts = rows.with_columns(day.dt.truncate("1w").alias("week")).partition_by("week", as_dict=True)
        for (week,), part in sorted(parts.items()):
            last = folder / f"{name}_{week}.csv"
            part.drop("week").write_csv(last)
        newest.append(last)
    sources = folder / "sources.toml"
    text = sources.read_text(encoding="utf-8")
    for name in _CUT:
        text = text.replace(f'"{name}.csv"', f'"{name}_*.csv"')
    sources.write_text(text, encoding="utf-8")
    return newest
