"""Colours that can be read: WCAG 2.2 AA, in the light and in the dark."""

from __future__ import annotations

import re
from importlib import resources

import pytest

CSS = resources.files("search.web").joinpath("static/page.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w{6});", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
)

TEXT = [(text, ground) for text in ("ink", "quiet", "accent") for ground in ("paper", "here")] + [
    ("ink", "match"),
    ("ink", "counterpart"),
    ("paper", "ink"),
    ("paper", "accent"),
]
SHAPES = [("field", "paper"), ("match-line", "paper"), ("counterpart-line", "paper")]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [(*pair, 4.5) for pair in TEXT] + [(*pair, 3.0) for pair in SHAPES],
)
def test_contrast_is_enough(scheme: dict[str, str], front: str, ground: str, least: float) -> None:
    assert contrast(scheme[front], scheme[ground]) >= least
