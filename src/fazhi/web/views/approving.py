"""Deciding a request for approval: one opinion line, in place or as a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from fazhi.kernel.casework.approvals import deciding
from fazhi.kernel.casework.approvals.models import Request
from fazhi.kernel.ground.core.errors import Refused, Unseen
from fazhi.web import asked, frame
from fazhi.web.fields import Form, text_field
from fazhi.web.navigation import address_of
from fazhi.web.views.acting import finished
from fazhi.web.views.records import title_of
from fazhi.web.words import paired, said

_MOST = 500


@require_http_methods(["GET", "POST"])
def decide(request: Any, line: str, register: str, record_id: int, request_id: int, verb: str) -> HttpResponse:
    """The form of an opinion, or of taking the request back, and its doing."""
    seat = frame.seat_of(request)
    found = asked.register_at(seat.actor, line, register)
    row = asked.record_at(seat.actor, found, record_id)
    asked_for = Request.objects.filter(pk=request_id, matter_id=row.id).first()
    if asked_for is None or verb not in _VERBS:
        raise Unseen(verb)
    label, told, do = _VERBS[verb]
    href = f"{address_of(found)}{row.id}/"
    form = Form(action=request.path, verb=said(label), cancel=href, destructive=verb == "return")
    text = request.POST.get("opinion", "").strip()[:_MOST]
    if request.method == "POST":
        try:
            do(asked_for.id, text, request)
        except Refused as refusal:
            form.refuse_all(refusal.faults)
        else:
            return finished(request, href, said(told))
    form.alias("reason", "opinion")
    if verb == "agree":
        value = text or ("" if request.method == "POST" else said("同意"))
        form.add(text_field("opinion", gettext("意见"), value, kind="textarea", rows=2, required=True, wide=True))
    elif verb == "return":
        form.add(text_field("opinion", gettext("退回原因"), text, kind="textarea", rows=2, required=True, wide=True))
    number, title = title_of(row)
    context = {
        "title": paired(said(label), said(asked_for.label, found.keeping.name())),
        "crumbs": [
            {"label": said(found.label, found.key), "href": address_of(found)},
            {"label": number or title, "href": href},
        ],
        "form": form.shown(),
    }
    return frame.page(request, "web/act.html", context, status=form.status)


def _agree(request_id: int, text: str, request: Any) -> None:
    deciding.agree(request_id, actor=request.actor, at=request.at, opinion=text or said("同意"))


def _return(request_id: int, text: str, request: Any) -> None:
    deciding.give_back(request_id, reason=text, actor=request.actor, at=request.at)


def _withdraw(request_id: int, text: str, request: Any) -> None:
    del text
    deciding.withdraw(request_id, actor=request.actor, at=request.at)


_VERBS = {
    "agree": ("同意", "已同意。", _agree),
    "return": ("退回", "已退回，提交人可以改好再提交。", _return),
    "withdraw": ("撤回审批", "已撤回。", _withdraw),
}
