"""The parties of a new case in its form: one block of fields each, as many as are needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from fazhi.kernel.casework.matters.workflow import PartyRole
from fazhi.kernel.casework.parties.models import PartyFacts, PartyKind
from fazhi.kernel.ground.core.errors import Fault
from fazhi.web.fields import Form, Shown, choice_field, heading, text_field
from fazhi.web.words import said

_PARTS = ("kind", "name", "identity", "phone", "address")
_MOST = 30


def name_of(role: str, place: int, part: str) -> str:
    """The name of a field of the party at ``place`` (from 0) of a role."""
    return f"party-{role}-{place}-{part}"


def fields(roles: Sequence[PartyRole], typed: QueryDict | None, more: str = "") -> list[Shown]:
    """These blocks of fields for all roles; ``more`` names the role to which a block is added."""
    shown: list[Shown] = []
    for role in roles:
        count = max(_count(role, typed), 1 if role.least else 0) + (more == role.key)
        label = said(role.label)
        shown.append({"kind": "hidden", "name": f"party-{role.key}-count", "value": count, "id": ""})
        for place in range(min(count, _MOST)):
            shown.append(heading(f"{label} {place + 1}" if count > 1 else label))
            shown += _block(role, place, typed)
        shown.append(
            {
                "kind": "more",
                "name": "more",
                "value": role.key,
                "label": said("添加") + label if count == 0 else said("再添加一名") + label,
            }
        )
    return shown


def _block(role: PartyRole, place: int, typed: QueryDict | None) -> list[Shown]:
    def value(part: str) -> str:
        return typed.get(name_of(role.key, place, part), "") if typed is not None else ""

    kinds = [(key, said(text)) for key, text in PartyKind.choices]
    required = place < role.least
    shown = [
        text_field(name_of(role.key, place, "name"), said("姓名（名称）"), value("name"), required=required),
        choice_field(
            name_of(role.key, place, "kind"),
            said("类型"),
            kinds,
            value("kind") or PartyKind.PERSON,
            required=True,
        ),
        text_field(
            name_of(role.key, place, "identity"),
            said("证件号码"),
            value("identity"),
            help=said("自然人填身份证号码，单位填统一社会信用代码；加密保存"),
        ),
        text_field(name_of(role.key, place, "phone"), said("联系电话"), value("phone"), kind="tel"),
        text_field(name_of(role.key, place, "address"), said("住址"), value("address"), wide=True),
    ]
    return [{**field, "group": said(role.label)} for field in shown]


def read(roles: Sequence[PartyRole], typed: QueryDict, form: Form) -> list[PartyFacts]:
    """These parties of the blocks in which anything was typed; what is wrong with one is told at its own block.

    The kernel names faults of a party by role only; those told here are not repeated there.
    """
    found: list[PartyFacts] = []
    for role in roles:
        for place in range(min(_count(role, typed), _MOST)):
            given = {part: typed.get(name_of(role.key, place, part), "").strip() for part in _PARTS}
            if not any(given[part] for part in _PARTS if part != "kind"):
                continue
            facts = PartyFacts(role=role.key, **{**given, "kind": given["kind"] or PartyKind.PERSON})
            found.append(facts)
            for fault in facts.faults():
                form.refuse(name_of(role.key, place, fault.field.rpartition(".")[2]), fault.reason)
        form.alias(f"party.{role.key}", name_of(role.key, 0, "name"))
    return found


def left_over(faults: Sequence[Fault]) -> list[Fault]:
    """These faults of the kernel without those of single parties, which :func:`read` has told already."""
    return [fault for fault in faults if not (fault.field.startswith("party.") and fault.field.count(".") == 2)]


def panel(rows: Sequence[Any], roles: Sequence[PartyRole], reveal: str) -> dict[str, Any]:
    """The parties of a case as a table, with what identifies them masked."""
    labels = {role.key: said(role.label) for role in roles}
    kinds = dict(PartyKind.choices)
    return {
        "label": said("当事人"),
        "table": {
            "columns": [
                {"label": said(label)}
                for label in ("身份", "姓名（名称）", "类型", "证件号码", "联系电话", "住址", "查看")
            ],
            "rows": [
                [
                    {"text": labels.get(row.role, row.role)},
                    {"text": row.name},
                    {"text": said(str(kinds.get(row.kind, row.kind)))},
                    *({"text": str(value) if value else "—", "class": "d"} for value in (row.identity, row.phone)),
                    {"text": str(row.address) if row.address else "—"},
                    _reveal(row, reveal),
                ]
                for row in rows
            ],
        },
        "empty": said("没有登记当事人。"),
    }


def _reveal(row: Any, reveal: str) -> dict[str, str]:
    hidden = bool(row.identity or row.phone or row.address)
    return {"text": said("显示全部"), "href": f"{reveal}{row.id}/"} if hidden else {"text": ""}


def _count(role: PartyRole, typed: QueryDict | None) -> int:
    raw = typed.get(f"party-{role.key}-count", "0") if typed is not None else "0"
    return min(int(raw), _MOST) if raw.isdigit() else 0
