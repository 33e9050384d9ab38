"""What does a pack of ten pages cost, as PDF, Word and Excel? The document is ready; its writing is measured.

python -m benchmarks.pack
"""

from __future__ import annotations

import io
import statistics
import time
from datetime import date

from matplotlib.figure import Figure

from dashboard.pack.document import Fact, Facts, Pack, Picture, Section, Table, Words
from dashboard.pack.files import PackForm, pack_bytes

_PAGES, _ROWS, _TIMES = 10, 14, 5
_HELD_ON = date(2013, 12, 2)


def main() -> None:
    """Print the seconds of the first file of each form in this process, and the median of those after it."""
    pack = _pack()
    print(f"{_PAGES} pages, each with facts and a table of {_ROWS} rows, and a map")
    print(f"{'':6} {'first s':>9} {'median s':>9} {'kB':>7}")
    for form in PackForm:
        seconds, size = [], 0
        for _ in range(1 + _TIMES):
            began = time.perf_counter()
            size = len(pack_bytes(pack, form, dated=_HELD_ON))
            seconds.append(time.perf_counter() - began)
        print(f"{form.value:6} {seconds[0]:9.3f} {statistics.median(seconds[1:]):9.3f} {size / 1000:7.0f}")


def _pack() -> Pack:
    """A cover, seven cases, actions due with the map, and minutes."""
    figure, written = Figure(figsize=(8, 5), dpi=110), io.BytesIO()
    figure.subplots().plot(range(_ROWS))
    figure.savefig(written, format="png")
    words = "What was said of it, in a sentence of the usual length for such a note."
    table = Table(
        "Actions", ("What", "Agency", "Due", "How it stands"), ((words, "Housing", "9 Dec", "on track"),) * _ROWS
    )
    lines = Facts((Fact("Why here", words), Fact("Decision", "continue the plan"), Fact("Objective", words)))
    cases = tuple(
        Section(f"Case {number}", (lines, table), level=2, starts_page=number > 0) for number in range(_PAGES - 3)
    )
    return Pack(
        marking="OFFICIAL-SENSITIVE",
        title="Meeting pack",
        cover=lines.lines,
        handling=(words,),
        sections=(
            Section("Cases", ()),
            *cases,
            Section("Map", (Picture(written.getvalue(), "A line", "Map"),), starts_page=True),
            Section("Minutes", (Words(words), table), starts_page=True),
        ),
        tracking=table,
    )


if __name__ == "__main__":
    main()
