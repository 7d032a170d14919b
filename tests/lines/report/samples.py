"""Reports for tests: one begun from the outline over the ledger counted by hand, and one with a short text of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from fazhi.kernel.casework import procedure
from fazhi.kernel.ground.core.ids import take_ids
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.reporting import Reporting
from fazhi.lines.report.codes import DEMANDED
from fazhi.lines.report.models import Block, Report
from fazhi.lines.report.operations import outlining
from tests.world import AT, World

CASES = "⟦mediation.cases|plain|2022⟧"


def begun(world: World, year: int = 2022, **more: Any) -> Report:
    """A report on the area, begun by the clerk of the law section."""
    facts = {"subject": world.units["area"], "unit": world.units["law"], **more}
    report = outlining.start(year=year, actor=world.actor("clerk"), at=AT, **facts)
    world.enter()
    return report


def empty(world: World, year: int = 2022) -> Report:
    """A report without any text."""
    report = procedure.open(
        Report,
        {"year": year, "subject": world.units["area"], "heading": f"青江新区{year}年法治政府建设年度报告"},
        actor=world.actor("clerk"), at=AT, unit=world.units["law"],
    )  # fmt: skip
    world.enter()
    return report


def written(report: Report, *texts: str) -> list[Block]:
    """Paragraphs with these texts, one for each part that must be there; the rest say that nothing was amiss."""
    ids = take_ids(len(DEMANDED))
    words = [*texts, *(["依法履行职责。"] * (len(DEMANDED) - len(texts)))]
    return Block.objects.bulk_create(
        Block(
            id=ids[place], jurisdiction_id=report.jurisdiction_id, recorded_at=AT, report=report,
            order=(place + 1) * outlining.STEP, part=part, text=words[place],
        )
        for place, part in enumerate(DEMANDED)
    )  # fmt: skip


def given(world: World, key: str, value: int | None, year: int = 2022) -> None:
    """A figure of a year, reported by the bureau's head and accepted by its leader."""
    row = procedure.open(
        ReportedFigure,
        {
            "measure": key, "period_first": date(year, 1, 1), "period_last": date(year, 12, 31), "value": value,
            "applicable": value is not None, "evidence": "工作台账",
        },
        actor=world.actor("head"), at=AT, unit=world.units["bureau"],
    )  # fmt: skip
    procedure.act(ReportedFigure, row.id, Reporting.accept, actor=world.actor("leader"), at=AT)
    world.enter()
