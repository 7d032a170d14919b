"""Figures of a year or another period, each with its state: zero, not applicable and missing are three things."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from fazhi.api import typed
from fazhi.api.answers import answer
from fazhi.api.guard import Asked
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused
from fazhi.kernel.records.measures.computing import totals
from fazhi.kernel.records.measures.declaring import MEASURES, Measure
from fazhi.kernel.records.measures.figures import Figure, Scope
from fazhi.kernel.records.measures.periods import Period


def figures(asked: Asked) -> HttpResponse:
    """The figures of ``year`` or ``period``, of the area or of ``unit``; all, or those of ``keys``."""
    if not asked.actor.system and not any(asked.actor.reach(hat.line) for hat in asked.actor.hats):
        raise NotYours("指标由业务人员查看")
    period = _period(asked)
    unit = typed.unit_of(_number(asked.parameters.get("unit")), asked.actor)
    scope = Scope(asked.actor.jurisdiction_id, unit.id if unit is not None else None)
    found = totals(_measures(asked), period, scope)
    return answer(
        {
            "period": {"code": period.code, "first": period.first, "last": period.last, "label": period.label},
            "unit": {"id": unit.id, "name": unit.name} if unit is not None else None,
            "figures": [_shown(each) for each in found.values()],
        }
    )


def _number(text: str | None) -> int | str | None:
    return int(text) if text is not None and text.isdigit() else text


def _period(asked: Asked) -> Period:
    given = asked.parameters.get("period") or asked.parameters.get("year") or str(asked.at.year)
    try:
        return Period.read(given)
    except ValueError as error:
        raise Refused(Fault(str(error), "period" if "period" in asked.parameters else "year")) from None


def _measures(asked: Asked) -> list[Measure]:
    keys = [each for each in asked.parameters.get("keys", "").split(",") if each]
    unknown = [key for key in keys if key not in MEASURES]
    if unknown:
        raise Refused(Fault(f"没有指标“{unknown[0]}”", "keys"))
    return [MEASURES[key] for key in keys] or list(MEASURES.values())


def _shown(figure: Figure) -> dict[str, Any]:
    measure = figure.measure
    return {
        "key": measure.key,
        "label": measure.label,
        "line": measure.line,
        "unit": measure.unit,
        "definition": measure.definition,
        "value": None if figure.value is None else f"{figure.value:f}",
        "text": figure.text,
        "state": figure.state.value,
        "how": str(figure.how),
    }
