"""What a unit owes for a year: every measure no register gives yet, with value, evidence and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.reaching import reachable
from fazhi.kernel.casework.procedure.opening import seats
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.errors import NotYours, Refused, Unseen
from fazhi.kernel.ground.orgs.models import Unit, UnitKind
from fazhi.kernel.line import Line
from fazhi.kernel.records.measures.computing import totals
from fazhi.kernel.records.measures.declaring import MEASURES, Reported
from fazhi.kernel.records.measures.figures import Figure, Scope, State, figure
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.reporting import Reporting
from fazhi.lines.report import register
from fazhi.web import addresses, figuring, frame, once
from fazhi.web.fields import Form, choice_field, text_field
from fazhi.web.navigation import address_of
from fazhi.web.seats import Seat
from fazhi.web.views.figures import asked
from fazhi.web.views.figures.lists import address_of as figure_address
from fazhi.web.words import said, sentence

_OWN = (UnitKind.BUREAU, UnitKind.SECTION)
_STATES = {
    Reporting.submitted.key: Reporting.submitted,
    Reporting.returned.key: Reporting.returned,
    Reporting.accepted.key: Reporting.accepted,
}


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose duty is looked at: the bureau's with its sections, or one unit's."""

    key: str
    label: str
    kind: str
    units: frozenset[int]


@require_GET
def owed(request: Any) -> HttpResponse:
    """The measures of a year that are reported, and what has been given of each."""
    seat = frame.seat_of(request)
    year = asked.year_of(request)
    whose, choices = _whose(request, seat)
    period = Period.year(year)
    lines = [(line, owing) for line in asked.measured() if (owing := _owing(line, whose.kind))]
    measures = [measure for _, owing in lines for measure in owing]
    reports = _reports(seat, measures, period, whose)
    given = [each for some in reports.values() for each in some]
    # The record itself, with who entered it and on what evidence, is for those who may see it.
    seen = set(
        reachable(seat.actor, ReportedFigure).filter(pk__in=[each.pk for each in given]).values_list("pk", flat=True)
    )
    entered = {each.recorded_by for each in given if each.pk in seen and each.recorded_by is not None}
    names = dict(Account.objects.filter(pk__in=entered).values_list("id", "name"))
    scope = figuring.scope_of(seat) if whose.kind == UnitKind.BUREAU else Scope(seat.home.id, next(iter(whose.units)))
    figures = totals(measures, period, scope)
    may_give = bool(seats(seat.actor, Reporting, _units(seat, whose)))
    groups: list[dict[str, Any]] = [
        {
            "label": said(line.label),
            "rows": [
                _row(seat, each, figures[each.key], reports.get(each.key, []), names, seen, year, may_give=may_give)
                for each in owing
            ],
        }
        for line, owing in lines
    ]
    rows = [row for group in groups for row in group["rows"]]
    done = sum(row["state"]["phase"] == "decided" for row in rows)
    context = {
        "title": gettext("填报数据"),
        "crumbs": [{"label": gettext("指标"), "href": f"/figures/?year={year}"}],
        "total": gettext("%(done)s / %(all)s 项已采用") % {"done": done, "all": len(rows)},
        "lead": gettext(
            "没有登记台账的指标由单位填报：写明依据，由他人审核后采用。没有发生填0，没有这项业务选“不适用”。"
        ),
        "filters": [
            asked.years(request, year),
            {"name": "unit", "label": said("单位"), "choices": choices},
        ],
        "links": [{"href": address_of(register.Reported), "label": gettext("填报台账、导入")}],
        "groups": groups,
        "due": None,
    }
    return frame.page(request, "web/reported.html", context)


def _whose(request: Any, seat: Seat) -> tuple[Whose, list[dict[str, Any]]]:
    """The duty asked for, and those there are to choose: one's own first."""
    own = figuring.scope_of(seat).unit_id is None
    found: dict[str, Whose] = {}
    if own:
        sections = frozenset(unit.id for unit in seat.home.units.values() if unit.kind in _OWN)
        found[""] = Whose("", seat.home.bureau, UnitKind.BUREAU, sections)
    mine = {hat.unit_id for hat in seat.actor.hats_in("report")}
    for unit in seat.home.units.values():
        if unit.kind not in _OWN and unit.open and (own or mine & unit.audience):
            found[str(unit.id)] = Whose(str(unit.id), unit.name, unit.kind, frozenset({unit.id}))
    asked_for = request.GET.get("unit", "")
    if not found or (asked_for and asked_for not in found):
        raise Unseen("unit")
    chosen = found.get(asked_for) or next(iter(found.values()))
    # Only units that owe something are worth choosing.
    owing = [
        each for each in found.values() if each is chosen or any(_owing(line, each.kind) for line in asked.measured())
    ]
    choices = [{"value": each.key, "label": each.label, "selected": each is chosen} for each in owing]
    return chosen, choices


def _owing(line: Line, kind: str) -> list[Reported]:
    measures = line.measures.measures if line.measures else ()
    return [each for each in measures if isinstance(each, Reported) and kind in each.owed_by]


def _units(seat: Seat, whose: Whose) -> dict[int, Unit]:
    return {
        unit.id: unit for unit in Unit.objects.filter(jurisdiction_id=seat.home.id, pk__in=whose.units, valid_to=None)
    }


def _reports(seat: Seat, measures: list[Reported], period: Period, whose: Whose) -> dict[str, list[ReportedFigure]]:
    """What those who owe have given of each measure: that it was given everybody may know who is shown the figure."""
    rows = ReportedFigure.objects.filter(
        jurisdiction_id=seat.home.id,
        measure__in=[each.key for each in measures],
        unit_id__in=whose.units,
        void_reason="",
        period_first__gte=period.first,
        period_last__lte=period.last,
    )
    found: dict[str, list[ReportedFigure]] = {}
    for row in rows.order_by("period_first", "id"):
        found.setdefault(row.measure, []).append(row)
    return found


def _row(
    seat: Seat,
    measure: Reported,
    whole: Figure,
    given: list[ReportedFigure],
    names: dict[int, str],
    seen: set[int],
    year: int,
    *,
    may_give: bool,
) -> dict[str, Any]:
    mine = [row for row in given if row.pk in seen]
    states = {row.state for row in given}
    worst = next((key for key in _STATES if key in states), "")
    reporters = (f"{seat.home.unit_name(row.unit_id)} {names.get(row.recorded_by or 0, '')}".strip() for row in given)
    return {
        "label": said(measure.label),
        "href": figure_address(measure, whole.period, whole.scope),
        "definition": said(measure.definition),
        "figure": figuring.shown(whole) if whole.state is not State.MISSING else _pending(measure, given),
        "blank": said(State.MISSING.label),
        "reporter": "、".join(dict.fromkeys(reporters)),
        "evidence": mine[-1].evidence if mine else "",
        "state": _state(worst, len(given)),
        "act": _act(measure, given, mine, year, may_give=may_give),
    }


def _act(
    measure: Reported, given: list[ReportedFigure], mine: list[ReportedFigure], year: int, *, may_give: bool
) -> dict[str, str] | None:
    """What there is to do about a measure: settle what waits, give what is missing, or look."""
    waiting = next((row for row in mine if row.state != Reporting.accepted.key), None)
    if waiting is not None:
        label = gettext("审核") if waiting.state == Reporting.submitted.key else gettext("重新填报")
        return {"label": label, "href": f"{address_of(register.Reported)}{waiting.pk}/"}
    if may_give and not _covered(given):
        return {"label": gettext("填报"), "href": f"/report/owed/{measure.key}/{addresses.query(year=year)}"}
    return {"label": gettext("查看"), "href": f"{address_of(register.Reported)}{mine[-1].pk}/"} if mine else None


def _pending(measure: Reported, given: list[ReportedFigure]) -> dict[str, Any] | None:
    """The value that waits to be accepted, of a single report; nothing is behind it yet."""
    if len(given) != 1 or given[0].value is None:
        return None
    row = given[0]
    waiting = figure(measure, Period(row.period_first, row.period_last), Scope(row.jurisdiction_id), row.value)
    text, unit = figuring.written(waiting)
    return {"text": text, "unit": unit, "href": "", "title": "", "how": ""}


def _covered(given: list[ReportedFigure]) -> bool:
    """Whether every month of the year has been reported."""
    months = {month for row in given for month in range(row.period_first.month, row.period_last.month + 1)}
    return len(months) == 12


def _state(key: str, count: int) -> dict[str, str]:
    if not key:
        return {"label": said(State.MISSING.label), "phase": "waiting"}
    state = _STATES[key]
    label = said(state.label, Reporting.name())
    return {"label": f"{label} · {count}" if count > 1 else label, "phase": state.phase.value}


# -- giving one --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def give(request: Any, key: str) -> HttpResponse:
    """The form for one figure, and its being reported."""
    seat = frame.seat_of(request)
    measure = MEASURES.get(key)
    if not isinstance(measure, Reported):
        raise Unseen(key)
    year = asked.year_of(request)
    units = {unit.id: unit for unit in Unit.objects.filter(jurisdiction_id=seat.home.id, valid_to=None)}
    mine = list(seats(seat.actor, Reporting, units))
    if not mine:
        raise NotYours(gettext("您没有填报数据的权限"))
    back = f"/report/owed/?year={year}"
    form = Form(
        action=request.get_full_path(),
        verb=said(Reporting.enter_label),
        cancel=back,
        once=request.POST.get("once", "") or once.token(),
        will=[gettext("提交后由他人审核，采用之后计入指标")],
    )
    if request.method == "POST" and _given(request, seat, measure, year, units, mine, form):
        frame.tell(request, gettext("已填报：%(label)s。") % {"label": said(measure.label)})
        return HttpResponseRedirect(back)
    _fill(request, seat, measure, year, units, mine, form)
    context = {
        "title": f"{said(Reporting.enter_label)}：{said(measure.label)}",
        "lead": said(measure.definition),
        "crumbs": [{"label": gettext("填报数据"), "href": back}],
        "form": form.shown(),
    }
    return frame.page(request, "web/form.html", context, status=form.status)


def _given(
    request: Any, seat: Seat, measure: Reported, year: int, units: dict[int, Unit], mine: list[int], form: Form
) -> bool:
    typed = request.POST
    applies = typed.get("applicable", "1") != "0"
    value = _number(typed.get("value", ""))
    if applies and typed.get("value", "").strip() and value is None:
        form.refuse("value", gettext("应为数字"))
        return False
    period = _period(typed.get("period", ""), year)
    unit_id = int(typed["unit"]) if typed.get("unit", "").isdecimal() else 0

    def make() -> int:
        made = procedure.open(
            ReportedFigure,
            {
                "measure": measure.key,
                "period_first": period.first,
                "period_last": period.last,
                "applicable": applies,
                "value": value if applies else None,
                "evidence": typed.get("evidence", "").strip(),
                "note": typed.get("note", "").strip(),
            },
            actor=seat.actor,
            at=request.at,
            unit=units[unit_id if unit_id in mine else mine[0]],
        )
        return int(made.pk)

    try:
        once.once(typed.get("once", ""), actor=seat.actor, at=request.at, make=make)
    except Refused as refusal:
        form.alias("period_first", "period")
        form.alias("period_last", "period")
        form.refuse_all(refusal.faults)
        return False
    return True


def _fill(
    request: Any, seat: Seat, measure: Reported, year: int, units: dict[int, Unit], mine: list[int], form: Form
) -> None:
    typed = request.POST if request.method == "POST" else {}
    whole = Period.year(year)
    periods = [whole, *(month for month in whole.months() if month.first <= request.at.date())]
    if len(mine) > 1:
        chosen = typed.get("unit", str(next((h.unit_id for h in seat.actor.hats if h.unit_id in mine), mine[0])))
        names = [(str(unit_id), units[unit_id].name) for unit_id in mine]
        form.add(choice_field("unit", said("填报单位"), names, chosen, required=True))
    form.add(
        choice_field(
            "period", said("期间"), [(each.code, sentence(each.label)) for each in periods],
            typed.get("period", whole.code), required=True,
            help=gettext("按全年或按月填报，同一天不能填报两次"),
        )
    )  # fmt: skip
    form.add(
        choice_field(
            "applicable", said("适用"), [("1", gettext("适用")), ("0", gettext("不适用：本单位没有这项职权或业务"))],
            typed.get("applicable", "1"), kind="radio", wide=True, required=True,
        )
    )  # fmt: skip
    form.add(
        text_field(
            "value", said("数值"), typed.get("value", ""), unit=said(measure.unit), required=True,
            help=gettext("没有发生填0"),
        )
    )  # fmt: skip
    form.add(
        text_field(
            "evidence", said("依据"), typed.get("evidence", ""), kind="textarea", rows=3, wide=True, required=True,
            help=gettext("数值从哪些台账、文件得来，由谁保管"),
        )
    )  # fmt: skip
    form.add(text_field("note", said("说明"), typed.get("note", ""), wide=True))


def _period(code: str, year: int) -> Period:
    try:
        found = Period.read(code)
    except ValueError:
        return Period.year(year)
    return found if found.first.year == year else Period.year(year)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip().replace(",", "").rstrip("%"))
    except InvalidOperation:
        return None
