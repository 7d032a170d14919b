"""Community corrections and resettlement: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import SOCIETY
from fazhi.lines.corrections.measures import CorrectionsMeasures

LINE = Line(
    code="corrections",
    label="社区矫正与安置帮教",
    chapter=SOCIETY,
    measures=CorrectionsMeasures,
    restricted=True,
    statutes=["中华人民共和国社区矫正法", "社区矫正法实施办法", "中华人民共和国监狱法"],
)
