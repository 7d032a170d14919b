"""Beginning a report: which year, on whose work, from the outline or from last year's report."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from fazhi.kernel.casework.matters.reaching import reachable
from fazhi.kernel.casework.procedure.opening import seats
from fazhi.kernel.ground.core.errors import NotYours, Refused
from fazhi.kernel.ground.orgs.models import Unit, UnitKind
from fazhi.lines.report.codes import Kind
from fazhi.lines.report.models import Report
from fazhi.lines.report.operations import outlining
from fazhi.lines.report.register import Reports
from fazhi.lines.report.workflow import Writing
from fazhi.web import frame, once
from fazhi.web.fields import Form, choice_field, text_field
from fazhi.web.navigation import address_of
from fazhi.web.seats import Seat
from fazhi.web.views import opening
from fazhi.web.words import said

_MOST_LAST = 20
_YEARS = 6


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """The form with which a report begins, and its beginning; a finished one is taken over by the common form."""
    if request.GET.get("mode") == "history":
        return opening.new(request, "report", Reports.slug())
    seat = frame.seat_of(request)
    units = {unit.id: unit for unit in Unit.objects.filter(jurisdiction_id=seat.home.id, valid_to=None)}
    mine = list(seats(seat.actor, Writing, units))
    if not mine:
        raise NotYours(gettext("您没有撰写年度报告的权限"))
    form = Form(
        action=request.get_full_path(),
        verb=gettext("开始撰写"),
        cancel=address_of(Reports),
        once=request.POST.get("once", "") or once.token(),
    )
    if request.method == "POST":
        made = _begun(request, seat, units, mine, form)
        if made is not None:
            return HttpResponseRedirect(f"{address_of(Reports)}{made}/")
    _fill(request, seat, units, mine, form)
    context = {
        "title": said(Writing.enter_label),
        "lead": gettext("正文里的数字由指标生成，随记录更新；文字逐段修改。"),
        "crumbs": [{"label": said(Reports.label, Reports.key), "href": address_of(Reports)}],
        "form": form.shown(),
    }
    return frame.page(request, "web/form.html", context, status=form.status)


def _begun(request: Any, seat: Seat, units: dict[int, Unit], mine: list[int], form: Form) -> int | None:
    typed = request.POST
    year, unit_id = typed.get("year", ""), _id(typed.get("unit", ""))
    subject = units.get(_id(typed.get("subject", "")) or 0)
    last = _id(typed.get("base", ""))
    if not year.isdecimal():
        form.refuse("year", gettext("请选择报告年度"))
    if subject is None:
        form.refuse("subject", gettext("请选择报告主体"))
    if form.refused or subject is None:
        return None
    kind = Kind.AREA if subject.kind in (UnitKind.AREA, UnitKind.BUREAU) else Kind.DEPARTMENT

    def make() -> int:
        made = outlining.start(
            year=int(year),
            subject=subject,
            unit=units[unit_id if unit_id in mine else mine[0]],
            kind=kind,
            heading=typed.get("heading", "").strip(),
            last=last,
            actor=seat.actor,
            at=request.at,
        )
        return int(made.pk)

    try:
        return once.once(typed.get("once", ""), actor=seat.actor, at=request.at, make=make)
    except Refused as refusal:
        form.alias("last", "base")
        form.refuse_all(refusal.faults)
        return None


def _fill(request: Any, seat: Seat, units: dict[int, Unit], mine: list[int], form: Form) -> None:
    typed = request.POST if request.method == "POST" else {}
    this = request.at.year - (1 if request.at.month <= 6 else 0)
    years = [(str(year), str(year)) for year in range(request.at.year, request.at.year - _YEARS, -1)]
    above = {unit_id for own in mine for unit_id in units[own].audience}
    subjects = sorted(above | set(mine), key=lambda unit_id: (units[unit_id].kind != UnitKind.AREA, unit_id))
    named = [(str(unit_id), units[unit_id].name) for unit_id in subjects if units[unit_id].kind != UnitKind.SECTION]
    last = reachable(seat.actor, Report).filter(void_reason="").order_by("-year", "-id")[:_MOST_LAST]
    bases = [("", said("本系统的提纲")), *((str(row.pk), f"{row.heading}（{row.number}）") for row in last)]
    form.add(choice_field("year", said("报告年度"), years, typed.get("year", str(this)), required=True))
    form.add(choice_field("subject", said("报告主体"), named, typed.get("subject", named[0][0]), required=True))
    if len(mine) > 1:
        chosen = typed.get("unit", str(seat.actor.hats[0].unit_id))
        writers = [(str(unit_id), units[unit_id].name) for unit_id in mine]
        form.add(choice_field("unit", said("承办单位"), writers, chosen, required=True))
    form.add(
        choice_field(
            "base", gettext("从哪里开始"), bases, typed.get("base", ""), kind="choice", wide=True,
            help=gettext("从往年报告开始的，正文照搬，数据和年度顺延"),
        )
    )  # fmt: skip
    form.add(
        text_field(
            "heading", said("报告标题"), typed.get("heading", ""), wide=True,
            help=gettext("不填的，用“地区名称＋年度＋法治政府建设年度报告”"),
        )
    )  # fmt: skip


def _id(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
