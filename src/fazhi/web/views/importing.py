"""Importing a ledger: upload, what the columns mean, the dry run, progress, result, undoing whole."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from fazhi.kernel.casework.procedure.opening import seats
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused, Unseen
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.exchange import importing, refused, targets, tasks
from fazhi.kernel.records.exchange.models import WORKING, Import, ImportState, Writes
from fazhi.kernel.records.exchange.preparing import Plan
from fazhi.kernel.records.exchange.sheets import MOST_BYTES
from fazhi.kernel.records.exchange.workbooks import FileFormat
from fazhi.kernel.records.register import Register
from fazhi.web import asked, frame, ledgers
from fazhi.web.addresses import query
from fazhi.web.fields import Form, choice_field, text_field
from fazhi.web.navigation import address_of
from fazhi.web.words import said, sentence

_SHEET = FileFormat.XLSX.mime


@require_http_methods(["GET", "POST"])
def start(request: Any, line: str, register: str) -> HttpResponse:
    """The page to upload a ledger, and the uploading."""
    found = _register(request, line, register)
    units = _units(request, found)
    form = Form(action=request.path, verb=gettext("上传，去对应列"), cancel=address_of(found), multipart=True)
    if request.method == "POST":
        try:
            of = _upload(request, found, units)
        except Refused as refusal:
            form.refuse_all(refusal.faults)
        else:
            return HttpResponseRedirect(_address(found, of))
    _fill(request, found, units, form)
    context = {
        "step_template": "web/parts/import_upload.html",
        "form": form.shown(),
        "sample": f"{address_of(found)}import/sample.xlsx",
        "runs": ledgers.past(found, request.actor),
    }
    return _page(request, found, None, context, status=form.status)


@require_GET
def sample(request: Any, line: str, register: str) -> HttpResponse:
    """An empty sheet with the headings of a register."""
    found = _register(request, line, register)
    content = refused.blank(targets.targets_of(found, history=bool(found.finishing)), found.label)
    return _file(content, f"{found.label}.xlsx")


@require_http_methods(["GET", "POST"])
def step(request: Any, line: str, register: str, import_id: int) -> HttpResponse:
    """An import where it is: what is asked next, how far work is, or how it ended."""
    found = _register(request, line, register)
    of = _import(request, found, import_id)
    problem: list[Fault] = []
    if request.method == "POST":
        try:
            _ask(request, found, of)
        except Refused as refusal:
            problem = list(refusal.faults)
        else:
            return HttpResponseRedirect(_address(found, of))
    return _page(request, found, of, _shown(request, found, of, problem), status=422 if problem else 200)


@require_GET
def rows(request: Any, line: str, register: str, import_id: int) -> HttpResponse:
    """The refused rows as a sheet, for the person who uploaded them: it holds what the file held."""
    found = _register(request, line, register)
    of = _import(request, found, import_id)
    findings = importing.findings_of(of)
    if of.account_id != request.seat.account_id or not findings.bad:
        raise Unseen(f"rows of import {import_id}")
    content = refused.workbook(Plan(of, request.actor), findings)
    return _file(content, gettext("有误的行") + f"-{of.file_name.rpartition('.')[0] or of.file_name}.xlsx")


# -- asking ------------------------------------------------------------------------------------------------------------


def _register(request: Any, line: str, register: str) -> type[Register]:
    return asked.register_at(frame.seat_of(request).actor, line, register)


def _units(request: Any, register: type[Register]) -> dict[int, Unit]:
    """The units under whose name the person may enter such records."""
    actor, keeping = request.actor, register.keeping
    units = {unit.id: unit for unit in Unit.objects.filter(jurisdiction_id=actor.jurisdiction_id, valid_to=None)}
    allowed = seats(actor, keeping, units)
    if not allowed:
        roles = "、".join(role.label for role in keeping.enters)
        raise NotYours(f"您没有登记“{register.label}”的权限，需要的角色是：{roles}")
    return {unit_id: units[unit_id] for unit_id in allowed}


def _import(request: Any, register: type[Register], import_id: int) -> Import:
    of = importing.fetch(request.actor, import_id)
    if of.register != register.key:
        raise Unseen(f"import {import_id}")
    return of


def _address(register: type[Register], of: Import) -> str:
    return f"{address_of(register)}import/{of.pk}/"


def _writing(request: Any) -> AbstractContextManager[None]:
    """The session in which something is asked: nothing of it stays if it is refused."""
    seat = frame.seat_of(request)
    return session(
        jurisdictions=[seat.home.id],
        actor=seat.account_id,
        act=f"exchange.{request.POST.get('do', 'upload')}",
        at=request.at,
    )


def _upload(request: Any, register: type[Register], units: dict[int, Unit]) -> Import:
    sent = request.FILES.get("file")
    if sent is None:
        raise Refused(Fault(gettext("请先选择文件"), "file"))
    if sent.size > MOST_BYTES:
        raise Refused(Fault(gettext("文件最多 %(n)s MB，请拆成几个文件") % {"n": MOST_BYTES // 1024 // 1024}, "file"))
    unit = request.POST.get("unit", "")
    with _writing(request):
        return importing.upload(
            register,
            sent.read(),
            sent.name,
            actor=request.actor,
            at=request.at,
            history=register.finished or request.POST.get("history") == "1",
            for_unit=units.get(int(unit)) if unit.isdigit() else None,
        )


def _ask(request: Any, register: type[Register], of: Import) -> None:
    """Does what a button asks for; work that takes time is handed to the worker with this transaction."""
    typed, actor, at = request.POST, request.actor, request.at
    with _writing(request):
        match typed.get("do", ""):
            case "point":
                _point(request, of)
                return
            case "map":
                mapping = {int(name[1:]): key for name, key in typed.items() if name[:1] == "c" and name[1:].isdigit()}
                importing.map_columns(of.pk, mapping, actor=actor, same_allowed=typed.get("same") == "1")
                importing.ask_check(of.pk, actor=actor, at=at)
            case "check":
                importing.ask_check(of.pk, actor=actor, at=at)
            case "write":
                writes = Writes.GOOD if typed.get("rows") == Writes.GOOD else Writes.ALL
                importing.ask_write(of.pk, writes, actor=actor, at=at, reason=typed.get("reason", ""))
            case "undo":
                importing.ask_undo(of.pk, actor=actor, at=at, reason=typed.get("reason", ""))
            case "stop":
                importing.ask_stop(of.pk, actor=actor)
                return
            case _:
                raise Unseen("what to do")
        tasks.begin(of)


def _point(request: Any, of: Import) -> None:
    first = request.POST.get("first", "")
    if not first.isdigit():
        raise Refused(Fault(gettext("请填写表头在第几行"), "head"))
    last = int(first) + (1 if request.POST.get("two") == "1" else 0)
    sheet = request.POST.get("sheet", of.sheet)
    importing.point(of.pk, sheet, int(first), last, actor=request.actor)


# -- showing -----------------------------------------------------------------------------------------------------------


def _fill(request: Any, register: type[Register], units: dict[int, Unit], form: Form) -> None:
    if register.finishing and not register.finished:
        kinds = [("1", gettext("已办结的台账（补录）")), ("0", gettext("新的事项，导入后再办理"))]
        form.add(
            choice_field(
                "history", gettext("台账里是"), kinds, request.POST.get("history", "1"), kind="radio", required=True
            )
        )
    if len(units) > 1:
        choices = [(unit.id, unit.name) for unit in units.values()]
        note = gettext("表中有单位一列时以表中为准；不选时，按各行的调解组织等所属单位登记。")
        form.add(
            choice_field("unit", gettext("以哪个单位的名义登记"), choices, request.POST.get("unit", ""), help=note)
        )
    form.add(text_field("file", gettext("文件"), kind="hidden"))


def _shown(request: Any, register: type[Register], of: Import, problem: list[Fault]) -> dict[str, Any]:
    href = _address(register, of)
    mine = of.account_id == request.seat.account_id
    form = {
        "action": href,
        "cancel": f"{address_of(register)}import/",
        "faults": [{"id": "", "label": "", "reason": sentence(fault.reason)} for fault in problem],
        "mine": mine,
    }
    context: dict[str, Any] = {"form": form}
    mapping = request.GET.get("columns") == "1" and of.state not in (*WORKING, ImportState.DONE, ImportState.UNDONE)
    if of.state in WORKING:
        context |= {
            "step_template": "web/parts/import_running.html",
            "poll": href,
            "progress": ledgers.progress(of),
            "checking": of.state == ImportState.CHECKING,
        }
    elif of.state == ImportState.UPLOADED or mapping:
        context |= {"step_template": "web/parts/import_mapping.html", **_mapping(request, of)}
    elif of.state == ImportState.CHECKED:
        findings, plan = importing.findings_of(of), Plan(of, request.actor)
        context |= {
            "step_template": "web/parts/import_checked.html",
            **ledgers.checked(of, findings, plan, request.GET.get("column", ""), href),
            "faults_file": f"{href}rows.xlsx" if findings.bad and mine else "",
            "remap": href + query(columns=1),
        }
    else:
        context |= _ended(request, register, of, href, mine=mine)
    return context


def _mapping(request: Any, of: Import) -> dict[str, Any]:
    try:
        return ledgers.mapping(of, request.actor)
    except Refused as refusal:
        reasons = [{"id": "", "label": "", "reason": sentence(fault.reason)} for fault in refusal.faults]
        return {"gone": reasons}


def _ended(request: Any, register: type[Register], of: Import, href: str, *, mine: bool) -> dict[str, Any]:
    findings = importing.findings_of(of)
    tallies = [
        {"label": said("数据行"), "value": f"{of.rows:,}"},
        {"label": said("写入"), "value": f"{of.written:,}"},
        {"label": said("有误"), "value": f"{of.bad:,}", "bad": bool(of.bad)},
    ]
    undo = None
    if of.state == ImportState.DONE and of.written:
        undo = {"note": gettext("撤销会把这次导入的记录全部作废；导入之后已更改或办理过的，不能整批撤销。")}
    return {
        "step_template": "web/parts/import_done.html",
        "result": ledgers.result(of),
        "tallies": tallies,
        **ledgers.faults(findings, request.GET.get("column", ""), href),
        "opens": address_of(register) if of.state == ImportState.DONE else "",
        "faults_file": f"{href}rows.xlsx" if findings.bad and mine else "",
        "undo": undo,
        "again": of.state in (ImportState.FAILED, ImportState.STOPPED) and mine,
        "remap": href + query(columns=1),
    }


def _page(
    request: Any, register: type[Register], of: Import | None, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    label = said(register.label, register.key)
    crumbs = [
        {
            "label": said(asked.line_at(request.actor, register.keeping.line).label),
            "href": f"/{register.keeping.line}/",
        },
        {"label": label, "href": address_of(register)},
    ]
    if of is not None:
        crumbs.append({"label": gettext("导入"), "href": f"{address_of(register)}import/"})
    title = gettext("导入：%(label)s") % {"label": label} if of is None else of.file_name
    whole = {"title": title, "crumbs": crumbs, "steps": ledgers.steps(of), **context}
    return frame.page(request, "web/import.html", whole, status=status)


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_SHEET)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
