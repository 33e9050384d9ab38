"""Which lines of a harm table are a code and a number of days?"""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.build.harm_table import read_harm
from analysis.errors import SourcesError
from analysis.ingest.sources import HarmSource


def table(folder: Path, lines: str) -> HarmSource:
    file = folder / "harm.csv"
    file.write_text(f"offence_code,days\n{lines}", encoding="utf-8")
    return HarmSource(file=file, source="an invented table", year=2020)


def test_days_may_be_nought_or_a_part(tmp_path: Path) -> None:
    read = read_harm(table(tmp_path, "H1,0\nH2,1.5\n"))
    assert read is not None and dict(read.iter_rows()) == {"H1": 0.0, "H2": 1.5}


@pytest.mark.parametrize("days", ["NaN", "inf", "-1", "", "many"])
def test_what_is_no_number_of_days_stops_with_the_line(days: str, tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"harm\.csv: line 3: not an offence code and a number of days"):
        read_harm(table(tmp_path, f"H1,2\nH2,{days}\n"))
