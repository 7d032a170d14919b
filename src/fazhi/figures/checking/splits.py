"""Totals and their parts: the sum, each part at most the whole, percentages that close to 100."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from fazhi.figures.checking.findings import Check, Finding
from fazhi.figures.checking.passage import Passage, is_count, is_plain, is_rate, said, together
from fazhi.figures.model import Range, Statement, Verdict, shown

_OPENS = re.compile(r"[^，。；（）]{0,12}(?:（(?P<bracket>[^（）]*)|[，：；]?(?:其中|包括|分别(?:是|为))[：，]?)")
_PARTIAL = re.compile(r"其中|含|包括|有")
_REST = re.compile(r"其他|其它|其余|另有|剩余|未分类")
_SEPARATE: Final = (
    frozenset({"维持", "撤销", "变更", "确认违法", "责令履行", "驳回", "终止", "不予受理", "转送"}),
    frozenset({"民事", "刑事", "行政", "国家赔偿"}),
    frozenset({"国内", "涉外", "涉港澳台"}),
    frozenset({"男", "女"}),
    frozenset({"城市", "农村", "城镇", "乡村"}),
)
# A clause that opens so begins something new: 其中调解8件，办结100件 has one part only.
_NEW_COUNT = re.compile(
    r"通过|合格|成功|办结|审结|结案|受理|收到|新收|完成|整改|发现|达|共|合计|累计|全年|开展|召开|组织|同比|较上年|比上年"
)
_TOTALLED = re.compile(r"[，；、]?(?:共计|合计|总计|共)(?:为)?$")
_SHARE_LEAD = re.compile(r"占(?:比)?(?:为|达)?$")
_MOST_PARTS: Final = 40
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Split:
    total: Statement
    parts: tuple[Statement, ...]
    complete: bool
    words: str


def splits(passage: Passage) -> Iterator[Finding]:
    """Checks every total against the parts given for it."""
    for _, found in passage.by_sentence:
        counts = [s for s in found if is_count(s)]
        for i, total in enumerate(counts):
            split = _split(passage, total, counts[i + 1 : i + 1 + _MOST_PARTS])
            if split is not None:
                yield from _judged(passage, _of_larger(split, counts[:i]))
        yield from _totalled(passage, counts)
        yield from _closing(passage, found)


def _split(passage: Passage, total: Statement, rest: Sequence[Statement]) -> _Split | None:
    norm = passage.text.norm
    opening = _OPENS.match(norm, total.place.end, total.place.sentence[1])
    same = [s for s in rest if s.unit == total.unit]
    if opening is None or not same:
        return None
    if opening["bracket"] is not None:
        close = opening.end("bracket")
        inside = tuple(s for s in same if s.place.end <= close)
        if not inside or inside[0].place.start < opening.start("bracket"):
            return None
        partial = _PARTIAL.search(norm, opening.start("bracket"), inside[0].place.start) is not None
        return _Split(total, inside, not partial and len(inside) > 1, norm[opening.start("bracket") : close])
    if rest[0] is not same[0]:
        return None
    parts = _listed(passage, total, same, "：" in opening[0])
    words = norm[total.place.end : parts[-1].place.end] if parts else ""
    return _Split(total, parts, _REST.search(words) is not None and len(parts) > 1, words) if parts else None


def _of_larger(split: _Split, earlier: Sequence[Statement]) -> _Split:
    """实有28万户，新设3万户；其中个体20万户: what exceeds the nearest figure is a part of the one before it."""
    first = split.parts[0].bounds
    if not _exceeds(first, split.total.bounds):
        return split
    larger = [s for s in earlier if s.unit == split.total.unit and not _exceeds(first, s.bounds)]
    return replace(split, total=larger[-1], complete=False) if larger else split


def _listed(passage: Passage, total: Statement, same: Sequence[Statement], colon: bool) -> tuple[Statement, ...]:
    """The parts that follow 其中: a list, until something new is counted or, without a colon, the clause group ends."""
    parts = [same[0]]
    for left, right in pairwise(same):
        between = passage.between(left, right)
        outer = re.sub(r"（[^（）]*）", "", between)
        if ("；" in outer and not colon) or "。" in outer or _NEW_COUNT.search(outer) or "（" in outer:
            break
        parts.append(right)
    return tuple(parts)


def _judged(passage: Passage, split: _Split) -> Iterator[Finding]:
    for part in split.parts:
        if _exceeds(part.bounds, split.total.bounds):
            yield Finding(
                Check.SPLIT,
                Verdict.CONTRADICTS,
                f"部分大于总数：{passage.named(part)}多于{passage.named(split.total)}",
                (part, split.total),
            )
            return
    if len(split.parts) < 2:
        return
    total, sum_ = split.total.bounds, together(split.parts)
    verdict, reason = _compared(passage, split, sum_, total)
    yield Finding(
        Check.SPLIT, verdict, reason, (split.total, *split.parts), sum_.low if sum_.low == sum_.high else None
    )


def _compared(passage: Passage, split: _Split, sum_: Range, total: Range) -> tuple[Verdict, str]:
    listed = "＋".join(s.surface for s in split.parts)
    if sum_.meets(total):
        return Verdict.AGREES, f"各分项之和（{listed}）与总数{split.total.surface}相符"
    over = _exceeds(sum_, total)
    difference = f"各分项之和{said(sum_)}（{listed}）{'大' if over else '小'}于总数{split.total.surface}"
    if split.complete or (over and _are_separate(passage, split.parts)):
        return Verdict.CONTRADICTS, difference
    if over:
        return Verdict.UNBOUND, f"{difference}；分项之间是否交叉，文中未说明，无法判定"
    return Verdict.UNBOUND, f"{difference}；未列“其他”一项，其余部分文中未说明"


def _exceeds(one: Range, other: Range) -> bool:
    """Tell whether every value of `one` is above every value of `other`."""
    return one.low is not None and other.high is not None and one.low > other.high


def _are_separate(passage: Passage, parts: Sequence[Statement]) -> bool:
    """Tell whether the labels of parts exclude each other: outcomes of one case, sorts of a procedure."""
    labels = [passage.label(part) for part in parts]
    return any(all(any(word in label for word in group) for label in labels) for group in _SEPARATE)


def _totalled(passage: Passage, counts: Sequence[Statement]) -> Iterator[Finding]:
    """…12件、…8件，合计20件: a sum stated after its parts."""
    for i, total in enumerate(counts):
        lead = passage.lead(total)
        before = passage.text.norm[: total.place.start]
        if i < 2 or not (lead in ("合计", "共计", "总计") and _TOTALLED.search(before[-4:])):
            continue
        parts = _run_before(passage, counts[:i], total)
        if len(parts) < 2:
            continue
        sum_ = together(parts)
        listed = "＋".join(s.surface for s in parts)
        if sum_.meets(total.bounds):
            yield Finding(Check.SPLIT, Verdict.AGREES, f"{listed}与合计{total.surface}相符", (total, *parts))
        else:
            reason = f"{listed}之和为{said(sum_)}，与合计{total.surface}不符"
            yield Finding(Check.SPLIT, Verdict.CONTRADICTS, reason, (total, *parts), sum_.low)


def _run_before(passage: Passage, counts: Sequence[Statement], total: Statement) -> tuple[Statement, ...]:
    """The figures of the total's unit right before it, in one run."""
    run: list[Statement] = []
    for statement in reversed(counts):
        following = run[0] if run else total
        if statement.unit != total.unit or re.search(r"[；。（）]", passage.between(statement, following)):
            break
        run.insert(0, statement)
    return tuple(run)


def _closing(passage: Passage, found: Sequence[Statement]) -> Iterator[Finding]:
    """维持占52%、撤销占8%…: shares of one whole, when one of them is the rest or they come near 100."""
    shares = [s for s in found if is_rate(s) and is_plain(s) and _SHARE_LEAD.search(passage.lead(s))]
    if len(shares) < 3:
        return
    total = sum((s.value or Decimal(0) for s in shares), Decimal(0))
    slack = Decimal(len(shares)) / 2 * max(s.bounds.high - s.value for s in shares if s.bounds.high and s.value)
    if total == _HUNDRED:
        yield Finding(Check.SHARES, Verdict.AGREES, "各项占比之和为100%", tuple(shares))
    elif abs(total - _HUNDRED) <= slack:
        reason = f"各项占比之和为{shown(total)}%，差额在四舍五入范围内"
        yield Finding(Check.SHARES, Verdict.EXPLAINED, reason, tuple(shares))
    elif _REST.search(passage.label(shares[-1])):
        reason = f"各项占比之和为{shown(total)}%，应为100%"
        yield Finding(Check.SHARES, Verdict.CONTRADICTS, reason, tuple(shares))
