"""Can every colour be read, in both themes and in grey?"""

from __future__ import annotations

import pytest

from dashboard import settings
from dashboard.charts.palette import DARK, LIGHT, Palette, palette


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb. Source: WCAG 2.2, relative luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio. Source: WCAG 2.2, contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_contrast_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["text", "quiet", "blue", "overdue", "due_soon", "on_track", "done"])
def test_every_colour_of_words_can_be_read_on_the_page(colours: Palette, name: str) -> None:
    assert contrast(getattr(colours, name), colours.background) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_map_can_be_read_in_grey(colours: Palette) -> None:
    steps = [luminance(colour) for colour in colours.ramp]
    assert steps in (sorted(steps), sorted(steps, reverse=True))
    assert min(contrast(low, high) for low, high in zip(colours.ramp, colours.ramp[1:], strict=False)) > 1.3


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize("name", ["textColor", "redTextColor", "orangeTextColor", "greenTextColor", "grayTextColor"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_every_word_of_the_theme_can_be_read_on_page_and_panel(
    theme: str, colours: Palette, name: str, ground: str
) -> None:
    chosen = settings.intended()
    assert chosen[f"theme.{theme}.backgroundColor"] == colours.background
    assert contrast(chosen[f"theme.{theme}.{name}"], chosen[f"theme.{theme}.{ground}"]) >= 4.5


def test_an_unknown_theme_is_light() -> None:
    assert palette(None) is LIGHT
