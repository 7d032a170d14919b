"""Changes outside the procedure: correcting, assigning, voiding, and seeing what is encrypted; each with its reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.procedure.amending import why_not_correct
from fazhi.kernel.casework.procedure.drafting import required
from fazhi.kernel.casework.procedure.revealing import reveal, reveal_party
from fazhi.kernel.ground.core.errors import Conflict, NotYours, Refused, Unseen
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.register import Column, Kind, Register
from fazhi.kernel.records.register.columns import column_of
from fazhi.web import asked, entering, frame, lists
from fazhi.web.fields import Form, choice_field, heading, text_field
from fazhi.web.navigation import address_of
from fazhi.web.views.acting import finished, show_theirs, version_of
from fazhi.web.views.records import audience_of, title_of
from fazhi.web.words import paired, said

_METHODS = ["GET", "POST"]
_FIXED = frozenset({"unit", "handler"})


@require_http_methods(_METHODS)
def correct(request: Any, line: str, register: str, record_id: int) -> HttpResponse:
    """Corrects facts of a record."""
    seat, found, row, href = _opened(request, line, register, record_id)
    keeping = found.keeping
    form = Form(action=request.path, verb=gettext("更正"), cancel=href, version=row.version)
    groups = [
        (label, [column for column in columns if _correctable(column)])
        for label, columns in (_dated(found), *found.entering, *found.finishing)
    ]
    columns = list({column.name: column for _, group in groups for column in group}.values())
    desk = entering.Desk(seat.actor, seat.home, keeping, request.at.date())
    if request.method == "POST":
        current = {column.name: getattr(row, column.name) for column in columns}
        read = entering.values_of(columns, request.POST, desk, current=current)
        form.refuse_all(read.faults)
        if _tried(request, form, columns, row, lambda: _correct(request, found, row, read.values)):
            return finished(request, href, gettext("已更正。"))
    typed = request.POST if request.method == "POST" else None
    shown: set[str] = set()
    for label, group in groups:
        fresh = [column for column in group if column.name not in shown]
        shown |= {column.name for column in fresh}
        if fresh:
            form.add(heading(said(label)))
            initial = {column.name: getattr(row, column.name) for column in fresh}
            form.add(
                *entering.fields_of(fresh, desk, typed=typed, initial=initial, required=required(keeping), history=True)
            )
    form.add(heading(said("更正原因")), _reason(request, gettext("为什么更正")))
    return _shown(request, "web/form.html", gettext("更正"), found, row, href, form)


@require_http_methods(_METHODS)
def assign(request: Any, line: str, register: str, record_id: int) -> HttpResponse:
    """Gives a case to somebody, or to another unit."""
    seat, found, row, href = _opened(request, line, register, record_id)
    if not isinstance(row, Case):
        raise Unseen("assign")
    form = Form(action=request.path, verb=gettext("分派"), cancel=href, version=row.version)
    column = column_of(found.keeping, row._meta.get_field("handler"))
    desk = entering.Desk(seat.actor, seat.home, found.keeping, request.at.date())
    if request.method == "POST":
        read = entering.values_of([column], request.POST, desk, current={"handler": row.handler})
        form.refuse_all(read.faults)
        if _tried(request, form, [column], row, lambda: _assign(request, found, row, read.values.get("handler"))):
            return finished(request, "/" if _left(request, found, row) else href, gettext("已分派。"))
    typed = request.POST if request.method == "POST" else None
    chosen = typed.get("unit", "") if typed is not None else str(row.unit_id)
    units = [(str(unit.id), unit.name) for unit in seat.home.units.values() if unit.open]
    form.add(choice_field("unit", said("承办单位"), units, chosen, required=True))
    form.add(*entering.fields_of([column], desk, typed=typed, initial={"handler": row.handler}))
    form.add(_reason(request, gettext("分派或移交的理由"), required=False))
    return _shown(request, "web/act.html", gettext("分派、移交"), found, row, href, form)


@require_http_methods(_METHODS)
def void(request: Any, line: str, register: str, record_id: int) -> HttpResponse:
    """Voids a record."""
    _, found, row, href = _opened(request, line, register, record_id)
    will = [gettext("记录保留，显示为已作废，不再计入任何数据"), gettext("编号不再使用"), gettext("不能恢复")]
    form = Form(
        action=request.path, verb=gettext("作废"), cancel=href, version=row.version, destructive=True, will=will
    )
    if request.method == "POST" and _tried(request, form, [], row, lambda: _void(request, found, row)):
        return finished(request, href, gettext("已作废。"))
    form.add(_reason(request, gettext("为什么作废")))
    return _shown(request, "web/act.html", gettext("作废"), found, row, href, form)


@require_http_methods(_METHODS)
def secret(request: Any, line: str, register: str, record_id: int, field: str) -> HttpResponse:
    """Shows an encrypted field of a record, for a reason that goes into the audit."""
    _, found, row, href = _opened(request, line, register, record_id, changing=False)
    column = found.all_columns.get(field)
    if column is None or column.kind is not Kind.SECRET:
        raise Unseen(field)
    label = lists.label_of(column, found)
    return _reveal(
        request,
        found,
        row,
        href,
        label,
        lambda reason: {
            label: reveal(found.record(), row.id, field, reason=reason, actor=request.actor, at=request.at)
        },
    )


@require_http_methods(_METHODS)
def party(request: Any, line: str, register: str, record_id: int, party_id: int) -> HttpResponse:
    """Shows what identifies a party, for a reason that goes into the audit."""
    _, found, row, href = _opened(request, line, register, record_id, changing=False)
    if not isinstance(row, Case):
        raise Unseen("party")
    record: Any = found.record()
    return _reveal(
        request,
        found,
        row,
        href,
        said("当事人信息"),
        lambda reason: reveal_party(record, row.id, party_id, reason=reason, actor=request.actor, at=request.at),
    )


# -- what they share ---------------------------------------------------------------------------------------------------


def _opened(request: Any, line: str, register: str, record_id: int, *, changing: bool = True) -> Any:
    seat = frame.seat_of(request)
    found = asked.register_at(seat.actor, line, register)
    row = asked.record_at(seat.actor, found, record_id)
    if changing and (reason := why_not_correct(seat.actor, found.keeping, row, audience_of(seat, row))):
        raise NotYours(reason)
    return seat, found, row, f"{address_of(found)}{row.id}/"


def _dated(register: type[Register]) -> tuple[str, tuple[Column, ...]]:
    """The legal day, which stands at the head of the form of a new record and in none of its groups."""
    fields = {field.name: field for field in register.record()._meta.concrete_fields}
    return "日期", tuple(column_of(register.keeping, fields[name]) for name in ("opened_on", "on") if name in fields)


def _correctable(column: Column) -> bool:
    return column.field.editable and column.name not in _FIXED


def _reason(request: Any, label: str, *, required: bool = True) -> dict[str, Any]:
    typed = request.POST.get("reason", "") if request.method == "POST" else ""
    return text_field("reason", label, typed, kind="textarea", rows=2, required=required, wide=True)


def _tried(request: Any, form: Form, columns: list[Column], row: Any, change: Any) -> bool:
    """Whether the change was made; what speaks against it is told to the form."""
    if form.refused:
        return False
    try:
        change()
    except Conflict as conflict:
        form.refuse_all(conflict.faults)
        show_theirs(form, conflict, columns, row, request.POST, request.seat)
        return False
    except Refused as refusal:
        form.refuse_all(refusal.faults)
        return False
    return True


def _correct(request: Any, register: type[Register], row: Any, values: dict[str, Any]) -> None:
    procedure.correct(
        register.record(),
        row.id,
        values,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        at=request.at,
        version=version_of(request),
    )


def _assign(request: Any, register: type[Register], row: Any, handler_id: int | None) -> None:
    given = request.POST.get("unit", "")
    unit = Unit.objects.filter(pk=int(given), valid_to=None).first() if given.isdigit() else None
    if unit is None:
        raise Refused(gettext("请选择承办单位"))
    record: Any = register.record()
    procedure.assign(
        record,
        row.id,
        actor=request.actor,
        at=request.at,
        handler_id=handler_id,
        unit=unit,
        reason=request.POST.get("reason", "").strip(),
        version=version_of(request),
    )


def _void(request: Any, register: type[Register], row: Any) -> None:
    procedure.void(
        register.record(),
        row.id,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        at=request.at,
        version=version_of(request),
    )


def _left(request: Any, register: type[Register], row: Any) -> bool:
    """Whether the record is the person's no longer: given to another unit, it has left their sight."""
    try:
        asked.record_at(request.actor, register, row.id)
    except Unseen:
        return True
    return False


def _reveal(request: Any, register: type[Register], row: Any, href: str, label: str, show: Any) -> HttpResponse:
    form = Form(
        action=request.path,
        verb=gettext("查看"),
        cancel=href,
        will=[gettext("查看人、时间和事由记入访问日志，审计管理员可以查到")],
    )
    if request.method == "POST":
        try:
            clear: dict[str, str] = show(request.POST.get("reason", ""))
        except Refused as refusal:
            form.refuse_all(refusal.faults)
        else:
            # Shown once, in this answer alone: nothing clear is kept in the page's address or in the browser's store.
            form = Form(action=request.path, verb=gettext("再看一次"), cancel=href)
            form.add(
                *(
                    text_field(f"clear-{place}", said(name), value or "—", kind="static")
                    for place, (name, value) in enumerate(clear.items())
                )
            )
    form.add(_reason(request, gettext("为什么要查看")))
    return _shown(request, "web/act.html", paired(gettext("查看"), label), register, row, href, form)


def _shown(
    request: Any, template: str, title: str, register: type[Register], row: Any, href: str, form: Form
) -> HttpResponse:
    number, name = title_of(row)
    context = {
        "title": title,
        "crumbs": [
            {"label": said(register.label, register.key), "href": address_of(register)},
            {"label": number or name, "href": href},
        ],
        "form": form.shown(),
    }
    return frame.page(request, template, context, status=form.status)
