"""How disputes are mediated, how they are sent on, and how organisations and mediators are kept."""

from fazhi.lines.mediation.workflow.commercial import CommercialMediating
from fazhi.lines.mediation.workflow.people import Mediating
from fazhi.lines.mediation.workflow.referring import Referring
from fazhi.lines.mediation.workflow.standing import Appraisals, Brands, Mediators, Organisations

__all__ = ["Appraisals", "Brands", "CommercialMediating", "Mediating", "Mediators", "Organisations", "Referring"]
