"""The figures of this line: reports of departments and streets, which the bureau urges and counts."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Count, Measures
from fazhi.lines.report.models import Report


class ReportMeasures(Measures):
    """Counted from reports."""

    line = "report"

    submitted = Count(
        "report.submitted",
        Report,
        on=Report.submitted_on,
        label="报送法治政府建设年度报告份数",
        unit="份",
        definition="报告期内报送的法治政府建设年度报告，按报送日计；年度报告写的是上一年，因此次年报送的计入次年",
        aliases=["报送年度报告"],
    )
    published = Count(
        "report.published",
        Report,
        on=Report.published_on,
        label="公开法治政府建设年度报告份数",
        unit="份",
        definition="报告期内在报刊或者网站公开的法治政府建设年度报告，按公开日计",
        aliases=["公开年度报告"],
    )
