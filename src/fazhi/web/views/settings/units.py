"""Units: the list, adding one, changing its names, ending it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from fazhi.kernel.ground.access import units as keeping
from fazhi.kernel.ground.core.errors import Refused, Unseen
from fazhi.kernel.ground.orgs.models import Unit, UnitKind
from fazhi.kernel.records.register.written import read_date
from fazhi.web import frame, homes
from fazhi.web.fields import Form, choice_field, text_field
from fazhi.web.views.settings import sections
from fazhi.web.words import said

_HERE = "/settings/units/"
_METHODS = ["GET", "POST"]


@require_GET
def listing(request: Any) -> HttpResponse:
    """All units, in the order of their tree."""
    sections.allowed(request, "units")
    seat = frame.seat_of(request)
    words = request.GET.get("q", "").strip()
    rows = Unit.objects.filter(jurisdiction_id=seat.home.id).select_related("parent").order_by("sort_key", "id")
    kinds = dict(UnitKind.choices)
    shown = [
        [
            sections.text(unit.code, css="fz-code"),
            sections.text(unit.name, f"{_HERE}{unit.id}/"),
            sections.text(unit.short_name),
            sections.text(said(str(kinds[unit.kind]))),
            sections.text(unit.parent.short_name if unit.parent else ""),
            sections.text(unit.valid_from.isoformat(), css="d"),
            sections.tag("已撤销", "void") if unit.valid_to else sections.tag("现存", "open"),
        ]
        for unit in rows
        if words in unit.name or words in unit.code
    ]
    context = {
        "total": sections.counted(len(shown)),
        "lead": gettext("单位决定谁看得见什么：本单位和它的上级看得见本单位的事项。"),
        "starts": [{"label": gettext("增补单位"), "href": f"{_HERE}new/"}],
        "filters": [{"name": "q", "label": gettext("名称或代码"), "value": words}],
        "table": {
            "columns": sections.columns("代码", "名称", "简称", "类别", "上级", "设立日期", "状态"),
            "rows": shown,
        },
    }
    return sections.shown(request, "units", context)


@require_http_methods(_METHODS)
def new(request: Any) -> HttpResponse:
    """Adds a unit."""
    sections.allowed(request, "units")
    seat, typed = frame.seat_of(request), request.POST
    form = Form(action=request.path, verb=gettext("增补单位"), cancel=_HERE)
    if request.method == "POST":
        parent, since = typed.get("parent", ""), read_date(typed.get("valid_from", "").strip())
        if since is None:
            form.refuse("valid_from", gettext("请填写日期，例如2022-03-08"))
        else:
            try:
                keeping.add(
                    code=typed.get("code", ""),
                    name=typed.get("name", ""),
                    short_name=typed.get("short_name", ""),
                    kind=typed.get("kind", ""),
                    parent_id=int(parent) if parent.isdigit() else None,
                    valid_from=since,
                    actor=request.actor,
                    at=request.at,
                )
            except Refused as refusal:
                form.refuse_all(refusal.faults)
            else:
                return _done(request, gettext("已增补。"))
    parents = [(str(unit.id), unit.name) for unit in seat.home.units.values() if unit.open]
    kinds = [(key, said(str(label))) for key, label in UnitKind.choices]
    form.add(
        text_field(
            "code", said("代码"), typed.get("code", ""), required=True, help=gettext("不超过20个字符，定了不再改")
        ),
        choice_field("kind", said("类别"), kinds, typed.get("kind", ""), required=True),
        text_field("name", said("名称"), typed.get("name", ""), required=True),
        text_field(
            "short_name", said("简称"), typed.get("short_name", ""), help=gettext("用在编号和列表里，不填取名称前20字")
        ),
        choice_field("parent", said("上级"), parents, typed.get("parent", "")),
        text_field(
            "valid_from",
            said("设立日期"),
            typed.get("valid_from", "") or request.at.date().isoformat(),
            kind="date",
            required=True,
        ),
    )
    return sections.shown(request, "units", {"form": form.shown()}, status=form.status)


@require_http_methods(_METHODS)
def change(request: Any, unit_id: int) -> HttpResponse:
    """Changes a unit's names, or ends it."""
    sections.allowed(request, "units")
    seat, typed = frame.seat_of(request), request.POST
    unit = Unit.objects.filter(pk=unit_id, jurisdiction_id=seat.home.id).first()
    if unit is None:
        raise Unseen(f"Unit {unit_id}")
    form = Form(action=request.path, verb=gettext("保存"), cancel=_HERE)
    if request.method == "POST":
        try:
            _change(request, unit)
        except Refused as refusal:
            form.refuse_all(refusal.faults)
        else:
            return _done(request, gettext("已保存。"))
    given = typed if request.method == "POST" else None
    name, short = (
        (given.get("name", ""), given.get("short_name", "")) if given is not None else (unit.name, unit.short_name)
    )
    form.add(
        text_field("code", said("代码"), unit.code, kind="static"),
        text_field("since", said("设立日期"), unit.valid_from.isoformat(), kind="static"),
        text_field("name", said("名称"), name, required=True),
        text_field("short_name", said("简称"), short),
    )
    if unit.valid_to is None and unit.kind != UnitKind.BUREAU:
        others = [(str(each.id), each.name) for each in seat.home.units.values() if each.open and each.id != unit.id]
        form.add(
            {"kind": "heading", "label": gettext("撤销（不撤销的不填）"), "name": ""},
            text_field("valid_to", said("撤销日期"), typed.get("valid_to", ""), kind="date"),
            choice_field("successor", said("承继单位"), others, typed.get("successor", "")),
            text_field("basis", said("依据文件"), typed.get("basis", ""), wide=True),
        )
    return sections.shown(request, "units", {"lead": unit.name, "form": form.shown()}, status=form.status)


def _change(request: Any, unit: Unit) -> None:
    typed = request.POST
    until = typed.get("valid_to", "").strip()
    if until:
        day, successor = read_date(until), typed.get("successor", "")
        if day is None:
            raise Refused(gettext("撤销日期应为日期，例如2022-03-08"))
        keeping.close(
            unit.id,
            on=day,
            successor_id=int(successor) if successor.isdigit() else None,
            basis=typed.get("basis", ""),
            actor=request.actor,
            at=request.at,
        )
        return
    keeping.rename(
        unit.id, name=typed.get("name", ""), short_name=typed.get("short_name", ""), actor=request.actor, at=request.at
    )


def _done(request: Any, told: str) -> HttpResponse:
    homes.forget()
    frame.tell(request, told)
    return HttpResponseRedirect(_HERE)
