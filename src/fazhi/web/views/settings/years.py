"""The calendar of a year: rest days and days worked in exchange, as shipped or as the bureau loaded them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from fazhi.kernel.casework.procedure import governing
from fazhi.kernel.ground.calendar import Arrangement, Holiday
from fazhi.kernel.ground.calendar.models import Year
from fazhi.kernel.ground.core.errors import Fault, Refused
from fazhi.kernel.records.register.written import read_date
from fazhi.web import frame, homes
from fazhi.web.fields import Form, text_field
from fazhi.web.views.clocks import WEEK, month_shown
from fazhi.web.views.settings import sections
from fazhi.web.words import said

_LINE = re.compile(r"^(?P<name>[^：:]+)[：:](?P<rest>[^；;]*)(?:[；;]\s*(?:上班|调休)?[：:]?(?P<work>.*))?$")
_FIRST = 2004


@require_http_methods(["GET", "POST"])
def year(request: Any, number: int = 0) -> HttpResponse:
    """A year as a calendar, with the form that loads another arrangement for it."""
    sections.allowed(request, "years")
    seat = frame.seat_of(request)
    number = min(max(number or request.at.year, _FIRST), request.at.year + 2)
    loaded = Year.objects.filter(jurisdiction_id=seat.home.id, year=number, withdrawn_on=None).first()
    form = Form(action=f"/settings/years/{number}/", verb=gettext("录入%(year)s年放假安排") % {"year": number})
    if request.method == "POST":
        try:
            changed = _write(request, number)
        except Refused as refusal:
            form.refuse_all(refusal.faults)
        else:
            homes.forget()
            frame.tell(request, gettext("已保存，%(n)s 件未办结事项的期限随之重算。") % {"n": changed})
            return HttpResponseRedirect(f"/settings/years/{number}/")
    calendar = seat.home.calendar
    settled = number in calendar.years
    form.add(
        text_field(
            "days",
            gettext("放假与调休"),
            request.POST.get("days", "") if request.method == "POST" else _written(loaded),
            kind="textarea",
            rows=8,
            wide=True,
            required=True,
            help=gettext("一行一个节日，如：春节：2027-02-05..2027-02-12；上班：2027-01-31、2027-02-14"),
        ),
        text_field(
            "source",
            gettext("依据"),
            request.POST.get("source", loaded.source if loaded else ""),
            required=True,
            wide=True,
            help=gettext("国务院办公厅通知的名称和文号"),
        ),
    )
    context = {
        "lead": gettext("本机关录入：%(source)s") % {"source": loaded.source} if loaded else "",
        "week": [said(day, "weekday") for day in WEEK],
        "year": {
            "label": gettext("%(year)s年") % {"year": number},
            "previous": f"/settings/years/{number - 1}/" if number > _FIRST else "",
            "next": f"/settings/years/{number + 1}/" if number < request.at.year + 2 else "",
            "provisional": ""
            if settled
            else gettext("这一年的放假安排尚未录入：按周末推算，届满日显示为待放假安排确认。公布后请在下面录入。"),
            "months": [month_shown(number, month, calendar, {}) for month in range(1, 13)],
        },
        "form": form.shown(),
    }
    return sections.shown(request, "years", context, status=form.status)


def _write(request: Any, number: int) -> int:
    if request.POST.get("withdraw"):
        return governing.withdraw_year(number, actor=request.actor, at=request.at)
    holidays = read(request.POST.get("days", ""))
    try:
        arrangement = Arrangement(number, tuple(holidays))
    except ValueError as error:
        raise Refused(Fault(str(error), "days")) from error
    return governing.load_year(arrangement, source=request.POST.get("source", ""), actor=request.actor, at=request.at)


def read(typed: str) -> list[Holiday]:
    """These holidays of lines like ``春节：2027-02-05..2027-02-12；上班：2027-01-31``; raises :class:`Refused` naming lines."""
    found, faults = [], []
    for place, line in enumerate(filter(None, map(str.strip, typed.splitlines())), 1):
        match = _LINE.match(line)
        rest = _days(match["rest"]) if match else None
        work = _days(match["work"] or "") if match else None
        if match is None or not rest or work is None:
            faults.append(Fault(f"第{place}行看不懂：{line[:40]}", "days"))
            continue
        found.append(Holiday(match["name"].strip(), tuple(rest), tuple(work)))
    if faults:
        raise Refused.of(faults)
    return found


def _days(text: str) -> list[date] | None:
    days: list[date] = []
    for part in filter(None, map(str.strip, re.split(r"[、，,\s]+", text))):
        start, _, end = part.partition("..")
        first, last = read_date(start), read_date(end or start)
        if first is None or last is None or last < first:
            return None
        days += [first + timedelta(step) for step in range((last - first).days + 1)]
    return days


def _written(loaded: Year | None) -> str:
    """What was loaded, as it is typed."""
    if loaded is None:
        return ""
    lines = []
    for each in loaded.holidays:
        work = f"；上班：{'、'.join(each['work'])}" if each.get("work") else ""
        lines.append(f"{each['name']}：{'、'.join(each['rest'])}{work}")
    return "\n".join(lines)
