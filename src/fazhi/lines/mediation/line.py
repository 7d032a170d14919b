"""Mediation: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import SOCIETY
from fazhi.lines.mediation import deadlines, register
from fazhi.lines.mediation.measures import MediationMeasures

LINE = Line(
    code="mediation",
    label="人民调解、商事调解",
    chapter=SOCIETY,
    registers=[
        register.Cases,
        register.Oral,
        register.Commercial,
        register.Referrals,
        register.Organisations,
        register.Brands,
        register.Mediators,
        register.Appraisals,
    ],
    measures=MediationMeasures,
    clocks=[deadlines.Limits, deadlines.CommercialLimits],
    statutes=["中华人民共和国人民调解法", "商事调解条例"],
)
