"""The rows an import refused, as a spreadsheet with the reasons beside them: to be corrected and imported again."""

from __future__ import annotations

import io
from typing import Any

from fazhi.kernel.records.exchange.findings import Findings
from fazhi.kernel.records.exchange.heads import Aside
from fazhi.kernel.records.exchange.preparing import Plan
from fazhi.kernel.records.exchange.workbooks import Field, FileFormat, write
from fazhi.kernel.records.exchange.written import safe

REASON = "错误原因"


def workbook(plan: Plan, findings: Findings) -> bytes:
    """These rows as they stood in the file, under their headings, with a further column that says what is wrong.

    The row numbers of the original stand in the reasons. Holds what the file held, secrets too: it is for whoever
    uploaded the file.
    """
    headings = plan.head.headings
    said: dict[int, list[str]] = {}
    for fault in findings.faults:
        place = f"“{fault.column}”" if fault.column else ""
        said.setdefault(fault.row, []).append(f"{place}{fault.reason}")
    whole = said.pop(plan.head.last, [])

    def rows() -> Any:
        for row in plan.lines():
            if isinstance(row, Aside) or row.number not in findings.bad:
                continue
            reasons = f"原第{row.number}行：{'；'.join([*said.get(row.number, []), *whole])}"
            cells = [row.cells[each.place] if each.place < len(row.cells) else None for each in headings]
            yield [safe(reasons), *(safe(cell) if isinstance(cell, str) else cell for cell in cells)]

    target = io.BytesIO()
    fields = [Field(REASON, "text", 60), *(Field(each.shown, _look(plan, each.place)) for each in headings)]
    write(target, fields, rows(), FileFormat.XLSX, sheet="有误的行")
    return target.getvalue()


def _look(plan: Plan, place: int) -> str:
    """Numbers that are no amounts stay text, so that a program does not round an identity number."""
    target = plan.targets.get(plan.mapping.get(place, ""))
    if target is None or target.column is None:
        return "text" if target is not None else ""
    return {"date": "date", "money": "money"}.get(target.column.kind, "")


def blank(plan_targets: dict[str, Any], label: str) -> bytes:
    """An empty sheet with the headings an import understands; required ones come first."""
    wanted = [target for key, target in plan_targets.items() if not target.shown and key != "id"]
    wanted.sort(key=lambda target: not target.required)
    target = io.BytesIO()
    fields = [Field(each.label, _looks(each), 16) for each in wanted]
    write(target, fields, [], FileFormat.XLSX, sheet=label[:20])
    return target.getvalue()


def _looks(target: Any) -> str:
    kind = target.column.kind if target.column is not None else "text"
    return {"date": "date", "money": "money", "text": "text", "secret": "text"}.get(kind, "")
