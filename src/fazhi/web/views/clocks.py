"""How a due day was computed: every step, every rest day by name, the months, the article."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fazhi.kernel.casework.deadlines import explaining
from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.ground.calendar import DayKind, Due, NotComputable, Step, StepKind, WorkCalendar
from fazhi.kernel.ground.core.errors import Unseen
from fazhi.kernel.ground.law import Effective
from fazhi.kernel.records.register import Register
from fazhi.web import asked, due, frame
from fazhi.web.navigation import address_of
from fazhi.web.views.records import title_of
from fazhi.web.words import in_chinese, listed, paired, said, sentence

WEEK = ("一", "二", "三", "四", "五", "六", "日")
_MOST_MONTHS = 14
_TILES = {StepKind.COUNTED: "is-in", StepKind.PAUSED: "is-paused", StepKind.RESTED: "is-off"}


@require_GET
def clock(request: Any, line: str, register: str, record_id: int, run_id: int) -> HttpResponse:
    """A clock of a case, with its reasoning."""
    seat = frame.seat_of(request)
    found = asked.register_at(seat.actor, line, register)
    row = asked.record_at(seat.actor, found, record_id)
    run = Run.objects.filter(pk=run_id, matter_id=row.id).first()
    effective = seat.home.rule(run.rule) if run is not None else None
    if run is None or effective is None:
        raise Unseen(f"Run {run_id}")
    number, title = title_of(row)
    reasoned = computed(run, request.at.date(), found)
    context = {
        "title": due.label_of(run, seat.home),
        "lead": f"{number} {title}".strip(),
        "crumbs": [
            {"label": said(found.label, found.key), "href": address_of(found)},
            {"label": number or title, "href": f"{address_of(found)}{row.id}/"},
            {"label": said("期限"), "href": f"{address_of(found)}{row.id}/clocks/"},
        ],
        "due": due.of_run(run, seat.home, request.at.date()),
        "steps": steps(reasoned) if reasoned else [],
        "week": [said(day, "weekday") for day in WEEK],
        "months": months(reasoned, seat.home.calendar) if reasoned else [],
        "rule": _rule(effective),
    }
    return frame.page(request, "web/clock.html", context)


def computed(run: Run, today: date, register: type[Register]) -> Due | None:
    """The reasoning of a run, by the arithmetic that gave its day; None where the rule has no number."""
    try:
        return explaining.explain(run, today=today, event=_event(run, register)).due
    except NotComputable:
        return None


def _event(run: Run, register: type[Register]) -> str:
    """What began the run, as the reasoning says it behind the day."""
    clock = due.clock_of(run)
    if clock is None:
        return ""
    if clock.starts:
        field: Any = register.record()._meta.get_field(clock.starts)
        return f"为{field.verbose_name}"
    return f"进入“{'”或“'.join(state.label for state in clock.runs_in)}”"


def steps(reasoned: Due) -> list[dict[str, Any]]:
    """The steps of a reasoning for the page."""
    return [
        {
            "day": step.first.isoformat() if step.first else "",
            "text": sentence(step.line),
            "note": _rest(step),
            "count": f"{step.counted:+d}" if step.kind is StepKind.COUNTED else "0" if step.kind in _TILES else "",
            "result": step.kind is StepKind.DUE,
        }
        for step in reasoned.steps
    ]


def _rest(step: Step) -> str:
    if step.kind is StepKind.COUNTED or len(step.named) < 2:
        return ""
    return listed(f"{each.day.month}-{each.day.day} {said(each.name)}" for each in step.named)


def months(reasoned: Due, working: WorkCalendar) -> list[dict[str, Any]]:
    """The months from the event to the due day, each day with what it counted for."""
    if reasoned.day is None:
        return []
    first, last = sorted((reasoned.start, reasoned.day))
    tiles: dict[date, str] = {}
    for step in reasoned.steps:
        if step.kind in _TILES and step.first and step.last:
            tiles |= dict.fromkeys(_days(step.first, step.last), _TILES[step.kind])
    tiles[reasoned.day] = "is-end"
    shown: list[dict[str, Any]] = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month) and len(shown) < _MOST_MONTHS:
        shown.append(month_shown(year, month, working, tiles))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return shown


def month_shown(year: int, month: int, working: WorkCalendar, tiles: dict[date, str]) -> dict[str, Any]:
    """A month as a grid that begins on Monday; rest days are marked where ``tiles`` say nothing else."""
    blank, length = monthrange(year, month)
    days: list[dict[str, Any]] = [{"n": ""} for _ in range(blank)]
    counted = rested = 0
    for number in range(1, length + 1):
        day = date(year, month, number)
        named = working.day(day)
        css = tiles.get(day) or ("" if named.kind.works else "is-off")
        counted += css in ("is-in", "is-end")
        rested += not named.kind.works
        told = named.kind not in (DayKind.WORKING, DayKind.WEEKEND, DayKind.ASSUMED_WORKING, DayKind.ASSUMED_WEEKEND)
        days.append({"n": number, "class": css, "title": said(named.name) if told else ""})
    label = gettext("%(year)s年%(month)s月") % {"year": year, "month": month}
    words = gettext("休息 %(n)s 日") % {"n": rested}
    if tiles:
        words = f"{gettext('计入 %(n)s 日') % {'n': counted}}，{words}"
    return {"label": label, "said": paired(label, words), "days": days}


def _days(first: date, last: date) -> Iterable[date]:
    return (date.fromordinal(each) for each in range(first.toordinal(), last.toordinal() + 1))


def _rule(effective: Effective) -> dict[str, Any]:
    rule = effective.rule
    until = rule.effective_to.isoformat() if rule.effective_to else said("今")
    facts: Sequence[tuple[str, str]] = (
        ("规则", said(rule.title_zh)),
        ("期间", sentence(str(rule.period))),
        ("有效期间", f"{rule.effective_from.isoformat()} – {until}"),
        ("核实情况", said(rule.certainty.label)),
        ("本机关依据", effective.source),
        ("规则编号", rule.id),
    )
    return {
        "law": f"《{rule.law_zh}》" if in_chinese() else said(rule.law_zh),
        "article": due.article(rule.article),
        "text": paired(said(rule.title_zh), sentence(str(rule.period))),
        "certainty": said(effective.label),
        "facts": [{"label": said(label), "value": value} for label, value in facts if value],
    }
