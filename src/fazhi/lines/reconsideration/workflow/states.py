"""The states of an application, and who works on it."""

from __future__ import annotations

from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.workflow import State
from fazhi.kernel.ground.access.roles import CLERK, HANDLER, LEADER, SECTION_HEAD

WORKERS = (CLERK, HANDLER, SECTION_HEAD)
CHAIN = (SECTION_HEAD, LEADER)
"""审核、审批: what an organ decides goes through both."""

received = State("待受理", Phase.OPEN, initial=True)
supplementing = State("待补正", Phase.WAITING)
examining = State("审理中", Phase.OPEN)
appraising = State("鉴定（勘验）中", Phase.WAITING)
suspended = State("已中止", Phase.WAITING)
refused = State("不予受理", Phase.DECIDED)
informed = State("已告知", Phase.DECIDED)
abandoned = State("视为放弃", Phase.DECIDED)
taken_back = State("受理前撤回", Phase.DECIDED)
decided = State("已决定", Phase.DECIDED)
dismissed = State("已驳回申请", Phase.DECIDED)
mediated = State("已调解", Phase.DECIDED)
terminated = State("已终止", Phase.DECIDED)
archived = State("已归档", Phase.CLOSED)
