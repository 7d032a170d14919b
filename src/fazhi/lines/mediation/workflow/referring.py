"""How a dispute is sent on, taken up or given back, and answered (大调解)."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.workflow import Act, Series, State, Workflow
from fazhi.lines.mediation.models import Referral
from fazhi.lines.mediation.workflow.roles import LINE, WORKERS


class Referring(Workflow):
    """How a dispute is sent on, taken up or given back, and answered."""

    record = Referral
    line = LINE
    enters = WORKERS
    corrects = WORKERS
    number = Series("{area}移〔{year}〕{serial}号")

    sent = State("待接收", Phase.OPEN, initial=True)
    received = State("办理中", Phase.OPEN)
    returned = State("已退回", Phase.DECIDED)
    handled = State("已反馈", Phase.DECIDED)
    archived = State("已归档", Phase.CLOSED)

    receive = Act("接收", sent, to=received, by=WORKERS, asks=[Referral.organisation], stamps=Referral.received_on)
    give_back = Act("退回", sent, received, to=returned, by=WORKERS, asks=[Referral.returned_for])
    answer = Act("反馈办理结果", received, to=handled, by=WORKERS, asks=[Referral.result], stamps=Referral.answered_on)
    archive = Act("归档", returned, handled, to=archived, by=WORKERS)

    @classmethod
    def state_in_history(cls, case: Any) -> State:
        """This state of a ledger row, from what is filled in."""
        if case.result:
            return cls.handled
        if case.returned_for:
            return cls.returned
        return cls.received if case.received_on else cls.sent
