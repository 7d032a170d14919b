"""Registers: which there are for the one who asks, and their lists."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse

from fazhi.api import shapes
from fazhi.api.answers import answer
from fazhi.api.guard import Asked
from fazhi.kernel.casework.matters.workflow import Workflow
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Fault, Refused, Unseen
from fazhi.kernel.line import LINES
from fazhi.kernel.records.register import REGISTERS, Column, Listing, Register

LARGEST_PAGE = 200
# Said in the address, but no filter.
_ASIDE = {"cursor", "size", "total", "columns"}
# A list of one register is described once, not for every request.
_rows: dict[tuple[str, tuple[str, ...]], shapes.Row] = {}


def readable(actor: Actor, register: type[Register]) -> bool:
    """Whether a register exists for ``actor``."""
    line = register.keeping.line
    return actor.system or (bool(actor.reach(line)) and actor.holds(register.keeping.reads, line))


def register_at(actor: Actor, line: str, register: str) -> type[Register]:
    """This register; :class:`Unseen` if it does not exist for ``actor``."""
    found = REGISTERS.get(f"{line}.{register}")
    if found is None or not readable(actor, found):
        raise Unseen(f"{line}.{register}")
    return found


def catalogue(asked: Asked) -> HttpResponse:
    """The registers the account may read, with their columns, filters, acts and who takes part."""
    return answer(
        {"registers": [_described(asked.actor, each) for each in REGISTERS.values() if readable(asked.actor, each)]}
    )


def _described(actor: Actor, register: type[Register]) -> dict[str, Any]:
    keeping = register.keeping
    line = LINES.get(keeping.line)
    return {
        "key": register.key,
        "label": register.label,
        "line": {"key": keeping.line, "label": line.label if line else keeping.line},
        "href": f"/api/{keeping.line}/{register.slug()}",
        "may_enter": bool(actor.hats_in(keeping.line, keeping.enters)),
        "order": f"-{register.order()}",
        "columns": [column(each) for each in shapes.every_column(register)],
        "shown": [each.name for each in register.shown],
        "filters": [each.name for each in register.filtering],
        "form": [{"label": label, "fields": [each.name for each in columns]} for label, columns in register.entering],
        "history": [
            {"label": label, "fields": [each.name for each in columns]} for label, columns in register.finishing
        ],
        "parties": [{"key": each.key, "label": each.label, "least": each.least} for each in keeping.parties],
        "acts": acts(keeping),
    }


def column(each: Column) -> dict[str, Any]:
    """This column in words."""
    return {
        "name": each.name,
        "label": each.label,
        "kind": each.kind.value,
        "choices": [{"key": key, "label": label} for key, label in each.choices],
    }


def acts(keeping: Any) -> list[dict[str, Any]]:
    """The acts of a workflow: from where to where, and what they ask."""
    if not issubclass(keeping, Workflow):
        return []
    return [
        {
            "key": key,
            "label": act.label,
            "from": [state.key for state in act.sources],
            "to": act.to.key if act.to is not None else None,
            "asks": [*act.asks, *act.child_asks],
            "may_ask": [*act.may_ask, *act.child_may_ask],
            "needs_approval": bool(act.approved),
        }
        for key, act in keeping.acts.items()
    ]


def listing(asked: Asked, line: str, register: str) -> HttpResponse:
    """A page of a register: the parameters of its page on screen, ``cursor``, ``size``, ``columns``, ``total=1``."""
    found = register_at(asked.actor, line, register)
    names = tuple(each for each in asked.parameters.get("columns", "").split(",") if each)
    key = (found.key, names)
    row = _rows.get(key)
    if row is None:
        if len(_rows) > 1000:
            _rows.clear()
        row = _rows[key] = shapes.Row(_columns(found, names))
    parameters = {name: value for name, value in asked.parameters.items() if name not in _ASIDE}
    listed = Listing(found, asked.actor, parameters, columns=row.columns, size=_size(asked))
    if listed.unread:
        raise Refused.of([Fault("这个筛选条件看不懂", name) for name in listed.unread])
    try:
        page = listed.page(asked.parameters.get("cursor", ""))
    except (ValueError, TypeError, ValidationError):
        raise Refused(Fault("游标看不懂，请用上一页给出的", "cursor")) from None
    content: dict[str, Any] = {
        "register": found.key,
        "rows": [row.objected(each.id, each.cells) for each in page.rows],
        "after": page.after or None,
        "before": page.before or None,
    }
    if asked.parameters.get("total") == "1":
        content["total"] = listed.total()
    return answer(content)


def _columns(register: type[Register], names: tuple[str, ...]) -> list[Column]:
    if not names:
        return list(register.shown)
    known = {each.name: each for each in shapes.every_column(register)}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Refused(Fault(f"没有“{unknown[0]}”这一栏", "columns"))
    return [known[name] for name in names]


def _size(asked: Asked) -> int:
    given = asked.parameters.get("size", "50")
    if not given.isdigit() or not 1 <= int(given) <= LARGEST_PAGE:
        raise Refused(Fault(f"每页条数应为1至{LARGEST_PAGE}", "size"))
    return int(given)
