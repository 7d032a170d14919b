"""Due days in words and colour, with the article on hover."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from fazhi.kernel.casework.deadlines.clocks import Clock, clocks_of
from fazhi.kernel.casework.deadlines.models import Run, Standing
from fazhi.kernel.casework.matters.workflow import KEEPINGS, Keeping
from fazhi.kernel.ground import calendar
from fazhi.kernel.ground.calendar import Mode, NotComputable
from fazhi.kernel.ground.law import Rule
from fazhi.web.homes import Home
from fazhi.web.words import aside, in_chinese, said, sentence

Shown = dict[str, Any]
_WARN = 3
_ARTICLE = re.compile(r"^(\d+)(?:\((\d+)\))?(?:\((\d+)\))?$")


def keeping_named(name: str) -> type[Keeping] | None:
    """This keeping of a record kind's stable name."""
    return _names().get(name)


@cache
def _names() -> dict[str, type[Keeping]]:
    return {keeping.name(): keeping for keeping in KEEPINGS.values()}


def clock_of(run: Run) -> Clock | None:
    """The declaration a run comes from; None when it is declared no longer."""
    keeping = keeping_named(run.record)
    return clocks_of(keeping.record).get(run.clock) if keeping else None


def label_of(run: Run, home: Home) -> str:
    """This run's name: the clock's own, else that of its rule."""
    clock, effective = clock_of(run), home.rule(run.rule)
    if clock is not None and clock.label:
        return said(clock.label)
    return said(effective.rule.title_zh) if effective else run.clock


def basis_of(run: Run, home: Home) -> str:
    """Law and article of a run."""
    effective = home.rule(run.rule)
    return basis_said(effective.rule) if effective else ""


def basis_said(rule: Rule) -> str:
    """Law and article of a rule as they are cited in the reader's language."""
    place = article(rule.article)
    return f"《{rule.law_zh}》{place}" if in_chinese() else f"{said(rule.law_zh)}{', Art. ' if place else ''}{place}"


def article(cited: str) -> str:
    """An article as it is cited in Chinese: ``33(1)`` is 第33条第1款; what is not so simple stays as it is."""
    match = _ARTICLE.match(cited)
    if match is None or not in_chinese():
        return "" if cited == "-" else cited
    number, paragraph, item = match.groups()
    return f"第{number}条" + (f"第{paragraph}款" if paragraph else "") + (f"第{item}项" if item else "")


def in_working_days(run: Run, home: Home) -> bool:
    """Whether the period of a run is counted in working days."""
    effective = home.rule(run.rule)
    if effective is None:
        return False
    try:
        return calendar.term(effective.rule).method.mode is Mode.WORKING
    except NotComputable:
        return False


def of_run(run: Run, home: Home, today: date) -> Shown:
    """This run's state in words: how much is left or over, or how it ended."""
    title = "，".join(filter(None, (run.due_on.isoformat() if run.due_on else "", basis_of(run, home))))
    standing = Standing(run.standing)
    if standing is Standing.PAUSED or (run.due_on is None and standing is Standing.RUNNING):
        return {"text": said("已中止"), "level": "", "title": title}
    if standing is not Standing.RUNNING or run.due_on is None:
        return {"text": said(standing.label), "level": "late" if standing is Standing.LATE else "", "title": title}
    clock = clock_of(run)
    shown = of_day(
        run.due_on,
        home,
        today,
        working=in_working_days(run, home),
        provisional=run.provisional,
        warn=clock.warn if clock else _WARN,
    )
    if not run.certain:
        # A rule that is not verified warns; it never makes anything late.
        past = shown["level"] == "late"
        shown["level"] = "soon" if shown["level"] else ""
        shown["text"] = said("参考日期已过，待核实") if past else aside(shown["text"], said("待核实"))
    return {**shown, "title": title}


def of_day(
    day: date, home: Home, today: date, *, working: bool = False, provisional: bool = False, warn: int = _WARN
) -> Shown:
    """This due day in words: 剩余 3 个工作日, 今日届满, 逾期 2 日."""
    left = calendar.distance(day, today, home.calendar, working=working, provisional=provisional)
    level = "late" if left.overdue else "soon" if left.count <= warn else ""
    return {"text": sentence(str(left)), "level": level, "title": day.isoformat(), "day": day.isoformat()}


def running_by_matter(ids: list[int]) -> dict[int, list[Run]]:
    """These running clocks of many matters, in one statement."""
    found: dict[int, list[Run]] = {}
    for run in Run.objects.filter(matter_id__in=ids, standing__in=[Standing.RUNNING, Standing.PAUSED]):
        found.setdefault(run.matter_id, []).append(run)
    return found


def nearest(runs: list[Run]) -> Run | None:
    """The run that falls due first; certain ones before those that only warn, paused ones last."""
    return min(runs, key=lambda run: (run.due_on is None, not run.certain, run.due_on or date.max), default=None)
