"""A spreadsheet of reported figures, taken in by the import every register has."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from fazhi.kernel.records.measures import computing
from fazhi.kernel.records.measures.declaring import MEASURES
from fazhi.kernel.records.measures.figures import State
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.periods import Period
from tests.kernel.measures.samples import everything
from tests.world import World, world

__all__ = ["world"]

HEADS = ["指标名称", "统计期起", "统计期止", "填报数", "适用", "数据来源", "填报单位"]
ROWS: list[list[Any]] = [
    ["职级晋升人数", "2022-01-01", "2022-12-31", 2, "是", "任免文件", "区司法局"],
    ["bureau.awards", "2022/1/1", "2022年12月31日", 15, "", "表彰文件", "青江新区司法局"],
    ["抽调工作人员人数", "20220101", "20221231", "", "否", "无此项", "区司法局"],
    ["组织居家办公人员人数", "2022-01-01", "2022-12-31", 0, "是", "考勤表", "区司法局"],
]


def sheet(folder: Path, rows: list[list[Any]]) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in [HEADS, *rows]:
        page.append(row)
    path = folder / "填报.xlsx"
    book.save(path)
    return path


def taken(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import", "report.reported", str(path), "--as", "head", *options, stdout=out, stderr=out)
    return out.getvalue()


def test_rows_wait_to_be_accepted(world: World, tmp_path: Path) -> None:
    taken(sheet(tmp_path, [*ROWS]))
    world.enter()
    rows = {row.measure: row for row in ReportedFigure.objects.all()}
    assert {key: (row.value, row.applicable, row.state) for key, row in rows.items()} == {
        "bureau.rank_promotions": (2, True, "submitted"), "bureau.awards": (15, True, "submitted"),
        "bureau.seconded_staff": (None, False, "submitted"), "bureau.home_office_staff": (0, True, "submitted"),
    }  # fmt: skip
    assert {row.unit_id for row in rows.values()} == {world.units["bureau"].id}
    figure = computing.totals([MEASURES["bureau.awards"]], Period.year(2022), everything(world))["bureau.awards"]
    assert figure.state is State.MISSING


def test_nobody_takes_over_figures_as_accepted(world: World, tmp_path: Path) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command(
            "import",
            "report.reported",
            str(sheet(tmp_path, [*ROWS])),
            "--as",
            "head",
            "--history",
            stdout=out,
            stderr=out,
        )
    world.enter()
    assert "填报人不能审核自己填报的数据" in out.getvalue()
    assert ReportedFigure.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["人民调解案件数", "2022-01-01", "2022-12-31", 3, "是", "台账", "区司法局"], "不在选项中"),
        (["职级晋升人数", "2022-01-01", "2022-12-31", "", "是", "台账", "区司法局"], "没有发生填0"),
        (["职级晋升人数", "2022-12-31", "2022-01-01", 3, "是", "台账", "区司法局"], "早于"),
        (["职级晋升人数", "2022-01-01", "2022-12-31", 3, "是", "", "区司法局"], "依据"),
    ],
)
def test_a_row_at_fault_leaves_nothing(world: World, tmp_path: Path, row: list[Any], reason: str) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command(
            "import", "report.reported", str(sheet(tmp_path, [ROWS[1], row])), "--as", "head", stdout=out, stderr=out
        )
    world.enter()
    assert reason in out.getvalue()
    assert ReportedFigure.objects.count() == 0
