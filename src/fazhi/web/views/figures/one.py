"""One figure: its definition, this year and last, its months, its units, the records behind it, and what is asked of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fazhi.kernel.ground.core.errors import Unseen
from fazhi.kernel.line import LINES
from fazhi.kernel.records.measures import balancing, quality
from fazhi.kernel.records.measures.computing import by_month, by_unit, over
from fazhi.kernel.records.measures.declaring import BALANCES, MEASURES, CountDistinct, Measure, Ratio, Reported
from fazhi.kernel.records.measures.figures import Figure, Scope, State, change
from fazhi.kernel.records.measures.opening import address
from fazhi.kernel.records.measures.periods import Period
from fazhi.web import addresses, figuring, frame
from fazhi.web.seats import Seat
from fazhi.web.views.figures import asked, charts
from fazhi.web.views.figures.catalogue import basis, how
from fazhi.web.words import said, sentence

_SIGNS = {quality.Level.ERROR: "✗", quality.Level.WARNING: "!", quality.Level.NOTE: "·"}


@require_GET
def figure(request: Any, key: str) -> HttpResponse:
    """One figure of a period."""
    seat = frame.seat_of(request)
    if key not in MEASURES:
        raise Unseen(key)
    measure, scope = MEASURES[key], asked.scope_of(request, seat)
    period = _period(request)
    balances = [balance for balance in BALANCES if measure in balance.measures]
    taking_part = dict.fromkeys([measure, *(each for balance in balances for each in balance.measures)])
    this, last, eve = over(taking_part, [period, period.before(), period.eve()], scope)
    here, before = this[key], last[key]
    # Two years of months are one pass; the second half is this year's.
    months = by_month([measure], Period(period.before().first, period.last), scope)[key] if period.is_year else []
    units = by_unit([measure], period, Scope(scope.jurisdiction_id, scope.unit_id, request.at.date()))[key]
    seen = quality.Seen(this, last, {key: months[12:]})
    findings = quality.examine([measure], period, scope, today=request.at.date(), seen=seen).get(key, [])
    context = {
        "title": said(measure.label),
        "crumbs": _crumbs(measure, period, scope),
        "value": figuring.shown(here),
        "compared": _compared(here, before),
        "period": sentence(period.label),
        "filters": [asked.years(request, period.first.year), asked.units(seat, scope)],
        "parts": [_part(label, each) for label, each in _parts(here)],
        "links": _links(seat, measure, period, scope),
        "charts": [*_by_month(months, period, request), *_by_unit(units, seat, measure)],
        "definition": said(measure.definition),
        "facts": _facts(measure, scope, seat),
        "findings": [
            *(
                {"sign": _SIGNS[each.level], "level": each.level.value, "text": sentence(each.text)}
                for each in findings
            ),
            *(_balance(each) for each in balancing.held(balances, eve, this)),
        ],
    }
    return frame.page(request, "web/figure.html", context)


def _period(request: Any) -> Period:
    given = request.GET.get("period", "")
    if not given:
        return Period.year(asked.year_of(request))
    try:
        return Period.read(given)
    except ValueError as error:
        raise Unseen(given) from error


def _crumbs(measure: Measure, period: Period, scope: Scope) -> list[dict[str, str]]:
    query = addresses.query(year=period.first.year, unit=scope.unit_id)
    within = addresses.query(year=period.first.year, unit=scope.unit_id, line=measure.line)
    label = LINES[measure.line].label if measure.line in LINES else ""
    return [
        {"label": gettext("指标"), "href": f"/figures/{query}"},
        {"label": said(label), "href": f"/figures/{within}"},
    ]


def _compared(here: Figure, before: Figure) -> str:
    if before.value is None:
        return gettext("上年：%(state)s") % {"state": said(before.state.label)}
    text, unit = figuring.written(before)
    changed = sentence(change(here, before))
    told = f"{text}{unit}" if unit == "%" else f"{text} {unit}"
    return gettext("上年 %(value)s") % {"value": told} + (f"，{changed}" if changed else "")


def _parts(figure: Figure) -> list[tuple[str, Figure]]:
    if figure.part is None or figure.whole is None:
        return []
    return [(gettext("分子"), figure.part), (gettext("分母"), figure.whole)]


def _part(label: str, figure: Figure) -> dict[str, Any]:
    return {"role": label, "label": said(figure.measure.label), "figure": figuring.shown(figure)}


def _links(seat: Seat, measure: Measure, period: Period, scope: Scope) -> list[dict[str, str]]:
    found = []
    if isinstance(measure, Ratio):
        for label, each in ((gettext("分子的记录"), measure.part), (gettext("分母的记录"), measure.whole)):
            found.append({"label": label, "href": address(each, period, scope)})
    elif isinstance(measure, Reported):
        found.append({"label": gettext("填报记录"), "href": address(measure, period, scope)})
    else:
        found.append({"label": gettext("背后的记录"), "href": address(measure, period, scope)})
    return [link for link in found if link["href"]]


def _facts(measure: Measure, scope: Scope, seat: Seat) -> list[dict[str, str]]:
    facts = [
        (gettext("范围"), seat.home.unit_name(scope.unit_id) or seat.home.name),
        (gettext("单位"), said(measure.unit)),
        (gettext("算法"), basis(measure)),
        (gettext("属于"), said(measure.part_of.label) if measure.part_of else ""),
        (gettext("来源"), how(measure)),
        (gettext("编码"), measure.key),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _by_month(months: list[Figure], period: Period, request: Any) -> list[dict[str, Any]]:
    if not months or all(each.state is State.MISSING for each in months):
        return []
    this, last = months[12:], months[:12]
    today = request.at.date()
    bars = [
        charts.Bar(sentence(f"{now.period.first.month}月"), now, was)
        for was, now in zip(last, this, strict=True)
        if now.period.first <= today
    ]
    labels = (sentence(period.label), sentence(period.before().label))
    question = gettext("哪几个月多，与上年同月相比怎样？")
    legend = (("now", labels[0]), ("was", labels[1]))
    return [charts.columns(question, bars, legend=legend, heads=(gettext("月份"), *labels))]


def _by_unit(units: dict[int, Figure], seat: Seat, measure: Measure) -> list[dict[str, Any]]:
    having = {
        unit_id: each for unit_id, each in units.items() if each.value is not None and (each.value or len(units) > 1)
    }
    if len(having) < 2:
        return []
    ordered = sorted(having.items(), key=lambda pair: (-(pair[1].value or 0), pair[0]))
    bars = [charts.Bar(seat.home.unit_name(unit_id) or str(unit_id), each) for unit_id, each in ordered if each.value]
    question = gettext("各单位各有多少？")
    if isinstance(measure, Ratio | CountDistinct):
        question = gettext("哪些单位高，哪些单位低？")
    return [charts.rows(question, bars, heads=(gettext("单位"), said(measure.label)))] if bars else []


def _balance(held: balancing.Balanced) -> dict[str, str]:
    level = "note" if held.holds else "warning" if held.difference is None else "error"
    sign = "✓" if held.holds else "!" if held.difference is None else "✗"
    return {"sign": sign, "level": level, "text": sentence(held.sentence)}
