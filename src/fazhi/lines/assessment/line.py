"""Assessment of law-based government: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import STEERING
from fazhi.lines.assessment.measures import AssessmentMeasures

LINE = Line(
    code="assessment",
    label="法治政府建设考核",
    chapter=STEERING,
    measures=AssessmentMeasures,
    statutes=["法治政府建设与责任落实督察工作规定"],
)
