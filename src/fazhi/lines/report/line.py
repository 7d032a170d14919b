"""The annual report: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import Chapter
from fazhi.lines.report import deadlines, register
from fazhi.lines.report.measures import ReportMeasures

LINE = Line(
    code="report",
    label="年度报告",
    # No chapter of the report: it is made of all of them.
    chapter=Chapter("report", "汇总"),
    registers=[register.Reports, register.Reported],
    measures=ReportMeasures,
    clocks=[deadlines.Limits],
    statutes=["法治政府建设与责任落实督察工作规定"],
)
