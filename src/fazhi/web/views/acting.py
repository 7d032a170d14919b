"""Doing an act: its form in place or as a page, what will happen, and its doing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.deadlines.clocks import clocks_of
from fazhi.kernel.casework.matters.models import Step
from fazhi.kernel.casework.matters.workflow import Act, Workflow
from fazhi.kernel.ground.core.errors import Conflict, NotYours, Refused, Unseen
from fazhi.kernel.ground.core.fields import field_of
from fazhi.kernel.records.register import Column, Register
from fazhi.kernel.records.register.columns import column_of
from fazhi.kernel.records.register.written import read_date
from fazhi.web import approving, asked, entering, frame
from fazhi.web.fields import Form, text_field
from fazhi.web.navigation import address_of
from fazhi.web.seats import Seat
from fazhi.web.tabs import shown_value
from fazhi.web.views.records import audience_of, title_of
from fazhi.web.words import said, sentence


@require_http_methods(["GET", "POST"])
def act(request: Any, line: str, register: str, record_id: int, key: str) -> HttpResponse:
    """The form of an act on a case, and its doing."""
    seat = frame.seat_of(request)
    found = asked.register_at(seat.actor, line, register)
    row = asked.record_at(seat.actor, found, record_id)
    workflow: Any = found.keeping
    chosen = workflow.acts.get(key) if issubclass(workflow, Workflow) else None
    if chosen is None:
        raise Unseen(key)
    href = f"{address_of(found)}{row.id}/"
    columns = columns_of(workflow, row, chosen)
    label = said(chosen.label, workflow.name())
    verb = gettext("提交审批") if chosen.approved else label
    form = Form(action=request.path, verb=verb, cancel=href, version=row.version, will=_will(seat, found, row, chosen))
    if request.method == "POST":
        done = _do(request, found, row, chosen, columns, form)
        if done:
            told = gettext("已提交审批：%(act)s。") if chosen.approved else gettext("已办理：%(act)s。")
            return finished(request, href, told % {"act": label})
    else:
        reason = procedure.may(seat.actor, workflow, chosen, row, audience_of(seat, row))
        if reason is not None:
            raise NotYours(reason)
    _fill(request, found, row, chosen, columns, form)
    number, title = title_of(row)
    context = {
        "title": label,
        "crumbs": [
            {"label": said(found.label, found.key), "href": address_of(found)},
            {"label": number or title, "href": href},
        ],
        "form": form.shown(),
    }
    return frame.page(request, "web/act.html", context, status=form.status)


def columns_of(workflow: Any, row: Any, act: Act) -> list[Column]:
    """The columns an act's form asks, of the case and of the row it adds."""
    own = [column_of(workflow, row._meta.get_field(name)) for name in act.fields]
    added: Any = act.adds
    return own + [column_of(workflow, added._meta.get_field(name)) for name in act.child_fields]


def finished(request: Any, href: str, told: str) -> HttpResponse:
    """Back to the record, with a word on what was done; a form sent in place has the page reloaded."""
    frame.tell(request, told)
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = href
        return response
    return HttpResponseRedirect(href)


def version_of(request: Any) -> int | None:
    """The version the form was made from."""
    given = request.POST.get("version", "")
    return int(given) if given.isdigit() else None


def show_theirs(form: Form, conflict: Conflict, columns: list[Column], row: Any, typed: Any, seat: Seat) -> None:
    """Show beside each field what somebody else has changed it to, and let the next sending be upon that."""
    fresh = type(row)._default_manager.get(pk=row.pk)
    form.set(version=fresh.version)
    for column in columns:
        if not hasattr(fresh, column.name):
            continue
        theirs = entering.as_typed(column, getattr(fresh, column.name))
        if theirs != typed.get(column.name, "") and column.name in conflict.theirs:
            form.theirs[column.name] = theirs_said(column, getattr(fresh, column.name), seat)


def theirs_said(column: Column, value: Any, seat: Seat) -> str:
    """This value in words, for showing it beside what was typed."""
    return shown_value(seat, column, value) or "—"


def _do(request: Any, register: type[Register], row: Any, act: Act, columns: list[Column], form: Form) -> bool:
    seat, typed = request.seat, request.POST
    desk = entering.Desk(seat.actor, seat.home, register.keeping, request.at.date())
    current = {column.name: getattr(row, column.name) for column in columns if column.name in act.fields}
    read = entering.values_of(columns, typed, desk, current=current)
    day = read_date(typed.get("on", "").strip())
    form.refuse_all(read.faults)
    if day is None:
        form.refuse("on", gettext("请填写日期，例如2022-03-08"))
    if form.refused:
        return False
    try:
        procedure.act(
            register.record(),  # type: ignore[type-var]
            row.id,
            act,
            read.values,
            actor=seat.actor,
            at=request.at,
            on=day,
            version=version_of(request),
            note=typed.get("note", "").strip()[:500],
        )
    except Conflict as conflict:
        form.refuse_all(conflict.faults)
        show_theirs(form, conflict, columns, row, typed, seat)
        return False
    except Refused as refusal:
        form.refuse_all(refusal.faults)
        return False
    return True


def _fill(request: Any, register: type[Register], row: Any, act: Act, columns: list[Column], form: Form) -> None:
    today = request.at.date()
    seat = request.seat
    typed = request.POST if request.method == "POST" else None
    desk = entering.Desk(seat.actor, seat.home, register.keeping, today)
    day = typed.get("on", "") if typed is not None else today.isoformat()
    label = said("办理日期")
    if act.stamps:
        form.alias(act.stamps, "on")
        label = said(str(row._meta.get_field(act.stamps).verbose_name), register.keeping.name())
    form.add(text_field("on", label, day, kind="date", required=True, max=today.isoformat(), help=sentence(act.help)))
    initial = {column.name: getattr(row, column.name) for column in columns if column.name in act.fields}
    needed = (*act.asks, *act.child_asks)
    form.add(*entering.fields_of(columns, desk, typed=typed, initial=initial, required=needed))
    note = typed.get("note", "") if typed is not None else ""
    limit: Any = field_of(Step.note)
    form.add(
        text_field(
            "note",
            said("说明"),
            note,
            kind="textarea",
            rows=2,
            help=gettext("记入办理过程，最多%(n)s字") % {"n": limit.max_length},
        )
    )


def _will(seat: Seat, register: type[Register], row: Any, act: Act) -> list[str]:
    """What will happen: the state, the clocks, the papers."""
    workflow: Any = register.keeping
    told = []
    if act.approved:
        told.append(gettext("先由%(posts)s审批，全部同意后生效") % {"posts": approving.posts_of(act.approved)})
    if act.to is not None:
        told.append(gettext("状态变为“%(state)s”") % {"state": said(act.to.label, workflow.name())})
        told += _clocks_touched(seat, row, workflow, act)
    else:
        told.append(gettext("状态不变"))
    told += [gettext("签发《%(paper)s》") % {"paper": said(paper.label)} for paper in act.issues if _fits(paper, row)]
    return told


def _fits(paper: Any, row: Any) -> bool:
    """Whether a paper goes out with the act as the case stands; what the act itself changes is not known yet."""
    return paper.when is None or bool(paper.when(row))


def _clocks_touched(seat: Seat, row: Any, workflow: Any, act: Act) -> list[str]:
    told = []
    here = workflow.states[row.state]
    for clock in clocks_of(workflow.record).values():
        if not clock.runs_in or (clock.when is not None and not clock.when(row)):
            continue
        name = said(clock.label) or clock.rule
        runs, will_run, pauses = here in clock.runs_in, act.to in clock.runs_in, act.to in clock.pauses_in
        if pauses:
            told.append(gettext("“%(clock)s”中止计算") % {"clock": name})
        elif will_run and not runs:
            told.append(gettext("开始计算“%(clock)s”") % {"clock": name})
        elif runs and not will_run:
            told.append(gettext("“%(clock)s”停止计算") % {"clock": name})
    return told
