"""The bureau's own staff and party work: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import TEAM
from fazhi.lines.bureau.measures import BureauMeasures

LINE = Line(
    code="bureau",
    label="队伍建设",
    chapter=TEAM,
    measures=BureauMeasures,
)
