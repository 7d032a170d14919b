"""Exporting a list: exactly what is shown, at once when it is short, in the background when it is long."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from fazhi.kernel.ground.core.errors import Fault, NotYours, Unseen
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.exchange import exporting, exports, tasks
from fazhi.kernel.records.exchange.models import Export, ExportState, Progress
from fazhi.kernel.records.exchange.workbooks import FileFormat
from fazhi.kernel.records.register import Kind, Listing, Register
from fazhi.web import addresses, asked, frame, ledgers, lists
from fazhi.web.navigation import address_of
from fazhi.web.words import said, sentence

AT_ONCE = 2_000
# What the page on screen says in its address, but a file has not.
_ASIDE = ("page", "from", "column", "density", "year", "csrfmiddlewaretoken", "format")


@require_http_methods(["GET", "POST"])
def start(request: Any, line: str, register: str) -> HttpResponse:
    """What would be exported, and the exporting."""
    seat = frame.seat_of(request)
    found = asked.register_at(seat.actor, line, register)
    if refusal := exporting.why_not_export(seat.actor, found):
        raise NotYours(refusal)
    columns = lists.chosen_columns(found, request.GET)
    parameters = _parameters(request.GET)
    listing = Listing(found, seat.actor, parameters, columns=columns)
    total = listing.total()
    faults = [Fault(f"筛选条件“{name}”看不懂，没有导出", name) for name in listing.unread]
    if request.method == "POST" and not faults:
        form = (
            FileFormat(request.POST.get("format")) if request.POST.get("format") in set(FileFormat) else FileFormat.XLSX
        )
        if total <= AT_ONCE:
            return _at_once(request, found, form, parameters)
        return _in_background(request, found, form, parameters)
    context = {
        "title": gettext("导出：%(label)s") % {"label": said(found.label, found.key)},
        "crumbs": _crumbs(request, found),
        "total": f"{total:,}",
        "columns": "、".join(lists.label_of(column, found) for column in columns),
        "chips": lists.chips(found, request.GET, seat.home, {}),
        "masked": any(column.kind is Kind.SECRET and column.name not in found.in_clear for column in columns),
        "action": request.get_full_path(),
        "cancel": address_of(found) + addresses.joined(addresses.pairs_of(request.GET)),
        "faults": [{"id": "", "label": "", "reason": sentence(fault.reason)} for fault in faults],
        "background": total > AT_ONCE,
    }
    return frame.page(request, "web/export.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def step(request: Any, line: str, register: str, export_id: int) -> HttpResponse:
    """An export in the background: how far it is, or the way to the file."""
    found, of = _export(request, line, register, export_id)
    href = f"{address_of(found)}export/{of.pk}/"
    if request.method == "POST":
        Progress.objects.filter(of=of.pk).update(stop=True)
        return HttpResponseRedirect(href)
    working = of.state in (ExportState.WAITING, ExportState.RUNNING)
    context = {
        "title": gettext("导出：%(label)s") % {"label": said(found.label, found.key)},
        "crumbs": _crumbs(request, found),
        "poll": href if working else "",
        "progress": ledgers.progress_of(of.pk, said("导出")) if working else None,
        "file": f"{href}file/" if of.state == ExportState.DONE else "",
        "rows": f"{of.rows:,}",
        "state": said(str(ExportState(of.state).label)),
        "problem": sentence(of.problem),
        "action": href,
        "cancel": address_of(found),
    }
    return frame.page(request, "web/exported.html", context)


@require_GET
def file(request: Any, line: str, register: str, export_id: int) -> HttpResponse:
    """The file itself, for the person who asked for it."""
    found, of = _export(request, line, register, export_id)
    if of.state != ExportState.DONE:
        raise Unseen(f"file of export {export_id}")
    return _attachment(exports.content(of), found, FileFormat(of.format), request)


def _export(request: Any, line: str, register: str, export_id: int) -> tuple[type[Register], Export]:
    found = asked.register_at(frame.seat_of(request).actor, line, register)
    of = exports.fetch(request.actor, export_id)
    if of.register != found.key:
        raise Unseen(f"export {export_id}")
    return found, of


def _parameters(query: QueryDict) -> dict[str, str]:
    return {name: str(value) for name, value in query.items() if name not in _ASIDE and value}


def _at_once(request: Any, register: type[Register], form: FileFormat, parameters: dict[str, str]) -> HttpResponse:
    target = io.BytesIO()
    with _writing(request, register):
        exporting.export(
            register, target, form,
            actor=request.actor, parameters=parameters, columns=lists.chosen_columns(register, request.GET),
        )  # fmt: skip
    return _attachment(target.getvalue(), register, form, request)


def _in_background(
    request: Any, register: type[Register], form: FileFormat, parameters: dict[str, str]
) -> HttpResponse:
    names = [column.name for column in lists.chosen_columns(register, request.GET)]
    with _writing(request, register):
        of = exports.ask(register, actor=request.actor, at=request.at, form=form, parameters=parameters, columns=names)
        tasks.begin(of)
    return HttpResponseRedirect(f"{address_of(register)}export/{of.pk}/")


def _writing(request: Any, register: type[Register]) -> Any:
    seat = frame.seat_of(request)
    return session(jurisdictions=[seat.home.id], actor=seat.account_id, act=f"{register.key}.export", at=request.at)


def _crumbs(request: Any, register: type[Register]) -> list[dict[str, str]]:
    line = asked.line_at(request.actor, register.keeping.line)
    return [
        {"label": said(line.label), "href": f"/{line.code}/"},
        {"label": said(register.label, register.key), "href": address_of(register)},
    ]


def _attachment(content: bytes, register: type[Register], form: FileFormat, request: Any) -> HttpResponse:
    response = HttpResponse(content, content_type=form.mime)
    name = f"{register.label}-{request.at:%Y%m%d}.{form}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
