"""Who works in mediation, who keeps its standing registers, and who takes part in a case."""

from __future__ import annotations

from fazhi.kernel.casework.matters.workflow import PartyRole
from fazhi.kernel.ground.access.roles import CLERK, HANDLER, LIAISON, MEDIATOR, SECTION_HEAD

LINE = "mediation"
WORKERS = (CLERK, HANDLER, SECTION_HEAD, LIAISON, MEDIATOR)
KEEPERS = (CLERK, SECTION_HEAD, LIAISON)
PARTIES = (
    PartyRole("applicant", "申请人", least=1),
    PartyRole("respondent", "被申请人", least=1),
    PartyRole("agent", "代理人"),
)
