"""What the workflow of reports allows, and everything it refuses."""

from __future__ import annotations

from typing import Any, ClassVar

from fazhi.kernel.casework.matters.workflow import Act, Workflow
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.reporting import Reporting
from fazhi.kernel.testing.conformance import WorkflowConformance
from fazhi.lines.report.models import Report
from fazhi.lines.report.workflow import Writing
from tests.lines.report.samples import written
from tests.world import AT, world

__all__ = ["world"]


class TestWriting(WorkflowConformance):
    workflow: ClassVar[type[Workflow]] = Writing
    unit = "law"
    opener = "clerk"
    outsider = "east"
    doers = {"review": "head", "give_back": "head", "approve": "leader"}
    at = AT

    def facts(self, world: Any) -> dict[str, Any]:
        # There is one report for each year.
        year = 2022 - Report.objects.count()
        return {"year": year, "subject": world.units["area"], "heading": f"{year}年法治政府建设年度报告"}

    def opened(self, world: Any) -> Any:
        report = super().opened(world)
        written(report)
        return report

    def answer(self, world: Any, act: Act) -> dict[str, Any]:
        answers: dict[str, dict[str, Any]] = {
            "give_back": {"returned_for": "请补充原因"},
            "submit": {"submitted_to": "区委、管理委员会，市司法局"},
            "publish": {"published_at": "https://www.example.gov.cn/2022"},
        }
        return answers.get(act.key, {})


class TestReporting(WorkflowConformance):
    workflow = Reporting
    unit = "bureau"
    opener = "head"
    outsider = "east"
    doers = {"accept": "leader", "give_back": "leader", "revoke": "leader"}
    at = AT

    def facts(self, world: Any) -> dict[str, Any]:
        # No day is reported twice.
        year = 2022 - ReportedFigure.objects.count()
        return {
            "measure": "bureau.awards",
            "period_first": f"{year}-01-01",
            "period_last": f"{year}-12-31",
            "value": 3,
            "evidence": "表彰文件",
        }

    def answer(self, world: Any, act: Act) -> dict[str, Any]:
        answers: dict[str, dict[str, Any]] = {
            "give_back": {"returned_for": "与文件不符"},
            "revoke": {"returned_for": "与文件不符"},
            "resubmit": {"evidence": "表彰文件（补）"},
        }
        return answers.get(act.key, {})
