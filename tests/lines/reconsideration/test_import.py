"""A section's own spreadsheet of finished cases, imported whole; a wrong row is named with its reason."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import Workbook

from fazhi.lines.reconsideration.models import Application
from tests.kernel.exchange.steps import checked, uploaded, written
from tests.world import World, world

__all__ = ["world"]

HEADS = [
    "复议案号",
    "收案日期",
    "案由",
    "复议事项",
    "领域",
    "复议请求",
    "申请人",
    "被申请人",
    "受理时间",
    "复议结果",
    "终止原因",
    "审结日期",
]
ROWS = [
    ["青江复〔2021〕5号", "2021-12-20", "罚款2000元的决定", "行政处罚", "工商", "撤销", "甲某", "区市监局", "2021-12-20", "维持",
     "", "2022-02-10"],
    ["青江复〔2022〕1号", "2022/2/8", "不予公开告知书", "信息公开", "公安", "责令公开", "乙某", "区公安分局", "2022/2/8", "终止",
     "达成和解后撤回申请", "2022/3/1"],
]  # fmt: skip


def book(rows: list[list[str]]) -> bytes:
    """A workbook of one sheet."""
    made, kept = Workbook(), io.BytesIO()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(kept)
    return kept.getvalue()


def test_a_ledger_is_imported_with_its_outcomes(world: World) -> None:
    found, findings = checked(
        world,
        uploaded(world, book([HEADS, *ROWS]), register="reconsideration.applications", who="handler"),
        who="handler",
    )
    assert not findings.faults, findings.faults
    written(world, found, who="handler")
    cases = list(Application.objects.order_by("opened_on"))
    assert [(case.number, case.state, case.outcome, case.law) for case in cases] == [
        ("青江复〔2021〕5号", "decided", "upheld", "2017"),
        ("青江复〔2022〕1号", "terminated", "terminated", "2017"),
    ]
    assert (cases[1].terminated_for, cases[1].concluded_on) == ("settled", date(2022, 3, 1))
    assert cases[0].field == "market"


def test_a_row_that_contradicts_the_procedure_is_named(world: World) -> None:
    wrong = [*ROWS[0][:8], "2021-12-01", *ROWS[0][9:]]
    _, findings = checked(
        world,
        uploaded(world, book([HEADS, wrong]), register="reconsideration.applications", who="handler"),
        who="handler",
    )
    assert any("早于前一环节" in str(fault) for fault in findings.faults)
    assert not Application.objects.exists()
