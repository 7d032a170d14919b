"""Being away: who acts in the person's place, and when."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from fazhi.kernel.ground.access import accounts
from fazhi.kernel.ground.access.models import Absence, Account
from fazhi.kernel.ground.core.errors import Fault, Refused
from fazhi.kernel.records.register.written import read_date
from fazhi.web import frame, seats
from fazhi.web.fields import Form, choice_field, text_field
from fazhi.web.words import said


@require_http_methods(["GET", "POST"])
def absence(request: Any) -> HttpResponse:
    """The form that names a deputy, and the deputies named so far."""
    seat, typed = frame.seat_of(request), request.POST
    form = Form(action=request.path, verb=gettext("设定代理"), cancel="/")
    if request.method == "POST":
        try:
            _set(request)
        except Refused as refusal:
            form.refuse_all(refusal.faults)
        else:
            seats.forget()
            frame.tell(request, gettext("已设定，一分钟内生效。"))
            return HttpResponseRedirect(request.path)
    people = Account.objects.filter(home_id=seat.home.id, is_active=True).exclude(pk=seat.account_id).order_by("name")
    choices = [(str(key), f"{name}（{login}）") for key, name, login in people.values_list("id", "name", "login")]
    today = request.at.date().isoformat()
    form.add(
        choice_field("deputy", said("代理人", "deputy"), choices, typed.get("deputy", ""), required=True),
        text_field("reason", gettext("离岗事由"), typed.get("reason", ""), required=True),
        text_field("first", gettext("离岗开始"), typed.get("first", today), kind="date", required=True),
        text_field("last", gettext("离岗结束"), typed.get("last", ""), kind="date", required=True),
    )
    former = Absence.objects.filter(principal_id=seat.account_id).select_related("deputy").order_by("-first")
    rows = [
        [
            {"text": each.deputy.name},
            {"text": each.first.isoformat(), "class": "d"},
            {"text": each.last.isoformat(), "class": "d"},
            {"text": each.reason, "class": "w"},
        ]
        for each in former
    ]
    context = {
        "title": gettext("离岗代理设置"),
        "lead": gettext("离岗期间，代理人可以您的角色办理业务和审批，并记明代谁办理。三员不能代理。"),
        "form": form.shown(),
        "panel": {
            "label": gettext("已设定的代理"),
            "columns": [{"label": said(label, "deputy")} for label in ("代理人", "离岗开始", "离岗结束", "离岗事由")],
            "rows": rows,
        }
        if rows
        else None,
    }
    return frame.page(request, "web/form.html", context, status=form.status)


def _set(request: Any) -> None:
    typed = request.POST
    days = {name: read_date(typed.get(name, "").strip()) for name in ("first", "last")}
    faults = [Fault("请填写日期，例如2022-03-08", name) for name, day in days.items() if day is None]
    first, last, deputy = days["first"], days["last"], typed.get("deputy", "")
    if first is None or last is None:
        raise Refused.of(faults)
    accounts.set_deputy(
        int(deputy) if deputy.isdigit() else 0,
        first=first,
        last=last,
        reason=typed.get("reason", ""),
        actor=request.actor,
        at=request.at,
    )
