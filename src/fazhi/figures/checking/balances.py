"""Stock and flow: opening plus in equals out plus closing; no later stage exceeds an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from fazhi.figures.checking.findings import Check, Finding
from fazhi.figures.checking.passage import Passage, is_count, said
from fazhi.figures.model import Statement, Verdict, shown

_OPENING = re.compile(r"年初|期初|月初|上年度?结转|去年结转|结转上年|往年结转|上期结转|旧存|上年末|接转|加上.{0,4}结转")
_CLOSING = re.compile(
    r"年末|期末|年底|月末|结转(?:下|至|到)|结转(?:继续|202\d|明年|次年)|未(?:审结|办结|结)|尚在|在审|在办|^[^上去年初]{0,3}结转|结余"
)
_IN = re.compile(r"新收|新接收|新接|收到|接收|新增|受理|收案|新立|纳管|接转入|本年收|转入")
_OUT = re.compile(r"审结|办结|结案|解除|解矫|办理完毕|已结|注销|转出|退出|期满")
# Earlier stage, later stage, and whether cases carried in may make the later one larger.
_STAGES: Final = (
    (re.compile(r"收到|新收|收案|申请"), re.compile(r"(?<!不予)(?<!未)受理"), False),
    (re.compile(r"(?<!不予)(?<!未)受理|收到|新收|收案"), re.compile(r"办结|审结|结案"), True),
    (re.compile(r"报名"), re.compile(r"参考|参加考试|实考"), False),
    (re.compile(r"参考|参加考试|参加"), re.compile(r"通过|合格"), False),
    (re.compile(r"调解(?!成功)"), re.compile(r"调解成功|成功"), False),
    (re.compile(r"发现|排查|反馈|交办"), re.compile(r"整改|化解|销号"), True),
)
_MIXED = re.compile(r"其中|占|率")


def balances(passage: Passage) -> Iterator[Finding]:
    """Checks stocks against flows, and later stages against earlier ones."""
    for span, found in passage.by_sentence:
        counts = [s for s in found if is_count(s)]
        for unit in dict.fromkeys(s.unit for s in counts):
            group = [s for s in counts if s.unit == unit]
            balance = list(_balance(passage, group))
            yield from balance
            carried = _OPENING.search(passage.text.norm, *span) is not None
            yield from _stages(passage, group, carried=carried or bool(balance))


def _balance(passage: Passage, group: Sequence[Statement]) -> Iterator[Finding]:
    opening = _told(passage, group, _OPENING)
    closing = [s for s in _told(passage, group, _CLOSING) if s not in opening]
    inflow = [s for s in _told(passage, group, _IN) if s not in opening and s not in closing]
    outflow = [s for s in _told(passage, group, _OUT) if s not in closing]
    if len(opening) != 1 or len(closing) != 1 or not inflow or not outflow:
        return
    for received in inflow:
        for done in outflow:
            before = opening[0].bounds + received.bounds
            after = done.bounds + closing[0].bounds
            if before.meets(after):
                reason = f"期初{opening[0].surface}＋收{received.surface}＝结{done.surface}＋期末{closing[0].surface}，收支平衡"
                yield Finding(Check.BALANCE, Verdict.AGREES, reason, (closing[0], opening[0], received, done))
                return
    received, done = inflow[0], outflow[0]
    expected = opening[0].bounds + received.bounds - done.bounds
    sure = len(inflow) == 1 and len(outflow) == 1
    reason = f"期初{opening[0].surface}＋收{received.surface}－结{done.surface}＝{said(expected)}，与期末{closing[0].surface}不符"
    if not sure:
        reason += "；收案或结案有多个口径，文中未说明以哪个为准，无法判定"
    verdict = Verdict.CONTRADICTS if sure else Verdict.UNBOUND
    yield Finding(
        Check.BALANCE, verdict, reason, (closing[0], opening[0], received, done), expected.low if sure else None
    )


def _told(passage: Passage, group: Sequence[Statement], words: re.Pattern[str]) -> list[Statement]:
    return [s for s in group if words.search(passage.lead(s).strip("，、；：（） "))]


def _stages(passage: Passage, group: Sequence[Statement], *, carried: bool) -> Iterator[Finding]:
    for earlier_words, later_words, may_carry in _STAGES:
        for i, later in enumerate(group):
            lead = passage.lead(later)
            if not later_words.search(lead) or _MIXED.search(lead):
                continue
            earlier = next((s for s in reversed(group[:i]) if _is_stage(passage, s, earlier_words, later_words)), None)
            if earlier is None or not _more(later, earlier):
                continue
            yield _exceeding(passage, later, earlier, may_carry=may_carry, carried=carried)
            return


def _is_stage(passage: Passage, statement: Statement, words: re.Pattern[str], not_words: re.Pattern[str]) -> bool:
    lead = passage.lead(statement)
    return words.search(lead) is not None and not_words.search(lead) is None


def _more(later: Statement, earlier: Statement) -> bool:
    low, high = later.bounds.low, earlier.bounds.high
    return low is not None and high is not None and low > high


def _exceeding(passage: Passage, later: Statement, earlier: Statement, *, may_carry: bool, carried: bool) -> Finding:
    more = shown(later.value - earlier.value) if later.value is not None and earlier.value is not None else ""
    both = f"{passage.named(later)}多于{passage.named(earlier)}，多{more}{later.unit}"
    if may_carry and carried:
        return Finding(Check.STAGES, Verdict.EXPLAINED, f"{both}；文中写明有上年结转", (later, earlier))
    if may_carry:
        reason = f"{both}；应含以前年度结转，结转数文中未写明，无法判定"
        return Finding(Check.STAGES, Verdict.UNBOUND, reason, (later, earlier))
    return Finding(Check.STAGES, Verdict.CONTRADICTS, f"{both}，后一环节不应大于前一环节", (later, earlier))
