"""The papers of a case: as files, and what happens to them afterwards: sealed, served, received, revoked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta, timezone
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from fazhi.kernel.casework.papers import composing, issuing, rendering
from fazhi.kernel.casework.papers.models import Issued, Service, Way
from fazhi.kernel.ground.core.errors import Fault, Refused, Unseen
from fazhi.kernel.records.register.written import read_date
from fazhi.web import asked, frame
from fazhi.web.fields import Form, choice_field, text_field
from fazhi.web.navigation import address_of
from fazhi.web.views.acting import finished
from fazhi.web.words import said

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What is written into a file is an instant with a fixed distance from Greenwich.
_BEIJING = timezone(timedelta(hours=8))
_KINDS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "pdf": ("application/pdf", lambda document, at: rendering.to_pdf(document, at=at)),
    "docx": (_DOCX, lambda document, at: rendering.to_docx(document, at=at)),
}


@require_GET
def file(request: Any, line: str, register: str, record_id: int, paper_id: int, kind: str) -> HttpResponse:
    """A paper as Word or PDF, the same bytes each time."""
    _, _, issued = _paper(request, line, register, record_id, paper_id)
    if kind not in _KINDS:
        raise Unseen(kind)
    media, render = _KINDS[kind]
    content = render(composing.document(issued), issued.issued_at.astimezone(_BEIJING))
    response = HttpResponse(content, content_type=media)
    name = quote(f"{issued.title}{issued.number or ''}.{kind}")
    shown = "inline" if kind == "pdf" else "attachment"
    response["Content-Disposition"] = f"{shown}; filename*=UTF-8''{name}"
    return response


@require_http_methods(["GET", "POST"])
def after(request: Any, line: str, register: str, record_id: int, paper_id: int, verb: str) -> HttpResponse:
    """What is recorded of a paper after it was issued."""
    found, row, issued = _paper(request, line, register, record_id, paper_id)
    if verb not in _VERBS:
        raise Unseen(verb)
    label, fields, do = _VERBS[verb]
    back = f"{address_of(found)}{row.id}/papers/"
    form = Form(action=request.path, verb=said(label), cancel=back, destructive=verb == "revoke")
    if request.method == "POST":
        try:
            do(issued, request)
        except Refused as refusal:
            form.refuse_all(refusal.faults)
        else:
            return finished(request, back, gettext("已登记。"))
    typed = request.POST if request.method == "POST" else None
    form.add(*fields(issued, typed, request))
    context = {
        "title": said(label),
        "lead": str(issued),
        "crumbs": [
            {"label": said(found.label, found.key), "href": address_of(found)},
            {"label": row.number, "href": back},
        ],
        "form": form.shown(),
    }
    return frame.page(request, "web/act.html", context, status=form.status)


# -- what is recorded afterwards ---------------------------------------------------------------------------------------


def _day(request: Any, name: str, *, needed: bool = True) -> Any:
    day = read_date(request.POST.get(name, "").strip())
    if day is None and (needed or request.POST.get(name, "").strip()):
        raise Refused(Fault("请填写日期，例如2022-03-08", name))
    return day


def _seal_fields(issued: Issued, typed: Any, request: Any) -> list[dict[str, Any]]:
    owner = typed.get("owner", "") if typed is not None else request.seat.home.bureau
    copies = typed.get("copies", "") if typed is not None else "1"
    return [
        text_field("owner", said("印章"), owner, required=True),
        text_field("copies", said("份数"), copies, required=True, inputmode="numeric"),
        _date("on", "用印日期", typed, request),
    ]


def _seal(issued: Issued, request: Any) -> None:
    copies = request.POST.get("copies", "")
    issuing.seal(
        issued.id,
        owner=request.POST.get("owner", ""),
        copies=int(copies) if copies.isdigit() else 0,
        actor=request.actor,
        at=request.at,
        on=_day(request, "on"),
    )


def _serve_fields(issued: Issued, typed: Any, request: Any) -> list[dict[str, Any]]:
    def value(name: str) -> str:
        return typed.get(name, "") if typed is not None else ""

    ways = [(key, said(label)) for key, label in Way.choices]
    return [
        text_field("recipient", said("受送达人"), value("recipient"), required=True),
        choice_field("way", said("送达方式"), ways, value("way"), required=True),
        _date("posted_on", "交寄（送出）日期", typed, request),
        text_field("received_on", said("签收日期"), value("received_on"), kind="date", help=said("尚未签收的先不填")),
        text_field("evidence", said("送达凭证"), value("evidence")),
    ]


def _serve(issued: Issued, request: Any) -> None:
    way = request.POST.get("way", "")
    if way not in Way.values:
        raise Refused(Fault("请选择送达方式", "way"))
    issuing.serve(
        issued.id,
        recipient=request.POST.get("recipient", ""),
        way=way,
        posted_on=_day(request, "posted_on"),
        received_on=_day(request, "received_on", needed=False),
        evidence=request.POST.get("evidence", ""),
        actor=request.actor,
        at=request.at,
    )


def _received_fields(issued: Issued, typed: Any, request: Any) -> list[dict[str, Any]]:
    service = request.POST.get("service", "") if typed is not None else request.GET.get("service", "")
    evidence = typed.get("evidence", "") if typed is not None else ""
    return [
        {"kind": "hidden", "name": "service", "value": service, "id": ""},
        _date("received_on", "签收日期", typed, request),
        text_field("evidence", said("送达凭证"), evidence),
    ]


def _received(issued: Issued, request: Any) -> None:
    given = request.POST.get("service", "")
    service = Service.objects.filter(pk=int(given), paper=issued).first() if given.isdigit() else None
    if service is None:
        raise Unseen("service")
    issuing.received(
        service.id,
        on=_day(request, "received_on"),
        evidence=request.POST.get("evidence", ""),
        actor=request.actor,
        at=request.at,
    )


def _revoke_fields(issued: Issued, typed: Any, request: Any) -> list[dict[str, Any]]:
    reason = typed.get("reason", "") if typed is not None else ""
    return [text_field("reason", said("撤回原因"), reason, kind="textarea", rows=2, required=True, wide=True)]


def _revoke(issued: Issued, request: Any) -> None:
    issuing.revoke(issued.id, reason=request.POST.get("reason", ""), actor=request.actor, at=request.at)


_VERBS = {
    "seal": ("登记用印", _seal_fields, _seal),
    "serve": ("登记送达", _serve_fields, _serve),
    "received": ("登记签收", _received_fields, _received),
    "revoke": ("撤回文书", _revoke_fields, _revoke),
}


def _date(name: str, label: str, typed: Any, request: Any) -> dict[str, Any]:
    value = typed.get(name, "") if typed is not None else request.at.date().isoformat()
    return text_field(name, said(label), value, kind="date", required=True, max=request.at.date().isoformat())


def _paper(request: Any, line: str, register: str, record_id: int, paper_id: int) -> tuple[Any, Any, Issued]:
    seat = frame.seat_of(request)
    found = asked.register_at(seat.actor, line, register)
    row = asked.record_at(seat.actor, found, record_id)
    issued = Issued.objects.filter(pk=paper_id, matter_id=row.id).first()
    if issued is None:
        raise Unseen(f"paper {paper_id}")
    return found, row, issued
