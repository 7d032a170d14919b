"""Telling how a day was reached: the steps of a reasoning, made from the legs the arithmetic returned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from fazhi.kernel.ground.calendar.arithmetic import Leg, Result, Tally, corresponding, covering, tally
from fazhi.kernel.ground.calendar.counting import Mode, Term
from fazhi.kernel.ground.calendar.due import UNIT_LABELS, Step, StepKind, spoken, stretch
from fazhi.kernel.ground.calendar.intervals import OPEN, Extension, Pause, Span
from fazhi.kernel.ground.calendar.workdays import DayKind, NamedDay, WorkCalendar

_CERTAINTY = {"verified": "已核实", "secondary": "待核实", "unverified": "未核实"}
_UNIT = {Mode.NATURAL: "day", Mode.MONTHS: "month", Mode.WORKING: "working_day"}
_day = date.fromordinal


def of_forward(
    term: Term,
    start: date,
    result: Result,
    extensions: Sequence[Extension],
    calendar: WorkCalendar,
    pauses: Sequence[Span],
    told: Sequence[Pause],
    event: str,
) -> tuple[Step, ...]:
    """The steps of a period that ran forward; ``told`` are the pauses as given, with their reasons."""
    steps = [_event(start, event), _period(term), *map(_extended, extensions)]
    reasons = _Reasons(told)
    for leg in result.legs:
        steps += (
            _working(leg, calendar, pauses, reasons) if leg.mode is Mode.WORKING else _natural(leg, pauses, reasons)
        )
    last = result.legs[-1]
    if result.day is None:
        steps.append(_waiting(last, pauses, reasons))
    else:
        if last.end is not None and last.end != result.day:
            steps.append(_rolled(last.end, result.day, calendar, pauses))
        if result.provisional:
            steps.append(_provisional(result.legs[0].start, result.day, calendar))
        steps.append(_due(_day(result.day)))
    steps.append(_basis(term))
    return tuple(steps)


def of_backward(
    term: Term, event: date, day: int, first: int, calendar: WorkCalendar, *, provisional: bool, label: str
) -> tuple[Step, ...]:
    """The steps of a period counted back from the event, with which it must not overlap."""
    last = event.toordinal() - 1
    steps = [
        Step(StepKind.EVENT, f"{spoken(event)}{label or '为所定之日'}，当日不计入，向前推算。", event, event),
        _period(term),
    ]
    if term.method.mode is Mode.WORKING:
        steps += _tiles(
            (Tally(each, calendar.kind(each), calendar.works(each), False) for each in range(first, last + 1)),
            calendar,
            _Reasons(()),
        )
    else:
        steps.append(_counted(first, last, last - first + 1, "day"))
    if provisional:
        years = _unloaded(first, last, calendar)
        steps.append(
            Step(
                StepKind.PROVISIONAL,
                f"{years}放假安排尚未录入，以上按周一至周五上班推算，录入后届满日可能提前，待放假安排确认。",
            )
        )
    named = calendar.day(_day(day))
    if named.kind.settled and not named.kind.works:
        steps.append(
            Step(
                StepKind.ADVICE,
                f"{spoken(named.day)}为{named.name}，宜提前办理。",
                named.day,
                named.day,
                named=(named,),
            )
        )
    steps += [_due(_day(day), "最迟应在"), _basis(term)]
    return tuple(steps)


def of_fixed(term: Term, start: date, day: date) -> tuple[Step, ...]:
    """The steps of a date that returns every year."""
    assert term.fixed is not None
    month, number = term.fixed
    text = f"法定日期为每年{month}月{number}日" + ("。" if term.inclusive else "之前，当日不在期限内。")
    return (_event(start, ""), Step(StepKind.FIXED, text), _due(day), _basis(term))


def of_given(term: Term, start: date, day: date) -> tuple[Step, ...]:
    """The steps of a day a document names."""
    given = Step(StepKind.GIVEN, "届满日由文书或者本机关确定，不另行推算。")
    return (_event(start, ""), given, _due(day), _basis(term))


def of_hours(term: Term, start: date, begun: str, ends: str, day: date) -> tuple[Step, ...]:
    """The steps of a period in hours; ``begun`` and ``ends`` are its instants in words."""
    return (
        Step(StepKind.EVENT, f"自{begun}起算。", start, start),
        Step(StepKind.PERIOD, f"期间为 {term.value} 小时，按小时连续计算，不顺延。", counted=term.value, unit="hour"),
        Step(StepKind.DUE, f"届满：{ends}。", day, day),
        _basis(term),
    )


class _Reasons:
    """Why a day was paused, found again by day: merging has joined pauses that have several reasons."""

    def __init__(self, told: Iterable[Pause]) -> None:
        self._told = tuple(told)

    def of(self, first: int, last: int) -> str:
        found = dict.fromkeys(
            pause.reason
            for pause in self._told
            if pause.reason
            and pause.first.toordinal() <= last
            and (pause.last is None or pause.last.toordinal() >= first)
        )
        return f"（{'、'.join(found)}）" if found else ""


def _event(start: date, label: str) -> Step:
    return Step(StepKind.EVENT, f"{spoken(start)}{label or '为起算事由发生之日'}，当日不计入。", start, start)


def _period(term: Term) -> Step:
    unit, value = _UNIT[term.method.mode], term.value
    if unit == "month" and value % 12 == 0:
        unit, value = "year", value // 12
    return Step(StepKind.PERIOD, f"期间为 {value}{UNIT_LABELS[unit]}。", counted=value, unit=unit)


def _extended(each: Extension) -> Step:
    basis = f"（{each.basis}）" if each.basis else ""
    text = f"延长 {each.value}{UNIT_LABELS[each.unit]}{basis}，与原期间连续计算。"
    return Step(StepKind.EXTENDED, text, counted=each.value, unit=each.unit)


def _natural(leg: Leg, pauses: Sequence[Span], reasons: _Reasons) -> Iterator[Step]:
    """The tiles of a count in natural days; a period in months is first turned into the days it comes to."""
    if leg.mode is Mode.MONTHS:
        yield _corresponding(leg)
    at = leg.start + 1
    end = leg.end if leg.end is not None else OPEN
    for span in pauses:
        if span.last < at or span.first > end:
            continue
        first = max(span.first, at)
        if first > at:
            yield _counted(at, first - 1, first - at, "day")
        if span.last == OPEN:
            return
        yield _paused(first, span.last, reasons)
        at = span.last + 1
    if at <= end:
        yield _counted(at, end, end - at + 1, "day")


def _corresponding(leg: Leg) -> Step:
    start, end = _day(leg.start), _day(corresponding(leg.start, leg.value))
    short = "" if end.day == start.day else f"，该月没有 {start.day} 日，以月末日为准"
    days = (end - start).days
    text = f"自{stretch(start, start)}起 {leg.value} 个月，到期月的对应日为{stretch(end, end)}{short}，计 {days} 日。"
    return Step(StepKind.CORRESPONDING, text, start, end, days, "day")


def _working(leg: Leg, calendar: WorkCalendar, pauses: Sequence[Span], reasons: _Reasons) -> Iterator[Step]:
    end = leg.end if leg.end is not None else OPEN
    passed: list[Tally] = []
    for each in tally(leg.start, calendar, pauses):
        if each.ordinal > end:
            break
        passed.append(each)
    return _tiles(passed, calendar, reasons)


def _tiles(passed: Iterable[Tally], calendar: WorkCalendar, reasons: _Reasons) -> Iterator[Step]:
    """Runs of days counted, rested and paused, in order."""

    def sort(each: Tally) -> tuple[bool, str]:
        return each.paused, "" if each.paused or each.counts else calendar.name(each.ordinal)

    for (paused, name), run in groupby(passed, key=sort):
        days = list(run)
        first, last = days[0].ordinal, days[-1].ordinal
        if paused:
            yield _paused(first, last, reasons)
        elif name:
            named = tuple(calendar.day(_day(each.ordinal)) for each in days)
            text = f"{stretch(_day(first), _day(last))}，{name}，不计入。"
            yield Step(StepKind.RESTED, text, _day(first), _day(last), 0, "working_day", named)
        else:
            worth_naming = (DayKind.MAKE_UP, DayKind.ASSUMED_WEEKEND)
            named = tuple(calendar.day(_day(each.ordinal)) for each in days if each.kind in worth_naming)
            yield _counted(first, last, len(days), "working_day", named)


def _counted(first: int, last: int, count: int, unit: str, named: tuple[NamedDay, ...] = ()) -> Step:
    notes = [
        f"{each.day.month}月{each.day.day}日"
        + (each.name if each.kind is DayKind.MAKE_UP else "为周末，可能调休上班，暂计入")
        for each in named
    ]
    aside = f"（{'；'.join(notes)}）" if notes else ""
    text = f"{stretch(_day(first), _day(last))}，计 {count}{UNIT_LABELS[unit]}{aside}。"
    return Step(StepKind.COUNTED, text, _day(first), _day(last), count, unit, named)


def _paused(first: int, last: int, reasons: _Reasons) -> Step:
    text = f"{stretch(_day(first), _day(last))}，中止{reasons.of(first, last)}，{last - first + 1} 日不计入。"
    return Step(StepKind.PAUSED, text, _day(first), _day(last))


def _waiting(leg: Leg, pauses: Sequence[Span], reasons: _Reasons) -> Step:
    since = pauses[-1].first
    unit = "working_day" if leg.mode is Mode.WORKING else "day"
    text = f"自{stretch(_day(since), _day(since))}起中止{reasons.of(since, OPEN)}，尚未恢复；"
    if leg.end is None:
        return Step(StepKind.WAITING, f"{text}恢复后还剩 {leg.left}{UNIT_LABELS[unit]}。", _day(since), unit=unit)
    return Step(StepKind.WAITING, f"{text}期间的最后一日在恢复后确定。", _day(since), unit=unit)


def _rolled(end: int, day: int, calendar: WorkCalendar, pauses: Sequence[Span]) -> Step:
    named = tuple(calendar.day(_day(each)) for each in range(end, day))
    why = "中止期间" if covering(end, pauses) else named[0].name
    where = "其后第一个工作日" if calendar.settled(day) else "其后放假安排尚未录入的第一日"
    text = f"期间的最后一日{spoken(_day(end))}为{why}，顺延至{where}{spoken(_day(day))}。"
    return Step(StepKind.ROLLED, text, _day(end), _day(day - 1), 0, "day", named)


def _provisional(start: int, day: int, calendar: WorkCalendar) -> Step:
    years = _unloaded(start + 1, day, calendar)
    return Step(StepKind.PROVISIONAL, f"{years}放假安排尚未录入，以下为最早可能的届满日，待放假安排确认。")


def _unloaded(first: int, last: int, calendar: WorkCalendar) -> str:
    """The years whose notice is missing for the days of this stretch, in words."""
    years: set[int] = set()
    for ordinal in range(first, last + 1):
        if not calendar.settled(ordinal):
            year = _day(ordinal).year
            years.add(year + 1 if year in calendar.years else year)
    return "、".join(f"{year}年" for year in sorted(years))


def _due(day: date, lead: str = "届满日：") -> Step:
    tail = "之前（含当日）办理。" if lead != "届满日：" else "。"
    return Step(StepKind.DUE, f"{lead}{spoken(day)}{tail}", day, day)


def _basis(term: Term) -> Step:
    parts: list[str] = []
    if term.cited.basis:
        mark = _CERTAINTY.get(term.cited.certainty, "")
        parts.append(f"期限依据：{term.cited.basis}" + (f"（{mark}）" if mark else ""))
    if term.method.basis:
        parts.append(f"计算依据：{term.method.basis}")
    return Step(StepKind.BASIS, ("；".join(parts) or "期间由文书或者本机关确定") + "。")
