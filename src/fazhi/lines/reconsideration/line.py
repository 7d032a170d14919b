"""Administrative reconsideration: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import ADMINISTRATION
from fazhi.lines.reconsideration.measures import ReconsiderationMeasures

LINE = Line(
    code="reconsideration",
    label="行政复议",
    chapter=ADMINISTRATION,
    measures=ReconsiderationMeasures,
    statutes=["中华人民共和国行政复议法", "中华人民共和国行政复议法实施条例"],
)
