"""Making the law known: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import SOCIETY
from fazhi.lines.publicity.measures import PublicityMeasures

LINE = Line(
    code="publicity",
    label="普法",
    chapter=SOCIETY,
    measures=PublicityMeasures,
    statutes=["中华人民共和国法治宣传教育法"],
)
