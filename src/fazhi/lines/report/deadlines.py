"""The days by which a report is due (法治政府建设与责任落实督察工作规定第二十三条、第二十四条)."""

from __future__ import annotations

from fazhi.kernel.casework.deadlines.clocks import Clock, Clocks
from fazhi.lines.report.models import Report
from fazhi.lines.report.workflow import Writing


class Limits(Clocks):
    """Both run from the end of the year the report tells of."""

    workflow = Writing
    submit = Clock(
        "report.annual.submit", label="报送期限", starts=Report.year_ended_on, ends=Report.submitted_on, warn=14
    )
    publish = Clock(
        "report.annual.publish", label="公开期限", starts=Report.year_ended_on, ends=Report.published_on, warn=14
    )
