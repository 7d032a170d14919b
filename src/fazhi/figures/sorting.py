"""Telling figures from what only looks like figures: one rule after the other, the first that applies decides."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from fazhi.figures.dates import DateSpan
from fazhi.figures.layout import Span
from fazhi.figures.model import Kind
from fazhi.figures.phrases import Phrase
from fazhi.figures.text import Text

_TITLES = re.compile(r"《[^《》\n]{1,60}》")
_QUOTES = re.compile(r"“[^“”\n]{1,24}”|\"[^\"\n]{1,24}\"")
_LABEL = re.compile(r"\d\+[NnXx]|[NnXx]\+\d")
_COORDINATED = re.compile(r"[^，。；：\d]{0,14}(?:和|与|及|、|加)$")
_CLAUSE_END: Final = "，。；：、！？）”\n\t|"
_PERSONS_AND_SIZES: Final = frozenset({"人", "名", "户", "家", "位", "层", "个"})
_FIRM_DURATION = re.compile(
    r"压缩|压减|缩短|缩减|精简|平均|用时|耗时|提前|节约|节省|减少|增加|延长|降至|降到|降为|[由从][^，。；\d]{0,8}\d"
)
_SHORT_TIMES: Final = frozenset({"小时", "个小时", "分钟", "秒"})
_ADVERBIAL = re.compile(r"(?:先后|连续|亲自|多|共|分|各|带队|累计)$")
# 倍差从2.37缩小到1.94
_PAIR_START = re.compile(r"[由从]$")
_PAIR_END = re.compile(r"[由从]\d+(?:\.\d+)?[一-龥]{0,5}[至到为]$")
_CHANGE = re.compile(r"(?:下降|上升|提高|提升|减少|增加|降低|改善|达到|达)了?$")
_TURNED = re.compile(r"[，；：。\n]")
_LONGEST_CONTEXT = 12
_LONGEST_SENTENCE = 600


class Spans:
    """Stretches of a text that do not overlap, to be asked for by place."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def covers(self, start: int, end: int) -> bool:
        """Tell whether one of them holds all of `start:end`."""
        i = bisect_right(self._starts, start) - 1
        return i >= 0 and self._spans[i][1] >= end

    def meets(self, start: int, end: int) -> Span | None:
        """The first of them that shares a character with `start:end`."""
        i = bisect_right(self._starts, start)
        for span in self._spans[max(0, i - 1) : i + 2]:
            if span[0] < end and start < span[1]:
                return span
        return None


class Sorter:
    """Decides what the number phrases of one text are."""

    def __init__(self, text: Text, dates: Sequence[DateSpan]) -> None:
        self.text = text
        self.norm = text.norm
        self.words = text.lexicon
        self.named = [(m.start(), m.end()) for m in self.words.names.finditer(self.norm)]
        self.names = Spans(self.named)
        self.dates = Spans((d.start, d.end) for d in dates)
        self.titles = Spans((m.start(), m.end()) for m in _TITLES.finditer(self.norm))
        self.quotes = Spans((m.start(), m.end()) for m in _QUOTES.finditer(self.norm))
        self.anecdotes = Spans(self._anecdotes())

    def kind(self, phrase: Phrase) -> Kind | None:
        """What `phrase` is; `None` when it is a bare number not worth listing."""
        for rule in _RULES:
            decided = rule(self, phrase)
            if decided is not None:
                return None if decided == "" else Kind(decided)
        return self.counted(phrase.start)

    def counted(self, position: int) -> Kind:
        """A measure, or a target where the text at `position` speaks of what is aimed at."""
        if self.text.planned(position):
            return Kind.TARGET
        start = max(self.text.sentence_at(position)[0], position - _LONGEST_SENTENCE)
        if self.words.plan_sentence.search(self.norm, start, position):
            return Kind.TARGET
        begin, _ = self.text.clause_at(position, position)
        return Kind.TARGET if self.words.plan_clause.search(self.norm, begin, position) else Kind.MEASURE

    def _anecdotes(self) -> Iterable[Span]:
        for start, end in self.text.sentences:
            mark = self.words.anecdote.search(self.norm, start, end)
            if mark:
                yield start, end

    def before(self, phrase: Phrase) -> str:
        """The characters before the surface, within its sentence."""
        return self.norm[max(0, phrase.start - _LONGEST_CONTEXT) : phrase.start]

    def ends_clause(self, position: int) -> bool:
        """Tell whether a clause ends at `position`."""
        return position >= len(self.norm) or self.norm[position] in _CLAUSE_END


# Each rule gives a kind, the empty string for what is not worth listing, or None when it does not apply.
_Rule = Callable[[Sorter, Phrase], "str | None"]


def _in_date(sorter: Sorter, phrase: Phrase) -> str | None:
    if sorter.dates.meets(phrase.at, phrase.core):
        return ""
    if phrase.sort != "period":
        return None
    if phrase.unit == "个月" and _FIRM_DURATION.search(_clause(sorter, phrase)):
        return None
    return Kind.DATE


def _in_name(sorter: Sorter, phrase: Phrase) -> str | None:
    # 八一 within 百分之六十八点八一 names nothing: a name holds the whole number.
    named = sorter.names.covers(phrase.at, phrase.core) or sorter.titles.meets(phrase.at, phrase.core)
    return Kind.NAME if named else None


def _in_quotes(sorter: Sorter, phrase: Phrase) -> str | None:
    quote = sorter.quotes.meets(phrase.at, phrase.core)
    if quote is None or (quote[0] + 1 == phrase.start and quote[1] - 1 == phrase.end and phrase.sort == "percent"):
        return None
    return Kind.NAME


def _ordinal(sorter: Sorter, phrase: Phrase) -> str | None:
    if phrase.sort == "ordinal":
        return Kind.NAME
    before = sorter.norm[phrase.start - 1 : phrase.start] if phrase.start else ""
    if before in ("第", "每", "其") and before:
        return Kind.NAME
    # A letter right before the digits makes them part of a code.
    return "" if before.isascii() and before.isalpha() else None


def _in_anecdote(sorter: Sorter, phrase: Phrase) -> str | None:
    return Kind.NAME if sorter.anecdotes.meets(phrase.at, phrase.core) else None


def _score(sorter: Sorter, phrase: Phrase) -> str | None:
    if phrase.sort != "score":
        return None
    # 9时30分 is a time of day.
    return "" if phrase.chinese or sorter.before(phrase).endswith(("时", "点")) else None


def _duration(sorter: Sorter, phrase: Phrase) -> str | None:
    if phrase.sort != "duration":
        return None
    clause = _clause(sorter, phrase)
    if _FIRM_DURATION.search(clause):
        return None
    limited = sorter.words.duration_limit.match(sorter.norm, phrase.end) or phrase.after in ("以内", "之内")
    if phrase.unit in _SHORT_TIMES and not limited and sorter.ends_clause(phrase.end):
        return None
    if phrase.unit == "日" or limited or not sorter.words.duration_before.search(clause):
        return Kind.DATE
    return None


def _without_unit(sorter: Sorter, phrase: Phrase) -> str | None:
    if phrase.unit:
        return None
    if phrase.chinese and not (phrase.approximate or phrase.before or (phrase.scaled and not phrase.bare)):
        return ""
    if phrase.approximate or phrase.scaled or phrase.plus or phrase.before in ("超", "超过", "突破", "逾", "近"):
        return None
    if phrase.place < 1 and any(p.search(sorter.before(phrase)) for p in (_PAIR_START, _PAIR_END, _CHANGE)):
        return None
    told = sorter.words.number_before.search(sorter.before(phrase))
    return None if told and sorter.ends_clause(phrase.end) else ""


def _class_limit(sorter: Sorter, phrase: Phrase) -> str | None:
    if phrase.sort == "percent" or not (phrase.after or phrase.before):
        return None
    if not phrase.after or phrase.after in ("左右", "上下"):
        return _class_by_prefix(sorter, phrase)
    norm, before = sorter.norm, sorter.before(phrase)
    if sorter.words.limit_before.search(before):
        return Kind.NAME
    if sorter.ends_clause(phrase.end):
        alone = before.endswith("（") and norm[phrase.end : phrase.end + 1] == "）"
        return Kind.NAME if alone else None
    told = sorter.words.counting.search(before) is not None
    if sorter.words.limit_after.match(norm, phrase.end):
        return None if told and phrase.unit not in _PERSONS_AND_SIZES and norm[phrase.end] != "的" else Kind.NAME
    sized = phrase.unit in _PERSONS_AND_SIZES or phrase.sort in ("money", "extent")
    return Kind.NAME if sized and not told else None


def _class_by_prefix(sorter: Sorter, phrase: Phrase) -> str | None:
    """标的超过100万元的项目 names a class; 满意度超过95%的窗口 does not."""
    if not phrase.before or sorter.words.qualifiers_before[phrase.before][0] == "nearly":
        return None
    sized = phrase.unit in ("人", "名", "户") or phrase.sort in ("money", "extent")
    return Kind.NAME if sized and sorter.norm.startswith("的", phrase.end) else None


def _beside_label(sorter: Sorter, phrase: Phrase) -> str | None:
    """“1+N”政策和12个产业链政策: what is coordinated with a structure label is part of the structure's name."""
    begin = max(sorter.norm.rfind(mark, 0, phrase.start) for mark in "，。；：\n") + 1
    label = _LABEL.search(sorter.norm, begin, phrase.start)
    if label is None:
        return None
    return Kind.NAME if _COORDINATED.match(sorter.norm[label.end() : phrase.start].lstrip("+”NnXx")) else None


def _chinese(sorter: Sorter, phrase: Phrase) -> str | None:
    """Small numbers in characters are figures only where something is counted: after a verb, or ending a clause."""
    if not phrase.chinese or phrase.sort == "percent" or phrase.approximate or phrase.unit == "倍":
        return None
    if phrase.before and not (phrase.bare and phrase.before == "上" and phrase.value < 100):
        return None
    words, before = sorter.words, sorter.before(phrase)
    # 六类25个问题: what goes on with another number is counted too.
    if sorter.norm[phrase.end : phrase.end + 1].isdigit() and phrase.sort == "count":
        return None
    if words.manners.match(sorter.norm, phrase.end) or (words.keepers.search(before) and phrase.sort == "count"):
        return Kind.NAME
    if phrase.bare:
        # 万元 in the head of a table is no more than a unit.
        return "" if phrase.sort == "money" else Kind.NAME
    if phrase.value > 10:
        return None
    if phrase.sort not in ("count", "money", "extent") or phrase.value < 1:
        return Kind.NAME
    return None if _counts(sorter, phrase, before) else Kind.NAME


def _counts(sorter: Sorter, phrase: Phrase, before: str) -> bool:
    words = sorter.words
    if phrase.value == 1 and phrase.unit not in words.events:
        return False
    if words.counting.search(before):
        return True
    if phrase.value > 1 and (
        phrase.unit in words.things
        or words.nouns.match(sorter.norm, phrase.end)
        or (phrase.unit == "次" and _ADVERBIAL.search(before))
    ):
        return True
    if not sorter.ends_clause(phrase.end) or phrase.unit == "起":
        return False
    # 每年一次 tells how often.
    if phrase.value == 1 and before.endswith(("年", "月", "周", "季度", "天", "日", "星期")):
        return False
    return bool(before) and before[-1] not in _CLAUSE_END


def _clause(sorter: Sorter, phrase: Phrase) -> str:
    """What is said around the phrase between commas, a list counting as one clause."""
    start, end = sorter.text.sentence_at(phrase.start)
    begin = start
    for mark in _TURNED.finditer(sorter.norm, start, phrase.start):
        begin = mark.end()
    after = _TURNED.search(sorter.norm, phrase.end, max(end, phrase.end))
    return sorter.norm[begin : after.start() if after else end]


_RULES: Final[tuple[_Rule, ...]] = (
    _in_date,
    _in_name,
    _in_quotes,
    _ordinal,
    _in_anecdote,
    _score,
    _duration,
    _without_unit,
    _class_limit,
    _beside_label,
    _chinese,
)
