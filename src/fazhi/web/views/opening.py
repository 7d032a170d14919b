"""Entering a record: its form, sent once however often it is submitted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.models import Case, Entry
from fazhi.kernel.casework.matters.workflow import Workflow
from fazhi.kernel.casework.procedure.drafting import required
from fazhi.kernel.casework.procedure.opening import seats as seats_for
from fazhi.kernel.ground.core.errors import NotYours, Refused
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.register import Column, Register
from fazhi.kernel.records.register.columns import column_of
from fazhi.kernel.records.register.written import read_date
from fazhi.web import asked, entering, frame, once, parties
from fazhi.web.fields import Form, Shown, choice_field, heading, text_field
from fazhi.web.navigation import address_of
from fazhi.web.words import paired, said

_AT_HEAD = frozenset({"unit", "handler", "on", "opened_on"})


@require_http_methods(["GET", "POST"])
def new(request: Any, line: str, register: str) -> HttpResponse:
    """The form of a new record, and its entry."""
    seat = frame.seat_of(request)
    found = asked.register_at(seat.actor, line, register)
    keeping = found.keeping
    units = sitting(request, found)
    history = found.finished or (bool(found.finishing) and request.GET.get("mode") == "history")
    form = Form(
        action=request.get_full_path(),
        verb=said(keeping.enter_label),
        cancel=address_of(found),
        once=request.POST.get("once", "") or once.token(),
        again=gettext("登记，接着登记下一件"),
    )
    columns = [column for _, group in _groups(found, history=history) for column in group]
    if request.method == "POST" and "more" not in request.POST:
        made = _enter(request, found, columns, units, form, history=history)
        if made is not None:
            return _after(request, found, made)
    _fill(request, found, units, form, history=history)
    title = said("补录") if history and not found.finished else said(keeping.enter_label)
    context = {
        "title": paired(title, said(found.label, found.key)),
        "lead": gettext("录入已经办完的事项：如实填写各环节的日期，不产生新的期限。")
        if history and not found.finished
        else "",
        "crumbs": [
            {"label": said(asked.line_at(seat.actor, line).label), "href": f"/{line}/"},
            {"label": said(found.label, found.key), "href": address_of(found)},
        ],
        "form": form.shown(),
    }
    return frame.page(request, "web/form.html", context, status=form.status)


def sitting(request: Any, register: type[Register]) -> dict[int, Unit]:
    """The units under whose name the person may enter such records; raises :class:`NotYours` where there is none."""
    actor, keeping = request.actor, register.keeping
    hats = actor.hats_in(keeping.line, keeping.enters)
    units = (
        {unit.id: unit for unit in Unit.objects.filter(jurisdiction_id=actor.jurisdiction_id, valid_to=None)}
        if hats
        else {}
    )
    allowed = seats_for(actor, keeping, units)
    if not allowed:
        raise NotYours(
            f"您没有登记“{register.label}”的权限，需要的角色是：{'、'.join(role.label for role in keeping.enters)}"
        )
    return {unit_id: units[unit_id] for unit_id in allowed}


def _groups(register: type[Register], *, history: bool) -> list[tuple[str, list[Column]]]:
    """The groups of the form, without what stands at its head."""
    groups = [*register.entering, *(register.finishing if history and not register.finished else ())]
    return [(label, [column for column in columns if column.name not in _AT_HEAD]) for label, columns in groups]


def _enter(
    request: Any, register: type[Register], columns: list[Column], units: dict[int, Unit], form: Form, *, history: bool
) -> int | None:
    """Enter what was typed; gives the record's id, or None with everything that is wrong told to the form."""
    keeping, typed = register.keeping, request.POST
    desk = entering.Desk(request.actor, request.seat.home, keeping, request.at.date())
    read = entering.values_of(columns, typed, desk)
    facts = parties.read(keeping.parties, typed, form)
    day = read_date(typed.get("on", "").strip()) if _dated(register) else request.at.date()
    unit = units.get(int(typed["unit"])) if typed.get("unit", "").isdigit() else next(iter(units.values()))
    handler = _handler(request, register, read)
    form.refuse_all(read.faults)
    if day is None:
        form.refuse("on", gettext("请填写日期，例如2022-03-08"))
    if unit is None:
        form.refuse("unit", gettext("请选择单位"))
    if form.refused and (day is None or unit is None):
        return None

    def make() -> int:
        opened = procedure.open(
            register.record(),
            {**register.preset, **read.values},
            actor=request.actor,
            at=request.at,
            unit=unit,
            on=day,
            parties=facts,
            handler_id=handler,
            history=history,
        )
        if form.refused:
            # Everything wrong is told at once: what could not be read, and what the checks say of the rest.
            raise Refused
        return int(opened.pk)

    try:
        return once.once(typed.get("once", ""), actor=request.actor, at=request.at, make=make)
    except Refused as refusal:
        unreadable = {fault.field for fault in read.faults}
        form.refuse_all(fault for fault in parties.left_over(refusal.faults) if fault.field not in unreadable)
        return None


def _handler(request: Any, register: type[Register], read: entering.Typed) -> int | None:
    column = _handler_column(register)
    if column is None:
        return None
    desk = entering.Desk(request.actor, request.seat.home, register.keeping, request.at.date())
    found = entering.values_of([column], request.POST, desk)
    read.faults += found.faults
    handler: int | None = found.values.get("handler")
    return handler


def _handler_column(register: type[Register]) -> Column | None:
    names = {field.name: field for field in register.record()._meta.concrete_fields}
    return column_of(register.keeping, names["handler"]) if "handler" in names else None


def _dated(register: type[Register]) -> bool:
    return issubclass(register.record(), Case | Entry)


def _fill(request: Any, register: type[Register], units: dict[int, Unit], form: Form, *, history: bool) -> None:
    """Put the fields into the form, with what was typed before."""
    keeping, record = register.keeping, register.record()
    typed = request.POST if request.method == "POST" else None
    today = request.at.date()
    desk = entering.Desk(request.actor, request.seat.home, keeping, today)
    needed = (*required(keeping), *_needed_at_once(register))
    form.alias("opened_on", "on")
    form.add(*_head(request, register, units, typed, today))
    for label, columns in _groups(register, history=history):
        form.add(heading(said(label)))
        form.add(
            *entering.fields_of(
                columns,
                desk,
                typed=typed,
                initial={**_defaults(record), **register.preset},
                required=needed,
                history=history,
            )
        )
    form.add(*parties.fields(keeping.parties, typed, request.POST.get("more", "")))


def _head(request: Any, register: type[Register], units: dict[int, Unit], typed: Any, today: date) -> list[Shown]:
    """Unit, legal day and handler, which every record has."""
    record = register.record()
    chosen = typed.get("unit", "") if typed is not None else str(next(iter(units)))
    shown = [
        choice_field(
            "unit",
            said("承办单位" if issubclass(record, Case) else "单位"),
            [(str(key), unit.name) for key, unit in units.items()],
            chosen,
            required=True,
        )
        if len(units) > 1
        else {"kind": "hidden", "name": "unit", "value": next(iter(units)), "id": ""}
    ]
    if _dated(register):
        label = str(record._meta.get_field("opened_on" if issubclass(record, Case) else "on").verbose_name)  # type: ignore[union-attr]
        value = typed.get("on", "") if typed is not None else today.isoformat()
        shown.append(
            text_field(
                "on", said(label, register.keeping.name()), value, kind="date", required=True, max=today.isoformat()
            )
        )
    column = _handler_column(register)
    if column is not None and not _own_work_only(request, register):
        desk = entering.Desk(request.actor, request.seat.home, register.keeping, today)
        initial = {"handler": None}
        shown += entering.fields_of([column], desk, typed=typed, initial=initial)
    return shown


def _own_work_only(request: Any, register: type[Register]) -> bool:
    reach = request.actor.reach(register.keeping.line)
    return not reach.units


def _needed_at_once(register: type[Register]) -> tuple[str, ...]:
    """What a register whose records are finished when entered asks beyond the record's own requirements."""
    keeping = register.keeping
    if not register.finished or not issubclass(keeping, Workflow):
        return ()
    state = keeping.state_in_history(register.record()(**register.preset))
    path = keeping.path_to(state)
    return tuple(name for act in path for name in (*act.asks, act.stamps) if name)


def _defaults(record: Any) -> dict[str, Any]:
    return {
        field.name: field.get_default()
        for field in record._meta.concrete_fields
        if field.has_default() and not field.is_relation
    }


def _after(request: Any, register: type[Register], record_id: int) -> HttpResponse:
    href = f"{address_of(register)}{record_id}/"
    if request.POST.get("again"):
        frame.tell(request, gettext("已登记。"), href=href, label=gettext("查看刚登记的"))
        return HttpResponseRedirect(request.get_full_path())
    frame.tell(request, gettext("已登记。"))
    return HttpResponseRedirect(href)
