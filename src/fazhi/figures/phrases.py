"""Number phrases: every span of a text that is a number with its qualifier, its scale and its unit, not yet judged."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from fazhi.figures.lexicon import Lexicon
from fazhi.figures.numerals import BIG, DIGITS, NumeralError, parse

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CHINESE = "零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_DIGITS = "零〇一二三四五六七八九"
_NUMBER = re.compile(
    rf"(?P<whole>[{_CHINESE}]+)分之(?P<part>{_ARABIC}|[{_CHINESE}]+(?:点[{_DIGITS}]+)?)"
    rf"|(?P<over>(?<![\d/.])\d)/(?P<under>\d|10)(?![\d/年月])"
    rf"|(?P<arabic>{_ARABIC}(?:(?:百(?!分)|千(?![瓦米克卡伏])|[万亿](?![达科宁荣载]))+(?:\d+[百千万]+)*)?)"
    rf"|(?P<chinese>[{_CHINESE}]+(?:点[{_DIGITS}]+[万亿]*)?)"
)
# 感谢信12封，: one character between a number and the end of a clause is a measure word, known or not.
_MEASURE_WORD = re.compile(
    r"[一-龥](?<![前后内外里中上下左右起止为至到的多者来以和与及并等时点分秒号年月日])(?=[，。；、）！\n]|$)"
)
_FURTHER_TENTH = re.compile(r"[二三四五六七八九](?=以|左|的|[，。；、）！\n]|$)")
_SIZED = "类项块片种件"
_VAGUE_DIGITS = re.compile(r"[一二两三四五六七八九]{2,}(?:[十百千万亿]|$)")
_LONGEST_QUALIFIER: Final = 4
# 至少有3个, 不少于配备2名: a verb may stand between the qualifier and its number.
_GAP_VERBS: Final = (
    "有",
    "为",
    "了",
    "配备",
    "开展",
    "召开",
    "组织",
    "举办",
    "培育",
    "建立",
    "建成",
    "完成",
    "安排",
    "设立",
)
_GAP_WORDS: Final = frozenset({"至少", "最少", "不少于", "超过", "不低于", "最多", "至多", "不超过", "约", "近"})


@dataclass(slots=True)
class Phrase:
    """A number with what stands around it; offsets count in the normalised text.

    `start` to `end` is the surface; the digits stand from `at` to `core`. `digits` is what the digits alone say, `value`
    with their scale. `place` and `step` are as in `numerals.Number`. `sort` is the class of the unit in the lexicon.
    `chinese` tells whether the number is written in characters, `bare` whether its digits are a unit only (百余, 近千).
    """

    start: int
    end: int
    at: int
    core: int
    digits: Decimal
    value: Decimal
    place: Decimal
    step: Decimal
    unit: str = ""
    sort: str = ""
    before: str = ""
    after: str = ""
    chinese: bool = False
    bare: bool = False
    scaled: bool = False
    approximate: bool = False
    plus: bool = False
    negative: bool = False
    shared: bool = False

    def scale(self, factor: Decimal) -> None:
        """Multiply by a 万 or 亿 that stands elsewhere: in the head of a table or at the end of a list."""
        self.value, self.place, self.step = self.value * factor, self.place * factor, self.step * factor
        self.scaled = True


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of number phrases over one lexicon."""

    lexicon: Lexicon
    tail: re.Pattern[str]
    chinese_tail: re.Pattern[str]
    unit: re.Pattern[str]

    def phrases(self, norm: str) -> Iterator[Phrase]:
        """Every number phrase of a normalised text, in order; phrases do not overlap."""
        at = 0
        while found := _NUMBER.search(norm, at):
            phrase = self._phrase(norm, found)
            if phrase is None:
                at = found.end()
                continue
            yield phrase
            at = phrase.end

    def _phrase(self, norm: str, found: re.Match[str]) -> Phrase | None:
        phrase = _number(found)
        if phrase is None:
            return None
        if phrase.sort != "percent" or not phrase.unit:
            tail = (self.chinese_tail if phrase.chinese else self.tail).match(norm, found.end())
            assert tail is not None
            self._add_tail(phrase, norm, tail)
        else:
            self._add_suffix(phrase, norm)
        self._add_prefix(phrase, norm)
        return phrase

    def _add_tail(self, phrase: Phrase, norm: str, tail: re.Match[str]) -> None:
        phrase.approximate = bool(tail["mid"] or tail["post"])
        phrase.plus = bool(tail["plus"])
        if tail["scale"]:
            # 1亿5千余万 is 1亿5千万 and more: the 万 scales what stands last only.
            number = parse(norm[phrase.at : phrase.core] + tail["scale"])
            phrase.value, phrase.place, phrase.step, phrase.scaled = number.value, number.place, number.step, True
        phrase.core = max(tail.end("scale"), tail.end("mid"), phrase.core)
        unit = tail["unit"] or ""
        phrase.unit, phrase.sort = unit, self.sort_of(unit)
        phrase.end = max(tail.end("unit"), tail.end("plus"), tail.end("post"), phrase.core)
        if not unit and not phrase.chinese and _MEASURE_WORD.match(norm, phrase.end):
            phrase.unit, phrase.sort = norm[phrase.end], "count"
            phrase.end += 1
        if unit == "成":
            self._in_tenths(phrase, norm)
        elif unit == "‰":
            phrase.value, phrase.place, phrase.step = phrase.value / 10, phrase.place / 10, phrase.step / 10
        self._add_suffix(phrase, norm)

    def _in_tenths(self, phrase: Phrase, norm: str) -> None:
        """三成 is 30 %, 九成五 95 %."""
        more = DIGITS[further[0]] if (further := _FURTHER_TENTH.match(norm, phrase.end)) else 0
        phrase.digits, phrase.value = phrase.digits * 10 + more, phrase.value * 10 + more
        phrase.place, phrase.step = (Decimal(1),) * 2 if more else (phrase.place * 10, phrase.step * 10)
        phrase.end += bool(more)

    def _add_suffix(self, phrase: Phrase, norm: str) -> None:
        bracket = 3 if norm.startswith("（含）", phrase.end) else 0
        for length in range(_LONGEST_QUALIFIER, 1, -1):
            word = norm[phrase.end + bracket : phrase.end + bracket + length]
            if word in self.lexicon.qualifiers_after:
                phrase.after, phrase.end = word, phrase.end + bracket + length
                return

    def _add_prefix(self, phrase: Phrase, norm: str) -> None:
        if phrase.at and norm[phrase.at - 1] == "-" and _is_minus(norm, phrase.at - 1):
            phrase.negative, phrase.start = True, phrase.at - 1
        stop = phrase.start
        word = self._qualifier_before(norm, stop)
        if not word:
            for verb in _GAP_VERBS:
                if norm.endswith(verb, 0, stop):
                    word = self._qualifier_before(norm, stop - len(verb))
                    stop -= len(verb) if word in _GAP_WORDS else 0
                    word = word if word in _GAP_WORDS else ""
                    break
        # 上百次 claims a hundred and more; 网上5次 does not.
        if word and (word != "上" or phrase.bare):
            phrase.before, phrase.start = word, stop - len(word)

    def _qualifier_before(self, norm: str, stop: int) -> str:
        for length in range(min(_LONGEST_QUALIFIER, stop), 0, -1):
            word = norm[stop - length : stop]
            entry = self.lexicon.qualifiers_before.get(word)
            if entry is None:
                continue
            blocked = entry[1]
            if blocked is None or not blocked.search(norm[max(0, stop - length - 2) : stop - length]):
                return word
        return ""

    def sort_of(self, unit: str) -> str:
        """The class of a unit as written, brackets and all: 户（次） counts as 户."""
        sort = self.lexicon.unit_class.get(unit)
        if sort is None and unit:
            sort = self.lexicon.unit_class.get(re.split(r"[（/]", unit)[0], "count")
        return sort or ""


@lru_cache(maxsize=8)
def grammar_of(lexicon: Lexicon) -> Grammar:
    """The grammar over `lexicon`, compiled once."""

    def tail(unit: str) -> re.Pattern[str]:
        return re.compile(
            rf"(?P<mid>余(?!额|下|名额)|多(?!数|元化|样)|来(?={unit}|[万亿]))?(?:(?P<scale>[万亿]+)(?![达科宁荣载]))?(?P<plus>\+(?!\d|[NnXx]))?"
            rf"(?:[大小](?=[{_SIZED}]))?(?P<unit>{unit}(?:（(?:次|{unit})）|/(?:次|套|个|张|份|人次|户次))?)?(?P<post>余(?![额下])|(?<=[成倍])多)?"
        )

    return Grammar(
        lexicon,
        tail(lexicon.unit_pattern),
        tail(lexicon.guarded_unit_pattern),
        re.compile(rf"(?P<scale>[百千万亿]+)?(?P<unit>{lexicon.unit_pattern}(?:（(?:次|{lexicon.unit_pattern})）)?)$"),
    )


def _number(found: re.Match[str]) -> Phrase | None:
    if found["whole"]:
        return _fraction(found, found["whole"], found["part"])
    if found["over"]:
        return _fraction(found, found["under"], found["over"])
    written = found["arabic"] or found["chinese"]
    chinese = found["arabic"] is None
    # 二三十件, 六七成: two digits side by side say one or the other. Three and more may be digits of a year.
    if chinese and len(written) < 4 and _VAGUE_DIGITS.search(written):
        return None
    try:
        number = parse(written)
    except NumeralError:
        return None
    factor = math.prod(BIG[sign] for sign in written[len(written.rstrip("万亿")) :])
    return Phrase(
        found.start(),
        found.end(),
        found.start(),
        found.end(),
        number.value / factor,
        number.value,
        number.place,
        number.step,
        chinese=chinese,
        bare=chinese and written.strip("百千万亿") == "",
        scaled=written[-1] in "万亿",
    )


def _fraction(found: re.Match[str], whole: str, part: str) -> Phrase | None:
    try:
        below, above = parse(whole), parse(part)
    except NumeralError:
        return None
    if below.value <= 0 or (below.value < above.value and not found["whole"]):
        return None
    percent = above.value * 100 / below.value
    place = above.place * 100 / below.value if below.value in (100, 1000) else Decimal(1)
    return Phrase(
        found.start(),
        found.end(),
        found.start(),
        found.end(),
        percent,
        percent,
        place,
        place,
        unit="%",
        sort="percent",
        chinese=True,
    )


def _is_minus(norm: str, at: int) -> bool:
    """Tell whether the dash at `at` is a minus sign: what precedes it calls for a number (同比-5.2%)."""
    return at == 0 or norm[at - 1] in "比长速幅为是（\t|：达"
