"""Numbers as Chinese official texts write them: 1,234 · 1.2万 · 三千二百 · 二〇二二 · 3万5千 · 一亿二千万.

`parse` reads any of them, the `to_*` functions write them; a number written by any writer reads back as itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

DIGITS = {
    "〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
BIG = {"万": 10**4, "亿": 10**8}
_CHINESE = "零一二三四五六七八九"


class NumeralError(ValueError):
    """What was to be read is not a number."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from text.

    `value` has 万 and 亿 multiplied out. `place` is the value of one unit of the last digit written (8354万 → 10000,
    11.3万 → 1000, 9.8 → 0.1): what an approximation of it may hide. `step` is the place of the last digit that is not
    zero (20 → 10, 8354万 → 10000): what 余 after the digits may hide.
    """

    value: Decimal
    place: Decimal
    step: Decimal


def parse(text: str) -> Number:
    """Read one number in Arabic, Chinese or mixed notation.

    Thousands may be set apart by a comma or a space. A number without a leading digit (百, 千, 万) counts as one of
    its unit. Raises `NumeralError` on anything else.
    """
    written = text.replace(",", "").replace(" ", "").replace("點", "点")
    if not written:
        raise NumeralError("空字符串不是数字")
    if written.replace(".", "", 1).isdecimal() and written.isascii():
        return _plain(written, Decimal(1))
    if all(c in DIGITS for c in written):
        return _plain("".join(str(DIGITS[c]) for c in written), Decimal(1))
    return _structured(written)


def _plain(digits: str, unit: Decimal) -> Number:
    if digits.startswith(".") or digits.endswith("."):
        raise NumeralError(f"不完整的小数:{digits}")
    value = Decimal(digits)
    decimals = len(digits.partition(".")[2])
    place = Decimal(1).scaleb(-decimals)
    step = place
    if not decimals and value:
        step = Decimal(1).scaleb(len(digits) - len(digits.rstrip("0")))
    return Number(value * unit, place * unit, step * unit)


def _tokens(text: str) -> list[tuple[str, Decimal, int]]:
    """Split into ("number", value, decimals), ("small", unit, 0) and ("big", unit, 0)."""
    found: list[tuple[str, Decimal, int]] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char in SMALL:
            found.append(("small", Decimal(SMALL[char]), 0))
            at += 1
        elif char in BIG:
            found.append(("big", Decimal(BIG[char]), 0))
            at += 1
        elif char in "零〇○" and found:
            found.append(("zero", Decimal(0), 0))
            at += 1
        else:
            end = at
            while end < len(text) and (text[end].isdecimal() or text[end] in ".点" or text[end] in DIGITS):
                end += 1
            digits = "".join("." if c in ".点" else str(DIGITS.get(c, c)) for c in text[at:end])
            if not digits or digits.count(".") > 1 or digits[0] == "." or digits[-1] == ".":
                raise NumeralError(f"不是数字:{text}")
            found.append(("number", Decimal(digits), len(digits.partition(".")[2])))
            at = end
    return found


def _structured(text: str) -> Number:
    total = section = Decimal(0)
    pending: Decimal | None = None
    last_small = last_big = last_any = Decimal(0)
    place = Decimal(1)
    after_zero = False
    for sort, amount, decimals in _tokens(text):
        if sort == "number":
            if pending is not None:
                raise NumeralError(f"不是数字:{text}")
            pending, place = amount, Decimal(1).scaleb(-decimals)
        elif sort == "zero":
            if pending is not None:
                raise NumeralError(f"不是数字:{text}")
            after_zero = True
        elif sort == "small":
            if last_small and amount >= last_small and pending is None:
                raise NumeralError(f"不是数字:{text}")
            section += (Decimal(1) if pending is None else pending) * amount
            place = amount if pending is None else place * amount
            pending, last_small, last_any, after_zero = None, amount, amount, False
        else:
            section += pending or 0
            bare = not section
            place = amount if pending is None and last_any < amount and not last_small else place * amount
            if bare and total:
                total *= amount
            elif last_big and amount > last_big:
                total = (total + section) * amount
            else:
                total += (section or Decimal(1)) * amount
            section, pending, last_small, last_big, last_any, after_zero = Decimal(0), None, Decimal(0), amount, amount, False
    if pending is not None:
        # 两百五, 三万五: the last digit stands one place below the unit before it.
        short = last_any >= 100 and not after_zero and text[-1] in DIGITS and pending < 10
        section += pending * last_any / 10 if short else pending
        place = last_any / 10 if short else place
    value = total + section
    return Number(value, place, _step(value, place))


def _step(value: Decimal, place: Decimal) -> Decimal:
    if not value:
        return place
    units = int(value / place)
    while units and units % 10 == 0:
        units //= 10
        place *= 10
    return place


def to_chinese(number: int, *, two: str = "二") -> str:
    """Write a whole number below 10^16 in Chinese: 3314 → 三千三百一十四. `two="两"` writes 两百, 两千, 两万."""
    if number < 0 or number >= 10**16:
        raise NumeralError(f"超出可书写的范围:{number}")
    if number < 10:
        return two if number == 2 else _CHINESE[number]
    written = ""
    gap = False
    for unit, sign in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, unit)
        if not part:
            gap = bool(written)
            continue
        if written and (gap or part < 1000):
            written += "零"
        written += ("两" if part == 2 and two == "两" and sign else _below_ten_thousand(part, two)) + sign
        gap = False
    # 一十二 at the very beginning is written 十二.
    return _merge_trillions(written[1:] if written.startswith("一十") else written)


def _merge_trillions(written: str) -> str:
    """Say 三万零五亿 rather than 三万亿零五亿: 亿 is said once."""
    return written.replace("万亿", "万", 1) if written.count("亿") > 1 else written


def _below_ten_thousand(number: int, two: str) -> str:
    written = ""
    gap = False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if gap and written else "") + (two if digit == 2 and unit >= 100 else _CHINESE[digit]) + sign
            gap = False
        else:
            gap = True
    return written


def to_digits(number: int) -> str:
    """Write digit by digit, as years are: 2022 → 二〇二二."""
    return "".join("〇" if d == "0" else _CHINESE[int(d)] for d in str(number))


def to_grouped(number: int, separator: str = ",") -> str:
    """Write with thousands set apart: 1234567 → 1,234,567."""
    return f"{number:,}".replace(",", separator)


def to_wan(number: int) -> str:
    """Write in 万 or 亿 without loss: 83540000 → 8354万, 12000 → 1.2万."""
    for unit, sign in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            return f"{(Decimal(number) / unit).normalize():f}{sign}"
    return str(number)


def to_full_width(text: str) -> str:
    """Write the digits of `text` full-width: 2022 → ２０２２."""
    return text.translate({ord("0") + d: 0xFF10 + d for d in range(10)} | {ord("."): 0xFF0E, ord("%"): 0xFF05})
