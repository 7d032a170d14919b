"""Management of the legal professions: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import PEOPLE
from fazhi.lines.industry.measures import IndustryMeasures

LINE = Line(
    code="industry",
    label="法律服务行业管理",
    chapter=PEOPLE,
    measures=IndustryMeasures,
    statutes=["中华人民共和国律师法", "中华人民共和国公证法", "中华人民共和国行政许可法", "信访工作条例"],
)
