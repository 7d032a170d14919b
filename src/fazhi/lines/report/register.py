"""How people see reports, and the figures units report."""

from __future__ import annotations

from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.reporting import Reporting
from fazhi.kernel.records.register import Group, Register
from fazhi.lines.report.models import Report
from fazhi.lines.report.workflow import Writing


class Reports(Register):
    """Annual reports."""

    keeping = Writing
    label = "年度报告"
    columns = [
        Report.number,
        Report.title,
        Report.year,
        Report.subject,
        Report.unit,
        Report.state,
        Report.submitted_on,
        Report.published_on,
    ]
    more = [Report.kind, Report.handler, Report.opened_on, Report.submitted_to, Report.published_at]
    filters = [Report.year, Report.subject, Report.kind, Report.state]
    form = [Group("报告", Report.kind, Report.year, Report.subject, Report.heading)]
    history = [Group("报送和公开", Report.submitted_to, Report.submitted_on, Report.published_at, Report.published_on)]
    headings = {
        Report.year: ["年度", "报告年份"],
        Report.heading: ["标题", "报告名称"],
        Report.submitted_on: ["报送时间", "上报日期"],
        Report.published_on: ["公开时间", "发布日期"],
        Report.published_at: ["公开网址", "发布网址"],
    }
    searches = [Report.number, Report.title]
    figures = ["report.submitted", "report.published"]
    empty = "还没有年度报告。从提纲或上一年的报告开始撰写，数字由指标生成。"


class Reported(Register):
    """What units report of measures that no record gives yet."""

    keeping = Reporting
    label = "填报数据"
    columns = [
        ReportedFigure.measure,
        ReportedFigure.unit,
        ReportedFigure.period_first,
        ReportedFigure.period_last,
        ReportedFigure.value,
        ReportedFigure.applicable,
        ReportedFigure.state,
        ReportedFigure.evidence,
    ]
    more = [ReportedFigure.number, ReportedFigure.note, ReportedFigure.opened_on, ReportedFigure.returned_for]
    filters = [
        ReportedFigure.measure,
        ReportedFigure.unit,
        ReportedFigure.state,
        ReportedFigure.period_first,
        ReportedFigure.period_last,
    ]
    form = [
        Group("指标和期间", ReportedFigure.measure, ReportedFigure.period_first, ReportedFigure.period_last),
        Group(
            "数值",
            ReportedFigure.applicable,
            ReportedFigure.value,
            ReportedFigure.evidence,
            ReportedFigure.note,
        ),
    ]
    headings = {
        ReportedFigure.measure: ["指标名称", "统计指标", "项目"],
        ReportedFigure.period_first: ["起始日期", "统计期起", "开始日期"],
        ReportedFigure.period_last: ["截止日期", "统计期止", "结束日期"],
        ReportedFigure.value: ["数量", "填报数", "本期数"],
        ReportedFigure.evidence: ["数据来源", "填报依据", "佐证"],
        ReportedFigure.unit: ["填报单位", "报送单位"],
    }
    searches = [ReportedFigure.number, ReportedFigure.title]
    empty = "还没有填报数据。没有登记台账的指标由单位填报，写明依据，由他人审核后采用。"
