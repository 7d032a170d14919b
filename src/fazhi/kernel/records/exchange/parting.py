"""Parties out of cells: several in one cell, persons and organisations told apart, numbers that a program has rounded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stdnum.cn import uscc

from fazhi.kernel.casework.parties.models import PartyFacts, PartyKind, is_identity_number
from fazhi.kernel.ground.core.errors import Fault
from fazhi.kernel.records.register.written import folded, narrowed

_BETWEEN = re.compile(r"[、，,；;/\n]+")
_SPACED = re.compile(r"^([\u4e00-\u9fff])[\s\u3000]+([\u4e00-\u9fff])$")
_ORGANISED = re.compile(
    r"(?:公司|集团|合作社|委员会|居委会|村委会|业委会|管委会|事务所|研究院|研究所|医院|卫生院|诊所|学校|学院|大学|幼儿园|银行|信用社|支行|分行"
    r"|工厂|厂|店|商行|经营部|门市部|酒店|饭店|超市|中心|协会|商会|工会|[^\u4e00-\u9fff]局|局|政府|办事处|村民小组|小组|项目部|分公司|部)"
    r"(?:\(.*\)|（.*）)?$"
)
_ROUNDED = 10**15
_KINDS = {
    **dict.fromkeys(("自然人", "个人", "公民", "person"), PartyKind.PERSON),
    **dict.fromkeys(
        (
            "法人或其他组织",
            "法人",
            "法人或者其他组织",
            "其他组织",
            "非法人组织",
            "组织",
            "单位",
            "企业",
            "organisation",
        ),
        PartyKind.ORGANISATION,
    ),
}


def parties_of(parts: Mapping[str, Mapping[str, Any]]) -> tuple[list[PartyFacts], list[Fault]]:
    """These parties of a row from its cells by role and part, and what cannot be told."""
    parties: list[PartyFacts] = []
    faults: list[Fault] = []
    for role, cells in parts.items():
        found, wrong = _in_role(role, cells)
        parties += found
        faults += wrong
    return parties, faults


def _in_role(role: str, cells: Mapping[str, Any]) -> tuple[list[PartyFacts], list[Fault]]:
    place = f"party.{role}"
    names = [_name(each) for each in _BETWEEN.split(str(cells.get("name", ""))) if each.strip()]
    if not names:
        others = [part for part in cells if part != "name"]
        return [], [Fault("填写了号码或地址，却没有姓名（名称）", f"{place}.name")] if others else []
    faults: list[Fault] = []
    kind, wrong = _kind(cells.get("kind"))
    if wrong:
        faults.append(Fault(wrong, f"{place}.kind"))
    columns: dict[str, list[str]] = {}
    for part, label in (("identity", "证件号码"), ("phone", "联系电话"), ("address", "住址")):
        values = _split(cells.get(part), part, len(names))
        if len(values) > len(names) or (part == "identity" and 0 < len(values) < len(names)):
            faults.append(
                Fault(
                    f"有{len(names)}名当事人，{label}却有{len(values)}个，无法一一对应，请分列填写", f"{place}.{part}"
                )
            )
            values = []
        columns[part] = values + [""] * (len(names) - len(values))
    if isinstance(number := cells.get("identity"), int) and number >= _ROUNDED:
        faults.append(
            Fault("单元格是数字格式，号码的末几位已被表格软件改成0，请把该列设为文本后重新填写", f"{place}.identity")
        )
        columns["identity"] = [""] * len(names)
    made = [
        PartyFacts(role, name, kind or kind_of(name, identity), identity, phone, address)
        for name, identity, phone, address in zip(
            names, columns["identity"], columns["phone"], columns["address"], strict=True
        )
    ]
    return made, faults


def _name(text: str) -> str:
    text = text.strip()
    apart = _SPACED.match(text)
    return apart[1] + apart[2] if apart else text


def _kind(cell: Any) -> tuple[PartyKind | None, str]:
    if cell is None:
        return None, ""
    kind = _KINDS.get(folded(str(cell)))
    return kind, "" if kind else f"“{cell}”应为“自然人”或“法人或其他组织”"


def _split(cell: Any, part: str, names: int) -> list[str]:
    if cell is None:
        return []
    text = str(cell) if part == "address" else narrowed(str(cell))
    if part == "address" and names == 1:
        return [text.strip()]
    return [each.strip() for each in _BETWEEN.split(text) if each.strip()]


def kind_of(name: str, identity: str) -> PartyKind:
    """Whether this is a person or an organisation, by the number it has or, without one, by its name."""
    if identity and is_identity_number(identity.upper()):
        return PartyKind.PERSON
    return PartyKind.ORGANISATION if identity and uscc.is_valid(identity) else _by_name(name)


def _by_name(name: str) -> PartyKind:
    return PartyKind.ORGANISATION if len(name) > 4 and _ORGANISED.search(name) else PartyKind.PERSON
