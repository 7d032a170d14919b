"""Legal aid: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import SOCIETY
from fazhi.lines.legal_aid.measures import LegalAidMeasures

LINE = Line(
    code="legal_aid",
    label="法律援助",
    chapter=SOCIETY,
    measures=LegalAidMeasures,
    statutes=["中华人民共和国法律援助法", "办理法律援助案件程序规定"],
)
