"""Legal risk of investment projects: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import ADMINISTRATION
from fazhi.lines.investment.measures import InvestmentMeasures

LINE = Line(
    code="investment",
    label="招商法律风险防控",
    chapter=ADMINISTRATION,
    measures=InvestmentMeasures,
    statutes=["优化营商环境条例", "信用修复管理办法"],
)
