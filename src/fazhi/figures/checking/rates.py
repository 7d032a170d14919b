"""Rates and shares against the counts around them: every candidate denominator is tried, and the one that fits named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fazhi.figures.checking.findings import Check, Finding
from fazhi.figures.checking.passage import Passage, cut_off, decimals_of, is_count, is_plain, is_rate, rounded
from fazhi.figures.model import Role, Statement, Verdict, shown

_RATE_NAME = re.compile(
    r"(?P<stem>[一-龥]{2,10}?)(?:率|比例|比重)(?:首次|均|分别)?(?:稳定在|保持在|达到|达|为|超过|超)?$"
)
_SHARE = re.compile(
    r"占(?:比)?(?:[^，。；占]{0,12}的|[^，。；占\d]{0,8}(?:总数|总量|数))?(?:比例|比重|比)?(?:为|达到|达|约)?$"
)
_OF_NAMED = re.compile(r"占(?P<whole>[^，。；占]{2,14}?)(?:总数|总量|数)?的$")
# Adverbs that narrow numerator or denominator to something not counted in the text.
_NARROWED = re.compile(r"按期|按时|及时|综合|直接|首次|平均|同期|当年|一审|二审|本级")
_CARRIED = re.compile(r"结转|上年|去年|往年|历年|存量|此前")
_NEAR_SENTENCES: Final = 2
_MOST_CANDIDATES: Final = 14
_ALIKE: Final = Decimal("0.6")
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class _Pair:
    part: Statement
    whole: Statement
    percent: Decimal

    def told(self) -> str:
        return f"{self.part.surface}÷{self.whole.surface}={shown(rounded(self.percent, 2))}%"


def rates(passage: Passage) -> Iterator[Finding]:
    """Checks every percentage that is a rate or a share, not a change."""
    for rate in passage.measures:
        if not is_rate(rate) or rate.place.role is not Role.CURRENT or rate.surface.endswith("覆盖"):
            continue
        lead = passage.lead(rate)
        named, share = _RATE_NAME.search(lead), _SHARE.search(lead)
        # 农民工案件占三分之一 names a part that is not counted here.
        if share and lead[: share.start()].strip("，、；（") in ("", "其"):
            yield from _judged(passage, rate, "")
        elif named and not share:
            yield from _judged(passage, rate, named["stem"])


def _judged(passage: Passage, rate: Statement, stem: str) -> Iterator[Finding]:
    counts = _counts_near(passage, rate)
    parts = _numerators(passage, rate, counts, stem)
    pairs = [
        _Pair(n, d, n.value * 100 / d.value) for n in parts for d in counts if _can_divide(n, d) and n.value and d.value
    ]
    fitting = [pair for pair in pairs if _fits(rate, pair.percent)]
    if fitting:
        yield _fitting(passage, rate, fitting, pairs)
        return
    sure = _sure(passage, rate, counts, stem)
    if sure is not None:
        yield _wrong(passage, rate, sure)
    elif stem and parts:
        reason = f"{passage.named(rate)}的分母在文中没有写明，前后数字均不能得出，无法判定"
        yield Finding(Check.RATE, Verdict.UNBOUND, reason, (rate, parts[0]))


def _counts_near(passage: Passage, rate: Statement) -> list[Statement]:
    """The counts before a rate in its paragraph, nearest first: its sentence and the one before it."""
    sentence = passage.text.sentence_index(rate.place.start)
    near: list[Statement] = []
    for statement in passage.before(rate):
        apart = sentence - passage.text.sentence_index(statement.place.start)
        if (
            statement.place.paragraph != rate.place.paragraph
            or apart >= _NEAR_SENTENCES
            or len(near) == _MOST_CANDIDATES
        ):
            break
        if is_count(statement):
            near.append(statement)
    return near


def _numerators(passage: Passage, rate: Statement, counts: Sequence[Statement], stem: str) -> list[Statement]:
    """The counts that a rate can be of: those whose label shares a word with its name, for a share the one before it."""
    same = [s for s in counts if s.place.sentence == rate.place.sentence]
    if not stem:
        return same[:1]
    words = {stem[i : i + 2] for i in range(len(stem) - 1)}
    return [s for s in counts if any(word in passage.label(s) for word in words)] or same[:1]


def _can_divide(part: Statement, whole: Statement) -> bool:
    if part is whole or part.value is None or not whole.value or part.unit != whole.unit:
        return False
    return part.value <= whole.value


def _fits(rate: Statement, percent: Decimal) -> bool:
    if not is_plain(rate):
        return percent in rate.bounds
    decimals = decimals_of(rate)
    return rate.value in (rounded(percent, decimals), cut_off(percent, decimals)) and not (
        rate.value == 100 and percent != 100
    )


def _fitting(passage: Passage, rate: Statement, fitting: Sequence[_Pair], pairs: Sequence[_Pair]) -> Finding:
    best = fitting[0]
    others = [p for p in pairs if p.part is best.part and _rivals(p.whole, best.whole) and not _fits(rate, p.percent)]
    reason = f"{best.told()}，与{rate.surface}相符，分母为{passage.named(best.whole)}"
    if is_plain(rate) and rate.value != rounded(best.percent, decimals_of(rate)):
        reason = f"{best.told()}，{rate.surface}是舍去尾数所得，分母为{passage.named(best.whole)}"
    if not others or len({p.whole.value for p in fitting if p.part is best.part}) > 1:
        return Finding(Check.RATE, Verdict.AGREES, reason, (rate, best.part, best.whole))
    other = others[0]
    decimals = max(1, decimals_of(rate))
    reason += f"；若以{passage.named(other.whole)}为分母则为{shown(rounded(other.percent, decimals))}%"
    return Finding(Check.RATE, Verdict.EXPLAINED, reason, (rate, best.part, best.whole))


def _rivals(other: Statement, whole: Statement) -> bool:
    """Tell whether a reader might have taken `other` for the denominator: as near, and not far from it in size."""
    if other.place.sentence != whole.place.sentence or not other.value or not whole.value or other.value == whole.value:
        return False
    return min(other.value, whole.value) / max(other.value, whole.value) > _ALIKE


def _sure(passage: Passage, rate: Statement, counts: Sequence[Statement], stem: str) -> _Pair | None:
    """The part and the whole of a rate where nothing else can be meant: 发现63个，已整改61个，整改率…."""
    here = [s for s in counts if s.place.sentence == rate.place.sentence]
    if len(here) < 2 or not is_plain(rate) or _NARROWED.search(passage.lead(rate)):
        return None
    part, whole = here[0], here[-1] if not stem else here[1]
    if not _can_divide(part, whole) or not part.value or not whole.value:
        return None
    if not is_plain(part) or not is_plain(whole) or _CARRIED.search(passage.since_sentence(rate)):
        return None
    if stem:
        clear = any(stem[i : i + 2] in passage.label(part) for i in range(len(stem) - 1))
    else:
        clear = _OF_NAMED.search(passage.lead(rate)) is None and len({s.unit for s in here}) == 1
        clear = clear and re.search(r"其中|（", passage.between(whole, part)) is not None
    return _Pair(part, whole, part.value * 100 / whole.value) if clear else None


def _wrong(passage: Passage, rate: Statement, sure: _Pair) -> Finding:
    decimals = decimals_of(rate)
    right = rounded(sure.percent, max(decimals, 1 if decimals else 0))
    value = rate.value or Decimal(0)
    if abs(value - right) <= _TENTH and decimals == 1 and _closes(passage, rate):
        reason = f"{sure.told()}，{rate.surface}与之相差0.1，是为使各项占比合计为100%所作的调整"
        return Finding(Check.RATE, Verdict.EXPLAINED, reason, (rate, sure.part, sure.whole), right)
    reason = f"{sure.told()}，与{rate.surface}不符（分子{passage.named(sure.part)}，分母{passage.named(sure.whole)}）"
    return Finding(Check.RATE, Verdict.CONTRADICTS, reason, (rate, sure.part, sure.whole), right)


def _closes(passage: Passage, rate: Statement) -> bool:
    """Tell whether the shares of a sentence add up to 100 exactly, as they do when one was adjusted."""
    shares = [
        s.value or Decimal(0)
        for s in passage.measures
        if s.place.sentence == rate.place.sentence and is_rate(s) and _SHARE.search(passage.lead(s))
    ]
    return len(shares) > 2 and sum(shares) == 100
