"""The figures of a year: in all beside the year before, by month, by unit, and what they are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fazhi.kernel.ground.core.errors import Unseen
from fazhi.kernel.line import Line
from fazhi.kernel.records.measures import balancing, quality
from fazhi.kernel.records.measures.computing import by_month, by_unit, over, totals
from fazhi.kernel.records.measures.declaring import Measure
from fazhi.kernel.records.measures.figures import Figure, Scope, State, change
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.publishing import to_csv, to_json
from fazhi.web import addresses, figuring, frame
from fazhi.web.seats import Seat
from fazhi.web.views.figures import asked
from fazhi.web.words import said, sentence

_FILES = {"csv": ("text/csv; charset=utf-8", to_csv), "json": ("application/json", to_json)}
_SIGNS = {quality.Level.ERROR: "✗", quality.Level.WARNING: "!", quality.Level.NOTE: "·"}

Group = dict[str, Any]
Table = tuple[list[dict[str, str]], list[Group], str]


@require_GET
def figures(request: Any) -> HttpResponse:
    """The figures of a year."""
    seat = frame.seat_of(request)
    view = request.GET.get("view", "")
    if view not in _VIEWS:
        raise Unseen(view)
    year, scope = Period.year(asked.year_of(request)), asked.scope_of(request, seat)
    known = {line.code: line for line in asked.measured()}
    # Twelve months of a hundred measures are no page to read; one line at a time is.
    everything = view in ("", "check")
    code = request.GET.get("line", "" if everything else next(iter(known)))
    if code and code not in known:
        raise Unseen(code)
    lines = [known[code]] if code else list(known.values())
    columns, groups, note = _VIEWS[view][1](request, seat, lines, year, scope)
    pairs = addresses.without(addresses.pairs_of(request.GET), "view")
    chosen = addresses.query(year=year.code, unit=scope.unit_id)
    context = {
        "title": gettext("指标"),
        "total": gettext("%(n)s 项") % {"n": sum(len(group["rows"]) for group in groups)},
        "lead": f"{seat.home.unit_name(scope.unit_id) or seat.home.name} · {sentence(year.label)}",
        "exports": [{"href": f"/figures/figures.{kind}{chosen}", "label": kind.upper()} for kind in _FILES],
        "links": [{"href": "/figures/catalogue/", "label": gettext("指标目录")}, *_owed(seat, year)],
        "views": [
            {
                "label": said(label),
                "href": addresses.joined(addresses.changed(pairs, view=key)) or "?",
                "current": key == view,
            }
            for key, (label, _) in _VIEWS.items()
        ],
        "kept": [{"name": "view", "value": view}] if view else [],
        "filters": [
            asked.years(request, year.first.year),
            asked.lines(code, everything=everything),
            asked.units(seat, scope),
        ],
        "columns": columns,
        "groups": groups,
        "note": note,
    }
    return frame.page(request, "web/figures.html", context)


@require_GET
def file(request: Any, kind: str) -> HttpResponse:
    """The figures of a year as a file."""
    seat = frame.seat_of(request)
    if kind not in _FILES:
        raise Unseen(kind)
    year, scope = Period.year(asked.year_of(request)), asked.scope_of(request, seat)
    measures = [measure for line in asked.measured() for measure in _of(line)]
    content_type, write = _FILES[kind]
    text = write(totals(measures, year, scope).values())
    response = HttpResponse(f"\ufeff{text}" if kind == "csv" else text, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="figures-{year.code}.{kind}"'
    return response


def _owed(seat: Seat, year: Period) -> list[dict[str, str]]:
    return [{"href": f"/report/owed/?year={year.code}", "label": gettext("填报")}] if seat.actor.reach("report") else []


# -- the views ---------------------------------------------------------------------------------------------------------


def _year(request: Any, seat: Seat, lines: Sequence[Line], year: Period, scope: Scope) -> Table:
    this, last = over(_all(lines), [year, year.before()], scope)
    columns = [
        _column("指标"),
        _column(sentence(year.label), "n"),
        _column(sentence(year.before().label), "n"),
        _column("变化", "n"),
    ]

    def cells(measure: Measure) -> list[dict[str, Any]]:
        here, before = this[measure.key], last[measure.key]
        return [_cell(here), _cell(before, how=False), {"text": sentence(change(here, before)), "class": "n"}]

    return (
        columns,
        _groups(lines, year, scope, cells),
        gettext("点数字打开背后的记录；Σ 由记录计数得出，报 由单位填报并经审核。"),
    )


def _months(request: Any, seat: Seat, lines: Sequence[Line], year: Period, scope: Scope) -> Table:
    measures, today = _all(lines), request.at.date()
    months, whole = by_month(measures, year, scope), totals(measures, year, scope)
    heads = [_column(sentence(f"{each.first.month}月"), "n") for each in year.months()]
    columns = [_column("指标"), _column(sentence(year.label), "n"), *heads]

    def cells(measure: Measure) -> list[dict[str, Any]]:
        shown = [
            _bare(each) if each.period.first <= today else {"text": "", "class": "n"} for each in months[measure.key]
        ]
        return [_cell(whole[measure.key]), *shown]

    note = gettext("存量指标各月为月末数，年度为年末数；按全年填报的数据没有月份。")
    return columns, _groups(lines, year, scope, cells), note


def _units(request: Any, seat: Seat, lines: Sequence[Line], year: Period, scope: Scope) -> Table:
    measures = _all(lines)
    followed = Scope(scope.jurisdiction_id, scope.unit_id, request.at.date())
    found, whole = by_unit(measures, year, followed), totals(measures, year, scope)
    told = {
        unit_id
        for each in found.values()
        for unit_id, figure in each.items()
        if figure.value or figure.state is State.NOT_APPLICABLE
    }
    shown = [unit for unit_id, unit in seat.home.units.items() if unit_id in told]
    columns = [_column("指标"), _column(gettext("合计"), "n"), *(_column(unit.short_name, "n") for unit in shown)]

    def cells(measure: Measure) -> list[dict[str, Any]]:
        own = found[measure.key]
        return [_cell(whole[measure.key]), *(_bare(own[unit.id]) if unit.id in own else _nothing() for unit in shown)]

    note = gettext("单位有调整的，数据归现在承继的单位；没有数据的单位不列。")
    return columns, _groups(lines, year, scope, cells), note


def _check(request: Any, seat: Seat, lines: Sequence[Line], year: Period, scope: Scope) -> Table:
    measures = _all(lines)
    balances = [balance for line in lines if line.measures for balance in line.measures.balances]
    taking_part = [each for balance in balances for each in balance.measures]
    everything = list(dict.fromkeys([*measures, *taking_part]))
    this, last, eve = over(everything, [year, year.before(), year.eve()], scope)
    seen = quality.Seen(this, last, by_month(measures, year, scope))
    findings = quality.examine(measures, year, scope, today=request.at.date(), seen=seen)
    held = balancing.held(balances, eve, this)
    columns = [_column("指标"), _column(sentence(year.label), "n"), _column("情况", "w")]
    groups = []
    for line in lines:
        rows = [
            _row(measure, year, scope, [_cell(this[measure.key]), _finding(finding)])
            for measure in _of(line)
            for finding in findings.get(measure.key, ())
        ]
        rows += [_balance(each, year, scope) for each in held if each.balance.line == line.code]
        if rows:
            groups.append({"label": said(line.label), "rows": rows})
    if not groups:
        return columns, [], gettext("没有发现需要核对的情况。")
    return columns, groups, gettext("这里列出的是需要核对的情况，不是结论：没有记录的月份也可能确实没有发生。")


_VIEWS = {"": ("全年", _year), "months": ("逐月", _months), "units": ("分单位", _units), "check": ("核对", _check)}


# -- parts -------------------------------------------------------------------------------------------------------------


def _of(line: Line) -> tuple[Measure, ...]:
    return line.measures.measures if line.measures else ()


def _all(lines: Sequence[Line]) -> list[Measure]:
    return [measure for line in lines for measure in _of(line)]


def _groups(lines: Sequence[Line], year: Period, scope: Scope, cells: Any) -> list[Group]:
    return [
        {"label": said(line.label), "rows": [_row(measure, year, scope, cells(measure)) for measure in _of(line)]}
        for line in lines
    ]


def _row(measure: Measure, year: Period, scope: Scope, cells: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "label": said(measure.label),
        "href": address_of(measure, year, scope),
        "definition": said(measure.definition),
        "cells": cells,
    }


def _balance(held: balancing.Balanced, year: Period, scope: Scope) -> dict[str, Any]:
    level = (
        quality.Level.NOTE if held.holds else quality.Level.WARNING if held.difference is None else quality.Level.ERROR
    )
    stock = held.balance.stock
    found = quality.Finding(level, held.sentence)
    return _row(stock, year, scope, [_cell(held.closing), {**_finding(found), "class": "w"}])


def address_of(measure: Measure, period: Period, scope: Scope) -> str:
    """The address of a figure's own page."""
    return f"/figures/{measure.key}/{addresses.query(period=period.code, unit=scope.unit_id)}"


def _column(label: str, css: str = "") -> dict[str, str]:
    return {"label": said(label), "class": css}


def _cell(figure: Figure, *, how: bool = True) -> dict[str, Any]:
    shown = figuring.shown(figure)
    return {"figure": shown if how else {**shown, "how": ""}, "class": "n"}


def _bare(figure: Figure) -> dict[str, Any]:
    """A cell among many of a row: the number alone, and nothing where there is nothing to open."""
    if figure.value is None:
        return {"text": said(figure.state.label), "class": "n fz-muted"}
    if not figure.value:
        return {"text": "0", "class": "n"}
    return {"figure": {**figuring.shown(figure), "unit": "", "how": "", "title": ""}, "class": "n"}


def _nothing() -> dict[str, Any]:
    return {"text": "", "class": "n"}


def _finding(finding: quality.Finding) -> dict[str, Any]:
    return {"text": f"{_SIGNS[finding.level]} {sentence(finding.text)}", "class": f"w is-{finding.level.value}"}
