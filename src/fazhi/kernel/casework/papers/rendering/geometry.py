"""The page of GB/T 9704-2012 in numbers: one place for what Word and PDF must agree on.

Millimetres unless the name says points. The standard gives margins, type area (版心), 22 lines of 28 characters and
the size of type; line pitch and character pitch follow from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

POINTS_PER_MM: Final = 72 / 25.4

LINES: Final = 22
CHARACTERS: Final = 28

SIZE_2_PT: Final = 22.0  # 二号：标题
SIZE_3_PT: Final = 16.0  # 三号：正文
SIZE_4_PT: Final = 14.0  # 四号：页码、版记、表格单元
SIZE_SMALL_4_PT: Final = 12.0  # 小四：正文中的表格
SIZE_5_PT: Final = 10.5  # 五号：台账、表注

MARK_BELOW_TYPE_AREA: Final = 35.0  # 发文机关标志上边缘至版心上边缘（红头、纪要）
LETTER_MARK_FROM_EDGE: Final = 30.0  # 信函式标志上边缘至上页边
RULE_BELOW_NUMBER: Final = 4.0  # 红色分隔线在发文字号之下；信函式双线在标志之下
LETTER_RULE_FROM_FOOT: Final = 20.0  # 信函式第二条双线至下页边
LETTER_RULE_LENGTH: Final = 170.0
PAGE_NUMBER_BELOW_TYPE_AREA: Final = 7.0

RED: Final = "EE1C25"  # the screen's nearest to Y80 M80, the standard's red
BLACK: Final = "000000"


@dataclass(frozen=True, slots=True)
class Page:
    """This sheet: its size and margins. The type area is what the margins leave."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def text_width(self) -> float:
        """The width of the type area."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """The height of the type area."""
        return self.height - self.top - self.bottom


PORTRAIT: Final = Page(width=210, height=297, top=37, right=26, bottom=35, left=28)
# A ledger is the portrait sheet turned a quarter to the left: its head then lies at the binding edge of an odd page.
LANDSCAPE: Final = Page(width=297, height=210, top=28, right=37, bottom=26, left=35)

CHARACTER_PITCH_PT: Final = PORTRAIT.text_width * POINTS_PER_MM / CHARACTERS
LINE_PITCH_PT: Final = PORTRAIT.text_height * POINTS_PER_MM / LINES


def mark_size(mark: str, *, largest: float, width: float = PORTRAIT.text_width) -> float:
    """The type size in points at which this issuing mark fits one line of `width`, at most `largest`.

    The standard leaves the size to the organ as long as it is 醒目、美观、庄重; one line without wrapping is ours.
    """
    return min(largest, round(width * POINTS_PER_MM / max(len(mark), 1) - 0.05, 1))
