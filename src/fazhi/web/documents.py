"""The papers and the file of a case, as its tabs show them."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.files.models import Attachment
from fazhi.kernel.casework.papers.models import Issued, Way
from fazhi.web.opened import Opened
from fazhi.web.words import paired, said

_KILO = 1024
_AFTER = (("seal", "登记用印"), ("serve", "登记送达"), ("revoke", "撤回文书"))


def papers(opened: Opened) -> list[dict[str, Any]]:
    """The papers of a case for its tab."""
    issued = Issued.objects.filter(matter_id=opened.row.id).prefetch_related("services", "sealings").order_by("id")
    return [_paper(opened, each) for each in issued]


def _paper(opened: Opened, issued: Issued) -> dict[str, Any]:
    base = f"{opened.href}papers/{issued.id}"
    acts = [] if issued.revoked_for else [{"href": f"{base}/{verb}/", "label": said(label)} for verb, label in _AFTER]
    return {
        "number": issued.number or "",
        "label": issued.title,
        "day": issued.issued_on.isoformat(),
        "disclosure": said(issued.get_openness_display()),
        "voided": bool(issued.revoked_for),
        "files": [
            {"href": f"{base}.docx", "label": "Word"},
            {"href": f"{base}.pdf", "label": "PDF"},
        ],
        "acts": acts,
        "notes": [*_sealings(issued), *_services(issued, base), *_revoked(issued)],
    }


def _sealings(issued: Issued) -> list[dict[str, str]]:
    return [
        {"text": f"{each.sealed_on.isoformat()} {paired(said('用印'), each.owner)} × {each.copies}"}
        for each in issued.sealings.all()
    ]


def _services(issued: Issued, base: str) -> list[dict[str, str]]:
    found = []
    for each in issued.services.all():
        text = f"{each.posted_on.isoformat()} {paired(said(Way(each.way).label), each.recipient)}"
        if each.received_on:
            found.append({"text": f"{text} · {each.received_on.isoformat()} {said('签收')}"})
        else:
            found.append({"text": text, "href": f"{base}/received/?service={each.id}", "link": said("登记签收")})
    return found


def _revoked(issued: Issued) -> list[dict[str, str]]:
    return [{"text": paired(said("已撤回"), issued.revoked_for)}] if issued.revoked_for else []


def files(opened: Opened) -> dict[str, Any]:
    """The catalogue of a case's file for its tab."""
    pieces = Attachment.objects.filter(matter_id=opened.row.id).select_related("added_by").order_by("position")
    shown = [
        {
            "name": piece.title,
            "href": "" if piece.removed_for else f"{opened.href}files/{piece.id}/",
            "who": piece.added_by.name,
            "day": piece.added_on.isoformat(),
            "size": _size(piece.size),
            "pages": piece.pages or "",
            "hash": piece.digest,
            "voided": piece.removed_for,
            "remove": "" if piece.removed_for else f"{opened.href}files/{piece.id}/remove/",
        }
        for piece in pieces
    ]
    return {"files": shown, "upload": "" if opened.row.void_reason else f"{opened.href}files/add/"}


def _size(count: int) -> str:
    if count < _KILO * _KILO:
        return f"{max(1, round(count / _KILO)):,} KB"
    return f"{count / _KILO / _KILO:,.1f} MB"
