"""Every contrast the colour tokens promise, computed from the style sheet itself."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "static/css"
TOKENS = (STYLES / "tokens.css").read_text("utf-8")
PLAIN, CONTRAST = ":root {", ':root[data-theme="contrast"] {'
CONTRAST_OF_THE_SYSTEM = ':root:not([data-theme="light"], [data-theme="dark"]) {'
SIDES = {
    "light": (PLAIN, 0),
    "dark": (PLAIN, 1),
    "high contrast, light": (CONTRAST, 0),
    "high contrast, dark": (CONTRAST, 1),
}

SURFACES = ("paper", "card", "sunken")
MARKS = ("mark-1", "mark-2", "mark-3", "mark-active")
# What stands on what, and the least ratio in each theme: the design's worst cases.
PAIRS = {
    ("ink", ("paper",)): (15.8, 13.6, 21, 21),
    ("ink", SURFACES): (14.2, 12.2, 21, 21),
    ("ink", (*MARKS, "hit")): (10.6, 6.9, 14, 10),
    ("ink-soft", SURFACES): (6.5, 6.3, 15, 15.9),
    ("accent", SURFACES): (7.3, 8.8, 11, 14),
    ("accent", MARKS): (5.4, 4.9, 7.5, 6.7),
    ("on-accent", ("accent",)): (8.6, 8.9, 11, 14),
    ("edge", SURFACES): (4.1, 4.4, 21, 21),
    ("focus", SURFACES): (5.4, 7.9, 6.9, 9.8),
    ("focus", MARKS): (4.0, 4.4, 4.7, 4.7),
    ("line-others", MARKS): (3.6, 4.4, 14, 7.7),
    ("line-mine", MARKS): (4.1, 4.0, 7.5, 6.7),
    ("error", SURFACES): (6.3, 7.8, 9.7, 12),
    ("good", SURFACES): (6.3, 7.8, 9.7, 12),
    ("caution", SURFACES): (6.3, 7.8, 9.7, 12),
}
# WCAG 2.2: 4.5 for text (1.4.3), 3 for parts of the interface and marks (1.4.11).
TEXT = {"ink", "ink-soft", "accent", "on-accent", "error", "good", "caution"}


def colours(selector: str, side: int) -> dict[str, str]:
    """The colours under ``selector``: of the day (0) or of the night (1)."""
    block = TOKENS.split(selector, 1)[1].split("}", 1)[0]
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", block)
    return {name: pair[side] for name, *pair in found}


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def cases():
    for (ink, grounds), promised in PAIRS.items():
        for theme, least in zip(SIDES, promised, strict=True):
            yield pytest.param(ink, grounds, theme, least, id=f"{ink} on {grounds[0]}…: {theme}")


@pytest.mark.parametrize(("ink", "grounds", "theme", "least"), list(cases()))
def test_the_worst_case_of_every_pair_keeps_its_promise(ink, grounds, theme, least):
    values = colours(*SIDES[theme])
    worst = min(contrast(values[ink], values[ground]) for ground in grounds)
    assert worst > least - 0.06  # the promises are given to one decimal
    assert worst >= (4.5 if ink in TEXT else 3)


def test_depths_of_marks_can_be_told_apart_in_order():
    for theme, (selector, side) in SIDES.items():
        values = colours(selector, side)
        distances = [contrast(values[mark], values["paper"]) for mark in MARKS[:3]]
        assert distances == sorted(distances), theme
        assert distances[0] > 1.02, theme


def test_the_systems_wish_for_contrast_gives_the_same_colours_as_the_readers():
    for side in (0, 1):
        chosen = colours(CONTRAST, side)
        assert chosen == colours(CONTRAST_OF_THE_SYSTEM, side)
        assert chosen.keys() == colours(PLAIN, side).keys()


def test_every_colour_is_solid_and_stands_in_the_tokens_alone():
    assert not re.search(r"rgba?\(|hsla?\(|transparent", TOKENS)
    for sheet in sorted(STYLES.glob("*.css")):
        if sheet.name != "tokens.css":
            text = re.sub(r"@media print \{.*", "", sheet.read_text("utf-8"), flags=re.DOTALL)
            assert not re.search(r"(?<![\w-])(color|background)(-color)?: *#", text), sheet.name
