"""Writing a report block by block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from fazhi.kernel.ground.core.errors import Conflict, Fault, NotYours, Refused, Unseen
from fazhi.kernel.records.measures.declaring import MEASURES, Measure
from fazhi.kernel.records.measures.periods import Period
from fazhi.lines.report.models import Block, Report
from fazhi.lines.report.operations import editing
from fazhi.lines.report.pages.opened import crumbs, opened, why_not
from fazhi.lines.report.queries import text, values
from fazhi.lines.report.queries.tokens import Token, tokens, usual_form
from fazhi.lines.report.workflow import Writing
from fazhi.web import frame
from fazhi.web.seats import Seat
from fazhi.web.views.figures import asked
from fazhi.web.words import said, sentence

_LEVELS = ((0, "正文"), (1, "一级标题"), (2, "二级标题"), (3, "三级标题"))


@require_http_methods(["GET", "POST"])
def block(request: Any, record_id: int, block_id: int) -> HttpResponse:
    """One block's text, and its being written."""
    seat, report, href = _opened(request, record_id)
    blocks = text.blocks_of(report)
    here = _here(blocks, block_id)
    form: dict[str, Any] = {
        "action": request.path,
        "version": here.version,
        "text": here.text,
        "cancel": f"{href}#b{here.pk}",
        "verb": gettext("保存这一段"),
        "remove": f"{request.path}remove/",
        "heading": bool(here.level),
    }
    if request.method == "POST":
        words = request.POST.get("text", "")
        form["text"] = words

        def write() -> Block:
            version = request.POST.get("version", "")
            return editing.write(
                report.pk,
                here.pk,
                words,
                actor=seat.actor,
                at=request.at,
                version=int(version) if version.isdecimal() else None,
            )

        done = _tried(form, write)
        if done is not None:
            return HttpResponseRedirect(f"{href}#{'s' if done.level else 'b'}{done.pk}")
    return _shown(request, seat, report, blocks, here, form, href, gettext("修改"))


@require_http_methods(["GET", "POST"])
def after(request: Any, record_id: int, block_id: int) -> HttpResponse:
    """A new block behind another."""
    seat, report, href = _opened(request, record_id)
    blocks = text.blocks_of(report)
    here = _here(blocks, block_id)
    level = request.POST.get("level", "0")
    form: dict[str, Any] = {
        "action": request.path,
        "version": "",
        "text": request.POST.get("text", ""),
        "cancel": f"{href}#b{here.pk}",
        "verb": gettext("加入这一段"),
        "levels": [{"value": key, "label": said(label), "selected": str(key) == level} for key, label in _LEVELS],
    }
    if request.method == "POST":

        def add() -> Block:
            return editing.add(
                report.pk,
                here.pk,
                form["text"],
                level=int(level) if level.isdecimal() else 0,
                actor=seat.actor,
                at=request.at,
            )

        done = _tried(form, add)
        if done is not None:
            return HttpResponseRedirect(f"{href}#{'s' if done.level else 'b'}{done.pk}")
    return _shown(request, seat, report, blocks, here, form, href, gettext("加一段"))


@require_POST
def remove(request: Any, record_id: int, block_id: int) -> HttpResponse:
    """Takes a block out."""
    seat, report, href = _opened(request, record_id)
    version = request.POST.get("version", "")
    editing.remove(
        report.pk, block_id, actor=seat.actor, at=request.at, version=int(version) if version.isdecimal() else None
    )
    frame.tell(request, gettext("已删去一段。"))
    return HttpResponseRedirect(href)


def _opened(request: Any, record_id: int) -> tuple[Seat, Report, str]:
    seat, report, href = opened(request, record_id)
    reason = why_not(seat, report, Writing.edit)
    if reason is not None:
        raise NotYours(reason)
    return seat, report, href


def _here(blocks: Sequence[Block], block_id: int) -> Block:
    found = next((each for each in blocks if each.pk == block_id), None)
    if found is None:
        raise Unseen(f"block {block_id}")
    return found


def _tried(form: dict[str, Any], write: Callable[[], Block]) -> Block | None:
    try:
        return write()
    except Conflict as conflict:
        form |= {"faults": _faults(conflict.faults), "theirs": conflict.theirs.get("text", ""), "status": 409}
    except Refused as refusal:
        form |= {"faults": _faults(refusal.faults), "status": 422}
    return None


def _faults(faults: Sequence[Fault]) -> list[dict[str, str]]:
    return [{"id": "text", "label": gettext("正文"), "reason": sentence(fault.reason)} for fault in faults]


def _shown(
    request: Any,
    seat: Seat,
    report: Report,
    blocks: Sequence[Block],
    here: Block,
    form: dict[str, Any],
    href: str,
    title: str,
) -> HttpResponse:
    if form.get("status") == 409:
        # The next saving is upon what the other has written, which is shown.
        form["version"] = Block.objects.values_list("version", flat=True).get(pk=here.pk)
    context = {
        "title": title,
        "crumbs": crumbs(report, href),
        "form": form,
        "groups": [] if form.get("heading") else _picker(report, blocks, here, form["text"]),
    }
    return frame.page(request, "web/report_edit.html", context, status=form.get("status", 200))


# -- the figures to choose from ----------------------------------------------------------------------------------------


def _picker(report: Report, blocks: Sequence[Block], here: Block, words: str) -> list[dict[str, Any]]:
    """The figures that may be put in: those of this block, then every line's, open where the section speaks of it."""
    used = list(dict.fromkeys(tokens(words, report.year)))
    section = {token.measure.line for token in text.tokens_of(_section(blocks, here), report.year)}
    year = Period.year(report.year)
    found = values.figures(
        used, values.scope_of(report.subject), beside=[year, year.before()], measures=MEASURES.values()
    )
    groups = (
        [{"label": gettext("本段已用"), "open": True, "measures": [_button(each, found) for each in used]}]
        if used
        else []
    )
    for line in asked.measured():
        assert line.measures is not None
        near = line.code in section
        shown = [
            button
            for measure in line.measures.measures
            for button in _buttons(measure, report.year, found, near=near)
            if button["token"] not in {each.write() for each in used}
        ]
        groups.append({"label": said(line.label), "open": near, "measures": shown})
    return groups


def _section(blocks: Sequence[Block], here: Block) -> list[Block]:
    """The blocks under the same heading."""
    found: list[Block] = []
    for each in blocks:
        if each.level:
            if here in found:
                break
            found = []
        found.append(each)
    return found if here in found else []


def _buttons(measure: Measure, year: int, found: values.Figures, *, near: bool) -> list[dict[str, str]]:
    """One figure in its usual form; in the lines of the section in every form that is true, and of last year too."""
    figure = found[measure.key, str(year)]
    forms = [form for form, _ in values.offered(figure)] if near else []
    usual = values.fitting(figure, usual_form(measure))
    made = [Token(measure.key, form, str(year)) for form in dict.fromkeys([usual, *forms])]
    if near:
        before = found[measure.key, str(year - 1)]
        made.append(Token(measure.key, values.fitting(before, usual_form(measure)), str(year - 1)))
    return [_button(each, found) for each in made]


def _button(token: Token, found: values.Figures) -> dict[str, str]:
    figure = found[token.key, token.period]
    return {
        "token": token.write(),
        "label": f"{said(token.measure.label)}（{sentence(token.span.label)}）",
        "value": values.write(figure, token.form).text,
        "definition": said(token.measure.definition),
    }
