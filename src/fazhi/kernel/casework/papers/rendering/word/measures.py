"""The standard's page in Word's units, which are whole twentieths of a point.

Word sets type from the top of a line and cannot spread lines over a page, so its pitch is the type area divided by 22
rather than the pitch of the PDF, which begins with the head of the first line and ends with the foot of the last.
"""

from __future__ import annotations

from typing import Final

from fazhi.kernel.casework.papers.rendering import geometry
from fazhi.kernel.casework.papers.rendering.document import Layout
from fazhi.kernel.casework.papers.rendering.word.markup import twips

POINT: Final = 20

TEXT_WIDTH: Final = twips(geometry.PORTRAIT.width) - twips(geometry.PORTRAIT.left) - twips(geometry.PORTRAIT.right)
TEXT_HEIGHT: Final = twips(geometry.PORTRAIT.height) - twips(geometry.PORTRAIT.top) - twips(geometry.PORTRAIT.bottom)
PITCH: Final = TEXT_HEIGHT // geometry.LINES
CHARACTER: Final = TEXT_WIDTH // geometry.CHARACTERS
TIGHTENING: Final = CHARACTER - round(geometry.SIZE_3_PT * POINT)
"""Twips taken from every character, because 28 of 16 points are wider than the type area."""

TITLE_PITCH: Final = 34 * POINT

# Where a line's exact height is given, Word puts a fifth of it below the baseline; type reaches 0.88 of its size above.
HEAD_OF_TYPE: Final = 0.88
FOOT_OF_TYPE: Final = 0.12
ABOVE_BASELINE: Final = 0.8

TABLE_SIZES: Final = {Layout.FORM: geometry.SIZE_4_PT, Layout.LEDGER: geometry.SIZE_5_PT}


def page_of(layout: Layout) -> geometry.Page:
    """The sheet of this layout."""
    return geometry.LANDSCAPE if layout is Layout.LEDGER else geometry.PORTRAIT


def text_width(layout: Layout) -> int:
    """The width of the type area of this layout in twips."""
    page = page_of(layout)
    return twips(page.width) - twips(page.left) - twips(page.right)


def table_size(layout: Layout) -> float:
    """The type size of tables in points."""
    return TABLE_SIZES.get(layout, geometry.SIZE_SMALL_4_PT)


def line_of(size: float) -> int:
    """The exact line height in twips whose first line of type of this size (points) touches the top of the line."""
    return round(size * POINT * HEAD_OF_TYPE / ABOVE_BASELINE)


def to_grid(used: int) -> int:
    """The room in twips that brings `used` to the next whole line of the grid."""
    return -used % PITCH
