"""What a figure as written leaves open: the interval of values of which it is true."""

from __future__ import annotations

from decimal import Decimal

from fazhi.figures.model import PERCENT, Qualifier, Range

_STRICTLY_MORE = frozenset({"超过", "超出", "超", "突破", "逾", "多于", "高于", "大于"})
_STRICTLY_LESS = frozenset({"不足", "不到", "未满", "低于", "少于", "小于"})
_NEAR = Decimal("0.1")
_ABOUT = Decimal("0.05")


def bounds_of(
    value: Decimal, qualifier: Qualifier, *, place: Decimal, step: Decimal, unit: str = "", word: str = ""
) -> Range:
    """The values of which `value`, so qualified, is true.

    `place` is the value of one unit of the last digit written, `step` that of the last digit not zero; `word` is the
    qualifier as written. A figure with decimals or a scale may be rounded or cut off. 100 % admits no exception.
    """
    match qualifier:
        case Qualifier.ABOUT_OVER:
            # 8354万余 includes a round 8354万; 20余 begins at 21.
            return Range(value, value + step, low_open=place == 1, high_open=True)
        case Qualifier.MORE_THAN:
            return Range(value, None, low_open=word in _STRICTLY_MORE)
        case Qualifier.LESS_THAN:
            return Range(Decimal(0), value, high_open=word in _STRICTLY_LESS)
        case Qualifier.NEARLY:
            return _near(value, step, word)
        case _:
            return _exact(value, place, unit)


def _near(value: Decimal, step: Decimal, word: str) -> Range:
    if word in ("近", "将近", "接近"):
        return Range(value - max(step if step < value else Decimal(0), value * _NEAR), value, high_open=True)
    slack = max(min(step, value * _NEAR), value * _ABOUT)
    return Range(value - slack, value + slack)


def _exact(value: Decimal, place: Decimal, unit: str) -> Range:
    if unit == PERCENT and value in (0, 100) and place >= 1:
        return Range.point(value)
    if place == 1 and unit != PERCENT:
        return Range.point(value)
    return Range(value - place / 2, value + place, high_open=True)
