"""Which colour means what? One palette for light and one for dark; every pair is checked for contrast."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, as #rrggbb. `ramp` runs from least to most: five steps of one hue."""

    text: str
    quiet: str
    background: str
    panel: str
    line: str
    blue: str
    blue_soft: str
    band: str
    outline: str
    withheld: str
    overdue: str
    due_soon: str
    on_track: str
    done: str
    ramp: tuple[str, str, str, str, str]


LIGHT = Palette(
    text="#0b0c0c",
    quiet="#505a5f",
    background="#ffffff",
    panel="#f3f2f1",
    line="#b1b4b6",
    blue="#1d70b8",
    blue_soft="#a9cbe8",
    band="#e4e6e8",
    outline="#0b0c0c",
    withheld="#bdbab7",
    overdue="#d4351c",
    due_soon="#8a5a00",
    on_track="#00703c",
    done="#505a5f",
    ramp=("#e8f1f8", "#b5d3ea", "#73abd6", "#2f7dbd", "#0b3c68"),
)

DARK = Palette(
    text="#e8e8e8",
    quiet="#b4bbc1",
    background="#14171a",
    panel="#1f2429",
    line="#50575e",
    blue="#7ab8f0",
    blue_soft="#35597a",
    band="#2c3238",
    outline="#e8e8e8",
    withheld="#6b6b6b",
    overdue="#ff9a8a",
    due_soon="#f0b95a",
    on_track="#6fd39b",
    done="#b4bbc1",
    ramp=("#1f2c38", "#2c4d6b", "#3f78a8", "#6aaee3", "#cfe6fb"),
)


def palette(theme: str | None) -> Palette:
    """The palette of the theme in use: "dark", or anything else for light."""
    return DARK if theme == "dark" else LIGHT
