"""The catalogue of measures: what each means, in which unit, of what it is a share, and where it comes from."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fazhi.kernel.records.measures.declaring import How, Measure, Ratio
from fazhi.web import frame
from fazhi.web.views.figures import asked
from fazhi.web.words import said


@require_GET
def catalogue(request: Any) -> HttpResponse:
    """The measures, all or those that hold the words asked for."""
    frame.seat_of(request)
    words = request.GET.get("q", "").strip()[:60]
    groups = []
    for line in asked.measured():
        assert line.measures is not None
        found = [_shown(each) for each in line.measures.measures if _holds(each, words.split())]
        if found:
            groups.append({"label": said(line.label), "measures": found})
    context = {
        "title": gettext("指标目录"),
        "crumbs": [{"label": gettext("指标"), "href": "/figures/"}],
        "total": gettext("%(n)s 项") % {"n": sum(len(group["measures"]) for group in groups)},
        "lead": gettext("每项数据只有一个定义：报告、报表、考核用的都是它。"),
        "query": words,
        "groups": groups,
    }
    return frame.page(request, "web/catalogue.html", context)


def how(measure: Measure) -> str:
    """Where a measure's figures come from, in words."""
    return gettext("由记录计数得出") if measure.how is How.COUNTED else gettext("由单位填报并经审核")


def basis(measure: Measure) -> str:
    """What a rate is a share of, in words; empty for what is no rate."""
    return f"{said(measure.part.label)} ÷ {said(measure.whole.label)}" if isinstance(measure, Ratio) else ""


def _holds(measure: Measure, words: list[str]) -> bool:
    texts = (measure.key, measure.label, measure.definition, *measure.aliases, said(measure.label))
    return all(any(word.casefold() in text.casefold() for text in texts) for word in words)


def _shown(measure: Measure) -> dict[str, str]:
    return {
        "href": f"/figures/{measure.key}/",
        "label": said(measure.label),
        "definition": said(measure.definition),
        "unit": said(measure.unit),
        "denominator": basis(measure),
        "how": how(measure),
        "key": measure.key,
    }
