"""Legality review: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import ADMINISTRATION
from fazhi.lines.legality.measures import LegalityMeasures

LINE = Line(
    code="legality",
    label="合法性审核",
    chapter=ADMINISTRATION,
    measures=LegalityMeasures,
    statutes=[
        "重大行政决策程序暂行条例",
        "优化营商环境条例",
        "国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见",
    ],
)
