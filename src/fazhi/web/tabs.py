"""The tabs of a record: facts, timeline, papers, files, clocks, links, history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from fazhi.kernel.casework.matters import desk
from fazhi.kernel.casework.matters.models import Case, Child, Matter, MatterLink, Step
from fazhi.kernel.casework.matters.reaching import reachable
from fazhi.kernel.casework.matters.workflow import Workflow
from fazhi.kernel.casework.parties.models import Party
from fazhi.kernel.ground.core.errors import Unseen
from fazhi.kernel.ground.secrets.fields import SecretHash
from fazhi.kernel.line import LINES
from fazhi.kernel.records.register import Column, Kind, Register, home_of
from fazhi.kernel.records.register.columns import column_of
from fazhi.web import documents, due, history, lists, parties
from fazhi.web.navigation import address_of, readable
from fazhi.web.opened import Opened
from fazhi.web.seats import Seat
from fazhi.web.words import said, sentence

OUTSIDE = {
    "open": "登记",
    "history": "补录",
    "correct": "更正",
    "assign": "分派、移交",
    "void": "作废",
    "reveal": "查看加密信息",
    "approval.request": "提交审批",
    "approval.agree": "审批同意",
    "approval.return": "审批退回",
    "approval.withdraw": "撤回审批",
    "approval.lapse": "审批失效",
    "agree": "审批同意",
    "return": "审批退回",
    "withdraw": "撤回审批",
    "paper.seal": "登记用印",
    "paper.serve": "登记送达",
    "paper.received": "登记签收",
    "paper.revoke": "撤回文书",
    "file.attach": "添加材料",
    "file.remove": "撤出材料",
    "attach": "添加材料",
    "bulk": "导入",
}
# What every record has beside the facts of its form.
_KEPT = ("number", "unit", "handler", "opened_on", "on", "concluded_on", "closed_on", "secrecy", "recorded_at")
_MOST_LINKS = 200


Content = Callable[[Opened], dict[str, Any]]


def bar(opened: Opened, current: str) -> list[dict[str, Any]]:
    """The tabs as links."""
    shown = []
    for key, (label, _, _, cases_only) in _TABS.items():
        if cases_only and not opened.case:
            continue
        count = len(opened.runs) if key == "clocks" else 0
        href = f"{opened.href}{key}/" if key else opened.href
        shown.append({"label": said(label), "href": href, "current": key == current, "count": count or ""})
    return shown


def content(opened: Opened, key: str) -> tuple[str, dict[str, Any]]:
    """The template of a tab and what it shows; :class:`Unseen` for a tab there is not."""
    found = _TABS.get(key)
    if found is None or (found[3] and not opened.case):
        raise Unseen(key)
    return f"web/parts/tab_{found[1]}.html", found[2](opened)


# -- facts -------------------------------------------------------------------------------------------------------------


def _facts(opened: Opened) -> dict[str, Any]:
    register, row = opened.register, opened.row
    panels = []
    seen = {"unit", "handler"}
    for label, columns in (*register.entering, *register.finishing):
        shown = [column for column in columns if column.name not in seen]
        seen |= {column.name for column in shown}
        finishing = (label, columns) in register.finishing
        if shown and not (finishing and all(getattr(row, column.name) in (None, "") for column in shown)):
            panels.append({"label": said(label), "facts": [_fact(opened, column) for column in shown]})
    if isinstance(row, Case) and register.keeping.parties:
        rows = list(Party.objects.filter(matter_id=row.id).order_by("id"))
        panels.insert(1, parties.panel(rows, register.keeping.parties, f"{opened.href}reveal/party/"))
    panels += _children(opened)
    kept = [*_kept(register), *(column for column in register.all_columns.values() if column.name not in seen)]
    names: dict[str, Column] = {
        column.name: column for column in kept if column.name not in ("title", "state", "due_on")
    }
    panels.append({"label": said("登记信息"), "facts": [_fact(opened, column) for column in names.values()]})
    return {"panels": panels}


def _children(opened: Opened) -> list[dict[str, Any]]:
    """What acts have added to a case: hearings, sessions and the like, one table for each kind."""
    panels = []
    for relation in opened.row._meta.related_objects:
        child = relation.related_model
        if not issubclass(child, Child) or relation.get_accessor_name() is None:
            continue
        columns = [
            column_of(opened.register.keeping, field)
            for field in child._meta.concrete_fields
            if field.name not in ("id", "jurisdiction", "added_by", relation.field.name)
            and not isinstance(field, SecretHash)
        ]
        references = [column.name for column in columns if column.field.is_relation]
        rows = getattr(opened.row, relation.get_accessor_name()).select_related(*references).order_by("added_on", "id")
        shown = [[_cell(opened.seat, column, getattr(row, column.name)) for column in columns] for row in rows]
        if shown:
            heads = [{"label": said(column.label), "class": "n" if column.numeric else ""} for column in columns]
            panels.append({"label": said(str(child._meta.verbose_name)), "table": {"columns": heads, "rows": shown}})
    return panels


def _cell(seat: Seat, column: Column, value: Any) -> dict[str, str]:
    css = "n" if column.numeric else "w" if column.kind is Kind.LONG_TEXT else "d" if column.kind is Kind.DATE else ""
    return {"text": shown_value(seat, column, value) or "—", "class": css}


def _kept(register: type[Register]) -> Iterable[Column]:
    fields = {field.name: field for field in register.record()._meta.concrete_fields}
    entered = {column.name for _, columns in (*register.entering, *register.finishing) for column in columns}
    return [column_of(register.keeping, fields[name]) for name in _KEPT if name in fields and name not in entered]


def _fact(opened: Opened, column: Column) -> dict[str, Any]:
    # A unit is known by its id; reading it off the record would fetch it.
    value = getattr(opened.row, column.field.attname if column.kind is Kind.UNIT else column.name)
    shown: dict[str, Any] = {
        "label": lists.label_of(column, opened.register),
        "value": shown_value(opened.seat, column, value),
        "wide": column.kind is Kind.LONG_TEXT,
    }
    if column.kind is Kind.SECRET and value:
        shown["reveal"] = f"{opened.href}reveal/{column.name}/"
    if column.kind is Kind.RECORD and value is not None:
        shown["href"] = _address_of_record(opened.seat, value)
    return shown


def shown_value(seat: Seat, column: Column, value: Any) -> str:
    """This stored value as the reader reads it."""
    if value is None or value == "":
        return ""
    if column.kind is Kind.UNIT:
        unit = seat.home.units.get(getattr(value, "pk", value))
        return unit.name if unit else str(value)
    if column.kind is Kind.ACCOUNT:
        return str(value.name)
    if isinstance(value, datetime):
        value = localtime(value)
    text = column.show(value)
    return said(text, column.name) if column.choices or column.kind is Kind.YES_NO else text


def _address_of_record(seat: Seat, value: Any) -> str:
    register = home_of(type(value))
    if register is None or register not in readable(seat.actor, LINES[register.keeping.line]):
        return ""
    return f"{address_of(register)}{value.pk}/"


# -- timeline ----------------------------------------------------------------------------------------------------------


def act_label(register: type[Register], key: str) -> str:
    """What an act is called, by its key in a step or in the audit."""
    keeping = register.keeping
    if issubclass(keeping, Workflow) and key in keeping.acts:
        return said(keeping.acts[key].label, keeping.name())
    return said(OUTSIDE.get(key, key))


def _timeline(opened: Opened) -> dict[str, Any]:
    keeping: Any = opened.register.keeping
    shown: list[dict[str, Any]] = []
    for step in Step.objects.filter(matter_id=opened.row.id).order_by("-at", "-id"):
        state = keeping.states.get(step.to_state) if step.to_state != step.from_state else None
        recorded = localtime(step.at)
        shown.append(
            {
                "day": step.on.isoformat(),
                "label": act_label(opened.register, step.act),
                "state": {"label": said(state.label, keeping.name()), "phase": state.phase.value} if state else None,
                "who": step.actor_name,
                "recorded": f"{said('登记于')} {recorded:%Y-%m-%d %H:%M}" if recorded.date() != step.on else "",
                "note": step.note,
                "papers": [],
                "opinions": [],
            }
        )
    return {"timeline": shown}


# -- clocks, papers, files, links, history -----------------------------------------------------------------------------


def _clocks(opened: Opened) -> dict[str, Any]:
    home, today = opened.seat.home, opened.request.at.date()
    shown = []
    for run in opened.runs:
        effective = home.rule(run.rule)
        shown.append(
            {
                "label": due.label_of(run, home),
                "period": sentence(str(effective.rule.period)) if effective else "",
                "started": run.started_on.isoformat(),
                "day": run.due_on.isoformat() if run.due_on else "",
                "due": due.of_run(run, home, today),
                "basis": due.basis_of(run, home),
                "certainty": said(effective.label) if effective and effective.label else "",
                "href": f"{opened.href}clocks/{run.id}/",
            }
        )
    return {"clocks": shown}


def _links(opened: Opened) -> dict[str, Any]:
    return {"links": _linked_matters(opened) if opened.case else _referring(opened)}


def _linked_matters(opened: Opened) -> list[dict[str, Any]]:
    """These matters linked with a case, as far as the person sees them."""
    row = opened.row
    relations: dict[int, str] = {}
    for source, target, relation in (
        MatterLink.objects.filter(source_id=row.id)
        .union(MatterLink.objects.filter(target_id=row.id))
        .values_list("source_id", "target_id", "relation")
    ):
        relations[target if source == row.id else source] = relation
    shown = []
    for card in _cards(opened, relations):
        relation = relations.get(card.id) or (said("下级事项") if card.part_of_id == row.id else said("所属事项"))
        shown.append({**card_shown(opened.seat, card), "relation": said(relation)})
    return shown


def _cards(opened: Opened, relations: dict[int, str]) -> Iterable[Matter]:
    row = opened.row
    above = Matter.objects.filter(pk=row.id).values("part_of_id")
    cards = desk.cards(opened.seat.actor)
    found = cards.filter(pk__in=list(relations)) | cards.filter(part_of_id=row.id) | cards.filter(pk__in=above)
    return found.order_by("-opened_on", "-id")[:_MOST_LINKS]


def _referring(opened: Opened) -> list[dict[str, Any]]:
    """The registers whose records refer to this one, each with how many of them the person sees."""
    shown = []
    for line in LINES.values():
        for register in readable(opened.seat.actor, line):
            if register.scope is not None:
                continue
            for column in register.all_columns.values():
                if column.target is not type(opened.row) or column.kind is not Kind.RECORD:
                    continue
                rows = reachable(opened.seat.actor, register.record()).filter(
                    **{column.name: opened.row, "void_reason": ""}
                )
                count = rows.count()
                if count:
                    shown.append(
                        {
                            "title": said(register.label, register.key),
                            "relation": said(column.label),
                            "number": f"{count:,}",
                            "href": f"{address_of(register)}?{column.name}={opened.row.pk}",
                            "state": None,
                        }
                    )
    return shown


def card_shown(seat: Seat, card: Matter) -> dict[str, Any]:
    """This card as lists of matters show it: title, number, address, state."""
    keeping: Any = due.keeping_named(card.record)
    register = home_of(keeping.record) if keeping is not None else None
    state = keeping.states.get(card.state) if keeping is not None else None
    void = card.phase == "void"
    return {
        "title": card.title or card.number,
        "number": card.number,
        "href": f"{address_of(register)}{card.id}/" if register is not None else "",
        "kind": said(register.label, register.key) if register is not None else "",
        "unit": seat.home.unit_name(card.unit_id),
        "state": {
            "label": said("已作废") if void else said(state.label, keeping.name()),
            "phase": "void" if void else state.phase.value,
        }
        if state is not None
        else None,
    }


def _history(opened: Opened) -> dict[str, Any]:
    return {"changes": history.of(opened.seat, opened.register, opened.row, act_label)}


_TABS: dict[str, tuple[str, str, Content, bool]] = {  # key: label, template, content, only for cases
    "": ("基本信息", "facts", _facts, False),
    "timeline": ("办理过程", "timeline", _timeline, True),
    "papers": ("文书", "papers", lambda opened: {"papers": documents.papers(opened)}, True),
    "files": ("材料", "files", documents.files, True),
    "clocks": ("期限", "clocks", _clocks, True),
    "links": ("关联", "links", _links, False),
    "history": ("修改记录", "history", _history, False),
}
