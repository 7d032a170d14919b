"""Writing a value in a form, so that what is written is always true of it: 83543120 as 8354万余, 98.1 as 超98%.

A form is one of:

| form | 3314 or 83543120 or 98.13 becomes | true when |
|---|---|---|
| `plain` | 3314, 98.13 | always |
| `grouped` | 3,314 | always |
| `wan`, `yi` | 8354.312万, 0.83543120亿 | always; nothing is rounded |
| `chinese`, `chinese_liang` | 三千三百一十四, 两百 | whole numbers |
| `ten_over`, `hundred_over`, `thousand_over` | 3310余, 3300余, 3000余 | something is left over |
| `wan_over`, `wan1_over`, `wan2_over` | 8354万余, 11.3万余 (of 113450), 11.34万余 | something is left over |
| `yi_over`, `yi1_over`, `yi2_over` | 1亿余, 1.2亿余 | something is left over |
| `hundred_above`, `thousand_above`, `wan_above`, … | 超3300, 超3000, 超8354万 | something is left over |
| `hundred_near`, `thousand_near`, `wan_near`, … | 近3400, 近8355万 | at least nine tenths of it are reached |
| `percent`, `percent1`, `percent2` | 98%, 98.1%, 98.13% (rounded half up) | 100 and 0 only when exact |
| `over_percent`, `over_percent1` | 超98%, 超98.1% | something is left over |
| `percent_above` | 95%以上 (of 98.13) | at least 5 % |
| `share` | 百分之九十八点一三 | always |
| `all` | 全覆盖 | the value is 100 |
| `none` | 无 | the value is 0 |

The unit is not part of the form: it stands in the text after the figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

from fazhi.figures.model import shown
from fazhi.figures.numerals import to_chinese, to_grouped

_SCALES: Final = {"ten": 10, "hundred": 100, "thousand": 1000, "wan": 10**4, "yi": 10**8}
_SIGNS: Final = {"wan": "万", "yi": "亿"}
_SCALED = re.compile(r"(?P<scale>ten|hundred|thousand|wan|yi)(?P<decimals>[1-4]?)_(?P<how>over|above|near)$")
_PERCENT = re.compile(r"(?P<over>over_)?percent(?P<decimals>[1-4]?)$")
_HUNDRED: Final = Decimal(100)
_NEAR_ENOUGH: Final = Decimal("0.9")
_STEP_ABOVE: Final = 5
_POINT_DIGITS: Final = "零一二三四五六七八九"


class UnknownForm(ValueError):
    """There is no form of that name."""


class UntrueForm(ValueError):
    """The form, applied to the value, would say what is not so."""


def written(value: Decimal | float, form: str = "plain") -> str:
    """Write `value` in `form`.

    Args:
        value: money in 元, percentages in percentage points.
        form: one of the names in the table of this module.

    Raises:
        UnknownForm: no such form.
        UntrueForm: what would be written is not true of the value; the message says which form is.
    """
    number = Decimal(str(value))
    if number < 0:
        raise UntrueForm(f"负数{shown(number)}不能写入文稿。请改写为“减少”“下降”等说法并写正数。")
    simple = _SIMPLE.get(form)
    if simple is not None:
        return simple(number)
    if scaled := _SCALED.match(form):
        return _scaled(number, scaled["scale"], int(scaled["decimals"] or 0), scaled["how"])
    if percent := _PERCENT.match(form):
        decimals = int(percent["decimals"] or 0)
        return _over_percent(number, decimals) if percent["over"] else _percent(number, decimals)
    raise UnknownForm(f"没有名为“{form}”的写法。可用的写法:{'、'.join(FORMS)}。")


def is_form(form: str) -> bool:
    """Tell whether a form of that name exists."""
    return form in _SIMPLE or _SCALED.match(form) is not None or _PERCENT.match(form) is not None


def _grouped(number: Decimal) -> str:
    whole, _, decimals = shown(number).partition(".")
    return to_grouped(int(whole)) + (f".{decimals}" if decimals else "")


def _in(sign: str, unit: int) -> Callable[[Decimal], str]:
    def write(number: Decimal) -> str:
        return shown(number / unit) + sign if number else "0"

    return write


def _chinese(two: str) -> Callable[[Decimal], str]:
    def write(number: Decimal) -> str:
        if number != number.to_integral_value():
            raise UntrueForm(f"{shown(number)}不是整数,不能写成汉字数目。请改用“plain”。")
        return to_chinese(int(number), two=two)

    return write


def _share(number: Decimal) -> str:
    whole, _, decimals = shown(number).partition(".")
    tail = "点" + "".join(_POINT_DIGITS[int(d)] for d in decimals) if decimals else ""
    return "百分之" + ("百" if number == _HUNDRED else to_chinese(int(whole)) + tail)


def _percent_above(number: Decimal) -> str:
    step = int(number) // _STEP_ABOVE * _STEP_ABOVE
    if not step:
        raise UntrueForm(f"{shown(number)}%不足{_STEP_ABOVE}%,写“以上”没有意义。请改用“percent1”。")
    return f"{step}%以上"


def _all(number: Decimal) -> str:
    if number != _HUNDRED:
        raise UntrueForm(f"数值为{shown(number)}%,不是100%,不能写“全覆盖”。请改用“percent1”。")
    return "全覆盖"


def _none(number: Decimal) -> str:
    if number:
        raise UntrueForm(f"数值为{shown(number)},不是0,不能写“无”。请改用“plain”。")
    return "无"


def _scaled(number: Decimal, scale: str, decimals: int, how: str) -> str:
    if decimals and scale not in _SIGNS:
        raise UnknownForm(f"“{scale}”的写法不带小数位。可用的写法:{'、'.join(FORMS)}。")
    unit, sign = Decimal(_SCALES[scale]), _SIGNS.get(scale, "")
    step = unit.scaleb(-decimals)
    base = (number / step).to_integral_value(ROUND_DOWN) * step
    if how == "near":
        return _near(number, base, step, unit, sign)
    shown_base = shown(base / unit) + sign if sign else shown(base)
    if not base:
        raise UntrueForm(
            f"{shown(number)}不足{shown(step)},不能以{shown(step)}为单位写约数。请改用“plain”或更小的单位。"
        )
    if number == base:
        exact = "wan" if sign == "万" else "yi" if sign else "plain"
        raise UntrueForm(
            f"{shown(number)}恰为{shown_base},没有余数,不能写“{'余' if how == 'over' else '超'}”。请改用“{exact}”。"
        )
    return f"{shown_base}余" if how == "over" else f"超{shown_base}"


def _near(number: Decimal, base: Decimal, step: Decimal, unit: Decimal, sign: str) -> str:
    above = base + step
    if number == base or number < above * _NEAR_ENOUGH:
        raise UntrueForm(f"{shown(number)}与{shown(above)}相差较远或并无零头,不能写“近”。请改用“plain”。")
    return f"近{shown(above / unit) if sign else shown(above)}{sign}"


def _percent(number: Decimal, decimals: int) -> str:
    place = Decimal(1).scaleb(-decimals)
    rounded = number.quantize(place, ROUND_HALF_UP)
    if rounded in (0, _HUNDRED) and number != rounded:
        raise UntrueForm(
            f"{shown(number)}%四舍五入为{shown(rounded)}%,但{shown(rounded)}%表示没有例外。请增加小数位或改用“over_percent”。"
        )
    # 98.0 is written with its zero: it says how exactly it is meant. 100 and 0 are exact anyway.
    return f"{shown(rounded) if rounded in (0, _HUNDRED) else rounded}%"


def _over_percent(number: Decimal, decimals: int) -> str:
    cut = number.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)
    if number == cut:
        raise UntrueForm(f"{shown(number)}%没有零头,不能写“超{cut}%”。请改用“percent”。")
    return f"超{cut}%"


_SIMPLE: Final[dict[str, Callable[[Decimal], str]]] = {
    "plain": shown,
    "grouped": _grouped,
    "wan": _in("万", 10**4),
    "yi": _in("亿", 10**8),
    "chinese": _chinese("二"),
    "chinese_liang": _chinese("两"),
    "share": _share,
    "percent_above": _percent_above,
    "all": _all,
    "none": _none,
}

FORMS: Final[tuple[str, ...]] = (
    "plain", "grouped", "wan", "yi", "chinese", "chinese_liang",
    "ten_over", "hundred_over", "thousand_over", "wan_over", "wan1_over", "wan2_over", "yi_over", "yi1_over", "yi2_over",
    "hundred_above", "thousand_above", "wan_above", "wan1_above", "yi_above", "yi1_above",
    "hundred_near", "thousand_near", "wan_near", "wan1_near", "yi_near", "yi1_near",
    "percent", "percent1", "percent2", "over_percent", "over_percent1", "percent_above", "share", "all", "none",
)  # fmt: skip
