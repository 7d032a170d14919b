"""Responding to administrative suits: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import ADMINISTRATION
from fazhi.lines.litigation.measures import LitigationMeasures

LINE = Line(
    code="litigation",
    label="行政应诉",
    chapter=ADMINISTRATION,
    measures=LitigationMeasures,
    statutes=[
        "中华人民共和国行政诉讼法",
        "最高人民法院关于行政机关负责人出庭应诉若干问题的规定",
        "中华人民共和国国家赔偿法",
    ],
)
