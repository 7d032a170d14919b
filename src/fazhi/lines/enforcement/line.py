"""Supervision of enforcement: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import ADMINISTRATION
from fazhi.lines.enforcement.measures import EnforcementMeasures

LINE = Line(
    code="enforcement",
    label="行政执法监督",
    chapter=ADMINISTRATION,
    measures=EnforcementMeasures,
    statutes=[
        "中华人民共和国行政处罚法",
        "行政执法监督条例",
        "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
    ],
)
