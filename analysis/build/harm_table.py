"""How many days does each offence code stand for? The harm table the force names."""

from __future__ import annotations

import polars as pl

from analysis.errors import SourcesError
from analysis.ingest.records import read_records
from analysis.ingest.sources import HarmSource
from analysis.ingest.values import as_text, tidy


def read_harm(harm: HarmSource | None) -> pl.DataFrame | None:
    """Columns offence_code and days; None where the force names no table.

    Raises:
        SourcesError: the file is unreadable, lacks a column, or a line is not a code and a number of days.
    """
    if harm is None:
        return None
    wanted = ("offence_code", "days")
    records = read_records(harm.file, wanted)
    for name in wanted:
        if name not in records.header:
            raise SourcesError(f"{harm.file.name}: column {name} is missing. A harm table has offence_code and days.")
    codes = tidy(as_text(records.frame["offence_code"]))
    days = tidy(as_text(records.frame["days"])).cast(pl.Float64, strict=False)
    wrong = codes.is_null() | ~(days.is_finite() & (days >= 0)).fill_null(False)
    if wrong.any() or len(records.misshapen):
        line = min([*records.lines.filter(wrong).to_list(), *records.misshapen.to_list()])
        raise SourcesError(f"{harm.file.name}: line {line}: not an offence code and a number of days. Mend the line.")
    if codes.is_duplicated().any():
        line = records.lines.filter(codes.is_duplicated())[1]
        raise SourcesError(f"{harm.file.name}: line {line}, column offence_code: the code stands twice. Keep one line.")
    return pl.DataFrame({"offence_code": codes, "days": days})
