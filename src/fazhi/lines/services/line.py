"""Public legal services: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import SOCIETY
from fazhi.lines.services.measures import ServicesMeasures

LINE = Line(
    code="services",
    label="公共法律服务",
    chapter=SOCIETY,
    measures=ServicesMeasures,
    statutes=["中华人民共和国法律援助法"],
)
