"""The rules of law about periods: how well each is known, what it does here, and what the bureau decided about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from fazhi.kernel.casework.procedure import governing
from fazhi.kernel.ground import law
from fazhi.kernel.ground.core.errors import Refused, Unseen
from fazhi.kernel.ground.law import Certainty, Decision, Effect, Effective, Unit
from fazhi.web import due, frame, homes
from fazhi.web.fields import Form, choice_field, text_field
from fazhi.web.views.settings import sections
from fazhi.web.words import said, sentence

_HERE = "/settings/rules/"
_EFFECTS = {Effect.ON: ("生效", "open"), Effect.WARNS: ("只提醒", "soon"), Effect.OFF: ("未启用", "waiting")}
_CERTAINTIES = {Certainty.VERIFIED: "open", Certainty.SECONDARY: "soon", Certainty.UNVERIFIED: "late"}


@require_GET
def listing(request: Any) -> HttpResponse:
    """All versions of all rules, those in force first."""
    sections.allowed(request, "rules")
    home = frame.seat_of(request).home
    words = request.GET.get("q", "").strip()
    found = [
        rule for rule in law.rules() if not words or words in rule.title_zh or words in rule.law_zh or words in rule.id
    ]
    rows = [_row(effective) for rule in found if (effective := home.rule(rule.id)) is not None]
    context = {
        "total": sections.counted(len(rows)),
        "lead": gettext("已核实的规则计算并计逾期；待核实的只提醒；未核实的不启用。本机关可以凭依据核定。"),
        "filters": [{"name": "q", "label": gettext("名称、法律或编号"), "value": words}],
        "table": {
            "columns": sections.columns("规则", "期间", "依据", "施行", "核实情况", "在本机关"),
            "rows": rows,
        },
    }
    return sections.shown(request, "rules", context)


def _row(effective: Effective) -> list[dict[str, Any]]:
    rule = effective.rule
    until = f" – {rule.effective_to.isoformat()}" if rule.effective_to else ""
    label, phase = _EFFECTS[effective.effect]
    return [
        sections.text(said(rule.title_zh), f"{_HERE}{rule.id}/", "w"),
        sections.text(sentence(str(rule.period))),
        sections.text(due.basis_said(rule), css="w"),
        sections.text(f"{rule.effective_from.isoformat()}{until}", css="d"),
        sections.tag(rule.certainty.label, _CERTAINTIES[rule.certainty]),
        sections.tag(label, phase),
    ]


@require_http_methods(["GET", "POST"])
def rule(request: Any, version: str) -> HttpResponse:
    """A version of a rule, and the form of a decision about it."""
    sections.allowed(request, "rules")
    seat, typed = frame.seat_of(request), request.POST
    effective = seat.home.rule(version)
    if effective is None:
        raise Unseen(version)
    decided = seat.home.decisions.get(version)
    form = Form(action=request.path, verb=gettext("核定"), cancel=_HERE)
    if request.method == "POST":
        try:
            changed = _write(request, version)
        except Refused as refusal:
            form.refuse_all(refusal.faults)
        else:
            homes.forget()
            frame.tell(request, gettext("已保存，%(n)s 件未办结事项的期限随之重算。") % {"n": changed})
            return HttpResponseRedirect(_HERE)
    _fill(form, effective, decided, typed if request.method == "POST" else None)
    return sections.shown(
        request, "rules", {"lead": said(effective.rule.title_zh), "form": form.shown()}, status=form.status
    )


def _fill(form: Form, effective: Effective, decided: Decision | None, typed: Any) -> None:
    shipped = effective.shipped
    enabled = "keep" if decided is None else "on" if decided.enabled else "off"
    values = {
        "enabled": enabled,
        "value": str(decided.value or "") if decided else "",
        "unit": (decided.unit or "") if decided else "",
        "source": decided.source if decided else "",
    }
    if typed is not None:
        values |= {name: typed.get(name, "") for name in values}
    choices = [
        (
            "keep",
            gettext("按随系统发布的处理：%(effect)s")
            % {"effect": said(_EFFECTS[_shipped_effect(shipped.certainty)][0])},
        ),
        ("on", gettext("本机关核定启用")),
        ("off", gettext("本机关不启用")),
    ]
    form.add(
        text_field("basis", said("依据"), due.basis_said(shipped), kind="static", wide=True),
        text_field("period", said("期间"), sentence(str(shipped.period)), kind="static"),
        text_field("certainty", said("核实情况"), said(shipped.certainty.label), kind="static"),
        choice_field("enabled", gettext("在本机关"), choices, values["enabled"], kind="radio", required=True),
        text_field(
            "value", gettext("数额"), values["value"], inputmode="numeric", help=gettext("法律没有写明数额的才填")
        ),
        choice_field(
            "unit", said("单位", "measure"), [(unit.value, said(unit.label)) for unit in Unit], values["unit"]
        ),
        text_field(
            "source",
            gettext("核定依据"),
            values["source"],
            wide=True,
            help=gettext("文件名称、文号和条款；核定或停用都要写明"),
        ),
    )


def _shipped_effect(certainty: Certainty) -> Effect:
    return {Certainty.VERIFIED: Effect.ON, Certainty.SECONDARY: Effect.WARNS}.get(certainty, Effect.OFF)


def _write(request: Any, version: str) -> int:
    typed = request.POST
    chosen, value = typed.get("enabled", ""), typed.get("value", "").strip()
    if chosen == "keep":
        return governing.withdraw_rule(version, actor=request.actor, at=request.at)
    if chosen not in ("on", "off"):
        raise Refused(gettext("请选择在本机关怎样处理"))
    if value and not value.isdigit():
        raise Refused(gettext("数额应为正整数"))
    decision = Decision(
        version, chosen == "on", int(value) if value else None, typed.get("unit") or None, typed.get("source", "")
    )
    return governing.decide_rule(decision, actor=request.actor, at=request.at)
