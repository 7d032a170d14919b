"""The file of a case: pieces put in, shown, and taken out with a reason."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fazhi.kernel.casework.files import filing, kinds
from fazhi.kernel.casework.files.models import Attachment
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.ground.core.errors import Refused, Unseen
from fazhi.web import asked, frame
from fazhi.web.fields import Form, text_field
from fazhi.web.navigation import address_of
from fazhi.web.views.acting import finished
from fazhi.web.words import paired, said, sentence

_SHOWN = frozenset(kind.media for kind in (kinds.PDF, kinds.PNG, kinds.JPEG))


@require_POST
def add(request: Any, line: str, register: str, record_id: int) -> HttpResponse:
    """Puts files into a case; those refused are named with the reason, the others are in."""
    found, row = _case(request, line, register, record_id)
    added, refused = 0, []
    for sent in request.FILES.getlist("file"):
        try:
            filing.attach(
                found.record(), row.id, name=sent.name, content=sent.read(), actor=request.actor, at=request.at
            )
            added += 1
        except Refused as refusal:
            refused.append(sentence(str(refusal)))
    if added:
        frame.tell(request, gettext("已添加 %(n)s 份材料。") % {"n": added})
    for reason in refused or ([] if added else [gettext("请先选择文件。")]):
        frame.tell(request, reason, kind="error")
    return HttpResponseRedirect(f"{address_of(found)}{row.id}/files/")


@require_GET
def content(request: Any, line: str, register: str, record_id: int, file_id: int) -> HttpResponse:
    """A piece itself. Only what browsers show harmlessly is shown in place; the rest is handed over as a file."""
    _, row = _case(request, line, register, record_id)
    _piece(row, file_id)
    piece, data = filing.content(file_id, actor=request.actor)
    response = HttpResponse(data, content_type=piece.media if piece.media in _SHOWN else "application/octet-stream")
    shown = "inline" if piece.media in _SHOWN else "attachment"
    response["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(piece.name)}"
    return response


@require_http_methods(["GET", "POST"])
def remove(request: Any, line: str, register: str, record_id: int, file_id: int) -> HttpResponse:
    """Takes a piece out of the file, with the reason."""
    found, row = _case(request, line, register, record_id)
    piece = _piece(row, file_id)
    back = f"{address_of(found)}{row.id}/files/"
    form = Form(
        action=request.path,
        verb=gettext("撤出"),
        cancel=back,
        destructive=True,
        will=[gettext("目录中保留这一项并注明原因，内容不再显示")],
    )
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            filing.remove(piece.id, reason=reason, actor=request.actor, at=request.at)
        except Refused as refusal:
            form.refuse_all(refusal.faults)
        else:
            return finished(request, back, gettext("已撤出。"))
    form.add(text_field("reason", gettext("撤出原因"), reason, kind="textarea", rows=2, required=True, wide=True))
    context = {
        "title": paired(gettext("撤出材料"), piece.title),
        "crumbs": [
            {"label": said(found.label, found.key), "href": address_of(found)},
            {"label": row.number, "href": back},
        ],
        "form": form.shown(),
    }
    return frame.page(request, "web/act.html", context, status=form.status)


def _case(request: Any, line: str, register: str, record_id: int) -> tuple[Any, Any]:
    seat = frame.seat_of(request)
    found = asked.register_at(seat.actor, line, register)
    row = asked.record_at(seat.actor, found, record_id)
    if not isinstance(row, Case):
        raise Unseen("files")
    return found, row


def _piece(row: Any, file_id: int) -> Attachment:
    piece = Attachment.objects.filter(pk=file_id, matter_id=row.id, removed_for="").first()
    if piece is None:
        raise Unseen(f"attachment {file_id}")
    return piece
