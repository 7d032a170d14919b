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
SCALES = {"百": 100, "千": 1000} | BIG
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
            # 七十点五: the whole part ends in 十.
            if digits.startswith(".") and found and found[-1][0] in ("small", "big"):
                digits = "0" + digits
            if not digits or digits.count(".") > 1 or digits[0] == "." or digits[-1] == ".":
                raise NumeralError(f"不是数字:{text}")
            found.append(("number", Decimal(digits), len(digits.partition(".")[2])))
            at = end
    return found


class _Reckoner:
    """Adds up the parts of a number: digits, 十百千 that close a group of them, 万亿 that close a section."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.total = self.section = Decimal(0)
        self.pending: Decimal | None = None
        self.last_small = self.last_big = self.last_any = Decimal(0)
        self.place = Decimal(1)
        self.after_zero = False

    def number(self, amount: Decimal, decimals: int) -> None:
        if self.pending is not None:
            raise NumeralError(f"不是数字:{self.text}")
        self.pending, self.place = amount, Decimal(1).scaleb(-decimals)

    def zero(self) -> None:
        if self.pending is not None:
            raise NumeralError(f"不是数字:{self.text}")
        self.after_zero = True

    def small(self, unit: Decimal) -> None:
        doubled = self.pending is None and self.last_small and unit >= self.last_small
        if doubled or (self.pending is not None and self.pending >= 10):
            raise NumeralError(f"不是数字:{self.text}")
        self.section += (Decimal(1) if self.pending is None else self.pending) * unit
        self.place = unit if self.pending is None else self.place * unit
        self.pending, self.after_zero = None, False
        self.last_small = self.last_any = unit

    def big(self, unit: Decimal) -> None:
        self.section += self.pending or 0
        direct = self.pending is None and self.last_any < unit and not self.last_small
        self.place = unit if direct else self.place * unit
        if not self.section and self.total:
            self.total *= unit
        elif self.last_big and unit > self.last_big:
            self.total = (self.total + self.section) * unit
        else:
            self.total += (self.section or Decimal(1)) * unit
        self.section, self.pending, self.last_small, self.after_zero = Decimal(0), None, Decimal(0), False
        self.last_big = self.last_any = unit

    def result(self) -> Number:
        if self.pending is not None:
            # 两百五, 三万五: the last digit stands one place below the unit before it.
            short = self.last_any >= 100 and not self.after_zero and self.text[-1] in DIGITS and 1 <= self.pending < 10
            self.section += self.pending * self.last_any / 10 if short else self.pending
            self.place = self.last_any / 10 if short else self.place
        value = self.total + self.section
        return Number(value, self.place, _step(value, self.place))


def _structured(text: str) -> Number:
    reckoner = _Reckoner(text)
    for sort, amount, decimals in _tokens(text):
        if sort == "number":
            reckoner.number(amount, decimals)
        elif sort == "zero":
            reckoner.zero()
        elif sort == "small":
            reckoner.small(amount)
        else:
            reckoner.big(amount)
    return reckoner.result()


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
            written += (
                ("零" if gap and written else "") + (two if digit == 2 and unit >= 100 else _CHINESE[digit]) + sign
            )
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
