"""What may stand in a table's cell or a line of text? Plain words, or a mark of the house's own making."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from dashboard.charts.palette import Palette
from dashboard.text import NBSP, escape_markdown


@dataclass(frozen=True)
class Marked:
    """Markdown made here, from escaped words. Only the functions of this module make one."""

    markdown: str

    def __add__(self, other: Marked) -> Marked:
        """Two marks beside each other."""
        return Marked(f"{self.markdown}{NBSP}{other.markdown}")


Cell: TypeAlias = str | Marked


def markdown_of(cell: Cell) -> str:
    """A cell as Markdown: words escaped, marks as they are."""
    return cell.markdown if isinstance(cell, Marked) else escape_markdown(cell)


class Status(StrEnum):
    """How an action or a plan stands: a colour of its own, always with a shape and a word."""

    OVERDUE = "overdue"
    DUE_SOON = "due soon"
    ON_TRACK = "on track"
    DONE = "done"


_STATUS_LOOKS = {
    Status.OVERDUE: ("▲", "red"),
    Status.DUE_SOON: ("●", "orange"),
    Status.ON_TRACK: ("✓", "green"),
    Status.DONE: ("–", "gray"),
}


class Movement(StrEnum):
    """How a person moved on the list since the week before."""

    NEW = "new"
    UP = "up"
    DOWN = "down"
    SAME = "same"
    RETURNED = "returned"
    LEFT = "left"
    NO_EARLIER_LIST = "no earlier list"


_MOVEMENT_SHAPES = {
    Movement.NEW: "★",
    Movement.UP: "↑",
    Movement.DOWN: "↓",
    Movement.SAME: "=",
    Movement.RETURNED: "↺",
    Movement.LEFT: "→",
    Movement.NO_EARLIER_LIST: "",
}


def status_word(status: Status, said: str | None = None) -> Marked:
    """A status as shape, word and colour; `said` replaces the word ("9 days overdue")."""
    shape, colour = _STATUS_LOOKS[status]
    return Marked(f":{colour}[{shape}{NBSP}{escape_markdown(said or status.value)}]")


def movement_word(movement: Movement, *, earlier_rank: int | None = None) -> Marked:
    """A movement as shape and word, with the rank of the week before: "↑ up from 5"."""
    start = f" from {earlier_rank}" if earlier_rank and movement in {Movement.UP, Movement.DOWN} else ""
    return Marked(f"{_MOVEMENT_SHAPES[movement]}{NBSP}{movement.value}{start}".strip())


def words(*lines: str) -> Marked:
    """Plain words beside each other, the first strong: a name and its reference. A line that breaks begins flush."""
    first, *rest = (escape_markdown(line) for line in lines)
    return Marked(f"{NBSP} ".join([f"**{first}**", *rest]) if first else "")


def plain(text: str) -> Marked:
    """Plain words as a mark, to stand beside another: a bar and its number."""
    return Marked(escape_markdown(text))


def badges(labels: Sequence[str], *, urgent: Sequence[str] = ()) -> Marked:
    """Labels as small badges; the urgent ones bear a triangle as well as a colour."""
    urgent_labels = set(urgent)
    return Marked(
        " ".join(
            f":orange-badge[▲{NBSP}{escape_markdown(label)}]"
            if label in urgent_labels
            else f":gray-badge[{escape_markdown(label)}]"
            for label in labels
        )
    )


def spark_bars(values: Sequence[float | None], palette: Palette, *, said: str, height: int = 24) -> Marked:
    """Tiny bars, oldest first, the newest in full colour; `said` is what is read aloud in their place."""
    most = max((value for value in values if value is not None), default=0) or 1
    bars = []
    for at, value in enumerate(values):
        tall = max((height - 2) * (value or 0) / most, 1)
        colour = palette.line if not value else palette.blue if at == len(values) - 1 else palette.blue_soft
        bars.append(f'<rect x="{at * 6}" y="{height - tall:.1f}" width="4" height="{tall:.1f}" fill="{colour}"/>')
    return _drawn("".join(bars), width=max(len(values) * 6 - 2, 1), height=height, said=said)


def share_bar(value: float, imputed: float, most: float, palette: Palette, *, said: str, width: int = 96) -> Marked:
    """A bar of `value` on the scale of `most`, its imputed part at the end lighter and hatched."""
    unit = width / most if most > 0 else 0
    solid, light = (value - imputed) * unit, imputed * unit
    hatch = (
        '<defs><pattern id="h" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="4" height="4" fill="{palette.blue_soft}"/>'
        f'<rect width="1.5" height="4" fill="{palette.blue}"/></pattern></defs>'
    )
    drawn = (
        f'{hatch}<rect width="{solid:.1f}" height="14" fill="{palette.blue}"/>'
        f'<rect x="{solid:.1f}" width="{light:.1f}" height="14" fill="url(#h)" />'
    )
    return _drawn(drawn, width=width, height=14, said=said)


def _drawn(shapes: str, *, width: int, height: int, said: str) -> Marked:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{shapes}</svg>'
    return Marked(f"![{escape_markdown(said)}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})")
