"""Administrative reconsideration: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import ADMINISTRATION
from fazhi.lines.reconsideration import deadlines, register
from fazhi.lines.reconsideration.measures import ReconsiderationMeasures

LINE = Line(
    code="reconsideration",
    label="行政复议",
    chapter=ADMINISTRATION,
    registers=[register.Applications, register.Suggestions, register.Reviews],
    measures=ReconsiderationMeasures,
    clocks=[deadlines.Limits, deadlines.SuggestionLimits, deadlines.ReviewLimits],
    statutes=["中华人民共和国行政复议法", "中华人民共和国行政复议法实施条例"],
)
