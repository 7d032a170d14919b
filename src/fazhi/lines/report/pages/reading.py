"""A report on paper: the text in the middle, its outline on the left, its figures and their proof on the right."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.reaching import reachable
from fazhi.kernel.casework.papers.rendering import PaperError
from fazhi.kernel.ground.core.errors import Refused, Unseen
from fazhi.kernel.records.measures.declaring import MEASURES
from fazhi.kernel.records.measures.figures import change
from fazhi.kernel.records.measures.periods import Period
from fazhi.lines.report.codes import HINTS, Part
from fazhi.lines.report.models import Report
from fazhi.lines.report.pages.marking import Marked, mark
from fazhi.lines.report.pages.opened import crumbs, opened, why_not
from fazhi.lines.report.papers import issuing
from fazhi.lines.report.papers.comparing import compared
from fazhi.lines.report.queries import proof, text
from fazhi.lines.report.queries.text import Line, ReportText
from fazhi.lines.report.register import Reports
from fazhi.lines.report.workflow import Writing
from fazhi.web import addresses, due, figuring, frame
from fazhi.web.seats import Seat
from fazhi.web.views.figures.lists import address_of as figure_address
from fazhi.web.views.records import state_of
from fazhi.web.words import said, sentence

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
_LABELS = {
    "report.docx": "Word",
    "report.pdf": "PDF",
    "report.html": "网页",
    "figures.csv": "数据 CSV",
    "figures.json": "数据 JSON",
}


@require_GET
def report(request: Any, record_id: int) -> HttpResponse:
    """The report's page."""
    seat, row, href = opened(request, record_id)
    year = Period.year(row.year)
    read = text.read(row, beside=proof.spans(year), measures=MEASURES.values())
    marked = mark(read, proof.of_report(read))
    editable = why_not(seat, row, Writing.edit) is None
    last, data = request.GET.get("last") == "1", request.GET.get("data") == "1"
    context = {
        "title": row.heading,
        "crumbs": crumbs(row),
        "state": state_of(row, Reports),
        "facts": _facts(seat, row),
        "due": _due(request, seat, row, href),
        "toggles": _toggles(request, last=last, data=data),
        "links": [
            {"label": said("核对"), "href": f"/figures/?view=check&year={row.year}"},
            {"label": said("办理过程"), "href": f"{href}timeline/"},
        ],
        "files": [{"label": said(label), "href": f"{href}files/{name}"} for name, label in _LABELS.items()],
        "acts": _acts(seat, row, href),
        "returned": row.returned_for if row.state == Writing.drafting.key else "",
        "outline": _outline(read),
        "sheet": {
            "title": row.heading,
            "blocks": _blocks(read, marked, href if editable else "", _last(seat, row) if last else {}),
        },
        "sums": marked.sums(),
        "proof": marked.proof(),
        "table": _table(read) if data else None,
    }
    return frame.page(request, "web/report.html", context)


@require_GET
def file(request: Any, record_id: int, name: str) -> HttpResponse:
    """One file of a report, made this moment."""
    _, row, _ = opened(request, record_id)
    if name not in issuing.FILES:
        raise Unseen(name)
    try:
        content = issuing.file(issuing.read(row), name, at=request.at)
    except PaperError as error:
        raise Refused(str(error)) from error
    response = HttpResponse(content, content_type=_TYPES[name.partition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{row.year}-{name}"'
    return response


# -- head --------------------------------------------------------------------------------------------------------------


def _facts(seat: Seat, row: Report) -> list[dict[str, str]]:
    facts = [
        {"label": said("编号"), "value": row.number},
        {"label": said("报告主体"), "value": seat.home.unit_name(row.subject_id)},
        {"label": said("承办单位"), "value": seat.home.unit_name(row.unit_id)},
    ]
    for day, label in ((row.submitted_on, "报送日期"), (row.published_on, "公开日期")):
        if day is not None:
            facts.append({"label": said(label), "value": day.isoformat()})
    return facts


def _due(request: Any, seat: Seat, row: Report, href: str) -> dict[str, Any] | None:
    runs = Run.objects.filter(matter_id=row.pk).order_by("started_on", "id")
    nearest = due.nearest([run for run in runs if run.standing in ("running", "paused")])
    if nearest is None:
        return None
    shown = due.of_run(nearest, seat.home, request.at.date())
    return {**shown, "label": due.label_of(nearest, seat.home), "href": f"{href}clocks/{nearest.pk}/"}


def _toggles(request: Any, *, last: bool, data: bool) -> list[dict[str, Any]]:
    pairs = addresses.pairs_of(request.GET)
    return [
        {
            "label": label,
            "href": addresses.joined(addresses.changed(pairs, **{name: "" if on else "1"})) or "?",
            "on": on,
        }
        for name, label, on in (("last", gettext("上年文字"), last), ("data", gettext("上年数据"), data))
    ]


def _acts(seat: Seat, row: Report, href: str) -> list[dict[str, str]]:
    return [
        {"label": said(act.label, Writing.name()), "href": f"{href}act/{key}/"}
        for key, act in Writing.acts.items()
        if act is not Writing.edit and why_not(seat, row, act) is None
    ]


# -- sheet -------------------------------------------------------------------------------------------------------------


def _outline(read: ReportText) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for line in read.lines:
        entry = {"id": line.block.pk, "label": line.number + line.text, "parts": []}
        if line.block.level == 1 or (line.block.level and not found):
            found.append(entry)
        elif line.block.level == 2:
            found[-1]["parts"].append(entry)
    return found


def _blocks(read: ReportText, marked: Marked, href: str, last: dict[tuple[str, int], str]) -> list[dict[str, Any]]:
    shown = []
    for line, place in _placed(read):
        block = line.block
        here = f"{href}blocks/{block.pk}/" if href else ""
        shown.append(
            {
                "kind": "heading" if block.level else "paragraph",
                "level": block.level + 1,
                "id": block.pk,
                "text": line.number + line.text,
                "pieces": marked.pieces(line),
                "hint": f"（{said(HINTS[Part(block.part)])}）" if not line.text.strip() else "",
                "edit": here,
                "after": f"{here}after/" if here else "",
                "last": last.get(place, "") if not block.level else "",
            }
        )
    return shown


def _placed(read: ReportText) -> list[tuple[Line, tuple[str, int]]]:
    """Each line with its place: the heading above it, its years taken out, and the how-manieth paragraph below that."""
    found = []
    heading, count = "", 0
    for line in read.lines:
        if line.block.level:
            heading, count = "".join(sign for sign in line.text if not sign.isdigit()), 0
        else:
            count += 1
        found.append((line, (heading, count)))
    return found


def _last(seat: Seat, row: Report) -> dict[tuple[str, int], str]:
    """The paragraphs of last year's report, by their place."""
    reports = reachable(seat.actor, Report).filter(year=row.year - 1, subject_id=row.subject_id, void_reason="")
    found = reports.select_related("subject").order_by("-id").first()
    if found is None:
        return {}
    return {place: line.text for line, place in _placed(text.read(found)) if not line.block.level}


def _table(read: ReportText) -> dict[str, Any]:
    """The figures of the report beside those of the year before, every one with the list behind it."""
    year = read.report.year
    return {
        "columns": [said("指标"), f"{year}", f"{year - 1}", said("变化")],
        "rows": [
            {
                "label": said(each.measure.label),
                "href": figure_address(each.measure, each.this.period, each.this.scope),
                "this": figuring.shown(each.this),
                "last": {**figuring.shown(each.last), "how": ""},
                "change": sentence(change(each.this, each.last)),
            }
            for each in compared(read)
        ],
    }
